# SPDX-License-Identifier: GPL-3.0-or-later
import importlib.machinery
import importlib.util
import multiprocessing
import os
import signal
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from localcluster import processes
from localcluster.instance import SOURCE, Instance


def load():
    """with-cluster as a module."""
    loader = importlib.machinery.SourceFileLoader("with_cluster", str(SOURCE / "with-cluster"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("with_cluster", loader))
    loader.exec_module(module)
    return module


def end_group(process):
    """With its command, which outlives a with-cluster that was killed."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.join()


class WithClusterTest(unittest.TestCase):
    """Over a cluster that is only a list of what was done to it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.instance = Instance(self.folder / "cluster", 7001)
        self.done = self.folder / "done"
        self.running = None
        self.enterContext(mock.patch("os.geteuid", return_value=0))
        self.enterContext(mock.patch("os.chown"))
        self.enterContext(mock.patch("signal.signal"))
        self.enterContext(mock.patch("localcluster.processes.find", side_effect=lambda _: self.running))
        self.enterContext(mock.patch("localcluster.lifecycle.up", side_effect=lambda *_: self.note("up")))
        self.enterContext(mock.patch("localcluster.lifecycle.down", side_effect=lambda *_, **__: self.note("down")))
        self.waits = multiprocessing.Event()
        self.enterContext(mock.patch("localcluster.progress.say", side_effect=lambda _: self.waits.set()))
        self.main = load().main

    def note(self, what):
        with self.done.open("a") as file:
            file.write(what + "\n")

    def notes(self):
        return self.done.read_text().splitlines()

    def run_it(self, *command, state=None):
        with mock.patch("sys.argv", ["with-cluster", "--state", str(state or self.instance.state), *command]):
            return self.main()

    def begin(self, name):
        """A with-cluster in a process of its own, whose command runs until `let_go` (or the end of this test)."""
        runs, let_go = self.folder / f"{name} runs", self.folder / f"{name} may end"
        for path in (runs, let_go):
            os.mkfifo(path)
        script = (f"exec 3>>'{self.done}'; echo '{name} begins' >&3; : >'{runs}'; cat '{let_go}' >/dev/null; "
                  f"echo '{name} ends' >&3")
        in_group = multiprocessing.Event()

        def run_in_group():
            os.setpgid(0, 0)
            in_group.set()
            sys.exit(self.run_it("sh", "-c", script))

        process = multiprocessing.Process(target=run_in_group)
        process.start()
        in_group.wait()
        self.addCleanup(end_group, process)
        return process, runs, let_go

    def test_a_clean_one_is_made_and_taken_away(self):
        self.assertEqual(self.run_it("sh", "-c", f"echo run >>'{self.done}'; exit 3"), 3)
        self.assertEqual(self.notes(), ["down", "up", "run", "down"])
        self.assertEqual([path.name for path in self.folder.iterdir()], ["done"])

    def test_a_second_one_waits_for_the_first(self):
        first, runs, let_go = self.begin("first")
        runs.read_text()
        second, second_runs, second_let_go = self.begin("second")
        self.assertTrue(self.waits.wait(60), "it did not wait")
        let_go.write_text("")
        first.join()
        second_runs.read_text()
        second_let_go.write_text("")
        second.join()
        self.assertEqual((first.exitcode, second.exitcode), (0, 0))
        self.assertEqual(self.notes(), ["down", "up", "first begins", "first ends", "down",
                                        "down", "up", "second begins", "second ends", "down"])

    def test_what_a_killed_one_left_is_cleaned_up(self):
        first, runs, _ = self.begin("first")
        runs.read_text()
        first.kill()
        first.join()
        self.running = processes.Running({"tini": 1}, 1, 7001)
        self.assertEqual(self.run_it("true"), 0)
        self.assertEqual(self.notes(), ["down", "up", "first begins", "down", "up", "down"])

    def test_one_within_another_is_refused_instead_of_waiting_for_ever(self):
        with mock.patch.dict(os.environ, {"PENNANT_LOCAL_CLUSTER": f"local-cluster --state {self.instance.state} --port 1"}), \
                mock.patch("sys.stderr") as said:
            self.assertEqual(self.run_it("true"), 1)
            self.assertEqual(self.run_it("true", state=self.folder / "other"), 0)
        self.assertIn("wait for its own end", "".join(call.args[0] for call in said.write.call_args_list))

    def test_a_folder_of_somebody_else_is_refused(self):
        self.instance.state.mkdir()
        (self.instance.state / "photos").touch()
        with mock.patch("sys.stderr") as said:
            self.assertEqual(self.run_it("true"), 1)
        self.assertIn("nothing was touched", "".join(call.args[0] for call in said.write.call_args_list))
        self.assertFalse(self.done.exists())

    def test_a_kept_one_is_used_as_it_is(self):
        self.running = processes.Running({"tini": 1}, 1, 7002)
        self.instance.state.mkdir()
        self.instance.mark.touch()
        self.instance.kept.touch()
        self.assertEqual(self.run_it("sh", "-c", f"echo $PENNANT_LOCAL_CLUSTER >>'{self.done}'"), 0)
        self.assertEqual(len(self.notes()), 1)
        self.assertTrue(self.notes()[0].endswith("--port 7002"))


if __name__ == "__main__":
    unittest.main()
