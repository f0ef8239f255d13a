# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the runtime's NATS to be let in as USER, with a password that is nobody's: knock.py USER. Its log then names USER."""
import json
import socket
import sys

ADDRESS = ("nats.pennant-messaging.svc.cluster.local", 4222)

with socket.create_connection(ADDRESS, timeout=20) as connection:
    login = json.dumps({"user": sys.argv[1], "pass": "nobody's", "verbose": False})
    connection.sendall(f"CONNECT {login}\r\nPING\r\n".encode())
    answer = b""
    while data := connection.recv(65536):
        answer += data
sys.exit(0 if b"Authorization Violation" in answer else f"no refusal: {answer!r}")
