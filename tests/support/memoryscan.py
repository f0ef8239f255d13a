#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for a secret in all that a process could write into a core dump: memoryscan.py PID, with the secret on standard
input, hexadecimal, each byte XORed with 0x5a (whoever asks must not hold it in the clear). Prints how often it was found as
UTF-8, UTF-16 and base64 as one JSON document; where, on standard error. It takes the right to read that memory: root."""
import base64
import json
import re
import sys

CHUNK = 16 * 1024 * 1024


def regions(pid):
    """(start, end, name) of what can be written: code and mapped files hold nothing that came later."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        for line in maps:
            place, rights, _, _, _, *name = line.split(maxsplit=5)
            if rights.startswith("rw"):
                start, end = (int(part, 16) for part in place.split("-"))
                yield start, end, (name or ["anonymous"])[0].strip()


def needles(secret):
    # base64 of the secret alone, as it stands in a Secret, without the last group, which depends on what follows
    encoded = base64.b64encode(secret)[:len(secret) // 3 * 4]
    return {"utf8": secret, "utf16": secret.decode().encode("utf-16-le"), "base64": encoded}


def scan(pid, secret):
    wanted = needles(secret)
    found = dict.fromkeys(wanted, 0)
    longest = max(map(len, wanted.values()))
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end, name in regions(pid):
            at = start
            while at < end:
                try:
                    memory.seek(at)
                    data = memory.read(min(CHUNK, end - at))
                except (OSError, OverflowError):
                    break
                for kind, needle in wanted.items():
                    for match in re.finditer(re.escape(needle), data):
                        found[kind] += 1
                        around = data[max(0, match.start() - 48):match.end() + 32].replace(needle, b"<" + kind.encode() + b">")
                        print(f"{kind} at {at + match.start():x} in {name}: {around!r}", file=sys.stderr)
                if len(data) <= longest or at + len(data) >= end:
                    break
                at += len(data) - longest
    return found


if __name__ == "__main__":
    print(json.dumps(scan(int(sys.argv[1]), bytes(byte ^ 0x5A for byte in bytes.fromhex(sys.stdin.read().strip())))))
