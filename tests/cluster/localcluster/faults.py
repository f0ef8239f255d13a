# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on order: one program of a running cluster is killed and stays so, or is halted, until it is mended."""
import time

from . import ClusterError, config, processes, statefolder
from .instance import require_root

LIMIT_SECONDS = 20
WORDS = {"kill": "killed", "freeze": "frozen"}


def require_running(instance):
    running = processes.find(instance)
    if running is None or running.network is None:
        raise ClusterError(f"no cluster runs at {instance.state}. Start it with `local-cluster up`.")
    return running


def order(instance, program, fault):
    """`kill`, `freeze`, or "" for mend; returns when it is in force."""
    names = config.program_names(config.NODES[:require_running(instance).nodes])
    require_root()
    statefolder.require_ours(instance)
    if program not in names:
        raise ClusterError(f"no program is called {program}. There are: {', '.join(names)}.")
    path = instance.faults / program
    if fault:
        path.write_text(fault)
    else:
        path.unlink(missing_ok=True)
    deadline = time.monotonic() + LIMIT_SECONDS
    while in_force(instance).get(program, "") != fault:
        if time.monotonic() > deadline:
            raise ClusterError(f"{program} did not follow within {LIMIT_SECONDS} s; see {instance.log}/inside.log.")
        time.sleep(0.05)


def in_force(instance):
    """Program → fault. One that is mended in this very moment is left out."""
    found = {}
    for path in sorted(instance.applied.glob("*")):
        try:
            found[path.name] = path.read_text().strip()
        except FileNotFoundError:
            continue
    return found
