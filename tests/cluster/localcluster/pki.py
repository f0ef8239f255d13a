# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of the cluster and the kubeconfigs that hold them. People belong to groups; Kubernetes' own roles decide."""
import base64
import json
import os
import subprocess

from . import config
from .files import whole
from .instance import PEOPLE, caller

DAYS = "3650"
PEOPLES_SUBJECTS = {"admin": "/O=system:masters/CN=admin", "editor": "/O=editors/CN=editor", "viewer": "/O=viewers/CN=viewer"}
PROGRAMS_SUBJECTS = {"coredns": "/O=system:masters/CN=coredns",
                     **{name: f"/CN=system:{name}" for name in ("kube-controller-manager", "kube-scheduler", "kube-proxy")}}


def make(instance):
    """Makes what is missing of the certificates, once for all sizes of the cluster."""
    if not instance.pki.exists():
        with whole(instance.pki) as folder:
            folder.chmod(0o700)
            _authority(folder)
            _servers(folder)
            nodes = {config.node_name(i): f"/O=system:nodes/CN=system:node:{config.node_name(i)}" for i in config.NODES}
            for name, subject in {**PROGRAMS_SUBJECTS, **nodes}.items():
                _certificate(folder, name, subject, "clientAuth")
                _write(folder / f"{name}.kubeconfig", _kubeconfig(name, config.API_URL, _by_path(name)))
            for name, subject in PEOPLES_SUBJECTS.items():
                _certificate(folder, name, subject, "clientAuth")
    _write(instance.pki / "inside.kubeconfig", _kubeconfig("admin", config.API_URL, _by_value(instance.pki, "admin")))
    for person in PEOPLE:
        path = instance.kubeconfig(person)
        _write(path, _kubeconfig(person, instance.url, _by_value(instance.pki, person)))
        os.chown(path, caller().pw_uid, caller().pw_gid)


def _openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stderr=subprocess.DEVNULL)


def _key(folder, name):
    _openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")


def _authority(folder):
    _key(folder, "ca")
    _openssl(folder, "req", "-x509", "-new", "-key", "ca.key", "-days", DAYS, "-subj", "/CN=local-cluster", "-out", "ca.crt",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature")
    _openssl(folder, "genrsa", "-out", "service-accounts.key", "2048")
    _openssl(folder, "rsa", "-in", "service-accounts.key", "-pubout", "-out", "service-accounts.pub")


def _servers(folder):
    nodes = ",".join(f"IP:{config.node_address(i)}" for i in config.NODES)
    service = "kubernetes.default.svc.cluster.local".split(".")
    names = ",".join(f"DNS:{'.'.join(service[:count])}" for count in range(1, len(service) + 1))
    _certificate(folder, "apiserver", "/CN=kube-apiserver", "serverAuth",
                 f"IP:127.0.0.1,IP:{config.SERVICE_API},{nodes},DNS:localhost,{names}")
    _certificate(folder, "kubelet-server", "/CN=kubelet", "serverAuth", nodes)
    _certificate(folder, "kubelet-client", "/O=system:masters/CN=kube-apiserver-kubelet-client", "clientAuth")


def _certificate(folder, name, subject, usage, names=""):
    _key(folder, name)
    (folder / f"{name}.ext").write_text(f"extendedKeyUsage={usage}\nkeyUsage=digitalSignature,keyEncipherment\n" +
                                        (f"subjectAltName={names}\n" if names else ""))
    _openssl(folder, "req", "-new", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr")
    _openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
             "-days", DAYS, "-extfile", f"{name}.ext", "-out", f"{name}.crt")


def _by_path(name):
    return {"certificate-authority": f"{config.PKI}/ca.crt", "client-certificate": f"{config.PKI}/{name}.crt",
            "client-key": f"{config.PKI}/{name}.key"}


def _by_value(folder, name):
    files = {"certificate-authority": "ca.crt", "client-certificate": f"{name}.crt", "client-key": f"{name}.key"}
    return {f"{field}-data": base64.b64encode((folder / file).read_bytes()).decode() for field, file in files.items()}


def _kubeconfig(user, server, credentials):
    cluster = {name: value for name, value in credentials.items() if name.startswith("certificate-authority")}
    person = {name: value for name, value in credentials.items() if name.startswith("client-")}
    return json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": f"local-{user}",
        "clusters": [{"name": "local", "cluster": {"server": server, **cluster}}],
        "users": [{"name": f"local-{user}", "user": person}],
        "contexts": [{"name": f"local-{user}", "context": {"cluster": "local", "user": f"local-{user}"}}]}, indent=1)


def _write(path, content):
    scratch = path.with_name(path.name + ".new")
    scratch.touch(0o600)
    scratch.write_text(content + "\n")
    scratch.replace(path)
