# SPDX-License-Identifier: GPL-3.0-or-later
"""The cluster's programs, built from their published Go modules and kept by the digest of what pins them."""
import os

from . import ClusterError, go, progress
from .files import digest, locked, require_space, whole
from .instance import SOURCE, cache

VERSION = "1.36.2"
KUBERNETES = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "kubectl", "etcd", "coredns")
STAMP = "k8s.io/component-base/version"
BUILD_GIB = 6           # module cache, compiler cache and the programs, cold


def folder():
    return cache() / "programs" / digest((SOURCE / "programs").rglob("*"))


def build():
    """The folder that holds the programs; builds them first where this very set was never built."""
    target = folder()
    if target.exists():
        return target
    with locked(cache() / "programs.lock", lambda: progress.say("waiting for another build of the local cluster's programs")):
        if not target.exists():
            require_space(cache(), BUILD_GIB, "building Kubernetes")
            _build(target)
    return target


def _build(target):
    toolchain = go.toolchain()
    with whole(target) as scratch:
        major, minor, _ = VERSION.split(".")
        stamps = {"gitVersion": f"v{VERSION}", "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean",
                  "buildDate": "1970-01-01T00:00:00Z"}
        flags = " ".join(["-s", "-w", *(f"-X {STAMP}.{name}={value}" for name, value in stamps.items())])
        _compile(toolchain, "kubernetes", "building Kubernetes (five to ten minutes, the first time only)",
                 ["-ldflags", flags, "-o", scratch / "kubernetes", "."])
        for name in KUBERNETES:
            (scratch / name).symlink_to("kubernetes")
        _compile(toolchain, "workloads", "building what runs inside it",
                 ["-ldflags", "-s -w", "-o", scratch, "tool", "./pause", "./chatter"])


def _compile(toolchain, module, title, arguments):
    # what the user's Go is set to (vendoring, workspaces, another target) must not reach these builds
    environment = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOEXPERIMENT")}
    environment |= {"CGO_ENABLED": "0", "GOFLAGS": "-trimpath -buildvcs=false -modcacherw", "GOTOOLCHAIN": "local", "GOWORK": "off"}
    environment |= toolchain.environment
    try:
        progress.run(title, [toolchain.go, "build", "-v", *arguments], cwd=SOURCE / "programs" / module, env=environment)
    except ClusterError as error:
        raise ClusterError(f"{error}\nThe modules come from Go's module proxy (GOPROXY): see that this machine reaches it, "
                           f"then start again. What was compiled is kept.") from error
