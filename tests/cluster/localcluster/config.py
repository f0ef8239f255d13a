# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration and command lines of the cluster's programs.

They see the state folder at one fixed path, whatever it is called outside: no name in here differs between instances but
the cgroups', and no Unix socket's path comes near its limit of 107 bytes.
"""
import json

HOME = "/run/pennant"
RUN, VAR, LOG, PKI = (f"{HOME}/{part}" for part in ("run", "var", "log", "pki"))

NODES = (1, 2, 3)
API_PORT = 6443
API_URL = f"https://127.0.0.1:{API_PORT}"
OTHER_PORTS = (2379, 2380, 8088, *range(10247, 10260))      # of 127.0.0.1, inside: etcd, CoreDNS and Kubernetes' programs
POD_SUBNET, POD_GATEWAY, POD_FIRST = "10.244.1.0/24", "10.244.1.1", "10.244.1.10"
EXEC_NAMES = "exec.resolv.conf"
SERVICE_SUBNET, SERVICE_API = "10.96.0.0/16", "10.96.0.1"


def node_name(index):
    return f"node-{index}"


def node_address(index):
    return f"10.244.0.{index}"


def containerd_socket(index):
    return f"{RUN}/containerd-{index}.sock"


MANIFESTS = """
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/host-path
reclaimPolicy: Delete
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: viewers}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: editors}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: editors}]
"""


def containerd(index):
    """containerd 1.6. restrict_oom_score_adj: without CAP_SYS_RESOURCE runc can't lower it, and every pod would fail."""
    cri = 'plugins."io.containerd.grpc.v1.cri"'
    return f"""version = 2
root = "{VAR}/containerd-{index}"
state = "{RUN}/containerd-{index}"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
                    "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs"]
[grpc]
  address = "{containerd_socket(index)}"
[plugins."io.containerd.internal.v1.opt"]
  path = "{RUN}/opt-{index}"
[{cri}]
  restrict_oom_score_adj = true
  disable_apparmor = true
  sandbox_image = "localhost/pause:1"
  [{cri}.containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [{cri}.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [{cri}.containerd.runtimes.runc.options]
        SystemdCgroup = false
  [{cri}.cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "{RUN}/cni"
"""


