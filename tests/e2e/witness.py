#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another NATS client than Pennant's own: what it finds is what any application would find.

    witness.py publish SUBJECT COUNT        publish and wait for each acknowledgement
    witness.py fetch STREAM CONSUMER COUNT  fetch and acknowledge
    witness.py info STREAM                  the stream's configuration and state
    witness.py consumer STREAM CONSUMER     the consumer's configuration
    witness.py login                        connect only

NATS_URL says where (without credentials), NATS_USER and NATS_PASSWORD who. Prints one JSON document.
"""
import asyncio
import json
import os
import sys

import nats


async def run(verb, *arguments):
    client = await nats.connect(os.environ["NATS_URL"], user=os.environ["NATS_USER"], password=os.environ["NATS_PASSWORD"],
                                allow_reconnect=False, connect_timeout=10)
    try:
        jetstream = client.jetstream(timeout=10)
        if verb == "publish":
            subject, count = arguments[0], int(arguments[1])
            acks = [await jetstream.publish(subject, f"message {n}".encode()) for n in range(count)]
            return {"stream": acks[-1].stream, "last": acks[-1].seq}
        if verb == "fetch":
            stream, consumer, count = arguments[0], arguments[1], int(arguments[2])
            subscription = await jetstream.pull_subscribe_bind(consumer=consumer, stream=stream)
            messages = await subscription.fetch(count, timeout=10)
            for message in messages:
                await message.ack_sync()
            return [message.data.decode() for message in messages]
        if verb == "info":
            info = await jetstream.stream_info(arguments[0])
            return {"config": info.config.as_dict(), "messages": info.state.messages, "consumers": info.state.consumer_count}
        if verb == "consumer":
            config = (await jetstream.consumer_info(*arguments)).config
            plain = lambda value: getattr(value, "value", value)      # an enumeration or the word itself
            return {"filter": config.filter_subject or config.filter_subjects, "ack": plain(config.ack_policy),
                    "deliver": plain(config.deliver_policy), "push": bool(config.deliver_subject)}
        return {"server": client.connected_server_version}
    finally:
        await client.close()


if __name__ == "__main__":
    try:
        print(json.dumps(asyncio.run(run(*sys.argv[1:]))))
    except Exception as error:      # whatever it is, the test shows it
        sys.exit(f"witness: {type(error).__name__}: {error}")
