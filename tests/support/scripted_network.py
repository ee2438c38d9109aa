"""A network whose truth a test writes down, and whose manners it chooses."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from msgspec.structs import replace

from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import HeldBack, HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import (
    EntryArrived,
    NetworkEvent,
    Notice,
    NoticeKind,
    PostDeleted,
    PostEdited,
    StreamOpened,
)
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.person import Person, PersonRef, Relationship
from tui_inbox.core.ports import (
    Found,
    Identity,
    NoticePage,
    Page,
    PageOf,
    Recent,
    Refused,
    Thread,
    Unreachable,
    Unsupported,
)
from tui_inbox.core.post import (
    Audience,
    Boost,
    Feed,
    FeedEntry,
    FeedKind,
    Media,
    MediaKind,
    Mention,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.query import Leaf, Word
from tui_inbox.core.server_query import Said
from tui_inbox.core.sources import Source, Sources
from tui_inbox.core.versions import Original, Translation, Version

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


class Upward(Enum):
    """What a server gives when it is asked for the page above an entry."""

    RIGHT = "the page immediately above"
    NEWEST = "the newest page, as if nothing had been asked"
    SINCE = "the newest page, cut off at the entry"
    REFUSED = "a refusal"
    UNSUPPORTED = "nothing, since it cannot do that"
    TROUBLE = "an error of its own"


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
        entries: the home feed as it should be, oldest first.
        written: posts that stand in no feed, and are found at their authors.
        profiles: who has no post at all, by the server's id of them.
        keeps: how many of its newest the server still has.
        upward: what it gives when it is asked for the page above an entry.
        asked_upward: how often it was asked for one.
        tells: whether it tells listeners what happens; a line may be open and silent.
        offered: every text that was to be published, whatever became of it.
        failures: per method, errors to raise instead of answering, first come first served.
        loses_answers: publish takes effect and then raises the next of these.
        keys_last: how long it knows a key again, in milliseconds by its own clock.
        stale_looks: how many of the next looks at own posts do not show the latest of them yet.
        streams: whether there is a stream at all.
        people_told, held_told, marker_told, talks_told, preferences_told: what the server says of each.
        asked_about: ids of posts that were asked about, in that order.
        uploads: what was handed over, by the id it was given; descriptions as they stand now.
        plans: what is kept for later, oldest first.
        schedules: whether it keeps anything for later.
        found_people, found_tags, emoji_told: what there is to complete names, tags and emoji with.
        own_profile: what it shows of the account itself.
        originals: what was typed into own posts, by the server's id.
        threads_told: conversations as it shows them, by the server's id of the post that is asked about.
        versions_told, translations_told: the same, by the server's id of the post.
    """

    entries: list[FeedEntry] = field(default_factory=list)
    notices_told: list[Notice] = field(default_factory=list)
    written: list[SeenPost] = field(default_factory=list)
    profiles: dict[str, Person] = field(default_factory=dict)
    published: dict[str, SeenPost] = field(default_factory=dict)
    offered: list[Outgoing] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    failures: dict[str, deque[Exception | None]] = field(default_factory=dict)
    loses_answers: deque[BaseException] = field(default_factory=deque)
    honours_keys: bool = True
    keys_last: Millis = HOUR
    stale_looks: int = 0
    streams: bool = True
    keeps: int = 1_000_000
    upward: Upward = Upward.RIGHT
    asked_upward: int = 0
    notices_a_page: int = 80
    tells: bool = True
    people_told: dict[PeopleList, list[Person]] = field(default_factory=dict)
    held_told: list[HeldBack] = field(default_factory=list)
    marker_told: Marker | None = None
    talks_told: list[Talk] = field(default_factory=list)
    asked_about: list[str] = field(default_factory=list)
    preferences_told: Preferences = field(default_factory=Preferences)
    threads_told: dict[str, Thread] = field(default_factory=dict)
    versions_told: dict[str, tuple[Version, ...]] = field(default_factory=dict)
    translations_told: dict[str, Translation] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    plans: list[Scheduled] = field(default_factory=list)
    schedules: bool = False
    found_people: list[Person] = field(default_factory=list)
    found_tags: list[str] = field(default_factory=list)
    emoji_told: list[str] = field(default_factory=list)
    own_profile: OwnProfile | None = None
    originals: dict[str, Original] = field(default_factory=dict)
    page_size: int = 5
    calls: list[str] = field(default_factory=list)
    now: Millis = NOON
    _made: int = 0
    _keyed: dict[str, Millis] = field(default_factory=dict)
    _orders: dict[str, tuple[Millis, int]] = field(default_factory=dict)
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
        return self._file(FeedEntry(seen, seen.post.created_at, seen.view.server_id))

    def boost(self, seen: SeenPost, by: str) -> FeedEntry:
        """Somebody passes a post on; that is filed in the home feed too."""
        self._made += 1
        self.now += MINUTE
        number = f"b{self._made:04d}"
        uri = f"https://scripted.example/boosts/{number}"
        boost = Boost(by=somebody(by), at=self.now, uri=uri, server_id=number)
        return self._file(FeedEntry(seen, self.now, number, boost))

    def edit(self, seen: SeenPost, text: str) -> SeenPost:
        """Its author rewrites a post."""
        self.now += MINUTE
        edited = replace(seen, post=replace(seen.post, text=text, edited_at=self.now))
        self.entries = [
            replace(entry, seen=edited) if entry.seen.post.ref == seen.post.ref else entry
            for entry in self.entries
        ]
        self.notices_told = [
            replace(notice, seen=edited) if _is_about(notice, seen) else notice
            for notice in self.notices_told
        ]
        self.tell(PostEdited(edited))
        return edited

    def delete(self, seen: SeenPost) -> None:
        """Its author deletes a post; all boosts of it go with it, and what was notified of it."""
        self.entries = [e for e in self.entries if e.seen.post.ref != seen.post.ref]
        self.notices_told = [one for one in self.notices_told if not _is_about(one, seen)]
        self.tell(PostDeleted(server_id=seen.view.server_id))

    def unboost(self, entry: FeedEntry) -> None:
        """Somebody takes a boost back."""
        self.entries.remove(entry)
        self.tell(PostDeleted(server_id=entry.entry_id))

    def _file(self, entry: FeedEntry) -> FeedEntry:
        """Put an entry in its place, by time as servers do, and tell whoever listens."""
        order = (entry.filed_at, self._made)
        self._orders[entry.entry_id] = order
        self.entries.insert(bisect_right(self.entries, order, key=self._order), entry)
        self.tell(EntryArrived(HOME, entry))
        return entry

    def _order(self, entry: FeedEntry) -> tuple[Millis, int]:
        return self._orders[entry.entry_id]

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
        if not self.tells:
            return
        for line in self._lines:
            line.put(event)

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens and is told."""
        return self.tells and bool(self._lines)

    def cut(self, error: Exception) -> None:
        """Break every open line. May be called from any thread."""
        for line in self._lines:
            line.put(error)
        self._lines.clear()

    # core.ports.Network

    async def identify(self) -> Identity:
        self._call("identify")
        return Identity(ME, Limits(honours_keys=self.honours_keys, schedules=self.schedules))

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        self._call(f"feed {feed}")
        if feed.kind is FeedKind.OWN:
            own = [
                FeedEntry(seen, seen.post.created_at, seen.view.server_id)
                for seen in reversed(self.published.values())
            ]
            hidden, self.stale_looks = self.stale_looks > 0, max(0, self.stale_looks - 1)
            return Page(tuple(own[1:] if hidden else own))
        if feed.kind is FeedKind.MENTIONS:
            return self._mentions(page)
        kept = self.entries[-self.keeps :]
        ids = [entry.entry_id for entry in kept]
        if page.newer_than is not None:
            return self._above(kept, page.newer_than)
        end = len(kept)
        if page.older_than is not None:
            end = bisect_left(kept, self._orders[page.older_than], key=self._order)
        start = max(0, end - self.page_size)
        found = tuple(reversed(kept[start:end]))
        return Page(found, older=ids[start] if found and start else None)

    def _mentions(self, page: PageOf) -> Page:
        """A page of what addresses me; there is none above an entry."""
        if page.newer_than is not None:
            raise Unsupported("scripted.example cannot do this.")
        found = [notice.entry for notice in self.notices_told[::-1] if notice.entry]
        ids = [entry.entry_id for entry in found]
        start = ids.index(page.older_than) + 1 if page.older_than else 0
        end = start + self.page_size
        return Page(tuple(found[start:end]), older=ids[end - 1] if end < len(ids) else None)

    def _above(self, kept: list[FeedEntry], cursor: str) -> Page:
        self.asked_upward += 1
        above = bisect_right(kept, self._orders[cursor], key=self._order)
        match self.upward:
            case Upward.RIGHT:
                found = kept[above : above + self.page_size]
            case Upward.NEWEST:
                found = kept[-self.page_size :]
            case Upward.SINCE:
                found = kept[max(above, len(kept) - self.page_size) :]
            case Upward.REFUSED:
                raise Refused("scripted.example refused.")
            case Upward.UNSUPPORTED:
                raise Unsupported("scripted.example cannot do this.")
            case Upward.TROUBLE:
                raise Unreachable("scripted.example has trouble at the moment.")
        return Page(tuple(reversed(found)), older=found[0].entry_id if found else None)

    async def notices(self, page: PageOf) -> NoticePage:
        self._call("notices")
        told = self.notices_told[::-1]
        ids = [notice.notice_id for notice in told]
        start = ids.index(page.older_than) + 1 if page.older_than else 0
        end = start + min(page.limit, self.notices_a_page)
        return NoticePage(tuple(told[start:end]), older=ids[end - 1] if end < len(told) else None)

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        self._call("thread" if waited_for else "thread, unhurried")
        if server_id in self.threads_told:
            return self.threads_told[server_id]
        for notice in self.notices_told:
            if notice.seen and notice.seen.view.server_id == server_id:
                return Thread(notice.seen)
        for entry in self.entries:
            if server_id in (entry.entry_id, entry.seen.view.server_id):
                return Thread(entry.seen)
        raise Refused("The post is gone.", gone=True)

    async def posts(self, server_ids: Sequence[str]) -> Found:
        self._call("posts")
        self.asked_about.extend(server_ids)
        wanted = set(server_ids)
        there = {one.view.server_id: one for one in self._standing()}
        there |= {one.entry_id: one.seen for one in self.entries if one.boost}
        return Found(
            {name: seen for name, seen in there.items() if name in wanted},
            frozenset(wanted - there.keys()),
        )

    def _standing(self) -> list[SeenPost]:
        """Everything that is not deleted."""
        told = [notice.seen for notice in self.notices_told if notice.seen]
        return [*told, *(entry.seen for entry in self.entries), *self.published.values()]

    async def resolve(self, address: str) -> SeenPost:
        self._call("resolve")
        for entry in self.entries:
            if address in (entry.seen.post.ref.uri, entry.seen.post.url):
                return entry.seen
        raise Refused("scripted.example finds no post at that address.", gone=True)

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        self._call("recent, waited for" if waited_for else "recent")
        theirs = {
            seen.view.server_id: seen
            for seen in (*self.written, *self._standing())
            if seen.post.author.server_id == server_id
        }
        newest = sorted(theirs.values(), key=lambda seen: seen.post.created_at, reverse=True)[:40]
        person = newest[0].post.author if newest else self.profiles.get(server_id)
        if person is None:
            raise Refused("They are gone.", gone=True)
        return Recent(person, tuple(newest))

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        self._call("relationships")
        return [Relationship(server_id) for server_id in server_ids]

    async def upload(self, upload: Upload) -> str:
        self._call("upload")
        name = f"m{len(self.uploads) + 1}"
        self.uploads[name] = upload
        return name

    async def describe(self, media_id: str, alt: str) -> None:
        self._call("describe")
        self.uploads[media_id] = replace(self.uploads[media_id], alt=alt)

    async def scheduled(self) -> Sequence[Scheduled]:
        self._call("scheduled")
        return self.plans

    async def find_people(self, words: str) -> Sequence[Person]:
        self._call("find_people")
        return [one for one in self.found_people if one.handle.startswith(words)]

    async def find_tags(self, words: str) -> Sequence[str]:
        self._call("find_tags")
        return [one for one in self.found_tags if one.startswith(words)]

    def search_words(self, leaf: Leaf) -> Said | None:
        """Words, as they stand."""
        return Said(leaf.text) if isinstance(leaf, Word) else None

    async def emoji(self) -> Sequence[str]:
        self._call("emoji")
        return self.emoji_told

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        self._call("plan")
        assert outgoing.send_at is not None
        self._made += 1
        plan = Scheduled(f"p{self._made}", outgoing.send_at, outgoing.text)
        self.plans.append(plan)
        if self.loses_answers:
            raise self.loses_answers.popleft()
        return plan

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        self.offered.append(outgoing)
        self._call("publish")
        became = self._became(outgoing)
        if self.loses_answers:
            raise self.loses_answers.popleft()
        return became

    def _became(self, outgoing: Outgoing) -> SeenPost:
        """What a text becomes: another text of an own post, or a post."""
        if outgoing.edits is not None:
            own = next(s for s in self._standing() if s.view.server_id == outgoing.edits)
            return self.edit(own, outgoing.text)
        known = self.published.get(outgoing.key) if self.honours_keys else None
        if known is None or self.now - self._keyed[outgoing.key] > self.keys_last:
            seen = self.write("me", outgoing.text, audience=outgoing.audience)
            reply = ReplyTo(server_id=outgoing.reply_to) if outgoing.reply_to else None
            media = tuple(Media(MediaKind.PICTURE, None, alt) for alt in outgoing.alts)
            post = replace(seen.post, reply_to=reply, warning=outgoing.warning, media=media)
            seen = replace(seen, post=post)
            is_new = self.honours_keys and known is None
            key = outgoing.key if is_new else f"{outgoing.key}/{self._made}"
            self.published[key] = known = seen
            self._keyed[outgoing.key] = self.now
        return known

    async def act(self, act: Act) -> None:
        self._call("act")
        self.acts.append(act)
        if act.kind is ActKind.VOTE:
            self.entries = [_voted(one, act) for one in self.entries]

    async def sources(self) -> Sources:
        self._call("sources")
        return Sources((Source(HOME, "Home"), Source(OWN, "Your posts")))

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        self._call("people")
        return PeoplePage(tuple(self.people_told.get(which, ())))

    async def held_back(self, page: PageOf) -> HeldBackPage:
        self._call("held_back")
        return HeldBackPage(tuple(self.held_told))

    async def held_back_count(self) -> HeldBackCount:
        self._call("held_back_count")
        return HeldBackCount(len(self.held_told), sum(one.notices for one in self.held_told))

    async def marker(self) -> Marker | None:
        self._call("marker")
        return self.marker_told

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        self._call("move_marker")
        if self.marker_told is None or await is_behind(self.marker_told.notice_id):
            self.marker_told = Marker(notice_id, self.now)
        return self.marker_told

    async def talks(self) -> Sequence[Talk]:
        self._call("talks")
        return self.talks_told

    async def read_talk(self, talk_id: str) -> None:
        self._call(f"read_talk {talk_id}")
        self.talks_told = [
            replace(talk, unread=False) if talk.talk_id == talk_id else talk
            for talk in self.talks_told
        ]

    async def preferences(self) -> Preferences:
        self._call("preferences")
        return self.preferences_told

    async def versions(self, server_id: str) -> Sequence[Version]:
        self._call("versions")
        if server_id not in self.versions_told:
            raise Unsupported("The scripted network keeps no earlier versions.")
        return self.versions_told[server_id]

    async def translation(self, server_id: str, language: str) -> Translation:
        self._call(f"translation {language}")
        if server_id not in self.translations_told:
            raise Unsupported("The scripted network has no translator.")
        return self.translations_told[server_id]

    async def original(self, server_id: str) -> Original:
        self._call("original")
        if server_id not in self.originals:
            raise Unsupported("The scripted network does not say what was typed.")
        return self.originals[server_id]

    async def profile(self) -> OwnProfile:
        self._call("profile")
        if self.own_profile is None:
            raise Unsupported("The scripted network shows nobody.")
        return self.own_profile

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        self._call("listen")
        if not self.streams:
            raise Unsupported("There is no stream.")
        line = _Line(asyncio.get_running_loop(), asyncio.Queue())
        self._lines.append(line)
        try:
            yield StreamOpened("scripted")
            while True:
                event = await line.queue.get()
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            if line in self._lines:  # nobody hears what is told on it any more
                self._lines.remove(line)

    async def close(self) -> None:
        self._lines.clear()

    def _call(self, method: str) -> None:
        self.calls.append(method)
        failures = self.failures.get(method.replace(",", " ").split()[0])
        if failures and (failure := failures.popleft()):
            raise failure


def _is_about(notice: Notice, seen: SeenPost) -> bool:
    return notice.seen is not None and notice.seen.post.ref == seen.post.ref


def _voted(entry: FeedEntry, act: Act) -> FeedEntry:
    """The entry as it stands after a vote: one more for each option that was chosen."""
    seen, poll = entry.seen, entry.seen.post.poll
    if seen.view.server_id != act.target or poll is None:
        return entry
    options = tuple(
        replace(option, votes=(option.votes or 0) + (place in act.options))
        for place, option in enumerate(poll.options)
    )
    post = replace(seen.post, poll=replace(poll, options=options))
    return replace(entry, seen=replace(seen, post=post, view=replace(seen.view, voted=act.options)))


def _named(name: str) -> Mention:
    person = somebody(name)
    return Mention(person.ref, person.server_id, person.handle)


def _answering(parent: SeenPost) -> ReplyTo:
    return ReplyTo(server_id=parent.view.server_id, author_server_id=parent.post.author.server_id)
