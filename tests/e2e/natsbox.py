#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The NATS CLI for the examples of the connection card, and the image that the example Deployment names.

    natsbox.py cli              builds the CLI from its published Go module, once; prints the folder that it is in
    natsbox.py go               prints the folder of a Go that is new enough
    natsbox.py image REFERENCE  puts an image of that name with the CLI and a shell onto the node of the local cluster
"""
import os
import shlex
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cluster"))
from localcluster import config, go, images     # noqa: E402
from localcluster.instance import Instance, cache       # noqa: E402

MODULE = "github.com/nats-io/natscli/nats@v0.5.1"


def cli():
    folder = cache() / "natscli" / MODULE.rpartition("@")[2]
    if not (folder / "nats").exists():
        toolchain = go.toolchain()
        # static: it also runs in an image that holds nothing else
        environment = dict(os.environ) | {"CGO_ENABLED": "0", "GOFLAGS": "-trimpath", "GOTOOLCHAIN": "local", "GOBIN": str(folder)}
        subprocess.run([toolchain.go, "install", MODULE], env=environment | toolchain.environment, check=True, stdout=sys.stderr)
    return folder


def image(reference):
    archive = cache() / "natscli" / "nats-box.tar"
    shell = {f"bin/{name}": images.BUSYBOX for name in ("sh", "cat", "sleep")}
    images.write(archive, images.Image("nats-box", reference, "/bin/sh", {}), {"usr/local/bin/nats": cli() / "nats"} | shell)
    # Only its network is shared with `local-cluster exec`; the socket lies in the state folder, whose path may be longer than a
    # socket's address may be.
    state = shlex.split(os.environ["PENNANT_LOCAL_CLUSTER"])[2]
    socket = Path("/proc/self/cwd", Path(config.containerd_socket(1)).name)
    subprocess.run(["ctr", "-a", socket, "-n", "k8s.io", "images", "import", archive], cwd=Instance(state).run, check=True,
                   stdout=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:] == ["cli"]:
        print(cli())
    elif sys.argv[1:] == ["go"]:
        print(Path(go.toolchain().go).parent)
    elif len(sys.argv) == 3 and sys.argv[1] == "image":
        image(sys.argv[2])
    else:
        sys.exit(__doc__)
