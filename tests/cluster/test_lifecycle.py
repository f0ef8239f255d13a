# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os
import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from localcluster import ClusterError, cli, config, faults, go, inside, lifecycle, processes, programs, progress
from localcluster.instance import Instance


class LifecycleTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.instance = Instance(self.folder / "cluster", 7001)

    def test_not_root_says_what_to_do(self):
        with mock.patch("os.geteuid", return_value=1000), self.assertRaisesRegex(ClusterError, "root.*sudo"):
            lifecycle.up(self.instance, 1)
        self.assertFalse(self.instance.state.exists())

    def test_missing_programs_are_named_by_package(self):
        with mock.patch("os.geteuid", return_value=0), mock.patch("shutil.which", side_effect=lambda name, path: name != "nft"), \
                self.assertRaisesRegex(ClusterError, "not installed: nftables.\n.*scripts/setup --for cluster"):
            lifecycle.require_machine()

    def test_taken_port_says_which_and_what_to_do(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with self.assertRaisesRegex(ClusterError, f"port {port} .*\n.*--port"):
                lifecycle.listen(port)

    def test_reserved_port_is_an_error_too(self):
        with mock.patch("socket.socket.bind", side_effect=PermissionError(13, "Permission denied")), \
                self.assertRaisesRegex(ClusterError, "Permission denied"):
            lifecycle.listen(80)

    def test_down_of_nothing_is_harmless(self):
        with mock.patch("os.geteuid", return_value=0):
            lifecycle.down(self.instance, wipe=True)

    def test_faults_want_a_running_cluster(self):
        with self.assertRaisesRegex(ClusterError, "local-cluster up"):
            faults.order(self.instance, "etcd", "kill")

    def test_every_program_can_be_named_for_a_fault(self):
        self.assertIn("kubelet-2", config.program_names(config.NODES[:2]))
        self.assertNotIn("kubelet-3", config.program_names(config.NODES[:2]))

    def test_errors_go_to_the_terminal_without_a_traceback(self):
        with mock.patch("sys.argv", ["local-cluster", "--state", str(self.folder / "none"), "kill", "etcd"]), \
                mock.patch("sys.stderr") as said:
            self.assertEqual(cli.main(), 1)
        self.assertIn("no cluster runs", "".join(call.args[0] for call in said.write.call_args_list))

    def run_it(self, *arguments):
        with mock.patch("sys.argv", ["local-cluster", *arguments]), mock.patch("sys.stderr", io.StringIO()) as said, \
                mock.patch("sys.stdout", io.StringIO()) as printed:
            return cli.main(), printed.getvalue() + said.getvalue()

    def test_an_impossible_port_is_refused_before_anything_is_made(self):
        code, said = self.run_it("--state", str(self.folder / "none"), "--port", "80000", "up")
        self.assertEqual(code, 1)
        self.assertIn("80000 is no port", said)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_kubeconfig_that_is_not_there_is_an_error(self):
        state = self.folder / "cluster"
        code, said = self.run_it("--state", str(state), "kubeconfig", "admin")
        self.assertEqual(code, 1)
        self.assertIn(f"no cluster was ever started in {state}", said)
        self.assertIn("local-cluster up", said)
        state.mkdir()
        (state / "admin.kubeconfig").touch()
        self.assertEqual(self.run_it("--state", str(state), "kubeconfig", "admin"), (0, f"{state}/admin.kubeconfig\n"))

    def test_the_kubeconfigs_of_the_host_hold_inside_wherever_the_port_is_free_there(self):
        def ports(port):
            return inside._ports_as_outside(Instance("/srv/one", port))
        self.assertEqual((ports(7001), ports(config.API_PORT), ports(2379)), ([7001], [], []))


class UpTest(unittest.TestCase):
    """What comes of a cluster whose API server does not answer."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.instance = Instance(Path(folder.name, "cluster"), 7001)
        self.running = None
        self.enterContext(mock.patch("localcluster.processes.find", side_effect=lambda _: self.running))
        self.ended = self.enterContext(mock.patch("localcluster.lifecycle._end"))
        self.start = self.enterContext(mock.patch("localcluster.lifecycle.start", side_effect=self.started))
        self.api = self.enterContext(mock.patch("localcluster.lifecycle.Api")).return_value
        self.api.is_ok.return_value = False
        self.said = self.enterContext(mock.patch("localcluster.progress.say"))
        for harmless in ("lifecycle.build", "lifecycle.require_machine", "pki.make"):
            self.enterContext(mock.patch(f"localcluster.{harmless}"))
        self.enterContext(mock.patch("os.chown"))
        self.enterContext(mock.patch("time.sleep"))
        self.enterContext(mock.patch("localcluster.lifecycle.LIMIT_SECONDS", 0))

    def started(self, *_, nodes=1, port=7001):
        self.running = processes.Running({"unshare": 1, "tini": 2}, nodes, port)

    def up(self):
        lifecycle.up(self.instance, 1)

    def test_one_that_ran_before_is_left_running(self):
        self.started()
        with self.assertRaisesRegex(ClusterError, "the API server did not come up.*\n.*goes on running.*mend"):
            self.up()
        self.api.is_ok.side_effect = KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.up()
        self.ended.assert_not_called()
        self.start.assert_not_called()

    def test_one_that_ran_before_tells_its_faults(self):
        self.started()
        self.instance.applied.mkdir(parents=True)
        self.instance.mark.touch()
        (self.instance.applied / "kube-apiserver").write_text("freeze")
        with self.assertRaises(ClusterError):
            self.up()
        self.assertIn("kube-apiserver was frozen on order: `local-cluster mend kube-apiserver`", self.said.call_args_list[0].args[0])

    def test_one_that_runs_is_up_however_many_nodes_and_whichever_port_it_has(self):
        self.started(nodes=2, port=7002)
        self.api.is_ok.return_value = True
        with mock.patch.dict(os.environ, {"PENNANT_CLUSTER_PORT": ""}):
            lifecycle.up(Instance(self.instance.state))
        self.assertEqual(self.said.call_args.args, ("already up",))
        self.assertEqual([call.args for call in self.api.is_node_ready.call_args_list], [("node-1",), ("node-2",)])
        for nodes, port in ((1, 7002), (None, 7001)):
            with self.subTest(nodes=nodes, port=port), self.assertRaisesRegex(ClusterError, "runs already, with 2 node.*port 7002"):
                lifecycle.up(Instance(self.instance.state, port), nodes)

    def test_one_that_this_call_started_is_ended(self):
        with self.assertRaisesRegex(ClusterError, "did not come up") as raised:
            self.up()
        self.assertNotIn("mend", str(raised.exception))
        self.ended.assert_called_once()
        self.running = None
        self.api.is_ok.side_effect = KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.up()
        self.assertEqual(self.ended.call_count, 2)


class ToolchainTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.enterContext(mock.patch.dict(os.environ, {"XDG_CACHE_HOME": folder.name, "PATH": folder.name}))
        self.enterContext(mock.patch("localcluster.progress.say"))

    def install(self, version):
        go_program = self.folder / "go"
        go_program.write_text(f"#!/bin/sh\necho go version go{version} linux/amd64\n")
        go_program.chmod(0o755)

    def test_a_new_enough_go_is_used(self):
        self.install("1.26.0")
        self.assertEqual(go.toolchain(), go.Toolchain(self.folder / "go"))

    def test_an_older_go_is_not(self):
        self.install("1.19.8")
        with mock.patch("localcluster.progress.run", side_effect=ClusterError("no registry")) as run, \
                self.assertRaisesRegex(ClusterError, "no registry"):
            go.toolchain()
        run.assert_called_once()

    def test_without_go_and_registry_the_error_says_both(self):
        with mock.patch("localcluster.progress.run", side_effect=ClusterError("could not connect")), \
                self.assertRaisesRegex(ClusterError, "needs Go 1.26 .*PyPI failed:\ncould not connect\n.*install Go yourself"):
            go.toolchain()

    def test_what_the_users_go_is_set_to_does_not_reach_the_build(self):
        self.install("1.26.0")
        settings = {"GOFLAGS": "-mod=vendor", "GOTOOLCHAIN": "auto", "GOOS": "plan9"}
        with mock.patch.dict(os.environ, settings), mock.patch("localcluster.progress.run") as run:
            programs.build()
        for call in run.call_args_list:
            environment = call.kwargs["env"]
            self.assertEqual((environment["GOTOOLCHAIN"], environment["CGO_ENABLED"]), ("local", "0"))
            self.assertNotIn("vendor", environment["GOFLAGS"])
            self.assertNotIn("GOOS", environment)
        self.assertTrue((programs.folder() / "kubectl").is_symlink())

    def test_a_build_that_fails_leaves_no_programs_and_the_last_words(self):
        self.install("1.26.0")
        with mock.patch("localcluster.progress.run", side_effect=ClusterError("dial tcp: refused")), \
                self.assertRaisesRegex(ClusterError, "refused\n.*GOPROXY"):
            programs.build()
        self.assertFalse(programs.folder().exists())


class ProgressTest(unittest.TestCase):
    def test_a_failing_command_is_told_with_its_last_words(self):
        with mock.patch("localcluster.progress.say"), self.assertRaisesRegex(ClusterError, "trying: failed.*\n  one\n  two"):
            progress.run("trying", ["/bin/sh", "-c", "echo one; echo two >&2; exit 3"])

    def test_a_command_that_does_well_is_quiet(self):
        with mock.patch("localcluster.progress.say") as say:
            progress.run("trying", ["true"])
        self.assertEqual(say.call_count, 2)


if __name__ == "__main__":
    unittest.main()
