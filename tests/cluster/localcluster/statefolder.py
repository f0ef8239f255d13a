# SPDX-License-Identifier: GPL-3.0-or-later
"""The state folder is ours only where we made it, or found it empty, and left a mark in it.

All of this runs as root, and the folder is whatever a person typed: what bears no mark is neither written to nor deleted from.
"""
import os
import shutil

from . import ClusterError
from .instance import PEOPLE, caller

MARK = "This folder is the state of a local cluster of Pennant, see tests/cluster/local-cluster. `down --wipe` removes it.\n"


def require_ours(instance):
    """Raises where the folder is somebody else's; one that is not there, or empty, is nobody's."""
    state = instance.state
    if state.parent == state or (os.path.lexists(state) and (state.is_symlink() or not state.is_dir())):
        raise ClusterError(f"{state} can't be a state folder: a folder of its own is needed, and no symbolic link.\n"
                           f"Choose another with --state or PENNANT_CLUSTER.")
    if not is_marked(instance) and not _is_empty(state):
        raise ClusterError(f"{state} is not empty, and not the state folder of a local cluster (there is no file "
                           f"{instance.mark.name} in it): nothing was touched.\n" + _advice(instance))
    links = sorted(path.name for path in state.iterdir() if path.is_symlink()) if state.exists() else []
    if links:
        raise ClusterError(f"there are symbolic links in {state} ({', '.join(links)}): what they point to is not the cluster's, "
                           f"so nothing was touched.\nRemove them, then start again.")


def is_marked(instance):
    return instance.mark.is_file() and not instance.mark.is_symlink()


def take(instance):
    """Makes the folder, or takes one that is empty, and marks it before anything else is put there."""
    make_callers(instance.state.parent)
    try:
        instance.state.mkdir(0o700)     # volumes and Secrets of the cluster lie in it
        os.chown(instance.state, caller().pw_uid, caller().pw_gid)
    except FileExistsError:
        require_ours(instance)
    if not is_marked(instance):
        instance.mark.write_text(MARK)
    instance.var.mkdir(0o700, exist_ok=True)        # a folder that was only taken may be open to others


def make_callers(folder):
    """Makes what is missing down to `folder` the caller's own, so that they can reach their kubeconfigs."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        os.chown(path, caller().pw_uid, caller().pw_gid)


def forget(instance):
    """Removes what is ours by name; what somebody else put into the folder since stays, and with it the folder."""
    if not is_marked(instance):
        return
    for folder in (instance.var, instance.run, instance.log, instance.pki, instance.pki.with_name("pki.making")):
        shutil.rmtree(folder, ignore_errors=True)
    people = [instance.kubeconfig(person) for person in PEOPLE]
    others = (instance.state / "lock", instance.state / "controllers", instance.kept)     # a lock of an older version
    for path in (*people, *(path.with_name(path.name + ".new") for path in people), *others):
        path.unlink(missing_ok=True)
    if [path.name for path in instance.state.iterdir()] == [instance.mark.name]:
        instance.mark.unlink()
        instance.state.rmdir()


def _is_empty(folder):
    return not folder.exists() or not any(folder.iterdir())


def _advice(instance):
    if (instance.pki / "ca.crt").exists() and instance.kubeconfig("admin").exists():
        return (f"It looks like the state of an older local-cluster, which left no such file. If it is, say so with\n"
                f"  touch '{instance.mark}'\nand start again; `down --wipe` then removes it.")
    return "Choose another folder with --state or PENNANT_CLUSTER: one that is not there yet, or empty."
