"""A Jetstream server that has a day's worth of posts to tell, at any pace.

    python -m support.jetstream.replay --rate 2000 --seconds 60

prints the address it listens at, and the moment of its first event. The n-th event happens n / rate seconds after
that and not sooner, whoever listens, so that all who listen hear the same. With `--file` the events are those of a
recorded stream (one a line, as Jetstream sends them), over and over, at new moments.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

WORDS = 20_000
LENGTH = 25
DIFFERENT = 5_000
SOUGHT = "kiln"
SOUGHT_EVERY = 500
"""One post in so many holds the word that is looked for, unless told otherwise."""
_TIME = re.compile(rb'"time_us":\s*\d+')


def words(chance: random.Random) -> list[str]:
    """Made-up words, the frequent ones first."""
    made = (
        "".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(2, 10))) for _ in range(WORDS)
    )
    return list(dict.fromkeys(made))


def frames(seed: int) -> list[tuple[bytes, bytes]]:
    """Events made up, each as what stands before its moment and behind it."""
    chance = random.Random(seed)  # no secret
    known = words(chance)
    weights = [1 / (place + 1) for place in range(len(known))]
    return [_parted(_event(chance, known, weights, number)) for number in range(DIFFERENT)]


def recorded(file: Path) -> list[tuple[bytes, bytes]]:
    """Events of a recorded stream."""
    return [_parted(line) for line in file.read_bytes().splitlines() if _TIME.search(line)]


def _event(
    chance: random.Random, known: Sequence[str], weights: Sequence[float], number: int
) -> bytes:
    did = f"did:plc:{chance.getrandbits(96):024x}"
    other = f"at://did:plc:{chance.getrandbits(96):024x}/app.bsky.feed.post/3k{number:011d}"
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-09-21T10:00:00.000Z",
        "langs": [chance.choice(["en", "ja", "pt", "de"])],
        "text": " ".join(chance.choices(known, weights, k=chance.randint(3, 2 * LENGTH))),
    }
    if chance.random() < 0.4:
        named = {"uri": other, "cid": "bafyreib2rxk3rh6kzwq"}
        record["reply"] = {"parent": named, "root": named}
    if chance.random() < 0.3:
        record["embed"] = {
            "$type": "app.bsky.embed.images",
            "images": [{"alt": "", "image": {"ref": {"$link": "bafkrei" + "x" * 52}}}],
        }
    commit = {
        "rev": f"3k{number:011d}",
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": "KEY",
        "record": record,
        "cid": "bafyreib2rxk3rh6kzwq3v6m2h3k2h4x5v7g3j5l2a7q4d6s8f9",
    }
    return json.dumps({"did": did, "time_us": 0, "kind": "commit", "commit": commit}).encode()


def _parted(event: bytes) -> tuple[bytes, bytes]:
    found = _TIME.search(event)
    assert found is not None, "an event has a moment"
    return event[: found.start()] + b'"time_us":', event[found.end() :]


class Replay:
    """What is told, and when."""

    def __init__(
        self, material: Sequence[tuple[bytes, bytes]], rate: int, count: int, every: int
    ) -> None:
        self.begins = time.time_ns() // 1_000
        self.count = count
        self._material = material
        self._rate = rate
        self._every = every

    def event(self, number: int) -> bytes:
        """The n-th event. Keys differ, and some posts hold the word that is looked for, with their number."""
        before, behind = self._material[number % len(self._material)]
        behind = behind.replace(b'"KEY"', b'"3k%011d"' % number)
        if number % self._every == 0:
            behind = behind.replace(b'"text": "', b'"text": "%s n%d ' % (SOUGHT.encode(), number))
        return before + str(self.begins + number * 1_000_000 // self._rate).encode() + behind

    def so_far(self) -> int:
        """How many events have happened."""
        passed = time.time_ns() // 1_000 - self.begins
        return min(self.count, max(0, passed * self._rate // 1_000_000))

    async def serve(self, line: ServerConnection) -> None:
        """Tell one listener."""
        assert line.request is not None
        cursor = parse_qs(urlsplit(line.request.path).query).get("cursor")
        since = int(cursor[0]) - self.begins if cursor else None
        told = self.so_far() if since is None else max(0, -(-since * self._rate // 1_000_000))
        try:
            while told < self.count:
                until = max(told, self.so_far())
                for number in range(told, until):
                    await line.send(self.event(number), text=True)
                told = until
                await asyncio.sleep(0.02)
            await line.wait_closed()
        except ConnectionClosed:
            pass


async def main() -> None:
    """Listen until killed."""
    parser = argparse.ArgumentParser(description="A Jetstream server that tells a lot.")
    parser.add_argument("--rate", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=SOUGHT_EVERY)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    material = recorded(options.file) if options.file else frames(options.seed)
    replay = Replay(material, options.rate, round(options.rate * options.seconds), options.every)
    async with serve(replay.serve, "127.0.0.1", 0, ping_interval=None) as server:
        replay.begins = time.time_ns() // 1_000
        port = server.sockets[0].getsockname()[1]
        print(f"ws://127.0.0.1:{port} {replay.begins}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
