# SPDX-License-Identifier: GPL-3.0-or-later
"""The few questions that starting a cluster asks its API server, as its administrator."""
import http.client
import json
import ssl

TIMEOUT_SECONDS = 5


class Api:
    def __init__(self, pki, port):
        self._port = port
        self._tls = ssl.create_default_context(cafile=str(pki / "ca.crt"))
        self._tls.load_cert_chain(pki / "admin.crt", pki / "admin.key")

    def read(self, path):
        """The body of the answer, or None where there is none or it is not a 200."""
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS, context=self._tls)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else None
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def is_ok(self, path):
        return self.read(path) is not None

    def is_node_ready(self, name):
        """The kubelet is asked itself as well: after a restart with kept state, Ready is at first a value of before."""
        node = self.read(f"/api/v1/nodes/{name}")
        if node is None or not self.is_ok(f"/api/v1/nodes/{name}/proxy/healthz"):
            return False
        conditions = json.loads(node)["status"].get("conditions", [])
        return any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)
