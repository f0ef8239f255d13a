# SPDX-License-Identifier: GPL-3.0-or-later
"""Which processes of the host are a running instance.

There are no pid files: an instance is found by its command line, which names its state folder. So nothing can be stale,
and a process that happens to have an old number is never taken for it.
"""
import os
import select
import signal
from dataclasses import dataclass
from pathlib import Path

from . import ClusterError

LIMIT_SECONDS = 30
LAUNCHERS = ("unshare", "tini")      # outermost first; tini is the first process of the pid namespace


@dataclass(frozen=True)
class Running:
    pids: dict          # launcher → pid
    nodes: int
    port: int

    @property
    def network(self):
        """Path of the network namespace, or None while it is being made."""
        return f"/proc/{self.pids['tini']}/ns/net" if "tini" in self.pids else None


def command(instance, nodes, listener):
    """The command line of the process inside; `find` reads it back."""
    return ["--state", str(instance.state), "--port", str(instance.port), "inside", "--nodes", str(nodes),
            "--listener", str(listener)]


def find(instance, proc=Path("/proc")):
    pids, said = {}, None
    for folder in proc.iterdir():
        arguments = _arguments(folder)
        launcher = os.path.basename(arguments[0]) if arguments else ""
        if launcher in LAUNCHERS and _is_of(instance, arguments):
            pids[launcher] = int(folder.name)
            said = arguments
    return Running(pids, int(said[-3]), int(said[-6])) if said else None


def _arguments(folder):
    if not folder.name.isdigit():
        return []
    try:
        return (folder / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def _is_of(instance, arguments):
    tail = arguments[-len(command(instance, 0, 0)):]
    return tail[:2] == ["--state", str(instance.state)] and tail[4:5] == ["inside"]


def end(instance):
    """Ends the instance at once, and with its first process everything in its namespaces. Returns when all of it is gone."""
    while running := find(instance):
        for launcher in reversed(LAUNCHERS):        # the kernel lets tini end last of all in its namespaces: so wait for it
            if launcher in running.pids:
                _kill(running.pids[launcher])


def _kill(pid):
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        if not select.select([handle], [], [], LIMIT_SECONDS)[0]:
            raise ClusterError(f"process {pid} does not end when killed: it hangs in the kernel. "
                               f"See `ps -o pid,stat,wchan,args -p {pid}`.")
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)
