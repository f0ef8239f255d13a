# SPDX-License-Identifier: GPL-3.0-or-later
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from localcluster import ClusterError, cgroups
from localcluster.instance import Instance


class CgroupsTest(unittest.TestCase):
    """Over a folder that looks like /sys/fs/cgroup as far as this needs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "cgroup")
        self.root.mkdir()
        self.enterContext(mock.patch("localcluster.cgroups.ROOT", self.root))
        self.enterContext(mock.patch("time.sleep"))
        self.instance = Instance(Path(folder.name, "cluster"), 7001)
        self.instance.state.mkdir()

    def v2(self, available, active):
        (self.root / "cgroup.controllers").write_text(available)
        (self.root / "cgroup.subtree_control").write_text(active + "\n")

    def switched(self):
        """What was written since `v2`."""
        return (self.root / "cgroup.subtree_control").read_text().split("\n", 1)[1].split()

    def test_v1_makes_one_in_each_hierarchy_and_takes_them_away(self):
        for kind in ("cpu", "memory", "systemd"):
            (self.root / kind).mkdir()
        cgroups.make(self.instance, (1, 2))
        made = [path for path in cgroups.folders(self.instance) if path.exists()]
        self.assertEqual(len(made), 6)
        (made[0] / "pod").mkdir()
        cgroups.remove(self.instance)
        self.assertEqual([path for path in made if path.exists()], [])

    def test_v1_cpusets_begin_as_their_parent(self):
        (self.root / "cpuset").mkdir()
        (self.root / "cpuset/cpuset.cpus").write_text("0-1")
        folder = cgroups.folders(self.instance, (1,))[0]
        folder.mkdir()
        (folder / "cpuset.cpus").write_text("")
        cgroups.make(self.instance, (1,))
        self.assertEqual((folder / "cpuset.cpus").read_text(), "0-1")

    def test_v2_switches_on_what_is_missing_and_off_again(self):
        self.v2(available="cpu memory pids", active="memory")
        cgroups.make(self.instance, (1,))
        self.assertEqual(self.switched(), ["+cpu", "+pids"])
        cgroups.remove(self.instance)
        self.assertEqual(self.switched(), ["+cpu", "+pids", "-cpu", "-pids"])

    def test_v2_switches_off_what_runc_switched_on(self):
        self.v2(available="cpu memory pids rdma misc", active="cpu memory pids")
        cgroups.make(self.instance, (1,))
        self.assertEqual(self.switched(), [])
        cgroups.remove(self.instance)
        self.assertEqual(self.switched(), ["-misc", "-rdma"])

    def test_v2_leaves_alone_what_was_on(self):
        self.v2(available="cpu memory pids", active="cpu memory pids")
        cgroups.make(self.instance, (1,))
        cgroups.remove(self.instance)
        self.assertEqual(self.switched(), [])

    def test_what_stays_in_use_is_named(self):
        (self.root / "cpu").mkdir()
        folder = cgroups.folders(self.instance, (1,))[0]
        folder.mkdir()
        (folder / "busy").touch()
        with self.assertRaisesRegex(ClusterError, str(folder)):
            cgroups.remove(self.instance)


if __name__ == "__main__":
    unittest.main()
