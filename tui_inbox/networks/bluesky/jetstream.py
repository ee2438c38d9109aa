"""The stream of all public posts of Bluesky, as Jetstream servers tell it. Fulfils `core.outside.PublicStream`.

Nobody signs in for it. There are several servers, and a place in the stream is a moment, so that what one of them told
up to then another tells from then on. They fall silent, or skip something where a replay meets the present
(bluesky-social/jetstream-legacy, issues 42 and 48), so that each line begins a little before the last one ended, and
silence ends it. So some of it is told twice. That is left to the store, which has each post and each hit once: here it
would have to be known what of it was taken in before the line, or the program, ended.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing
from urllib.parse import urlencode

from msgspec import Struct

from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.outside import StreamBatch
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Clock, Unreachable, Unsupported
from tui_inbox.core.post import Post, PostRef
from tui_inbox.core.text import clean_line
from tui_inbox.networks.bluesky.addresses import POST, Web, post_ref
from tui_inbox.networks.bluesky.frames import (
    DELETE,
    UPDATE,
    Happened,
    Passed,
    Refusal,
    read_event,
    read_message,
)
from tui_inbox.networks.bluesky.packing import Packing, ask_packing
from tui_inbox.networks.bluesky.people import AppView
from tui_inbox.networks.bluesky.records import to_post, unknown_person
from tui_inbox.networks.inflow import read_frames

log = logging.getLogger(__name__)

SILENCE = 30.0
"""Seconds without an event after which a line is dead: there are some each second."""

REWIND: Millis = 5 * SECOND
"""How far before its last moment a stream is taken up again."""

LONGEST_REPLAY: Millis = 15 * MINUTE
"""So much of what was missed is asked for: half an hour's posts at their usual pace, in a minute or two."""

LARGEST_EVENT = 1_000_000
"""Bytes. A line on which more came would be closed, opened, and closed at the same place again."""

MOST_AUTHORS = 200
"""So many people can be named in an address; a stream of more of them is the whole one."""

_AT_ONCE = 200
"""Events in a batch, so that nobody waits long for one."""


