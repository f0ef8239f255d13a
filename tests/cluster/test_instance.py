# SPDX-License-Identifier: GPL-3.0-or-later
import os
import unittest
from pathlib import Path
from unittest import mock

from localcluster import ClusterError, cgroups, config, instance
from localcluster.instance import Instance


class InstanceTest(unittest.TestCase):
    def test_two_state_folders_share_no_name(self):
        one, other = Instance("/srv/one"), Instance("/srv/other")
        self.assertNotEqual(one.name, other.name)
        self.assertFalse({cgroups.name(one, node) for node in config.NODES} & {cgroups.name(other, node) for node in config.NODES})
        self.assertFalse({one.run, one.var, one.log, one.pki} & {other.run, other.var, other.log, other.pki})

    def test_same_state_folder_keeps_its_name(self):
        self.assertEqual(Instance("/srv/one", 1).name, Instance("/srv/one", 2).name)

    def test_options_go_before_the_environment_and_that_before_the_default(self):
        with mock.patch.dict(os.environ, {"PENNANT_CLUSTER": "/srv/said", "PENNANT_CLUSTER_PORT": "7001"}):
            self.assertEqual((Instance().state, Instance().port), (Path("/srv/said"), 7001))
            self.assertEqual((Instance("/srv/option", 7002).state, Instance("/srv/option", 7002).port), (Path("/srv/option"), 7002))
        with mock.patch.dict(os.environ, {"HOME": "/home/someone"}, clear=True):
            self.assertEqual(Instance().port, instance.DEFAULT_PORT)
            self.assertEqual(Instance().state, Path("/home/someone/.local/state/pennant/cluster"))

    def test_what_is_no_port_says_so(self):
        for said in ("80000", "0", "-1", "https", 65536):
            with self.subTest(said), self.assertRaisesRegex(ClusterError, f"{said} is no port.*--port.*1 to 65535"):
                Instance("/srv/one", said)
        with mock.patch.dict(os.environ, {"PENNANT_CLUSTER_PORT": "80000"}), self.assertRaisesRegex(ClusterError, "80000 is no port"):
            Instance("/srv/one")

    def test_through_sudo_the_files_are_the_callers(self):
        caller = mock.Mock(pw_uid=1000, pw_dir="/home/someone")
        with mock.patch.dict(os.environ, {"SUDO_USER": "someone", "HOME": "/root"}, clear=True), \
                mock.patch("os.geteuid", return_value=0), mock.patch("pwd.getpwnam", return_value=caller):
            self.assertTrue(instance.is_on_behalf())
            self.assertEqual(instance.cache(), Path("/home/someone/.cache/pennant"))
            self.assertEqual(Instance().state, Path("/home/someone/.local/state/pennant/cluster"))

    def test_however_long_the_state_folder_sockets_stay_short(self):
        deepest = f"{config.VAR}/kubelet-3/pod-resources/kubelet.sock"
        self.assertLess(max(map(len, (deepest, config.containerd_socket(3) + ".ttrpc"))), 107)


if __name__ == "__main__":
    unittest.main()
