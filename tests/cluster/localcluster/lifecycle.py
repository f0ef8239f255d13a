# SPDX-License-Identifier: GPL-3.0-or-later
"""Up and down, as often as one likes, from whatever state the last run left."""
import os
import shutil
import socket
import subprocess
import sys
import time

from . import ClusterError, cgroups, config, faults, images, pki, processes, programs, progress, statefolder
from .api import Api
from .files import locked, require_space
from .instance import SOURCE, Instance, caller, is_on_behalf, require_root

LIMIT_SECONDS = 240
UP_GIB = 2
PACKAGES = {"containerd": "containerd", "ctr": "containerd", "runc": "runc", "nft": "nftables", "conntrack": "conntrack",
            "ip": "iproute2", "tini": "tini", "openssl": "openssl", "nsenter": "util-linux", "unshare": "util-linux",
            images.BUSYBOX: "busybox-static", "/usr/lib/cni/ptp": "containernetworking-plugins"}


def build():
    """The folders of programs and images; never leaves files of root in a person's cache."""
    if is_on_behalf() and not images.folder().exists():
        subprocess.run(["runuser", "-u", caller().pw_name, "--", SOURCE / "local-cluster", "build"], check=False)
    return programs.build(), images.build()


def require_machine():
    require_root()
    missing = sorted({package for program, package in PACKAGES.items() if not shutil.which(program, path=_search_path())})
    if missing:
        raise ClusterError(f"not installed: {', '.join(missing)}.\nInstall them with `scripts/setup --for cluster`.")


def _search_path():
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def up(instance, nodes=None):
    """Starts it, with one node unless `nodes` says otherwise; of one that runs, whatever was not chosen is as it is."""
    require_machine()
    statefolder.require_ours(instance)
    build()
    statefolder.make_callers(instance.state.parent)
    with locked(instance.lock, lambda: progress.say(f"waiting for another local-cluster that works on {instance.state}")):
        statefolder.take(instance)
        began = time.monotonic()
        running = processes.find(instance)
        if running:
            _require_same(instance, running, nodes)
            _wait_for_running(Instance(instance.state, running.port), running.nodes)
        else:
            _start_and_wait(instance, nodes or 1)
    progress.say("already up" if running else f"up in {time.monotonic() - began:.1f} s")


def _wait_for_running(instance, nodes):
    """Whatever comes of it: a cluster that ran before goes on running, with all it holds."""
    for program, fault in faults.in_force(instance).items():
        progress.say(f"{program} was {faults.WORDS[fault]} on order: `local-cluster mend {program}` lets it run again")
    try:
        _wait_until_ready(instance, nodes)
    except ClusterError as error:
        if not processes.find(instance):
            raise
        raise ClusterError(f"{error}\nThe cluster ran before, and goes on running: `local-cluster status` says what was killed or "
                           f"frozen, and `mend` lets that run again.") from error


def _start_and_wait(instance, nodes):
    progress.say("starting the cluster (about ten seconds)")
    try:
        start(instance, nodes)
        _wait_until_ready(instance, nodes)
    except BaseException:
        _end(instance)
        raise


def _require_same(instance, running, nodes):
    if running.nodes != (nodes or running.nodes) or (instance.is_port_chosen and running.port != instance.port):
        raise ClusterError(f"the cluster at {instance.state} runs already, with {running.nodes} node(s) on port {running.port}.\n"
                           f"Take it down first, or choose another folder with --state.")


def start(instance, nodes):
    require_space(instance.state, UP_GIB, "the cluster")
    with listen(instance.port) as listener:
        clean(instance)
        for folder in (instance.faults, instance.applied, instance.var, instance.log):
            folder.mkdir(parents=True, exist_ok=True)
        pki.make(instance)
        cgroups.make(instance, config.NODES[:nodes])
        with open(instance.log / "inside.log", "wb") as log:
            subprocess.Popen(["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
                              "tini", "-s", "--", sys.executable, SOURCE / "local-cluster",
                              *processes.command(instance, nodes, listener.fileno())],
                             stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                             env=dict(os.environ, PATH=_search_path()), pass_fds=(listener.fileno(),))


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ClusterError(f"port {port} of 127.0.0.1 can't be used: {error.strerror}.\n"
                           f"See what holds it with `ss -ltnp sport = :{port}`, or choose another with --port or "
                           f"PENNANT_CLUSTER_PORT.") from error
    return listener


def _wait_until_ready(instance, nodes):
    api = Api(instance.pki, instance.port)
    _wait(instance, "the API server", lambda: api.is_ok("/readyz"))
    for index in config.NODES[:nodes]:
        _wait(instance, config.node_name(index), lambda name=config.node_name(index): api.is_node_ready(name))
    # pods are refused before there is this account
    _wait(instance, "service accounts", lambda: api.is_ok("/api/v1/namespaces/default/serviceaccounts/default"))
    _wait(instance, "the storage class", lambda: api.is_ok("/apis/storage.k8s.io/v1/storageclasses/standard"))


def _wait(instance, what, check):
    began = time.monotonic()
    while not check():
        if not processes.find(instance):
            raise ClusterError(f"the cluster ended while it started; the end of {instance.log}/inside.log:\n"
                               f"{(instance.log / 'inside.log').read_text(errors='replace')[-2000:]}")
        if time.monotonic() - began > LIMIT_SECONDS:
            raise ClusterError(f"{what} did not come up within {LIMIT_SECONDS} s; the logs are in {instance.log}.")
        time.sleep(0.1)
    if time.monotonic() - began > 0.5:
        progress.say(f"  {what} after {time.monotonic() - began:.1f} s")


def clean(instance):
    """Takes away what a run that was killed may have left."""
    cgroups.remove(instance)
    shutil.rmtree(instance.run, ignore_errors=True)
    shutil.rmtree(instance.log, ignore_errors=True)


def _end(instance):
    processes.end(instance)
    cgroups.remove(instance)
    shutil.rmtree(instance.run, ignore_errors=True)


def down(instance, wipe):
    require_root()
    statefolder.require_ours(instance)
    if not instance.state.exists():
        return
    with locked(instance.lock, lambda: progress.say(f"waiting for another local-cluster that works on {instance.state}")):
        statefolder.require_ours(instance)
        _end(instance)
        if wipe:
            statefolder.forget(instance)
