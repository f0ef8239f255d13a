# SPDX-License-Identifier: GPL-3.0-or-later
import multiprocessing
import tempfile
import unittest
from collections import namedtuple
from pathlib import Path
from unittest import mock

from localcluster import ClusterError, files


def hold(path, has_it, let_go):
    with files.locked(path, lambda: None):
        has_it.set()
        let_go.wait()


class FilesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_digest_follows_names_and_contents(self):
        path = self.folder / "go.mod"
        path.write_text("one")
        before = files.digest([path])
        self.assertEqual(files.digest([path]), before)
        path.write_text("two")
        self.assertNotEqual(files.digest([path]), before)
        path.write_text("one")
        renamed = path.rename(self.folder / "go.sum")
        self.assertNotEqual(files.digest([renamed]), before)

    def test_a_folder_appears_whole(self):
        target = self.folder / "made"
        with files.whole(target) as scratch:
            (scratch / "part").touch()
            self.assertFalse(target.exists())
        self.assertTrue((target / "part").exists())

    def test_a_maker_that_fails_leaves_nothing_under_the_name(self):
        target = self.folder / "made"
        with self.assertRaises(RuntimeError), files.whole(target) as scratch:
            (scratch / "old").touch()
            raise RuntimeError
        self.assertFalse(target.exists())
        with files.whole(target):
            pass
        self.assertFalse((target / "old").exists())

    def test_the_lock_of_a_process_that_was_killed_is_free(self):
        path, has_it, let_go, waited = self.folder / "lock", multiprocessing.Event(), multiprocessing.Event(), mock.Mock()
        holder = multiprocessing.Process(target=hold, args=(path, has_it, let_go))
        holder.start()
        has_it.wait()
        waited.side_effect = holder.kill
        with files.locked(path, waited):
            waited.assert_called_once()
        holder.join()

    def test_no_room_says_where_and_how_much(self):
        usage = namedtuple("usage", "free")(files.GIB)
        with mock.patch("shutil.disk_usage", return_value=usage), self.assertRaisesRegex(ClusterError, "6 GiB.*1.0 GiB are free"):
            files.require_space(self.folder / "not/there", 6, "building")


if __name__ == "__main__":
    unittest.main()
