# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first process inside makes of its fresh mount and network namespaces. All of it ends with that process.

Kubernetes and containerd have paths and kernel settings fixed in them. Here they get copies of their own.
"""
import ctypes
import os
import subprocess
from pathlib import Path

from . import config

HIDDEN = ("/run", "/tmp", "/var/lib", "/var/log")      # where the programs write fixed paths; the host keeps its own
OWN_FOLDERS = {"container-logs": "/var/log/containers", "volumes": "/tmp/hostpath_pv"}

# What the kubelet would set for the whole machine. It is shown the values it wants, and so sets nothing.
KERNEL_SETTINGS = {"vm/overcommit_memory": 1, "vm/panic_on_oom": 0, "kernel/panic": 10, "kernel/panic_on_oops": 1,
                   "kernel/keys/root_maxkeys": 1000000, "kernel/keys/root_maxbytes": 25000000}

MS_BIND, MS_REC, MS_SHARED = 0x1000, 0x4000, 0x100000
_libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind="", flags=0):
    if _libc.mount(os.fsencode(str(source)), os.fsencode(str(target)), kind.encode(), ctypes.c_ulong(flags), b"") != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"mounting {source} at {target}: {os.strerror(error)}")


def bind(source, target):
    Path(source).mkdir(parents=True, exist_ok=True)
    Path(target).mkdir(parents=True, exist_ok=True)
    mount(source, target, flags=MS_BIND)


def hide_host_folders(state, needed):
    """Puts empty folders over HIDDEN, shows the state folder at config.HOME, and what is `needed` where it was."""
    handles = {Path(path): os.open(path, os.O_PATH) for path in (state, *needed)}
    for folder in HIDDEN:
        mount("tmpfs", folder, "tmpfs")
    Path("/tmp").chmod(0o1777)
    for path, handle in handles.items():
        if not path.exists():
            bind(f"/proc/self/fd/{handle}", path)
    bind(f"/proc/self/fd/{handles[Path(state)]}", config.HOME)
    for handle in handles.values():
        os.close(handle)


def own_paths_and_settings(nodes):
    for name, target in OWN_FOLDERS.items():
        bind(f"{config.VAR}/{name}", target)
    for setting, value in KERNEL_SETTINGS.items():
        shown = Path(config.RUN, setting.replace("/", "."))
        shown.write_text(f"{value}\n")
        mount(shown, f"/proc/sys/{setting}", flags=MS_BIND)
    for index in nodes:
        root = f"{config.VAR}/kubelet-{index}"
        bind(root, root)
        mount("", root, flags=MS_REC | MS_SHARED)       # volumes mounted by the kubelet reach the containers


def network(nodes):
    _ip("link", "set", "lo", "up")
    _ip("link", "add", "nodes", "type", "bridge")
    for index in nodes:
        _ip("addr", "add", f"{config.node_address(index)}/24", "dev", "nodes")
    _ip("link", "set", "nodes", "up")
    _ip("route", "add", "default", "via", config.node_address(1), "dev", "nodes")   # service addresses need some route
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1")


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)
