# SPDX-License-Identifier: GPL-3.0-or-later
import tempfile
import unittest
from pathlib import Path

from localcluster import processes
from localcluster.instance import Instance


class ProcessesTest(unittest.TestCase):
    """`find` over a made-up /proc."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.proc = Path(folder.name)
        self.instance = Instance("/srv/cluster", 7001)
        (self.proc / "self").mkdir()

    def process(self, pid, *arguments):
        (self.proc / str(pid)).mkdir(exist_ok=True)
        (self.proc / str(pid) / "cmdline").write_bytes(b"\0".join(argument.encode() for argument in arguments) + b"\0")

    def launchers(self, instance, nodes=1):
        inside = ["/usr/bin/python3", "/srv/local-cluster", *processes.command(instance, nodes, 5)]
        self.process(10, "unshare", "--mount", "tini", "-s", "--", *inside)
        self.process(11, "tini", "-s", "--", *inside)
        self.process(12, *inside)

    def test_finds_the_launchers_and_what_they_were_told(self):
        self.launchers(self.instance, nodes=3)
        found = processes.find(self.instance, self.proc)
        self.assertEqual(found, processes.Running({"unshare": 10, "tini": 11}, nodes=3, port=7001))
        self.assertEqual(found.network, "/proc/11/ns/net")

    def test_an_instance_without_its_first_process_is_still_found(self):
        self.process(10, "unshare", "python3", "local-cluster", *processes.command(self.instance, 1, 5))
        self.assertIsNone(processes.find(self.instance, self.proc).network)

    def test_another_instance_is_not_ours(self):
        self.launchers(Instance("/srv/other", 7001))
        self.assertIsNone(processes.find(self.instance, self.proc))

    def test_a_pid_that_belongs_to_another_program_by_now_is_not_ours(self):
        self.launchers(self.instance)
        self.process(10, "postgres", "-D", "/srv/cluster")
        self.process(11, "less", "/srv/cluster")
        self.assertIsNone(processes.find(self.instance, self.proc))

    def test_programs_that_only_speak_of_the_instance_are_not_it(self):
        self.process(10, "vim", *processes.command(self.instance, 1, 5))
        self.process(11, "tini", "--state", "/srv/cluster", "up")
        self.process(12)
        self.assertIsNone(processes.find(self.instance, self.proc))

    def test_processes_that_end_meanwhile_are_no_trouble(self):
        (self.proc / "13").mkdir()
        self.assertIsNone(processes.find(self.instance, self.proc))


if __name__ == "__main__":
    unittest.main()
