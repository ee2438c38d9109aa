"""A network whose truth a test writes down, and whose manners it chooses."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Act, Outgoing
from tui_inbox.core.events import EntryArrived, NetworkEvent, Notice, NoticeKind, StreamOpened
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.core.person import Person, PersonRef, Relationship
from tui_inbox.core.ports import (
    Identity,
    NoticePage,
    Page,
    PageOf,
    Refused,
    Thread,
    Unsupported,
)
from tui_inbox.core.post import (
    Audience,
    Feed,
    FeedEntry,
    FeedKind,
    Mention,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)

NOON: Millis = 1_790_000_000_000
HOME = Feed(FeedKind.HOME)
OWN = Feed(FeedKind.OWN)


def somebody(name: str) -> Person:
    """A person of the scripted network, known by their first name."""
    return Person(
        ref=PersonRef("scripted", f"https://scripted.example/@{name}"),
        server_id=f"id-{name}",
        handle=f"{name}@scripted.example",
        name=name,
    )


ME = somebody("me")


@dataclass
class _Line:
    """Somebody who listens, on a loop of their own."""

    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[NetworkEvent | Exception]

    def put(self, event: NetworkEvent | Exception) -> None:
        with suppress(RuntimeError):  # whoever listened has gone home
            self.loop.call_soon_threadsafe(self.queue.put_nowait, event)


@dataclass
class ScriptedNetwork:
    """The truth of a small server, and what goes wrong on the way to it.

    Attributes:
        entries: the home feed, oldest first.
        failures: per method, errors to raise instead of answering, first come first served.
        loses_answers: publish takes effect and then raises the next of these.
        streams: whether there is a stream at all.
    """

    entries: list[FeedEntry] = field(default_factory=list)
    notices_told: list[Notice] = field(default_factory=list)
    published: dict[str, SeenPost] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    failures: dict[str, deque[Exception | None]] = field(default_factory=dict)
    loses_answers: deque[BaseException] = field(default_factory=deque)
    honours_keys: bool = True
    streams: bool = True
    page_size: int = 5
    calls: list[str] = field(default_factory=list)
    now: Millis = NOON
    _made: int = 0
    _lines: list[_Line] = field(default_factory=list)

    # What a test writes down

    def write(
        self,
        author: str,
        text: str,
        *,
        to: SeenPost | None = None,
        names: Sequence[str] = (),
        audience: Audience = Audience.PUBLIC,
        at: Millis | None = None,
    ) -> SeenPost:
        """Somebody writes a post; it is on the server, and in no feed yet."""
        self._made += 1
        self.now += MINUTE
        number = f"{self._made:04d}"
        by = somebody(author)
        post = Post(
            ref=PostRef("scripted", f"https://scripted.example/posts/{number}"),
            author=by,
            created_at=self.now if at is None else at,
            text=text,
            audience=audience,
            reply_to=_answering(to) if to else None,
            mentions=tuple(_named(name) for name in names),
        )
        return SeenPost(post, PostView(server_id=f"s{number}"))

    def home(self, seen: SeenPost) -> FeedEntry:
        """A post is filed in the home feed, and told to whoever listens."""
        entry = FeedEntry(seen, seen.post.created_at, seen.view.server_id)
        self.entries.append(entry)
        self.tell(EntryArrived(HOME, entry))
        return entry

    def mention(self, author: str, text: str, *, to: SeenPost | None = None) -> SeenPost:
        """Somebody addresses me, and the server notes it."""
        seen = self.write(author, text, to=to, names=["me"])
        self.notices_told.append(
            Notice(
                notice_id=f"n{seen.view.server_id}",
                kind=NoticeKind.MENTION,
                at=seen.post.created_at,
                by=seen.post.author,
                seen=seen,
            )
        )
        return seen

    def fail(self, method: str, *errors: Exception) -> None:
        """The next calls of a method raise these."""
        self.failures.setdefault(method, deque()).extend(errors)

    def break_after(self, method: str, calls: int, error: Exception) -> None:
        """That many calls of a method go well, and the one after them raises this."""
        self.failures[method] = deque([None] * calls + [error])

    def tell(self, event: NetworkEvent) -> None:
        """Put an event on every open line. May be called from any thread."""
        for line in self._lines:
            line.put(event)

    def cut(self, error: Exception) -> None:
        """Break every open line. May be called from any thread."""
        for line in self._lines:
            line.put(error)
        self._lines.clear()

    # core.ports.Network

    async def identify(self) -> Identity:
        self._call("identify")
        return Identity(ME, Limits(honours_keys=self.honours_keys))

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        self._call(f"feed {feed}")
        if feed.kind is FeedKind.OWN:
            own = [
                FeedEntry(seen, seen.post.created_at, seen.view.server_id)
                for seen in reversed(self.published.values())
            ]
            return Page(tuple(own))
        newest_first = sorted(self.entries, key=lambda e: (e.filed_at, e.identity), reverse=True)
        ids = [entry.entry_id for entry in newest_first]
        start = ids.index(page.older_than) + 1 if page.older_than else 0
        found = tuple(newest_first[start : start + self.page_size])
        more = start + self.page_size < len(newest_first)
        return Page(found, older=found[-1].entry_id if found and more else None)

    async def notices(self, page: PageOf) -> NoticePage:
        self._call("notices")
        return NoticePage(tuple(reversed(self.notices_told)))

    async def thread(self, server_id: str) -> Thread:
        self._call("thread")
        for notice in self.notices_told:
            if notice.seen and notice.seen.view.server_id == server_id:
                return Thread(notice.seen)
        raise Refused("The post is gone.", gone=True)

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        self._call("relationships")
        return [Relationship(server_id) for server_id in server_ids]

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        self._call("publish")
        known = self.published.get(outgoing.key) if self.honours_keys else None
        if known is None:
            seen = self.write("me", outgoing.text, audience=outgoing.audience)
            if outgoing.reply_to:
                reply = ReplyTo(server_id=outgoing.reply_to)
                seen = replace(seen, post=replace(seen.post, reply_to=reply))
            key = outgoing.key if self.honours_keys else f"{outgoing.key}/{self._made}"
            self.published[key] = known = seen
        if self.loses_answers:
            raise self.loses_answers.popleft()
        return known

    async def act(self, act: Act) -> None:
        self._call("act")
        self.acts.append(act)

    async def listen(self) -> AsyncIterator[NetworkEvent]:
        self._call("listen")
        if not self.streams:
            raise Unsupported("There is no stream.")
        line = _Line(asyncio.get_running_loop(), asyncio.Queue())
        self._lines.append(line)
        yield StreamOpened("scripted")
        while True:
            event = await line.queue.get()
            if isinstance(event, Exception):
                raise event
            yield event

    async def close(self) -> None:
        self._lines.clear()

    def _call(self, method: str) -> None:
        self.calls.append(method)
        failures = self.failures.get(method.split()[0])
        if failures and (failure := failures.popleft()):
            raise failure


def _named(name: str) -> Mention:
    person = somebody(name)
    return Mention(person.ref, person.server_id, person.handle)


def _answering(parent: SeenPost) -> ReplyTo:
    return ReplyTo(server_id=parent.view.server_id, author_server_id=parent.post.author.server_id)
