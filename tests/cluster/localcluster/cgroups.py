# SPDX-License-Identifier: GPL-3.0-or-later
"""One cgroup for each node of an instance, in every hierarchy; the only thing of a cluster that the host's kernel keeps
when its processes are gone."""
import contextlib
import os
import time
from pathlib import Path

from . import ClusterError
from .config import NODES

ROOT = Path("/sys/fs/cgroup")
V1 = ("cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids", "systemd", "unified")
CONTROL = "cgroup.subtree_control"
V2_CONTROLLERS = ("cpuset", "cpu", "memory", "pids", "hugetlb")


def name(instance, index):
    return f"{instance.name}-{index}"


def folders(instance, nodes=NODES):
    hierarchies = [ROOT] if is_v2() else [ROOT / kind for kind in V1 if (ROOT / kind).exists()]
    return [hierarchy / name(instance, index) for hierarchy in hierarchies for index in nodes]


def is_v2():
    return (ROOT / "cgroup.controllers").exists()


def make(instance, nodes):
    if is_v2():
        _delegate_v2(instance)
    for folder in folders(instance, nodes):
        folder.mkdir(exist_ok=True)
        for setting in ("cpuset.cpus", "cpuset.mems"):      # of v1: empty in a new cpuset, and nothing may enter it so
            if not is_v2() and (folder / setting).exists():
                (folder / setting).write_text((folder.parent / setting).read_text())


def remove(instance):
    """Waits for the kernel to let go of what has just been killed."""
    for _ in range(50):
        for folder in folders(instance):
            for inner, _, _ in os.walk(folder, topdown=False):
                try:
                    os.rmdir(inner)
                except OSError:
                    pass
        if not any(folder.exists() for folder in folders(instance)):
            _take_back_v2(instance)
            return
        time.sleep(0.1)
    left = ", ".join(str(folder) for folder in folders(instance) if folder.exists())
    raise ClusterError(f"these cgroups are still in use: {left}\nSee which processes their cgroup.procs name.")


def _delegate_v2(instance):
    """The kubelet wants V2_CONTROLLERS for its children, and runc switches on all there are. Which ones were off before is
    kept, to switch them off again."""
    available, active = (set((ROOT / file).read_text().split()) for file in ("cgroup.controllers", CONTROL))
    off = available - active
    if off:
        (instance.state / "controllers").write_text(" ".join(sorted(off)))
    for controller in V2_CONTROLLERS:
        if controller in off:
            _switch("+", controller)


def _take_back_v2(instance):
    kept = instance.state / "controllers"
    if not kept.exists():
        return
    for controller in kept.read_text().split():
        with contextlib.suppress(OSError):      # another instance or service uses it by now
            _switch("-", controller)
    kept.unlink()


def _switch(sign, controller):
    with open(ROOT / CONTROL, "a") as control:
        control.write(f"{sign}{controller}\n")
