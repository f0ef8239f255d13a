# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries connections from a socket that listens on the host to the API server inside: relay.py DESCRIPTOR PORT [OTHER].

On OTHER, a port of 127.0.0.1, it listens inside as well. The socket was opened on the host and handed in: it is the one thread between both networks, and closes with the last process.
"""
import asyncio
import socket
import sys

CHUNK = 1 << 18


async def pump(reader, writer):
    try:
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


async def serve(listeners, port):
    async def connected(reader, writer):
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port, limit=CHUNK)
        except OSError:
            writer.transport.abort()    # as a refused connection: at once
            return
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))
        inner_writer.close()
        writer.close()

    servers = [await asyncio.start_server(connected, sock=listener, limit=CHUNK) for listener in listeners]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    others = [socket.create_server(("127.0.0.1", int(other))) for other in sys.argv[3:]]
    asyncio.run(serve([socket.socket(fileno=int(sys.argv[1])), *others], int(sys.argv[2])))