class Jetstream:
    """Listens to one server after the other.

    Args:
        hosts: names of servers, at least one; an address (`ws://127.0.0.1:2585`) for one on this machine.
        clock: for the watch, and for what claims to come from the future.
        web: where people look at posts with a browser.
        appview: who tells who people are; None for nobody.
    """

    def __init__(
        self, hosts: Sequence[str], clock: Clock, web: Web, appview: AppView | None
    ) -> None:
        self._servers = [host if "://" in host else f"wss://{host}" for host in hosts]
        self._clock = clock
        self._web = web
        self._appview = appview
        self._turn = 0
        self._packings: dict[str, Packing | None] = {}

    @property
    def host(self) -> str:
        """The server that is listened to, or will be asked next."""
        return self._servers[self._turn % len(self._servers)].partition("://")[2]

    async def listen(
        self, cursor: str, authors: Collection[str]
    ) -> AsyncGenerator[StreamBatch, None]:
        """See `PublicStream.listen`. The next call asks the next server."""
        server = self._servers[self._turn % len(self._servers)]
        named = sorted(authors) if len(authors) <= MOST_AUTHORS else []
        begins, missed = self._beginning(cursor)
        packing = await self._packing(server)
        address = _address(server, begins, named, packing)
        frames = read_frames(
            address,
            clock=self._clock,
            silence=None if named else SILENCE,
            subprotocol="xrpc.v1.json" if packing else None,
            deflates=packing is None,
        )
        # What is told once more does not move the cursor back: each line that is lost at once would cost five seconds.
        reached = self._just_now() if begins is None else max(begins, int(cursor))
        try:
            async with aclosing(frames):
                async for some in frames:
                    if not some.messages and named:  # it lives: they have said nothing until now
                        reached = max(reached, self._just_now())
                    size = some.bytes
                    for start in range(0, max(1, len(some.messages)), _AT_ONCE):
                        part = some.messages[start : start + _AT_ONCE]
                        batch, reached = self._batch(part, reached, packing)
                        yield StreamBatch(
                            cursor=str(reached),
                            posts=tuple(batch.posts),
                            gone=tuple(batch.gone),
                            events=len(part),
                            bytes=size,
                            missed=missed,
                        )
                        size, missed = 0, None
        except Refusal as refusal:
            words = clean_line(str(refusal), limit=200) or "no reason was given"
            raise Unreachable(f"{self.host} ended the stream: {words}") from None
        except Unsupported:
            self._packings.pop(server, None)  # its dictionary may have been another one
            raise
        finally:
            self._turn += 1

    async def people(self, uris: Sequence[str]) -> list[Person]:
        """See `PublicStream.people`."""
        return await self._appview.people(uris) if self._appview else []

    async def whose(self, handle: str) -> str | None:
        """See `PublicStream.whose`."""
        return await self._appview.did(handle) if self._appview else None

    async def close(self) -> None:
        """See `PublicStream.close`."""
        if self._appview:
            await self._appview.close()

    def _beginning(self, cursor: str) -> tuple[int | None, tuple[Millis, Millis] | None]:
        """From which moment on to ask, in microseconds, and the span that is left out; None for now, and for none."""
        if not cursor.isdecimal():
            return None, None
        last = int(cursor) // 1_000
        first = max(last - REWIND, self._clock.now() - LONGEST_REPLAY)
        return first * 1_000, (last, first) if first > last else None

    def _just_now(self) -> int:
        """A moment up to which everything was told for certain, if anything was, in microseconds."""
        return (self._clock.now() - REWIND) * 1_000

    async def _packing(self, server: str) -> Packing | None:
        if server not in self._packings:
            self._packings[server] = await ask_packing(server.replace("ws", "http", 1))
        return self._packings[server]

    def _batch(
        self, messages: Sequence[bytes], reached: int, packing: Packing | None
    ) -> tuple[_Batch, int]:
        """What the messages tell, and how far the stream has come with them."""
        now = self._clock.now()
        batch = _Batch([], [])
        for happened in self._read(messages, packing, now):
            reached = max(reached, happened.at)
            if isinstance(happened, Passed):
                continue
            if happened.operation == DELETE:
                batch.gone.append(post_ref(happened.did, happened.key))
            elif (post := self._post(happened, now)) is not None:
                batch.posts.append(post)
        return batch, reached

    def _read(
        self, messages: Sequence[bytes], packing: Packing | None, now: Millis
    ) -> Iterator[Happened | Passed]:
        """Events; a message that makes no sense is left out, for the line is worth more than it."""
        broken = 0
        for message in messages:
            try:
                if packing is None:
                    yield read_event(message, now)
                elif (told := read_message(packing.unpack(message), now)) is not None:
                    yield told
            except ValueError:
                broken += 1
        if broken:
            log.info("%s of %s events made no sense", broken, len(messages))

    def _post(self, happened: Happened, now: Millis) -> Post | None:
        return to_post(
            happened.record,
            author=unknown_person(happened.did, self._web),
            key=happened.key,
            now=now,
            web=self._web,
            edited_at=happened.at // 1_000 if happened.operation == UPDATE else None,
        )


class _Batch(Struct, frozen=True):
    posts: list[Post]
    gone: list[PostRef]


def _address(
    server: str, begins: int | None, authors: Sequence[str], packing: Packing | None
) -> str:
    """Where to listen, and to what."""
    names: Mapping[str, str]
    asked: list[tuple[str, str | int]]
    if packing is None:
        path, names = "/subscribe", {"collection": "wantedCollections", "author": "wantedDids"}
        asked = []
    else:
        path = "/xrpc/network.bsky.jetstream.subscribeEvents"
        names = {"collection": "collections", "author": "dids"}
        asked = [("kinds", "commit"), ("zstdDictionary", packing.dictionary)]
    asked += [(names["collection"], POST), ("maxMessageSizeBytes", LARGEST_EVENT)]
    asked += [(names["author"], did) for did in authors]
    if begins is not None:
        asked.append(("cursor", begins))
    return f"{server}{path}?{urlencode(asked)}"
