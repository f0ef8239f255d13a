# SPDX-License-Identifier: GPL-3.0-or-later
"""One instance of the cluster as the host sees it: its state folder, its port, its names.

Everything that could clash between two instances derives from the state folder or the port.
"""
import hashlib
import os
import pwd
from pathlib import Path

DEFAULT_PORT = 6443
PEOPLE = ("admin", "editor", "viewer")

SOURCE = Path(__file__).resolve().parent.parent


def caller():
    """The person this runs for: through sudo whoever called it, otherwise whoever runs it."""
    name = os.environ.get("SUDO_USER", "")
    if os.geteuid() == 0 and name:
        return pwd.getpwnam(name)
    return pwd.getpwuid(os.geteuid())


def is_on_behalf():
    return caller().pw_uid != os.geteuid()


def home():
    return Path(caller().pw_dir if is_on_behalf() else os.environ.get("HOME") or caller().pw_dir)


def cache():
    return Path(os.environ.get("XDG_CACHE_HOME") or home() / ".cache") / "pennant"


def default_state():
    base = Path(os.environ.get("XDG_STATE_HOME") or home() / ".local/state")
    return Path(os.environ.get("PENNANT_CLUSTER") or base / "pennant/cluster")


class Instance:
    def __init__(self, state=None, port=None):
        self.state = Path(state or default_state()).absolute()
        self.port = int(port or os.environ.get("PENNANT_CLUSTER_PORT") or DEFAULT_PORT)
        self.name = "pennant-" + hashlib.sha256(str(self.state).encode()).hexdigest()[:8]
        self.run, self.var, self.log, self.pki = (self.state / part for part in ("run", "var", "log", "pki"))
        self.faults, self.applied = self.run / "fault", self.run / "applied"
        self.lock = self.state / "lock"

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def kubeconfig(self, person):
        return self.state / f"{person}.kubeconfig"
