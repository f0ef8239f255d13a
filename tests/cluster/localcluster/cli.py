# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of local-cluster."""
import argparse
import os
import subprocess
import sys

from . import ClusterError, config, faults, inside, lifecycle, processes, programs, statefolder
from .instance import DEFAULT_PORT, PEOPLE, Instance, default_state, require_root

# Runs "$@" where its own mount namespace asks the cluster's DNS; the host's files are otherwise as they are.
WITH_NAMES = """mount --bind "$0" /etc/resolv.conf || echo "local-cluster: names of Services don't resolve here" >&2
exec "$@\""""

DESCRIPTION = """A real Kubernetes cluster of one to three nodes on this machine, for trying and testing Pennant.

  local-cluster build                   build the programs (once; they are kept outside the clone)
  local-cluster up [--nodes N]          start; prints where the kubeconfigs are
  local-cluster down [--wipe]           stop; --wipe also forgets what was stored
  local-cluster exec COMMAND ...        run a command inside the cluster's network, kubectl and nats-server at hand; Services
                                        have their names and addresses there, and nothing outside can be reached
  local-cluster kill|freeze NAME        fault: stop a program and keep it stopped, or halt it
  local-cluster mend NAME               let it run again
  local-cluster kubeconfig PERSON       path of the kubeconfig of admin, editor or viewer
  local-cluster status

Needs root (all but build, kubeconfig and status). Everything runs in namespaces of its own: the host sees one loopback port, and
after `down` nothing. Another --state and --port make another cluster beside this one.
"""


def parser():
    arguments = argparse.ArgumentParser(prog="local-cluster", description=DESCRIPTION,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--state", metavar="DIR", help=f"state folder (default: $PENNANT_CLUSTER or {default_state()})")
    arguments.add_argument("--port", metavar="N",
                           help=f"port of the API on 127.0.0.1 (default: $PENNANT_CLUSTER_PORT or {DEFAULT_PORT})")
    verbs = arguments.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb in ("up", "inside"):
        verbs.add_parser(verb).add_argument("--nodes", type=int, choices=config.NODES)
    verbs.choices["inside"].add_argument("--listener", type=int, required=True)
    verbs.add_parser("down").add_argument("--wipe", action="store_true")
    verbs.add_parser("exec").add_argument("command", nargs=argparse.REMAINDER)
    for verb in ("kill", "freeze", "mend"):
        verbs.add_parser(verb).add_argument("program")
    verbs.add_parser("kubeconfig").add_argument("person", choices=PEOPLE)
    verbs.add_parser("build")
    verbs.add_parser("status")
    return arguments


def main():
    options = parser().parse_args()
    try:
        instance = Instance(options.state, options.port)
        return VERBS[options.verb](instance, options) or 0
    except ClusterError as error:
        print(f"local-cluster: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nlocal-cluster: interrupted", file=sys.stderr)
        return 130


def _build(_instance, _options):
    print(*lifecycle.build(), sep="\n")


def _up(instance, options):
    lifecycle.up(instance, options.nodes)
    for person in PEOPLE:
        print(f"  {person:7} {instance.kubeconfig(person)}")


def _inside(instance, options):
    statefolder.require_ours(instance)
    inside.run(instance, config.NODES[:options.nodes], options.listener)


def _down(instance, options):
    lifecycle.down(instance, options.wipe)
    print("down")


def _exec(instance, options):
    if not options.command:
        raise ClusterError("exec wants a command, as in `local-cluster exec kubectl get pods -A`.")
    running = faults.require_running(instance)
    require_root()
    environment = dict(os.environ, KUBECONFIG=str(instance.pki / "inside.kubeconfig"),
                       PATH=f"{programs.folder()}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return subprocess.run(["nsenter", f"--net={running.network}", "--", "unshare", "--mount", "--", "sh", "-c", WITH_NAMES,
                           instance.run / config.EXEC_NAMES, *options.command], env=environment, check=False).returncode


def _kill_or_freeze(instance, options):
    faults.order(instance, options.program, options.verb)


def _mend(instance, options):
    faults.order(instance, options.program, "")


def _kubeconfig(instance, options):
    path = instance.kubeconfig(options.person)
    if not path.exists():
        raise ClusterError(f"there is no {path}: no cluster was ever started in {instance.state}.\n"
                           f"Start one with `local-cluster up`, or name the folder of another with --state or PENNANT_CLUSTER.")
    print(path)


def _status(instance, _options):
    running = processes.find(instance)
    if running is None:
        print("down")
        return
    print(f"up: https://127.0.0.1:{running.port}, {running.nodes} node(s)")
    for program, fault in faults.in_force(instance).items():
        print(f"  {program}: {faults.WORDS[fault]}")


VERBS = {"build": _build, "up": _up, "inside": _inside, "down": _down, "exec": _exec, "kill": _kill_or_freeze,
         "freeze": _kill_or_freeze, "mend": _mend, "kubeconfig": _kubeconfig, "status": _status}
