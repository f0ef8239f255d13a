# SPDX-License-Identifier: GPL-3.0-or-later
"""One instance of the cluster as the host sees it: its state folder, its port, its names.

Everything that could clash between two instances derives from the state folder or the port.
"""
import hashlib
import os
import pwd
from pathlib import Path

from . import ClusterError

DEFAULT_PORT = 6443
PEOPLE = ("admin", "editor", "viewer")

SOURCE = Path(__file__).resolve().parent.parent


def caller():
    """The person this runs for: through sudo whoever called it, otherwise whoever runs it."""
    name = os.environ.get("SUDO_USER", "")
    if os.geteuid() == 0 and name:
        return pwd.getpwnam(name)
    return pwd.getpwuid(os.geteuid())


def require_root():
    if os.geteuid() != 0:
        raise ClusterError("a Kubernetes node needs root. Run this with sudo, or give Pennant a kubeconfig of yours.")


def is_on_behalf():
    return caller().pw_uid != os.geteuid()


def home():
    return Path(caller().pw_dir if is_on_behalf() else os.environ.get("HOME") or caller().pw_dir)


def cache():
    return Path(os.environ.get("XDG_CACHE_HOME") or home() / ".cache") / "pennant"


def default_state():
    base = Path(os.environ.get("XDG_STATE_HOME") or home() / ".local/state")
    return Path(os.environ.get("PENNANT_CLUSTER") or base / "pennant/cluster")


def _port(said):
    if not str(said).isdecimal() or not 1 <= int(said) <= 65535:
        raise ClusterError(f"{said} is no port: --port and PENNANT_CLUSTER_PORT take a number from 1 to 65535.")
    return int(said)


class Instance:
    def __init__(self, state=None, port=None):
        self.state = Path(os.path.abspath(state or default_state()))
        said = port if port is not None else os.environ.get("PENNANT_CLUSTER_PORT") or None
        self.is_port_chosen = said is not None
        self.port = _port(said) if self.is_port_chosen else DEFAULT_PORT
        self.name = "pennant-" + hashlib.sha256(str(self.state).encode()).hexdigest()[:8]
        self.run, self.var, self.log, self.pki = (self.state / part for part in ("run", "var", "log", "pki"))
        self.faults, self.applied = self.run / "fault", self.run / "applied"
        self.mark, self.kept = self.state / ".local-cluster", self.state / "kept"

    @property
    def lock(self):
        """Held by what starts or stops the cluster; beside the state folder, which comes and goes."""
        return self.state.with_name(self.state.name + ".lock")

    @property
    def in_use(self):
        """Held by with-cluster for as long as its command runs."""
        return self.state.with_name(self.state.name + ".in-use")

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def kubeconfig(self, person):
        return self.state / f"{person}.kubeconfig"
