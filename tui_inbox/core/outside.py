"""Sources outside an account that standing searches listen to: feeds at an address, and public streams of networks.

What they bring is put to the searches that listen to them, and to nothing else; only hits are kept.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import Feed, Post, PostRef
from tui_inbox.core.text import display_host, safe_url

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FEED_NETWORK = "feed"
"""The network of posts that a feed brought: nobody has an account there."""


_HERE = ("localhost", "127.0.0.1", "[::1]")
"""This machine, where a feed may be read over http, and its host has no dot."""


def feed_address(text: str) -> str:
    """The address of a feed as somebody typed it: `feed:` in front of it goes.

    Raises:
        ValueError: it is none; `str()` is a sentence for the user.
    """
    typed = text.strip()
    for sign in ("feed:https:", "feed:http:"):
        if typed.lower().startswith(sign):
            typed = typed[len("feed:") :]
    if typed.lower().startswith("feed://"):
        typed = "https" + typed[len("feed") :]
    url = safe_url(typed)
    if url is None or any(character.isspace() for character in typed):
        raise ValueError("A feed is named by its address, as https://town.example/news.atom.")
    host = display_host(url)
    if not host.startswith(_HERE):
        if "." not in host:
            raise ValueError(f"{host} is no whole address; one is https://town.example/news.atom.")
        if not url.startswith("https://"):
            raise ValueError("Feeds are read over https only, not http.")
    return url


def is_address(text: str) -> bool:
    """Whether what was typed for a search is the address of a feed."""
    return text.strip().lower().startswith(("https://", "http://", "feed:"))


def timeline_address(account: int, feed: Feed) -> str:
    """What a timeline of an account (local id) is called among sources."""
    return f"{account} {feed}"


def timeline_of(address: str) -> tuple[int, Feed]:
    """The account and the feed that `timeline_address` has named."""
    account, _, feed = address.partition(" ")
    return int(account), Feed.parse(feed)


class SourceKind(StrEnum):
    """What a source is.

    RSS or Atom at an address; everything public of a network as it happens; or a timeline that the server of one
    account has, such as a list, which is read for searches of that account alone.
    """

    FEED = "feed"
    STREAM = "stream"
    TIMELINE = "timeline"


STREAMS = {"bluesky": "all of Bluesky"}
"""The public streams that can be listened to: what each is called in a sentence, by the name of its network."""

COSTS = {"bluesky": "every public post there, about 1 GB a day while this runs"}
"""What listening to each costs, told before it is begun; what it costs in fact stands with the search later."""


class Source(Struct, frozen=True):
    """One source, whichever searches listen to it.

    Attributes:
        id: local number.
        address: where a feed is; of a stream the name of its network; of a timeline what `timeline_address` makes.
        title: what a feed calls itself; empty before it was read.
        state: what its reader keeps with it, as text that the reader alone understands.
    """

    id: int
    kind: SourceKind
    address: str
    title: str = ""
    state: str = ""

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        known = STREAMS.get(self.address) if self.kind is SourceKind.STREAM else None
        return known or self.title or self.address


class FeedState(Struct, frozen=True, omit_defaults=True):
    """How far a feed was read.

    Attributes:
        validators: what its server told of the answer (`ETag`, `Last-Modified`), told to it the next time.
        asked_at: when it was last asked; `rest` is how long it is not asked again.
        read_at: when it was last read; None before the first time.
        refusal: why it could not be read, one sentence; empty where it was.
        failing_since: since when it cannot be read; None while it can.
    """

    validators: tuple[str, str] = ("", "")
    asked_at: Millis | None = None
    read_at: Millis | None = None
    rest: Millis = 0
    refusal: str = ""
    failing_since: Millis | None = None

    def __str__(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> FeedState:
        """What `str` wrote; of a source that was never read, the beginning."""
        return msgspec.json.decode(text, type=cls) if text else cls()


class FetchedFeed(Struct, frozen=True):
    """A feed as it was read.

    Attributes:
        title: what it calls itself, one clean line.
        posts: what stands in it, newest first.
        validators: see `FeedState`.
        address: where it is, where that is elsewhere than asked (a page that names its feed); else empty.
        unchanged: its server says that nothing is new since the last time.
    """

    title: str = ""
    posts: tuple[Post, ...] = ()
    validators: tuple[str, str] = ("", "")
    address: str = ""
    unchanged: bool = False


class Feeds(Protocol):
    """Reads RSS and Atom."""

    async def fetch(self, address: str, validators: tuple[str, str]) -> FetchedFeed:
        """Read what stands at an address.

        Raises:
            NetworkError: it could not be read; `Refused.gone` where it will not come back.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class StreamBatch(Struct, frozen=True):
    """Some of what a public stream brought.

    Attributes:
        cursor: where to go on after it; opaque.
        posts: as far as a reader wanted them.
        gone: what was withdrawn.
        events: how many events it took; `bytes` how much came over the line for them.
        missed: a span (from, until) that the stream could not be asked for any more, if any.
    """

    cursor: str
    posts: tuple[Post, ...] = ()
    gone: tuple[PostRef, ...] = ()
    events: int = 0
    bytes: int = 0
    missed: tuple[Millis, Millis] | None = None


class PublicStream(Protocol):
    """Everything public of a network, as it happens. It knows people by what they are for ever, and nothing more."""

    @property
    def host(self) -> str:
        """Who is listened to at the moment, or will be asked next."""
        ...

    def listen(self, cursor: str, authors: Collection[str]) -> AsyncGenerator[StreamBatch, None]:
        """Listen from a cursor on, or from now where that is empty.

        A batch of nothing comes when the line is open, and now and then where there is nothing to tell. Ends or raises
        `NetworkError` when the line is lost. The same may be told twice.

        Args:
            cursor: of the last batch that was taken in.
            authors: only what these people (`PersonRef.uri`) write; empty for everybody. Where they are too many to
                be named, everybody is told.
        """
        ...

    def people(self, uris: Sequence[str]) -> Coroutine[Any, Any, Sequence[Person]]:
        """Who some people are, as the network tells anybody; those whom it does not find are left out."""
        ...

    def whose(self, handle: str) -> Coroutine[Any, Any, str | None]:
        """Who has a handle at the moment (`PersonRef.uri`); None for nobody."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
