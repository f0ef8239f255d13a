# SPDX-License-Identifier: GPL-3.0-or-later
"""Container images made from the built programs, under the very names that manifests use: nothing is ever pulled."""
import hashlib
import io
import json
import platform
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import programs, progress
from .files import digest, locked, whole
from .instance import cache


@dataclass(frozen=True)
class Image:
    name: str
    reference: str
    entrypoint: str
    files: dict         # path inside → program


BUSYBOX = "/bin/busybox"    # as the public nats image has one; Debian's static build can't look names up: for files only

IMAGES = (
    Image("pause", "localhost/pause:1", "/pause", {"pause": "pause"}),
    Image("chatter", "localhost/chatter:1", "/chatter", {"chatter": "chatter"}),
    Image("nats", "docker.io/library/nats:2.14.9-alpine", "/usr/local/bin/nats-server",
          {"usr/local/bin/nats-server": "nats-server", "bin/busybox": BUSYBOX}),
    Image("exporter", "docker.io/natsio/prometheus-nats-exporter:0.20.1", "/prometheus-nats-exporter",
          {"prometheus-nats-exporter": "prometheus-nats-exporter"}),
    Image("reloader", "docker.io/natsio/nats-server-config-reloader:0.23.0", "/usr/local/bin/nats-server-config-reloader",
          {"usr/local/bin/nats-server-config-reloader": "nats-server-config-reloader"}),
    Image("metrics", "docker.io/victoriametrics/victoria-metrics:v1.102.1", "/victoria-metrics-prod",
          {"victoria-metrics-prod": "victoria-metrics"}),
)


def folder():
    return cache() / "images" / f"{programs.folder().name}-{digest([Path(__file__)])}"


def build():
    """The folder that holds one archive for each image."""
    target = folder()
    if target.exists():
        return target
    built = programs.build()
    with locked(cache() / "images.lock", lambda: progress.say("waiting for another build of the images")):
        if not target.exists():
            with whole(target) as scratch:
                for image in IMAGES:
                    write(scratch / f"{image.name}.tar", image, {inside: built / source for inside, source in image.files.items()})
    return target


def write(path, image, files):
    """Writes a docker-archive of one layer that holds `files` ({path inside: path here})."""
    layer = _layer(files)
    layer_digest = hashlib.sha256(layer).hexdigest()
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    config = json.dumps({"architecture": architecture, "os": "linux",
                         "config": {"Entrypoint": [image.entrypoint], "WorkingDir": "/",
                                    "Env": ["PATH=/usr/local/bin:/usr/bin:/bin"]},
                         "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer_digest}"]}}).encode()
    config_digest = hashlib.sha256(config).hexdigest()
    manifest = [{"Config": f"{config_digest}.json", "RepoTags": [image.reference], "Layers": [f"{layer_digest}.tar"]}]
    with tarfile.open(path, "w") as archive:
        _add(archive, f"{config_digest}.json", config)
        _add(archive, f"{layer_digest}.tar", layer)
        _add(archive, "manifest.json", json.dumps(manifest).encode())


def _layer(files):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        parents = {str(parent) for name in files for parent in PurePosixPath(name).parents} - {"."}
        for name in sorted(parents | {"tmp", "etc"}):
            _add(archive, name, b"", 0o1777 if name == "tmp" else 0o755, tarfile.DIRTYPE)
        _add(archive, "etc/passwd", b"root:x:0:0:root:/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n")
        for name, source in files.items():
            _add(archive, name, Path(source).read_bytes(), 0o755)
    return content.getvalue()


def _add(archive, name, content, mode=0o644, kind=tarfile.REGTYPE):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.type = len(content), mode, kind
    archive.addfile(entry, io.BytesIO(content))
