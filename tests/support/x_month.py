"""Days of somebody who reads X, on a clock that leaps: what comes in, what is read of it, and what that costs.

The reading half is the real one, on a real store and over real HTTP; the server is the stand-in, which puts what it
answers on a bill of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from networks.bluesky.secrets_in_memory import InMemory
from support.fake_x.api import Api
from support.fake_x.running import running_x
from support.sync_desk import SelfPassingClock

from tui_inbox.core.account import Account
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import PersonRef
from tui_inbox.core.ports import Overspent
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.spending import Micros, day_of
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.client import XNetwork
from tui_inbox.networks.x.convert import to_person
from tui_inbox.networks.x.grants import App, Grant, Grants
from tui_inbox.networks.x.people import LIMITS
from tui_inbox.networks.x.wire import User
from tui_inbox.store import accounts, searches, spending
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.account_state import StoredState
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.feed_reader import FeedReader
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.search_feeders import SearchFeeders
from tui_inbox.sync.spending import StoredSpend

BEGIN: Millis = 20_500 * DAY
SEARCHES = ("ferry", '"green tea"', "sourdough")
HOME, OWN = Feed(FeedKind.HOME), Feed(FeedKind.OWN)

_WORDS = ("ferry", "green tea", "sourdough", "weather", "a new bicycle", "the quay", "rain")


@dataclass
class Spent:
    """What some days have cost.

    Attributes:
        days: by day, what the account believes to have spent.
        billed: by day, what the server has put on its bill.
        sold_without_cap: what it would have cost to read everything once.
        mentions_read: so many of the mentions are in the store.
    """

    cap: Micros
    days: dict[int, Micros] = field(default_factory=dict)
    billed: dict[int, Micros] = field(default_factory=dict)
    sold_without_cap: Micros = 0
    mentions: int = 0
    mentions_read: int = 0
    requests: int = 0


@dataclass
class Reader:
    """The reading half of one account, as its runner puts it together."""

    network: XNetwork
    backfill: Backfill
    feeders: SearchFeeders

    async def read(self) -> None:
        """One catching up, and a look at the searches."""
        for read in (self._home, self._own, self.backfill.catch_up_notices, self.feeders.look):
            try:
                await read()
            except Overspent:
                continue

    async def _home(self) -> None:
        await self.backfill.catch_up(HOME)

    async def _own(self) -> None:
        await self.backfill.catch_up(OWN)


@contextmanager
def reader_of(store: Store, server: Api, clock: SelfPassingClock, cap: Micros) -> Iterator[Reader]:
    """Alice's account on a store, with three standing searches."""
    alice = server.world.named("alice")
    account = _account(store, server, alice.id)
    access, refresh = server.oauth.grant("alice")
    grants = Grants(InMemory(), "alice")
    grants.keep(Grant(App("app"), access, refresh, clock.now() + 7_200_000))
    network = XNetwork(
        alice.id,
        grants,
        Line(clock, server.base),
        state=StoredState(store, account.id),
        spend=StoredSpend(store, account.id),
        cap=cap,
    )
    ingest = Ingest(store, clock)
    backfill = Backfill(store, ingest, clock, network, account.id, frugal=account.limits.paid)
    feed_reader = FeedReader(store, ingest, clock, network, account.id, backfill)
    yield Reader(network, backfill, SearchFeeders(store, clock, network, feed_reader, account.id))


def _account(store: Store, server: Api, id: str) -> Account:
    person = to_person(User(id=id, username="alice", name="Alice"))
    assert person.ref == PersonRef("x", id)
    account = store.write(
        lambda w: accounts.add_account(
            w,
            network="x",
            server=server.base,
            person=person,
            letters="al",
            label="alice",
            limits=LIMITS,
        )
    ).result()

    def keep(w: Writing) -> None:
        for query in SEARCHES:
            searches.add_search(w, account.id, query, at=BEGIN)

    store.write(keep).result()
    return account


async def live(
    folder: Path,
    *,
    days: int,
    home_a_day: int,
    mentions_a_day: int,
    step: Millis,
    cap: Micros,
) -> Spent:
    """Let days pass.

    Args:
        folder: for the store.
        step: milliseconds between two readings.
        cap: what a day may cost.
    """
    clock = SelfPassingClock(BEGIN)
    spent = Spent(cap)
    with running_x(clock.now) as server:
        _found(server)
        store = Store(folder / "inbox.db")
        try:
            with reader_of(store, server, clock, cap) as reader:
                await reader.network.identify()
                while clock.now() < BEGIN + days * DAY:
                    _let_pass(server, clock, step, home_a_day, mentions_a_day, spent)
                    await reader.read()
                await reader.network.close()
            spent.billed = server.bill(server.world.named("alice").id).days
            spent.requests = len(server.asked)
            spent.days = store.read(lambda db: _days(db, clock.now())).result()
            spent.mentions_read = store.read(
                lambda db: db.execute("SELECT count(*) FROM notices").fetchone()[0]
            ).result()
        finally:
            store.close()
    return spent


def _days(db: Connection, now: Millis) -> dict[int, Micros]:
    """By day, what the account has noted as spent."""
    noted = ((day, spending.spent(db, 1, day)) for day in range(day_of(BEGIN), day_of(now) + 1))
    return {day: price for day, price in noted if price}


def _found(server: Api) -> None:
    """Forty people whom alice follows, and sixty who write to her."""
    alice = server.world.join("alice")
    for number in range(40):
        alice.follows.add(server.world.join(f"friend{number}").id)
    for number in range(60):
        server.world.join(f"writer{number}")


def _let_pass(
    server: Api, clock: SelfPassingClock, step: Millis, home: int, mentions: int, spent: Spent
) -> None:
    """What is posted while some time passes."""
    before, now = clock.now(), clock.now() + step
    clock.time = now
    world = server.world
    for number in _numbers(before, now, home):
        word = _WORDS[number % len(_WORDS)]
        world.post_as(f"friend{number % 40}", f"{word}, line {number}")
        spent.sold_without_cap += 5_000
    for number in _numbers(before, now, mentions):
        world.post_as(f"writer{number % 60}", f"@alice about {number}?")
        spent.sold_without_cap += 1_000
        spent.mentions += 1
    day = 2 * DAY
    for id in [id for id, post in world.posts.items() if post.made_at < now - day]:
        del world.posts[id]


def _numbers(before: Millis, now: Millis, a_day: int) -> range:
    """The numbers of what comes between two moments, so many in a day."""
    return range((before - BEGIN) * a_day // DAY, (now - BEGIN) * a_day // DAY)
