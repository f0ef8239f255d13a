# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import io
import json
import tarfile
import tempfile
import unittest
from pathlib import Path

from localcluster import images


class ImagesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "server").write_bytes(b"a program")

    def written(self):
        image = images.Image("server", "docker.io/library/server:1", "/usr/bin/server", {"usr/bin/server": "server"})
        path = self.folder / "server.tar"
        images.write(path, image, {"usr/bin/server": self.folder / "server"})
        with tarfile.open(path) as archive:
            return {member.name: archive.extractfile(member).read() for member in archive.getmembers()}

    def test_archive_names_its_parts_by_what_they_hold(self):
        members = self.written()
        manifest, = json.loads(members["manifest.json"])
        self.assertEqual(manifest["RepoTags"], ["docker.io/library/server:1"])
        config, (layer,) = members[manifest["Config"]], manifest["Layers"]
        self.assertEqual(manifest["Config"], hashlib.sha256(config).hexdigest() + ".json")
        self.assertEqual(json.loads(config)["rootfs"]["diff_ids"], ["sha256:" + hashlib.sha256(members[layer]).hexdigest()])
        self.assertEqual(json.loads(config)["config"]["Entrypoint"], ["/usr/bin/server"])

    def test_layer_holds_the_program_and_what_any_program_expects(self):
        members = self.written()
        layer, = json.loads(members["manifest.json"])[0]["Layers"]
        with tarfile.open(fileobj=io.BytesIO(members[layer])) as content:
            self.assertEqual(content.extractfile("usr/bin/server").read(), b"a program")
            self.assertEqual(content.getmember("usr/bin/server").mode, 0o755)
            self.assertEqual(content.getmember("tmp").mode, 0o1777)
            self.assertIn(b"root:x:0:0", content.extractfile("etc/passwd").read())

    def test_same_input_same_bytes(self):
        self.assertEqual(self.written(), self.written())

    def test_default_images_of_pennant_are_there_under_their_public_names(self):
        references = {image.reference for image in images.IMAGES}
        self.assertLessEqual({"docker.io/library/nats:2.14.9-alpine", "docker.io/natsio/nats-server-config-reloader:0.23.0",
                              "docker.io/natsio/prometheus-nats-exporter:0.20.1"}, references)


if __name__ == "__main__":
    unittest.main()
