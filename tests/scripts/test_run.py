# SPDX-License-Identifier: GPL-3.0-or-later
"""Which cluster scripts/run opens Pennant on. It is the real script, in a clone where all that it calls only says so."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
SAYS_ITS_NAME = '#!/bin/sh\necho "called $(basename "$0") $*"\n'


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name in ("run", "common"):
            self.put(f"clone/scripts/{name}", (SCRIPTS / name).read_text())
        for name in ("clone/scripts/setup", "clone/tests/cluster/local-cluster", "clone/build/release/app/pennant", "bin/cmake"):
            self.put(name, SAYS_ITS_NAME)
        self.put("bin/sudo", '#!/bin/sh\nexec "$@"\n')
        (self.folder / "home").mkdir()

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(0o755)
        return path

    def run_it(self, *arguments, kubeconfig=""):
        environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "HOME": str(self.folder / "home"), "DISPLAY": ":0",
                       "KUBECONFIG": str(kubeconfig)}
        return subprocess.run([self.folder / "clone/scripts/run", *arguments], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False, timeout=60)

    def assert_refused(self, result, who, file):
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn(f"{who} names no kubeconfig that is there: {file}\n", result.stdout)
        self.assertIn("scripts/run --local-cluster", result.stdout)
        self.assertNotIn("called", result.stdout)

    def assert_opened(self, result, *, on_local_cluster):
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("called pennant", result.stdout)
        self.assertEqual("called local-cluster up" in result.stdout, on_local_cluster, result.stdout)

    def test_without_any_kubeconfig_the_local_cluster_is_started(self):
        self.assert_opened(self.run_it(), on_local_cluster=True)

    def test_the_kubeconfig_at_home_is_used(self):
        self.put("home/.kube/config", "")
        self.assert_opened(self.run_it(), on_local_cluster=False)

    def test_a_named_kubeconfig_that_is_missing_is_an_error_before_anything_is_done(self):
        self.put("home/.kube/config", "")
        missing = self.folder / "none.kc"
        self.assert_refused(self.run_it(kubeconfig=missing), "KUBECONFIG", missing)
        self.assert_refused(self.run_it("--", "--kubeconfig", str(missing)), "--kubeconfig", missing)
        self.assert_refused(self.run_it("--", f"--kubeconfig={missing}"), "--kubeconfig", missing)

    def test_one_of_those_that_are_named_is_enough(self):
        there = self.put("there.kc", "")
        self.assert_opened(self.run_it(kubeconfig=f"{self.folder}/none.kc:{there}"), on_local_cluster=False)
        self.assert_opened(self.run_it("--", "--kubeconfig", str(there)), on_local_cluster=False)

    def test_the_local_cluster_is_started_on_request_whatever_is_named(self):
        self.assert_opened(self.run_it("--local-cluster", kubeconfig=self.folder / "none.kc"), on_local_cluster=True)


if __name__ == "__main__":
    unittest.main()
