# SPDX-License-Identifier: GPL-3.0-or-later
import os
import stat
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from localcluster import ClusterError, cli, faults, lifecycle, processes, statefolder
from localcluster.instance import Instance

FOREIGN = ("run/sshd.pid", "var/lib/mail", "log/syslog", "pki/root.key", "admin.kubeconfig", "lock", "kept")


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


class StateFolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.instance = Instance(self.folder / "cluster", 7001)
        self.enterContext(mock.patch("os.geteuid", return_value=0))
        self.enterContext(mock.patch("os.chown"))
        for harmless in ("processes.end", "cgroups.remove", "cgroups.make", "lifecycle.build", "lifecycle.require_machine"):
            self.enterContext(mock.patch(f"localcluster.{harmless}"))
        self.start = self.enterContext(mock.patch("localcluster.lifecycle.start"))
        self.start.side_effect = lambda instance, _: lifecycle.clean(instance)
        self.enterContext(mock.patch("localcluster.lifecycle._wait_until_ready"))
        self.enterContext(mock.patch("localcluster.progress.say"))

    def foreign(self):
        """A folder that was there before, with names that a cluster uses as well."""
        for name in FOREIGN:
            path = self.instance.state / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("precious")
        self.instance.state.chmod(0o755)
        return names(self.folder)

    def up(self):
        lifecycle.up(self.instance, 1)

    def commands(self):
        running = processes.Running({"tini": 1}, 1, 7001)
        with mock.patch("localcluster.processes.find", return_value=running):
            for fault in ("kill", "freeze", ""):
                yield lambda fault=fault: faults.order(self.instance, "etcd", fault)
        yield from (self.up, lambda: lifecycle.down(self.instance, wipe=False), lambda: lifecycle.down(self.instance, wipe=True),
                    lambda: cli.VERBS["inside"](self.instance, mock.Mock(nodes=1)))

    def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(self):
        before = self.foreign()
        refused = "not the state folder of a local cluster.*nothing was touched.\n.*--state"
        with mock.patch("localcluster.inside.run") as inside:
            for command in self.commands():
                with self.assertRaisesRegex(ClusterError, refused):
                    command()
        inside.assert_not_called()
        self.assertEqual(names(self.folder), before)
        self.assertEqual(stat.S_IMODE(self.instance.state.stat().st_mode), 0o755)
        for name in FOREIGN:
            self.assertEqual((self.instance.state / name).read_text(), "precious")

    def test_the_root_folder_is_refused(self):
        with self.assertRaisesRegex(ClusterError, "^/ can't be a state folder"):
            statefolder.require_ours(Instance("/"))
        with self.assertRaisesRegex(ClusterError, "^/ can't be a state folder"):
            statefolder.require_ours(Instance("/srv/.."))

    def test_up_makes_a_private_folder_and_marks_it_first(self):
        self.start.side_effect = InterruptedError
        with self.assertRaises(InterruptedError):
            self.up()
        self.assertTrue(statefolder.is_marked(self.instance))
        self.assertEqual(stat.S_IMODE(self.instance.state.stat().st_mode), 0o700)
        statefolder.require_ours(self.instance)

    def test_an_empty_folder_is_taken_with_the_mode_it_has(self):
        self.instance.state.mkdir()
        self.instance.state.chmod(0o755)
        self.up()
        self.assertTrue(statefolder.is_marked(self.instance))
        self.assertEqual(stat.S_IMODE(self.instance.state.stat().st_mode), 0o755)
        self.assertEqual(stat.S_IMODE(self.instance.var.stat().st_mode), 0o700)

    def test_wiping_leaves_nothing(self):
        self.up()
        for part in ("run/fault", "log", "pki", "pki.making"):
            (self.instance.state / part).mkdir(parents=True)
        for part in ("admin.kubeconfig", "viewer.kubeconfig.new", "kept"):
            (self.instance.state / part).touch()
        lifecycle.down(self.instance, wipe=True)
        self.assertEqual(names(self.folder), [])

    def test_stopping_keeps_what_was_stored(self):
        self.up()
        (self.instance.var / "etcd").touch()
        lifecycle.down(self.instance, wipe=False)
        self.assertEqual(names(self.folder), ["cluster", "cluster/.local-cluster", "cluster/var", "cluster/var/etcd"])
        self.up()

    def test_what_was_put_beside_it_since_survives_and_stays_marked(self):
        self.up()
        (self.instance.state / "photos").mkdir()
        lifecycle.down(self.instance, wipe=True)
        self.assertEqual(names(self.instance.state), [".local-cluster", "photos"])
        self.up()

    def test_no_symbolic_link_leads_out_of_it(self):
        outside = self.folder / "outside"
        outside.mkdir()
        (outside / "file").touch()
        self.up()
        self.instance.log.symlink_to(outside)
        (self.instance.state / "linked").symlink_to(outside)
        for command in self.commands():
            with self.assertRaisesRegex(ClusterError, r"symbolic links in .* \(linked, log\)"):
                command()
        self.assertEqual(names(outside), ["file"])

    def test_a_link_is_neither_a_state_folder_nor_a_mark(self):
        ours = Instance(self.folder / "ours", 7001)
        statefolder.take(ours)
        self.instance.state.symlink_to(ours.state)
        with self.assertRaisesRegex(ClusterError, "no symbolic link"):
            lifecycle.down(self.instance, wipe=True)
        self.instance.state.unlink()
        self.foreign()
        self.instance.mark.symlink_to(ours.mark)
        with self.assertRaisesRegex(ClusterError, "nothing was touched"):
            lifecycle.down(self.instance, wipe=True)

    def test_the_state_of_an_older_version_is_told_apart(self):
        self.foreign()
        (self.instance.pki / "ca.crt").touch()
        with self.assertRaisesRegex(ClusterError, f"older local-cluster.*\n  touch '{self.instance.mark}'"):
            lifecycle.down(self.instance, wipe=True)
        self.instance.mark.touch()
        lifecycle.down(self.instance, wipe=True)
        self.assertEqual(names(self.folder), [])

    def test_what_is_not_there_is_nothing_to_stop(self):
        lifecycle.down(self.instance, wipe=True)
        self.assertEqual(names(self.folder), [])

    def test_folders_above_are_made_and_handed_over(self):
        instance = Instance(self.folder / "a/b/cluster", 7001)
        statefolder.take(instance)
        handed = [str(call.args[0].relative_to(self.folder)) for call in os.chown.call_args_list]
        self.assertEqual(handed, ["a", "a/b", "a/b/cluster"])


if __name__ == "__main__":
    unittest.main()
