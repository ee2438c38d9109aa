"""A small town for tests: people who write to each other, told to a real store through the real ingest.

town = Town(folder)
mira = town.account("mira")
asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
town.says("mira", "It does.", to=asked)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.changes import Change
from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import HOUR, MINUTE, Millis, to_millis
from tui_inbox.core.person import Person, PersonRef, Relationship
from tui_inbox.core.post import (
    Audience,
    Boost,
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
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts, people
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.ingest import Ingest

P = ParamSpec("P")
T = TypeVar("T")

NOON = to_millis(datetime(2025, 11, 26, 12, 0, tzinfo=UTC))
"""A Wednesday."""


@dataclass(slots=True)
class TownClock:
    """A clock that stands still until it is told otherwise."""

    moment: Millis = NOON

    def now(self) -> Millis:
        return self.moment

    def monotonic(self) -> float:
        return self.moment / 1000

    async def sleep(self, seconds: float) -> None:
        self.moment += round(seconds * 1000)


@dataclass(slots=True)
class Said:
    """A post as the town remembers it, to be answered, passed on or edited."""

    id: int
    post: Post


@dataclass(slots=True)
class Town:
    """The town, its store and its clock. Times given as `ago` are before the clock's moment.

    `also` is what its store does in every transaction besides.
    """

    folder: Path
    clock: TownClock = field(default_factory=TownClock)
    changes: list[Change] = field(default_factory=list)
    woken: int = 0
    also: Callable[[Writing], None] = lambda writing: None
    store: Store = field(init=False)
    ingest: Ingest = field(init=False)
    context: Context = field(init=False)
    said: dict[int, Said] = field(default_factory=dict)
    _accounts: dict[str, int] = field(default_factory=dict)
    _written: int = 0

    def __post_init__(self) -> None:
        path = self.folder / "store.db"
        self.store = Store(path, on_commit=self.changes.extend, also=self.also)
        self.ingest = Ingest(self.store, self.clock)
        self.context = Context(self.store, self.clock, wake_outbox=self._wake)

    def _wake(self) -> None:
        self.woken += 1

    def close(self) -> None:
        self.store.close()

    @property
    def now(self) -> Millis:
        return self.clock.moment

    def pass_time(self, duration: Millis) -> None:
        self.clock.moment += duration

    def ask(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """The answer of a query, or of a function of the store that reads."""
        return self.store.read(lambda db: query(db, *args, **kw)).result()

    def write(self, job: Callable[[Writing], T]) -> T:
        return self.store.write(job).result()

    def scope(self, *names: str) -> Scope:
        """The accounts of that name, or all."""
        return Scope(tuple(self._accounts[name] for name in names or self._accounts))

    def person(self, name: str) -> Person:
        uri = f"https://town.example/users/{name.replace(' ', '-')}"
        handle = f"{name.replace(' ', '')}@town.example"
        return Person(PersonRef("mastodon", uri), f"id-of-{name}", handle, name)

    def account(self, name: str, *, limits: Limits | None = None) -> int:
        """Sign in as somebody; returns the account's local id."""

        def job(w: Writing) -> int:
            return accounts.add_account(
                w,
                network="mastodon",
                server="https://town.example",
                person=self.person(name),
                letters=name[:2],
                label=name,
                limits=limits or Limits(),
            ).id

        self._accounts[name] = self.write(job)
        return self._accounts[name]

    def allows(
        self,
        limits: Limits,
        *,
        account: int | None = None,
        audience: Audience = Audience.PUBLIC,
        language: str | None = "en",
    ) -> None:
        """Have an account's server say what it allows, and how the account usually posts."""
        to = account or self._first()
        self.write(
            lambda w: accounts.set_limits(
                w, to, limits, usual_audience=audience, usual_language=language
            )
        )

    def id_of(self, name: str) -> int:
        """The local id of somebody who has been seen."""
        found = self.ask(people.find_by_ref, self.person(name).ref)
        assert found is not None, f"nobody has seen {name} yet"
        return found

    def meets(self, name: str, account: int | None = None) -> int:
        """Make somebody known without a word said."""
        to = account or self._first()
        return self.write(lambda w: people.put_person(w, to, self.person(name)))

    def relates(
        self,
        name: str,
        *,
        account: int | None = None,
        following: bool = False,
        followed_by: bool = False,
        requested: bool = False,
        muting: bool = False,
    ) -> None:
        """Have the server say how an account stands to somebody."""
        to = account or self._first()
        person = self.meets(name, to)
        relationship = Relationship(
            self.person(name).server_id,
            following=following,
            followed_by=followed_by,
            requested=requested,
            muting=muting,
        )
        self.write(lambda w: people.put_relationship(w, to, person, relationship, self.now))

    def _first(self) -> int:
        return next(iter(self._accounts.values()))

    def says(
        self,
        name: str,
        text: str,
        *,
        to: Said | None = None,
        naming: Sequence[str] = (),
        ago: Millis = HOUR,
        audience: Audience = Audience.PUBLIC,
        quoting: Said | None = None,
        at_home: bool = False,
        boosted_by: Sequence[str] = (),
        account: int | None = None,
        warning: str = "",
        language: str | None = "en",
    ) -> Said:
        """Somebody posts, and an account (the first, unless told otherwise) is shown it.

        An answer names whom it answers and whom that named, as people's programs do.

        Args:
            at_home: it also stands in the account's home timeline.
            boosted_by: those who passed it on; then it stands there because of that.
        """
        self._written += 1
        carried = (to.post.author.name, *(_name(one) for one in to.post.mentions)) if to else ()
        mentioned = [who for who in dict.fromkeys((*carried, *naming)) if who != name]
        post = Post(
            ref=PostRef("mastodon", f"https://town.example/posts/{self._written}"),
            author=self.person(name),
            created_at=self.now - ago,
            text=text,
            warning=warning,
            language=language,
            audience=audience,
            url=f"https://town.example/@{name}/{self._written}",
            reply_to=_reply_to(to, account or self._first()),
            mentions=tuple(self._mention(who) for who in mentioned),
            quoted=quoting.post.ref if quoting else None,
        )
        return self.shows(
            post, account=account, quoting=quoting, at_home=at_home, boosted_by=boosted_by
        )

    def shows(
        self,
        post: Post,
        *,
        account: int | None = None,
        quoting: Said | None = None,
        at_home: bool = False,
        boosted_by: Sequence[str] = (),
        view: PostView | None = None,
    ) -> Said:
        """An account's server shows it a post."""
        to = account or self._first()
        quoted = _seen(quoting.post, to) if quoting else None
        seen = SeenPost(post, view or _view(post, to), quoted)
        for entry in self._entries(seen, to, at_home=at_home, boosted_by=boosted_by):
            self._done(self.ingest.file_page(to, Feed(FeedKind.HOME), [entry]))
        (id,) = self._done(self.ingest.take_posts(to, [seen]))
        self.said[id] = Said(id, post)
        return self.said[id]

    def notices(
        self,
        kind: NoticeKind,
        name: str,
        *,
        about: Said | None = None,
        ago: Millis = HOUR,
        account: int | None = None,
    ) -> None:
        """An account's server tells of somebody's doing."""
        to = account or self._first()
        self._written += 1
        seen = _seen(about.post, to) if about else None
        notice = Notice(f"n{self._written}", kind, self.now - ago, self.person(name), seen)
        self._done(self.ingest.take_notices(to, [notice]))

    def talk(
        self, name: str, *, rounds: int = 3, ago: Millis = HOUR, every: Millis = 10 * MINUTE
    ) -> Said:
        """Mira and somebody write back and forth, mira last."""
        owner = next(iter(self._accounts))
        said: Said | None = None
        for turn in range(2 * rounds):
            at = ago + (2 * rounds - 1 - turn) * every
            who, other = (name, owner) if turn % 2 == 0 else (owner, name)
            said = self.says(who, f"{who} says {turn}", to=said, naming=[other], ago=at)
        assert said is not None, "a talk has rounds"
        return said

    def _entries(
        self, seen: SeenPost, account: int, *, at_home: bool, boosted_by: Sequence[str]
    ) -> list[FeedEntry]:
        entries = []
        for place, booster in enumerate(boosted_by):
            uri = f"{seen.post.ref.uri}/boosted-by/{booster}"
            at = seen.post.created_at + (place + 1) * MINUTE
            boost = Boost(self.person(booster), at, uri, f"{account}:{uri}")
            entries.append(FeedEntry(seen, at, f"{account}:{uri}", boost))
        if at_home and not boosted_by:
            entries.append(FeedEntry(seen, seen.post.created_at, seen.view.server_id))
        return entries

    def _mention(self, name: str) -> Mention:
        person = self.person(name)
        return Mention(person.ref, person.server_id, person.handle)

    def _done(self, future: Future[T]) -> T:
        return future.result(timeout=10)


def _name(mention: Mention) -> str:
    return mention.person.uri.rpartition("/")[2].replace("-", " ")


def _reply_to(to: Said | None, account: int) -> ReplyTo | None:
    if to is None:
        return None
    return ReplyTo(_server_id(to.post, account), None, to.post.author.server_id)


def _server_id(post: Post, account: int) -> str:
    return f"{account}:{post.ref.uri}"


def _view(post: Post, account: int) -> PostView:
    return PostView(_server_id(post, account))


def _seen(post: Post, account: int) -> SeenPost:
    return SeenPost(post, _view(post, account))
