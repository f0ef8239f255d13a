# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the cluster's programs running, and keeps them from it where a fault was ordered."""
import os
import signal
import subprocess
import time
from pathlib import Path

from . import config

PERIOD_SECONDS = 0.2
SECONDS_BETWEEN_STARTS = 1.0


class Supervisor:
    """Programs are wanted from any thread; one thread starts, restarts and signals them.

    run/fault/NAME holds the order for a program (`kill` or `freeze`); run/applied/NAME says which order is in force.
    """

    def __init__(self, programs):
        self._environment = dict(os.environ, PATH=f"{programs}:/usr/sbin:/usr/bin:/sbin:/bin")
        self._wanted, self._running, self._started = {}, {}, {}

    def want(self, name, arguments, descriptors=()):
        self._wanted[name] = ([str(argument) for argument in arguments], descriptors)

    def run_forever(self):
        while True:
            self.tend_all()
            time.sleep(PERIOD_SECONDS)

    def tend_all(self):
        for name in list(self._wanted):
            self._tend(name)

    def process(self, name):
        return self._running.get(name)

    def _tend(self, name):
        order = _read(Path(config.RUN, "fault", name))
        process = self.process(name)
        is_alive = process is not None and process.poll() is None
        if order == "kill":
            if is_alive:
                process.kill()
                process.wait()
        elif not is_alive:
            if not self._start(name):
                return
        elif order == "freeze":
            process.send_signal(signal.SIGSTOP)
            # a signal only asks: the order is in force once the program stands still, or has ended meanwhile
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        elif _read(_applied(name)) == "freeze":
            process.send_signal(signal.SIGCONT)
        _note(name, order)

    def _start(self, name):
        now = time.monotonic()
        if now - self._started.get(name, -SECONDS_BETWEEN_STARTS) < SECONDS_BETWEEN_STARTS:
            return False
        self._started[name] = now
        arguments, descriptors = self._wanted[name]
        with open(f"{config.LOG}/{name}.log", "ab") as log:
            self._running[name] = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                                   env=self._environment, pass_fds=descriptors)
        return True


def _applied(name):
    return Path(config.RUN, "applied", name)


def _read(path):
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""


def _note(name, order):
    if order != _read(_applied(name)):
        if order:
            _applied(name).write_text(order)
        else:
            _applied(name).unlink()
