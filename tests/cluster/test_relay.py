# SPDX-License-Identifier: GPL-3.0-or-later
import socket
import subprocess
import sys
import threading
import unittest

from localcluster import lifecycle
from localcluster.instance import SOURCE


class RelayTest(unittest.TestCase):
    """The real relay between two sockets of this machine."""

    def setUp(self):
        self.inner = lifecycle.listen(0)
        self.addCleanup(self.inner.close)
        with lifecycle.listen(0) as listener:
            self.port = listener.getsockname()[1]
            relay = subprocess.Popen([sys.executable, SOURCE / "localcluster/relay.py", str(listener.fileno()),
                                      str(self.inner.getsockname()[1]), *self.others()], pass_fds=(listener.fileno(),))
        self.addCleanup(relay.wait)
        self.addCleanup(relay.kill)

    def others(self):
        return []

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.addCleanup(connection.close)
        return connection

    def accept(self):
        self.inner.settimeout(60)
        connection, _ = self.inner.accept()
        self.addCleanup(connection.close)
        return connection

    def test_carries_everything_both_ways_and_the_end_of_each(self):
        asked, answered = bytes(range(256)) * 4000, b"yes" * 1_000_000
        outer = self.connect()
        inner = self.accept()

        def answer():
            with inner.makefile("rb") as reader:
                self.received = reader.read()
            inner.sendall(answered)
            inner.shutdown(socket.SHUT_WR)

        answering = threading.Thread(target=answer)
        answering.start()
        outer.sendall(asked)
        outer.shutdown(socket.SHUT_WR)
        with outer.makefile("rb") as reader:
            self.assertEqual(reader.read(), answered)
        answering.join()
        self.assertEqual(self.received, asked)

    def test_with_nobody_inside_a_connection_ends_at_once(self):
        self.inner.close()
        outer = self.connect()
        try:
            self.assertEqual(outer.recv(1), b"")
        except ConnectionResetError:
            pass

    def test_a_connection_cut_inside_is_cut_outside(self):
        outer = self.connect()
        self.accept().close()
        self.assertEqual(outer.recv(1), b"")


class RelayOfTwoTest(RelayTest):
    """The same by the port of 127.0.0.1 on which it listens besides."""

    def setUp(self):
        super().setUp()
        self.connect()      # waits for it: it opens its other port before it accepts
        self.accept()
        self.port = self.other

    def others(self):
        with lifecycle.listen(0) as probe:
            self.other = probe.getsockname()[1]
        return [str(self.other)]


if __name__ == "__main__":
    unittest.main()
