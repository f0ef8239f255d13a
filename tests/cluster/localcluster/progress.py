# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that take minutes, and what a person sees meanwhile."""
import collections
import subprocess
import sys
import threading
import time

from . import ClusterError

SECONDS_BETWEEN_LINES = 20


def clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def say(text):
    print(text, flush=True)


def run(title, command, **options):
    """Runs `command`, showing how long it has been at it and its last line; raises ClusterError with its last words."""
    say(title)
    began = time.monotonic()
    words = collections.deque(maxlen=15)
    with subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", **options) as process:
        reader = threading.Thread(target=lambda: words.extend(line.rstrip() for line in process.stdout), daemon=True)
        reader.start()
        _show_until_end(process, began, words)
        reader.join(1)
    if process.returncode != 0:
        raise ClusterError(f"{title}: failed after {clock(time.monotonic() - began)}\n  " + "\n  ".join(words))
    say(f"  done in {clock(time.monotonic() - began)}")


def _show_until_end(process, began, words):
    rewrites = sys.stdout.isatty()
    pause = 1 if rewrites else SECONDS_BETWEEN_LINES
    while True:
        try:
            process.wait(pause)
            break
        except subprocess.TimeoutExpired:
            line = f"  {clock(time.monotonic() - began)}  {(list(words) or [''])[-1][:90]}"
            print(f"\r\033[K{line}" if rewrites else line, end="" if rewrites else "\n", flush=True)
    if rewrites:
        print("\r\033[K", end="", flush=True)
