"""The feeds that an account can show, and those its server does not offer."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Feed, FeedKind


class Source(Struct, frozen=True):
    """A feed under the name it is shown by: one clean line, a list's title or a tag's `#name`."""

    feed: Feed
    title: str


class Lack(Struct, frozen=True):
    """A kind of feed that the server does not offer; the sentence says so to the owner."""

    kind: FeedKind
    sentence: str


class Sources(Struct, frozen=True):
    """What an account can show: fixed feeds first, then its lists, then the tags it follows."""

    offered: tuple[Source, ...]
    lacking: tuple[Lack, ...] = ()


class KeptSources(Struct, frozen=True):
    """What an account could show when its server was last asked, as it is kept with the account."""

    read_at: Millis
    sources: Sources

    def __str__(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> KeptSources:
        """What `str` wrote.

        Raises:
            ValueError: the text is something else.
        """
        return msgspec.json.decode(text, type=cls)
