# SPDX-License-Identifier: GPL-3.0-or-later
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from localcluster.supervisor import Supervisor


def is_stopped(process):
    return Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"


class SupervisorTest(unittest.TestCase):
    """One program under supervision, step by step."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.run_folder = Path(folder.name)
        for name in ("fault", "applied"):
            (self.run_folder / name).mkdir()
        self.enterContext(mock.patch("localcluster.config.RUN", folder.name))
        self.enterContext(mock.patch("localcluster.config.LOG", folder.name))
        self.enterContext(mock.patch("localcluster.supervisor.SECONDS_BETWEEN_STARTS", 0))
        self.supervisor = Supervisor("/nowhere")
        self.supervisor.want("sleeper", ["sleep", "1000"])
        self.supervisor.tend_all()
        self.addCleanup(self.end)

    def end(self):
        self.process.kill()
        self.process.wait()

    @property
    def process(self):
        return self.supervisor.process("sleeper")

    def order(self, fault):
        path = self.run_folder / "fault/sleeper"
        if fault:
            path.write_text(fault)
        else:
            path.unlink()
        self.supervisor.tend_all()

    def applied(self):
        path = self.run_folder / "applied/sleeper"
        return path.read_text() if path.exists() else ""

    def test_a_program_that_ends_is_started_again(self):
        first = self.process
        self.end()
        self.supervisor.tend_all()
        self.assertNotEqual(self.process.pid, first.pid)
        self.assertIsNone(self.process.poll())

    def test_a_killed_one_stays_so_until_mended(self):
        self.order("kill")
        self.assertIsNotNone(self.process.poll())
        self.assertEqual(self.applied(), "kill")
        self.supervisor.tend_all()
        self.assertIsNotNone(self.process.poll())
        self.order("")
        self.assertIsNone(self.process.poll())
        self.assertEqual(self.applied(), "")

    def test_a_frozen_one_is_halted_until_mended(self):
        self.order("freeze")
        self.assertEqual(self.applied(), "freeze")
        self.assertTrue(is_stopped(self.process))
        self.order("")
        self.assertFalse(is_stopped(self.process))
        self.assertEqual(self.applied(), "")

    def test_mended_means_that_it_runs(self):
        self.order("kill")
        with mock.patch("localcluster.supervisor.SECONDS_BETWEEN_STARTS", 1000):
            self.order("")
            self.assertEqual(self.applied(), "kill", "said to be mended before it was started")


if __name__ == "__main__":
    unittest.main()
