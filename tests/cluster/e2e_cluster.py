#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The local cluster from start to stop, with a crash in the middle, and what the host looks like before and after."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from localcluster import cgroups, processes, programs
from localcluster.instance import SOURCE, Instance

LIMIT_SECONDS = 180
PROBE = """
apiVersion: v1
kind: Service
metadata: {name: probe}
spec: {clusterIP: None, selector: {app: probe}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: probe}
spec:
  serviceName: probe
  selector: {matchLabels: {app: probe}}
  template:
    metadata: {labels: {app: probe}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: chatter, image: "localhost/chatter:1", args: ["-rate=0", "-lines=20"]}
      - name: nats
        image: nats:2.14.9-alpine
        args: ["-js", "-sd", "/data", "-m", "8222"]
        volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def names_beneath(folder):
    return sorted(str(path) for path in Path(folder).glob("*"))


def host():
    """What a cluster might leave behind on the host, but the processes."""
    def output(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    network = [[link["ifname"], [address["local"] for address in link["addr_info"]]] for link in json.loads(output("ip", "-j", "addr"))]
    settings = {setting: Path("/proc/sys", setting).read_text() for setting in
                ("vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops", "net/ipv4/ip_forward",
                 "kernel/keys/root_maxkeys", "kernel/keys/root_maxbytes")}
    # /run/mount is libmount's own: the first mount(8) of anybody on the machine makes it, for good
    folders = ("/run", "/opt", "/tmp/hostpath_pv", "/var/lib", "/var/log", "/usr/libexec")
    return {"network": network, "routes": output("ip", "route"), "firewall": output("nft", "list", "ruleset"),
            "mounts": Path("/proc/self/mounts").read_text(), "settings": settings,
            "names": {folder: [name for name in names_beneath(folder) if name != "/run/mount"] for folder in folders}}


def members(namespace):
    """Processes of a pid namespace."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(folder / "ns/pid") == namespace:
                found.append(int(folder.name))
        except OSError:
            pass
    return found


class ClusterTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="pennant-")
        self.instance = Instance(Path(self.folder.name, "cluster"), free_port())
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(self.local_cluster, "down", "--wipe")

    def local_cluster(self, *arguments, must=True):
        result = subprocess.run([SOURCE / "local-cluster", "--state", self.instance.state, "--port", str(self.instance.port),
                                 *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if must:
            self.assertEqual(result.returncode, 0, result.stdout)
        return result

    def kubectl(self, *arguments, person="admin", **options):
        return subprocess.run([programs.folder() / "kubectl", f"--kubeconfig={self.instance.kubeconfig(person)}", *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)

    def eventually(self, check):
        deadline = time.monotonic() + LIMIT_SECONDS
        while not check():
            self.assertLess(time.monotonic(), deadline, f"{check} never held")
            time.sleep(0.3)

    def test_from_up_to_down_with_a_crash_between(self):
        self.local_cluster("build")
        before = host()
        self.local_cluster("up")
        self.assertEqual(host(), before)
        first = processes.find(self.instance)
        self.assertIn("already up", self.local_cluster("up").stdout)
        self.assertEqual(processes.find(self.instance), first)

        self.runs_a_stateful_set()
        self.knows_who_may_what()
        self.obeys_faults()
        self.outlives_a_crash()

        namespace = os.readlink(f"/proc/{processes.find(self.instance).pids['tini']}/ns/pid")
        self.assertGreater(len(members(namespace)), 10)
        self.local_cluster("down")
        self.assertEqual(members(namespace), [])
        self.assertIsNone(processes.find(self.instance))
        self.assertEqual(host(), before)
        self.assertEqual([path for path in cgroups.folders(self.instance) if path.exists()], [])
        with socket.socket() as probe:
            self.assertNotEqual(probe.connect_ex(("127.0.0.1", self.instance.port)), 0)
        self.local_cluster("down", "--wipe")
        self.assertFalse(self.instance.state.exists())

    def runs_a_stateful_set(self):
        applied = self.kubectl("apply", "-f", "-", input=PROBE)
        self.assertEqual(applied.returncode, 0, applied.stdout)
        self.eventually(self.is_probe_running)
        self.eventually(lambda: "line 20 " in self.kubectl("logs", "probe-0", "-c", "chatter").stdout)
        inside = self.kubectl("exec", "probe-0", "-c", "nats", "--", "/bin/busybox", "ls", "/data")
        self.assertIn("jetstream", inside.stdout)
        address = self.kubectl("get", "pod", "probe-0", "-o", "jsonpath={.status.podIP}").stdout
        for host_name in (address, "probe.default.svc.cluster.local", "probe.default"):
            self.assertIn('"status":"ok"', self.local_cluster("exec", "curl", "-sf", f"http://{host_name}:8222/healthz").stdout)
        viewer = self.local_cluster("exec", "kubectl", f"--kubeconfig={self.instance.kubeconfig('viewer')}", "get", "pods")
        self.assertIn("probe-0", viewer.stdout)

    def is_probe_running(self):
        return self.kubectl("rollout", "status", "statefulset/probe", "--timeout=10s").returncode == 0

    def knows_who_may_what(self):
        self.assertIn("probe-0", self.kubectl("get", "pods", person="viewer").stdout)
        for person, may in (("admin", "yes"), ("editor", "no"), ("viewer", "no")):
            self.assertEqual(self.kubectl("auth", "can-i", "create", "namespaces", person=person).stdout.split()[-1], may, person)
        for person, may in (("editor", "yes"), ("viewer", "no")):
            self.assertEqual(self.kubectl("auth", "can-i", "create", "statefulsets", person=person).stdout.split()[-1], may, person)

    def obeys_faults(self):
        self.local_cluster("kill", "kube-apiserver")
        self.assertIn("kube-apiserver: killed", self.local_cluster("status").stdout)
        self.assertNotEqual(self.kubectl("get", "--raw", "/readyz", "--request-timeout=5s").returncode, 0)
        self.local_cluster("mend", "kube-apiserver")
        self.eventually(lambda: self.kubectl("get", "--raw", "/readyz").returncode == 0)
        self.local_cluster("freeze", "kube-apiserver")
        frozen = self.kubectl("get", "--raw", "/readyz", "--request-timeout=2s")
        self.assertNotEqual(frozen.returncode, 0, frozen.stdout)
        self.outlives_an_up_that_gives_up()
        self.local_cluster("mend", "kube-apiserver")
        self.eventually(lambda: self.kubectl("get", "--raw", "/readyz").returncode == 0)
        self.assertIn("no program is called", self.local_cluster("kill", "nonsense", must=False).stdout)

    def outlives_an_up_that_gives_up(self):
        running = processes.find(self.instance)
        with subprocess.Popen([SOURCE / "local-cluster", "--state", self.instance.state, "--port", str(self.instance.port), "up"],
                              stdout=subprocess.PIPE, text=True) as second:
            self.assertIn("`local-cluster mend kube-apiserver` lets it run again", second.stdout.readline())
            second.send_signal(signal.SIGINT)
        self.assertEqual(second.returncode, 130)
        self.assertEqual(processes.find(self.instance), running)

    def outlives_a_crash(self):
        os.kill(processes.find(self.instance).pids["tini"], signal.SIGKILL)
        self.eventually(lambda: processes.find(self.instance) is None)
        self.assertTrue(any(path.exists() for path in cgroups.folders(self.instance)), "the crash left nothing to clean up")
        self.local_cluster("up")
        self.eventually(self.is_probe_running)
        self.assertEqual(self.kubectl("delete", "-f", "-", input=PROBE).returncode, 0)

    def test_up_that_is_killed_is_taken_over_by_the_next(self):
        self.local_cluster("build")
        with subprocess.Popen([SOURCE / "local-cluster", "--state", self.instance.state, "--port", str(self.instance.port), "up"],
                              stdout=subprocess.DEVNULL) as first:
            self.eventually(lambda: processes.find(self.instance) is not None)
            first.kill()
        self.local_cluster("up")
        self.assertEqual(self.kubectl("get", "--raw", "/readyz").stdout, "ok")

    def test_port_taken(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", self.instance.port))
            other.listen()
            result = self.local_cluster("up", must=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"port {self.instance.port}", result.stdout)
        self.assertIn("--port", result.stdout)
        self.assertIsNone(processes.find(self.instance))


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("SKIPPED: the local cluster was not tested, for that needs root", file=sys.stderr)
        sys.exit(1 if os.environ.get("CI") else 77)
    unittest.main(verbosity=2)