def kubelet(index, cgroup):
    return json.dumps({
        "apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration",
        "authentication": {"anonymous": {"enabled": False}, "webhook": {"enabled": True},
                           "x509": {"clientCAFile": f"{PKI}/ca.crt"}},
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": f"{PKI}/kubelet-server.crt", "tlsPrivateKeyFile": f"{PKI}/kubelet-server.key",
        "containerRuntimeEndpoint": f"unix://{containerd_socket(index)}",
        "address": node_address(index), "healthzBindAddress": "127.0.0.1", "healthzPort": 10247 + index,
        "cgroupDriver": "cgroupfs", "cgroupRoot": f"/{cgroup}", "enforceNodeAllocatable": [],
        "failCgroupV1": False,     # 1.36 refuses cgroup v1 otherwise
        "failSwapOn": False, "oomScoreAdj": 0, "makeIPTablesUtilChains": False,
        "clusterDomain": "cluster.local", "clusterDNS": [node_address(1)], "resolvConf": f"{RUN}/resolv.conf",
        "podLogsDir": f"{VAR}/logs-{index}", "volumePluginDir": f"{VAR}/plugins",
        "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        "imageGCHighThresholdPercent": 100, "imageGCLowThresholdPercent": 99, "serializeImagePulls": False})


def pod_network():
    """`ptp` gives Services their way without br_netfilter or masquerading, which the bridge plugin would need."""
    return json.dumps({"cniVersion": "1.0.0", "name": "pods", "plugins": [
        {"type": "ptp", "ipMasq": False, "ipam": {
            "type": "host-local", "dataDir": f"{RUN}/addresses", "routes": [{"dst": "0.0.0.0/0"}],
            "ranges": [[{"subnet": POD_SUBNET, "rangeStart": POD_FIRST, "gateway": POD_GATEWAY}]]}}]})


def kube_proxy():
    """The conntrack zeros keep it from settings of the whole machine."""
    return json.dumps({
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1", "kind": "KubeProxyConfiguration", "mode": "nftables",
        "clientConnection": {"kubeconfig": f"{PKI}/kube-proxy.kubeconfig"}, "hostnameOverride": node_name(1),
        "clusterCIDR": POD_SUBNET, "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s",
                                                 "tcpCloseWaitTimeout": "0s"}})


def corefile():
    return (f".:53 {{\n errors\n health 127.0.0.1:8088\n cache 2\n"
            f" kubernetes cluster.local {{\n  kubeconfig {PKI}/coredns.kubeconfig\n }}\n}}\n")


def files(nodes, cgroup_of):
    """Every configuration file: name beneath RUN → content."""
    per_node = {}
    for index in nodes:
        per_node[f"containerd-{index}.toml"] = containerd(index)
        per_node[f"kubelet-{index}.json"] = kubelet(index, cgroup_of(index))
    names = f"nameserver {node_address(1)}\n"
    return {"resolv.conf": names, EXEC_NAMES: f"{names}search svc.cluster.local cluster.local\n", "cni/10-pods.conflist": pod_network(), "Corefile": corefile(),
            "kube-proxy.json": kube_proxy(), **per_node}


def etcd_command():
    return ["etcd", f"--data-dir={VAR}/etcd", "--unsafe-no-fsync", "--log-level=warn",
            "--listen-client-urls=http://127.0.0.1:2379", "--advertise-client-urls=http://127.0.0.1:2379",
            "--listen-peer-urls=http://127.0.0.1:2380"]


def apiserver_command():
    return ["kube-apiserver", "--etcd-servers=http://127.0.0.1:2379", "--bind-address=0.0.0.0", f"--secure-port={API_PORT}",
            f"--advertise-address={node_address(1)}", f"--service-cluster-ip-range={SERVICE_SUBNET}",
            "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
            f"--client-ca-file={PKI}/ca.crt", f"--tls-cert-file={PKI}/apiserver.crt",
            f"--tls-private-key-file={PKI}/apiserver.key", f"--kubelet-client-certificate={PKI}/kubelet-client.crt",
            f"--kubelet-client-key={PKI}/kubelet-client.key", f"--kubelet-certificate-authority={PKI}/ca.crt",
            "--kubelet-preferred-address-types=InternalIP",
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
            f"--service-account-key-file={PKI}/service-accounts.pub",
            f"--service-account-signing-key-file={PKI}/service-accounts.key"]


def controllers_commands():
    """What may only start once the API server is ready: earlier it would exit once or fill its log with refusals."""
    def with_kubeconfig(name):
        path = f"{PKI}/{name}.kubeconfig"
        return [name, f"--kubeconfig={path}", f"--authentication-kubeconfig={path}", f"--authorization-kubeconfig={path}",
                "--bind-address=127.0.0.1", "--leader-elect=false"]
    return {
        "kube-controller-manager": [
            *with_kubeconfig("kube-controller-manager"), "--use-service-account-credentials=true",
            f"--service-account-private-key-file={PKI}/service-accounts.key", f"--root-ca-file={PKI}/ca.crt",
            f"--client-ca-file={PKI}/ca.crt", f"--cluster-signing-cert-file={PKI}/ca.crt",
            f"--cluster-signing-key-file={PKI}/ca.key", "--enable-hostpath-provisioner=true",
            f"--flex-volume-plugin-dir={VAR}/plugins"],
        "kube-scheduler": with_kubeconfig("kube-scheduler"),
        "kube-proxy": ["kube-proxy", f"--config={RUN}/kube-proxy.json"],
        "coredns": ["coredns", "-conf", f"{RUN}/Corefile"]}


def containerd_command(index):
    return ["containerd", "-c", f"{RUN}/containerd-{index}.toml"]


def kubelet_command(index):
    return ["kubelet", f"--config={RUN}/kubelet-{index}.json", f"--kubeconfig={PKI}/{node_name(index)}.kubeconfig",
            f"--root-dir={VAR}/kubelet-{index}", f"--cert-dir={VAR}/kubelet-{index}/pki",
            f"--hostname-override={node_name(index)}", f"--node-ip={node_address(index)}"]


def program_names(nodes):
    """What kill, freeze and mend know."""
    return ["relay", "etcd", "kube-apiserver", *controllers_commands(),
            *(f"{kind}-{index}" for index in nodes for kind in ("containerd", "kubelet"))]
