"""The program's reading half on real sockets: hub, adapter and store, with a clock that runs faster."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.changes import Change
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.store import accounts, feeds
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.account_state import StoredState
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.hub import Hub

HOME = Feed(FeedKind.HOME)
PATIENCE_SECONDS = 15.0
SPEED = 30
MARKER = re.compile(r"p\d{7}q")


class HurriedClock:
    """The system's clock, running `SPEED` times as fast from now on."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._start = time.time_ns() // 1_000_000

    def now(self) -> Millis:
        return self._start + round(self._passed() * SECOND)

    def monotonic(self) -> float:
        return self._passed()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)

    def _passed(self) -> float:
        return (time.monotonic() - self._began) * SPEED


class Impatient(httpx.AsyncHTTPTransport):
    """Real connections that are waited for a second, where the program would wait for half a minute."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), 1.0)
        return await super().handle_async_request(request)


class SocketReader:
    """A running hub with one account.

    Attributes:
        lines: every health there was, oldest first.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.lines: list[Health] = []
        self._bus = Bus()
        self._store = Store(folder / "inbox.db", on_commit=self._bus.publish)
        self._account = self._store.write(lambda w: _signed_in(w, url)).result()
        clock = HurriedClock()
        network = MastodonNetwork(
            url,
            "token",
            clock=clock,
            state=StoredState(self._store, self._account.id),
            transport=Impatient(),
        )
        self._changed = Event()
        self._bus.subscribe(self._note)
        self.hub = Hub(self._store, self._bus, clock, lambda: [Connected(self._account, network)])

    def stop(self) -> None:
        """End, and let go of the store."""
        self.hub.stop()
        self._store.close()

    @property
    def health(self) -> Health | None:
        """The line as it is shown."""
        return self.hub.health().get(self._account.id)

    def is_live(self) -> bool:
        health = self.health
        return health is not None and health.state is HealthState.LIVE

    def reasons(self) -> str:
        """Every reason that was shown while the line was not live."""
        return " ".join(line.reason for line in self.lines)

    def markers(self) -> list[str]:
        """The first words of the stored posts, newest first; no post stands there twice."""

        def read(db: Connection) -> list[tuple[str, str]]:
            feed = feeds.find_feed(db, self._account.id, HOME)
            window = feeds.window(db, [feed], limit=9_999) if feed is not None else []
            return [(one.post.post.ref.uri, one.post.post.text) for one in window]

        rows = self._store.read(read).result()
        twice = [uri for uri, count in Counter(uri for uri, _ in rows).items() if count > 1]
        assert not twice
        return [found.group() for _, text in rows if (found := MARKER.search(text))]

    def begins(self, markers: list[str]) -> bool:
        """Whether the feed begins with these; below them older pages may have been read."""
        return self.markers()[: len(markers)] == markers

    def holes(self) -> int:
        """How many holes there are in the feed."""
        return len(
            self._store.read(lambda db: feeds.gaps_of_account(db, self._account.id)).result()
        )

    def hole(self) -> int:
        """The local id of the newest hole."""
        found = self._store.read(lambda db: feeds.gaps_of_account(db, self._account.id)).result()
        return found[0].id

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true, asked again after every change."""
        while True:
            self._changed.clear()
            if true():
                return
            assert self._changed.wait(PATIENCE_SECONDS), f"nothing changed any more: {self.health}"

    def until_it_begins(self, markers: list[str]) -> None:
        """Wait until the line is live and the feed begins with these."""
        self.until(lambda: self.is_live() and self.begins(markers))

    def _note(self, changes: frozenset[Change]) -> None:
        health = self.hub.health().get(self._account.id)
        if health is not None and (not self.lines or self.lines[-1] != health):
            self.lines.append(health)
        self._changed.set()


def _signed_in(w: Writing, url: str) -> Account:
    owner = Person(
        ref=PersonRef("mastodon", f"{url}/@bench"), server_id="200000", handle="bench", name="Bench"
    )
    return accounts.add_account(
        w, network="mastodon", server=url, person=owner, letters="be", label="b", limits=Limits()
    )


@contextmanager
def reading(url: str, folder: Path) -> Iterator[SocketReader]:
    """A reader that is live, until the block ends."""
    reader = SocketReader(url, folder)
    reader.hub.start()
    try:
        reader.until(reader.is_live)
        reader.lines.clear()
        yield reader
    finally:
        reader.stop()
