"""A public stream in memory, which tells what it is told to, and forgets nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence

from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import StreamBatch
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import NetworkError, Unreachable
from tui_inbox.core.post import Mention, Post, PostRef

NETWORK = "bluesky"


def somebody(uri: str) -> Person:
    """Somebody as the stream tells of them: it knows no handle."""
    return Person(PersonRef(NETWORK, uri), uri, uri, uri)


def public_post(
    text: str,
    *,
    at: Millis,
    by: str = "did:plc:odile",
    key: str = "",
    edited_at: Millis | None = None,
    names: Sequence[Mention] = (),
) -> Post:
    """A post as the stream tells of it."""
    ref = PostRef(NETWORK, f"at://{by}/post/{key or text}")
    return Post(ref, somebody(by), at, text, mentions=tuple(names), edited_at=edited_at)


class ScriptedStream:
    """Fulfils `core.outside.PublicStream`. A cursor is the number of things told.

    Attributes:
        told: everything, oldest first.
        asked: (cursor, authors) of each line, oldest first.
        profiles: who the network says that people are; handles are looked up among them, too.
        lost: why lines cannot be opened, or people not be asked for.
        missed: what a line says first that it could not bring.
    """

    def __init__(self) -> None:
        self.told: list[Post | PostRef] = []
        self.asked: list[tuple[str, frozenset[str]]] = []
        self.profiles: dict[str, Person] = {}
        self.lookups: list[tuple[str, ...]] = []
        self.lost: NetworkError | None = None
        self.mute: NetworkError | None = None
        self.missed: tuple[Millis, Millis] | None = None
        self.lines = 0
        self._news = asyncio.Event()
        self._cut = False

    @property
    def host(self) -> str:
        return "stream.example"

    def tell(self, *told: Post | PostRef) -> None:
        """Something happens."""
        self.told += told
        self._wake()

    def cut(self) -> None:
        """All lines are lost."""
        self._cut = True
        self._wake()

    def meet(self, uri: str, handle: str, name: str) -> Person:
        """The network tells who somebody is."""
        person = Person(PersonRef(NETWORK, uri), uri, handle, name, created_at=1)
        self.profiles[uri] = person
        return person

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def listen(
        self, cursor: str, authors: Collection[str]
    ) -> AsyncGenerator[StreamBatch, None]:
        self.asked.append((cursor, frozenset(authors)))
        if self.lost is not None:
            raise self.lost
        at = int(cursor) if cursor else len(self.told)
        at = max(0, at - 1) if cursor else at  # a little of it is told twice
        missed, self.missed = self.missed, None
        self.lines += 1
        self._cut = False
        try:
            yield StreamBatch(str(at))
            while True:
                news = self._news
                if at < len(self.told) or missed:
                    part, at = self.told[at : at + 10], min(at + 10, len(self.told))
                    yield StreamBatch(
                        cursor=str(at),
                        posts=tuple(
                            one
                            for one in part
                            if isinstance(one, Post)
                            and (not authors or one.author.ref.uri in authors)
                        ),
                        gone=tuple(one for one in part if isinstance(one, PostRef)),
                        events=len(part),
                        bytes=500 * len(part),
                        missed=missed,
                    )
                    missed = None
                    continue
                if self._cut:
                    raise Unreachable("stream.example closed the line.")
                await news.wait()
        finally:
            self.lines -= 1

    async def people(self, uris: Sequence[str]) -> Sequence[Person]:
        self.lookups.append(tuple(sorted(uris)))
        if self.mute is not None:
            raise self.mute
        return [self.profiles[uri] for uri in uris if uri in self.profiles]

    async def whose(self, handle: str) -> str | None:
        if self.mute is not None:
            raise self.mute
        found = (uri for uri, person in self.profiles.items() if person.handle == handle)
        return next(found, None)

    async def close(self) -> None:
        """There is nothing to let go of."""
