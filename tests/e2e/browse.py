#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a page in headless Chromium, types NATS_PASSWORD into its password field, presses its button and prints what it
says then: browse.py URL. By the DevTools protocol over a pipe, so that the password is on no command line."""
import json
import os
import subprocess
import sys
import tempfile
import time

LIMIT_SECONDS = 60


class Browser:
    def __init__(self, profile):
        answers, self._out = os.pipe()
        self._in, questions = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4
        self._process = subprocess.Popen(
            ["sh", "-c", f"exec chromium --headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir={profile} "
                         f"3<&{answers} 4>&{questions}"],
            pass_fds=(answers, questions), stderr=subprocess.DEVNULL)
        os.close(answers)
        os.close(questions)
        self._buffer = b""
        self._last = 0
        self._session = {}
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}

    def ask(self, method, **params):
        self._last += 1
        os.write(self._out, json.dumps({"id": self._last, "method": method, "params": params} | self._session).encode() + b"\0")
        while True:
            while b"\0" not in self._buffer:
                data = os.read(self._in, 65536)
                if not data:
                    sys.exit("browse: Chromium has ended")
                self._buffer += data
            message, _, self._buffer = self._buffer.partition(b"\0")
            answer = json.loads(message)
            if answer.get("id") == self._last:
                return answer["result"]

    def value(self, expression):
        return self.ask("Runtime.evaluate", expression=expression)["result"].get("value")

    def until(self, expression):
        end = time.monotonic() + LIMIT_SECONDS
        while not (value := self.value(expression)):
            if time.monotonic() > end:
                sys.exit(f"browse: waited in vain for {expression}")
            time.sleep(0.1)
        return value

    def close(self):
        self.ask("Browser.close")
        self._process.wait(timeout=LIMIT_SECONDS)


def main(url):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        browser.ask("Page.navigate", url=url)
        browser.until("document.readyState === 'complete' && !!document.querySelector('input')")
        browser.value("document.querySelector('input').focus()")
        browser.ask("Input.insertText", text=os.environ["NATS_PASSWORD"])
        browser.value("document.querySelector('button').click()")
        print(browser.until("document.querySelector('output').value"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
