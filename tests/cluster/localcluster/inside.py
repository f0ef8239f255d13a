# SPDX-License-Identifier: GPL-3.0-or-later
"""The first process inside the namespaces: makes the nodes, then supervises what runs on them."""
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import cgroups, config, images, namespaces, programs
from .api import Api
from .instance import SOURCE, cache
from .supervisor import Supervisor

LIMIT_SECONDS = 240


def run(instance, nodes, listener):
    """Never returns. `listener` is the descriptor of the socket that listens on the host."""
    namespaces.hide_host_folders(instance.state, (cache(), SOURCE, sys.prefix, sys.base_prefix))
    namespaces.own_paths_and_settings(nodes)
    namespaces.network(nodes)
    for name, content in config.files(nodes, lambda index: cgroups.name(instance, index)).items():
        path = Path(config.RUN, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    supervisor = Supervisor(programs.folder())
    supervisor.want("relay", [sys.executable, SOURCE / "localcluster/relay.py", listener, config.API_PORT,
                              *_ports_as_outside(instance)], (listener,))
    supervisor.want("etcd", config.etcd_command())
    supervisor.want("kube-apiserver", config.apiserver_command())
    for job in (_control_plane, *(lambda supervisor, index=index: _node(supervisor, index) for index in nodes)):
        threading.Thread(target=job, args=(supervisor,), daemon=True).start()
    supervisor.run_forever()


def _ports_as_outside(instance):
    """Where the relay listens inside as well, so that the kubeconfigs of the host hold for `exec`, too."""
    return [] if instance.port in (config.API_PORT, *config.OTHER_PORTS) else [instance.port]


def _control_plane(supervisor):
    api = Api(Path(config.PKI), config.API_PORT)
    _wait(lambda: api.is_ok("/readyz"))
    for name, command in config.controllers_commands().items():
        supervisor.want(name, command)
    subprocess.run([programs.folder() / "kubectl", f"--kubeconfig={config.PKI}/inside.kubeconfig", "apply", "-f", "-"],
                   input=config.MANIFESTS.encode(), check=True)


def _node(supervisor, index):
    supervisor.want(f"containerd-{index}", config.containerd_command(index))
    ctr = ["ctr", "-a", config.containerd_socket(index), "-n", "k8s.io"]     # wants the socket's absolute path
    _wait(lambda: subprocess.run([*ctr, "version"], capture_output=True, check=False).returncode == 0)
    for archive in sorted(images.folder().glob("*.tar")):
        mark = Path(config.VAR, f"imported-{index}-{archive.stem}-{images.folder().name}")
        if not mark.exists():
            subprocess.run([*ctr, "images", "import", archive], check=True)
            mark.touch()
    supervisor.want(f"kubelet-{index}", config.kubelet_command(index))


def _wait(check):
    end = time.monotonic() + LIMIT_SECONDS
    while not check():
        if time.monotonic() > end:
            raise TimeoutError("gave up waiting")
        time.sleep(0.1)
