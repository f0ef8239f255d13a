# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders that appear whole or not at all, locks, and room on the disk."""
import contextlib
import fcntl
import hashlib
import os
import shutil

from . import ClusterError

GIB = 1 << 30


def digest(paths):
    """One short name for the names and contents of these files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


@contextlib.contextmanager
def whole(folder):
    """A scratch folder that takes the name `folder` only once its maker is done; a crash leaves nothing half-made."""
    scratch = folder.with_name(folder.name + ".making")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    yield scratch
    scratch.rename(folder)


@contextlib.contextmanager
def locked(path, say_when_busy):
    """Holds `path` as a lock. The kernel lets it go when this process ends, however it ends; otherwise it leaves no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _lock(path, say_when_busy)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _lock(path, say_when_busy):
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say_when_busy()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_at(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)    # whoever held it has removed the file: by now others may hold a new one


def _is_at(path, descriptor):
    try:
        return os.path.samestat(os.lstat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def require_space(folder, gib, what):
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    free = shutil.disk_usage(nearest).free
    if free < gib * GIB:
        raise ClusterError(f"no room: {what} needs about {gib} GiB at {nearest}, and {free / GIB:.1f} GiB are free.\n"
                           f"Make room there, or choose another place with XDG_CACHE_HOME (programs) or --state (the cluster).")
