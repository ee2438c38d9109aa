"""The program's reading and sending half on real sockets: hub, adapter and store, with a clock that runs faster."""

from __future__ import annotations

import re
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import httpx
from support.fake_mastodon.world import NEWEST
from support.hurried_clock import HurriedClock

from tui_inbox.commands import acts, sending, watching
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Account, Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Feed, FeedKind, MediaKind, Post
from tui_inbox.core.watching import Watch
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.tls import tls_context
from tui_inbox.store import accounts, feeds, notices, outbox, posts, watches
from tui_inbox.store.database import Connection
from tui_inbox.store.entries import StoredEntry
from tui_inbox.store.notices import StoredNotice
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.account_state import StoredState
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.hub import Hub

HOME = Feed(FeedKind.HOME)
PATIENCE_SECONDS = 15.0
PAGE = 40
SPEED = 30
"""How fast the readers' clocks run, and that of the fake server."""
MARKER = re.compile(r"p\d{7}q")


class Impatient(httpx.AsyncHTTPTransport):
    """Real connections that are waited for so many seconds, where the program would wait for half a minute."""

    def __init__(self, seconds: float, verify: ssl.SSLContext) -> None:
        super().__init__(verify=verify)
        self._patience = dict.fromkeys(("connect", "read", "write", "pool"), seconds)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = self._patience
        return await super().handle_async_request(request)


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of somebody at a server, whose answers are waited for `patience` seconds."""

    url: str
    token: str = "token"
    handle: str = "bench"
    server_id: str = "200000"
    patience: float = 1.0


class SocketReader:
    """A running hub with one account or several; what is asked about one is asked about the first.

    Attributes:
        lines: every health there was of the first account, oldest first.
        waits: how long it was to the next try when one was told.
    """

    def __init__(self, folder: Path, clock: HurriedClock, *sign_ins: SignIn) -> None:
        self.lines: list[Health] = []
        self.waits: list[Millis] = []
        self.clock = clock
        self._bus = Bus()
        self._store = Store(folder / "inbox.db", on_commit=self._bus.publish)
        self.accounts = self._store.write(
            lambda w: [_signed_in(w, one) for one in sign_ins]
        ).result()
        self._account = self.accounts[0].id
        self._sign_ins = sign_ins
        self._changed = Event()
        self._bus.subscribe(self._note)
        self.hub = Hub(self._store, self._bus, clock, self._connect)
        self.context = Context(self._store, clock, self.hub.wake_outbox, hold=0)

    def stop(self) -> None:
        """End, and let go of the store."""
        self.hub.stop()
        self._store.close()

    # The line

    @property
    def health(self) -> Health:
        """The line as it is shown."""
        return self.hub.health()[self._account]

    def is_live(self) -> bool:
        health = self.hub.health().get(self._account)
        return health is not None and health.state is HealthState.LIVE

    def reasons(self) -> str:
        """Every reason that was shown while the line was not live."""
        return " ".join(line.reason for line in self.lines)

    def states_since_the_loss(self) -> list[HealthState]:
        """What was shown since the line was offline or paused for the first time."""
        states = [line.state for line in self.lines]
        lost = (HealthState.OFFLINE, HealthState.PAUSED)
        return states[next(place for place, state in enumerate(states) if state in lost) :]

    # The feed

    def markers(self) -> list[str]:
        """The first words of the newest stored posts, newest first; no post stands there twice."""
        rows = [(one.post.post.ref.uri, one.post.post.text) for one in self._entries()]
        twice = [uri for uri, count in Counter(uri for uri, _ in rows).items() if count > 1]
        assert not twice
        return [found.group() for _, text in rows if (found := MARKER.search(text))]

    def begins(self, markers: list[str]) -> bool:
        """Whether the feed begins with these; below them older pages may have been read."""
        return self.markers()[: len(markers)] == markers

    def agrees_with(self, home: list[str]) -> bool:
        """Whether the feed is what the server holds, from its newest post down to where reading began."""
        stored = self.markers()
        is_enough = len(stored) >= min(PAGE, len(home))
        return is_enough and stored == home[: len(stored)] and not self.holes()

    def holes(self) -> int:
        """How many holes there are in the feed."""
        return len(self._store.read(lambda db: feeds.gaps_of_account(db, self._account)).result())

    def hole(self) -> int:
        """The local id of the newest hole."""
        found = self._store.read(lambda db: feeds.gaps_of_account(db, self._account)).result()
        return found[0].id

    def notices(self) -> Sequence[StoredNotice]:
        """What the server has told of, newest first."""
        return self._store.read(lambda db: notices.notices(db, [self._account])).result()

    def has(self, text: str) -> bool:
        """Whether a text stands in the home feed."""
        return any(text in one.post.post.text for one in self._entries())

    def post_of(self, text: str) -> int:
        """The local id of the post that holds a text."""
        return next(one.post.id for one in self._entries() if text in one.post.post.text)

    def _entries(self) -> Sequence[StoredEntry]:
        def read(db: Connection) -> Sequence[StoredEntry]:
            feed = feeds.find_feed(db, self._account, HOME)
            return feeds.window(db, [feed], limit=NEWEST) if feed is not None else []

        return self._store.read(read).result()

    # What is watched

    def watch(self, post: int) -> None:
        """Watch the thread of a post."""
        begun = watching.begin(self.context, self._account, post).result()
        assert begun.action is not None, begun.sentence

    def watched(self) -> Watch:
        """The only watched thread."""
        (watch,) = self._store.read(lambda db: watches.watches(db, [self._account])).result()
        return watch

    def new_in_watched(self) -> list[str]:
        """The texts that are new in it."""

        def read(db: Connection) -> list[str]:
            ids = [one.id for one in watches.watches(db, [self._account])]
            new = watches.unseen(db, ids).values()
            found = posts.posts(db, self._account, [post for ids in new for post in ids])
            return [one.post.text for one in found.values()]

        return self._store.read(read).result()

    def let_be_asked(self) -> None:
        """Let the interval be over after which its server is asked again."""
        watch, now = self.watched(), self.clock.now()
        self._store.write(
            lambda w: watches.note_answer(w, watch.id, at=now, next_at=now, rest=watch.rest)
        ).result()

    # The outbox

    def send(self, text: str, reply_to: int | None = None, **more: Any) -> int:
        """Hand a text to the outbox; the row's id.

        Args:
            more: what else its draft holds.
        """
        draft = Draft(0, self._account, text, reply_to=reply_to, **more)
        sent = sending.send_now(self.context, draft).result()
        assert sent.rows, sent.sentence
        return sent.rows[0]

    def act(self, kind: ActKind, post: int) -> int:
        """Do something to a post; the row's id."""
        acts.toggle(self.context, self._account, post, kind).result()
        return self._store.read(outbox.rows).result()[-1].id

    def row(self, id: int) -> OutboxRow:
        """A row of the outbox."""
        found = self._store.read(lambda db: outbox.row(db, id)).result()
        assert found is not None
        return found

    def keep(self, file: Path, alt: str = "") -> Attachment:
        """Attach a picture: the store has a copy of it then."""
        name = self._store.files.keep(file)
        return Attachment(name, file.name, MediaKind.PICTURE, alt)

    def stored(self, id: int) -> Post:
        """A post as the first account sees it."""
        found = self._store.read(lambda db: posts.post(db, self._account, id)).result()
        assert found is not None
        return found.post

    def favourited(self, post: int) -> bool:
        """Whether the first account sees a post as liked."""
        found = self._store.read(lambda db: posts.post(db, self._account, post)).result()
        return found is not None and found.view is not None and found.view.favourited

    # Waiting

    def until(self, true: Callable[[], object], *, hurried: bool = False) -> None:
        """Wait until something is true, asked again after every change.

        Args:
            hurried: tell an account that is offline to try now, as the owner would with a key.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            self._changed.clear()
            if hurried and self.health.state is HealthState.OFFLINE:
                self.hub.retry_now(self._account)
            if true():
                return
            self._changed.wait(max(0.0, until - time.monotonic()))
            assert time.monotonic() < until, f"waited in vain: {self.lines[-5:]}"

    def until_told(self, words: str) -> None:
        """Wait until the line is shown with these words as the reason."""
        self.until(lambda: words in self.health.reason, hurried=True)

    def until_back(self, home: list[str]) -> None:
        """Wait until the line is live, says nothing against it, and the feed is what the server holds."""

        def is_back() -> bool:
            health = self.health
            is_well = (health.sentence, health.next_try) == ("", None)
            return health.state is HealthState.LIVE and is_well and self.agrees_with(home)

        self.until(is_back, hurried=True)

    def _note(self, changes: frozenset[Change]) -> None:
        health = self.hub.health().get(self._account)
        if health is not None and (not self.lines or self.lines[-1] != health):
            self.lines.append(health)
            if health.next_try is not None:
                self.waits.append(health.next_try - self.clock.now())
        self._changed.set()

    def _connect(self) -> list[Connected]:
        return [
            Connected(account, self._network(account, one))
            for account, one in zip(self.accounts, self._sign_ins, strict=True)
        ]

    def _network(self, account: Account, one: SignIn) -> MastodonNetwork:
        return MastodonNetwork(
            one.url,
            one.token,
            clock=self.clock,
            state=StoredState(self._store, account.id),
            transport=Impatient(one.patience, tls_context(urlsplit(one.url).scheme)),
        )


def _signed_in(w: Writing, one: SignIn) -> Account:
    owner = Person(
        ref=PersonRef("mastodon", f"{one.url}/@{one.handle}"),
        server_id=one.server_id,
        handle=one.handle,
        name=one.handle.title(),
    )
    return accounts.add_account(
        w,
        network="mastodon",
        server=one.url,
        person=owner,
        letters=one.handle[:2],
        label=one.handle[0],
        limits=Limits(),
    )


@contextmanager
def reading(folder: Path, clock: HurriedClock, *sign_ins: SignIn) -> Iterator[SocketReader]:
    """A reader that is live, until the block ends."""
    reader = SocketReader(folder, clock, *sign_ins)
    reader.hub.start()
    try:
        reader.until(reader.is_live)
        reader.lines.clear()
        yield reader
    finally:
        reader.stop()
