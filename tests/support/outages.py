"""Random outages of a small server, and the comparison of what a reader has stored with what the server holds.

Everything that decides is the program's own: the runner with its queue, pages, gaps and store. Only the server
and the clock are scripted, so that a thousand outages take minutes. One seed is always the same story.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from support.scripted_network import HOME, ScriptedNetwork, Upward
from support.sync_desk import new_desk

from tui_inbox.core.events import PostDeleted
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.ports import NetworkError, Refused, Throttled, Unreachable, Unsupported
from tui_inbox.core.post import FeedEntry, SeenPost
from tui_inbox.store import accounts, feeds, people, removal
from tui_inbox.store.database import Connection
from tui_inbox.store.feeds import EntryKey, Gap, StoredEntry
from tui_inbox.sync.runner import SAFETY_POLL, Runner

PATIENCE_SECONDS = 20.0
EVERYTHING = 1_000_000
AT_FIRST = 30
NAMES = ("ann", "bob", "cy", "dot", "eve")
UP = (HealthState.LIVE, HealthState.POLLING)


class LeapingClock:
    """A clock on which a short wait is over at once, and a long one when so much time was passed."""

    LONG = 200.0

    def __init__(self, now: Millis) -> None:
        self._time = now
        self._moved = asyncio.Event()

    def now(self) -> Millis:
        return self._time

    def monotonic(self) -> float:
        return self._time / SECOND

    async def sleep(self, seconds: float) -> None:
        due = self._time + round(seconds * SECOND)
        if seconds < self.LONG:
            self.pass_time(seconds)
            await asyncio.sleep(0)
        while self._time < due:
            await self._moved.wait()

    def pass_time(self, seconds: float) -> None:
        """Move the time."""
        self._time += round(seconds * SECOND)
        self._moved.set()
        self._moved = asyncio.Event()


@dataclass
class BusyNetwork(ScriptedNetwork):
    """A server on which things happen while it is being asked.

    Attributes:
        meanwhile: called now and then between two requests.
    """

    meanwhile: Callable[[], None] = lambda: None

    def _call(self, method: str) -> None:
        super()._call(method)
        if method.startswith("feed"):
            self.meanwhile()


@dataclass
class Untold:
    """What happened on the server while nobody listened, and no page was asked to show again."""

    posts: set[str] = field(default_factory=set)
    edits: set[str] = field(default_factory=set)
    boosts: set[tuple[str, str]] = field(default_factory=set)


class Trial:
    """One reader of one server, through many outages.

    Attributes:
        counts: what happened and what was found, by its name in words.
        faults: every difference that nothing explains.
    """

    def __init__(self, folder: Path, seed: int, *, upward: Upward, streams: bool = True) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._random = Random(seed)
        self._desk = new_desk(folder)
        self._network = BusyNetwork(upward=upward, streams=streams, page_size=20, keeps=400)
        self._network.meanwhile = self._happen_meanwhile
        self._clock = LeapingClock(self._network.now)
        self._untold = Untold()
        self._offered: dict[str, set[Millis]] = {}
        self._rang = asyncio.Event()
        self._states: list[HealthState] = []
        self._told = 0

    async def run(self, posts: int, outages: int) -> None:
        """Let that many posts and outages happen, and compare after each recovery."""
        for _ in range(AT_FIRST):
            self._write()
        self._network.meanwhile, meanwhile = lambda: None, self._network.meanwhile
        self._start()
        await self._until_up()
        self._base = min(entry.key for entry in self._read()[0])
        self._network.meanwhile = meanwhile
        try:
            for number in range(outages):
                left = outages - number
                due = (posts - self.counts["posts"]) / left
                await self._outage(self._size(due))
        finally:
            await self._kill()
            self._desk.store.close()

    # What happens on the server

    def _size(self, due: float) -> int:
        """How much happens during an outage: mostly little, now and then more than a server keeps."""
        kind = self._random.random()
        most = 0.5 if kind < 0.8 else 2.5 if kind < 0.95 else 8 if kind < 0.99 else 32
        return round(self._random.uniform(0, most) * due)

    def _happen(self, count: int) -> None:
        for _ in range(count):
            choice = self._random.random()
            if choice < 0.80 or not self._network.entries:
                self._write()
            elif choice < 0.87:
                self._boost()
            elif choice < 0.93:
                self._edit()
            elif choice < 0.98:
                self._delete()
            else:
                self._unboost()

    def _happen_meanwhile(self) -> None:
        if self._random.random() < 0.2:
            self._happen(self._random.randint(1, 3))

    def _write(self) -> None:
        late = self._random.random() < 0.04 and self.counts["posts"] > AT_FIRST
        at = self._network.now - self._random.randint(1, 4) * MINUTE if late else None
        number = self.counts["posts"]
        seen = self._network.write(self._random.choice(NAMES), f"post {number}", at=at)
        self._offer(self._network.home(seen))
        self.counts["posts"] += 1
        self.counts["posts that came to the server late"] += late

    def _boost(self) -> None:
        seen = self._any().seen
        name = self._random.choice(NAMES)
        boosted = (one.boost.by.name for one in self._of(seen) if one.boost)
        if name not in boosted:
            self._offer(self._network.boost(seen, name))
            self.counts["boosts"] += 1

    def _edit(self) -> None:
        seen = self._any().seen
        self.counts["edits"] += 1
        if not self._is_heard():
            self._untold.edits.add(seen.post.ref.uri)
        self._network.edit(seen, f"{seen.post.text}, edited")

    def _delete(self) -> None:
        seen = self._any().seen
        self.counts["deletions"] += 1
        if not self._is_heard():
            self._untold.posts.add(seen.post.ref.uri)
        self._network.delete(seen)

    def _unboost(self) -> None:
        boosts = [one for one in self._network.entries[-60:] if one.boost]
        if boosts:
            entry = self._random.choice(boosts)
            assert entry.boost is not None
            self.counts["boosts taken back"] += 1
            if not self._is_heard():
                uri = entry.seen.post.ref.uri
                self._untold.boosts.add((uri, entry.boost.by.name))
                self._untold.posts.add(uri)  # it may have stood there for that alone
            self._network.unboost(entry)

    def _any(self) -> FeedEntry:
        return self._random.choice(self._network.entries[-60:])

    def _of(self, seen: SeenPost) -> Iterator[FeedEntry]:
        return (one for one in self._network.entries if one.seen.post.ref == seen.post.ref)

    def _offer(self, entry: FeedEntry) -> None:
        self._offered.setdefault(entry.seen.post.ref.uri, set()).add(entry.filed_at)

    def _is_heard(self) -> bool:
        return self._network.is_heard

    # Outages

    async def _outage(self, size: int) -> None:
        self._happen(self._random.randint(0, 3))
        await self._settle()
        if self._network.streams and self._random.random() < 0.1:
            await self._lossy_line()
        self.counts["outages"] += 1
        kill = self._random.random() < 0.15
        self._network.tells = False  # half of all lines die without a word
        self._happen(size // 2)
        self._network.tells = True
        self._plan_failures()
        self._states.clear()
        if kill:
            self.counts["outages in which the program was killed"] += 1
            await self._kill()
        else:
            self._network.cut(Unreachable("The line broke."))
        self._happen(size - size // 2)
        if kill:
            self._start()
        await self._until_up()
        await self._settle()
        self._compare()
        if self._random.random() < 0.3:
            await self._fill_some_gap()
            await self._settle()  # something may have happened meanwhile
            self._compare()

    def _plan_failures(self) -> None:
        """Requests that fail on the way back, at any point of it."""
        for method, share in (("identify", 0.3), ("feed", 0.5), ("posts", 0.2), ("notices", 0.1)):
            plan: deque[Exception | None] = deque()
            while self._random.random() < share:
                plan.extend([None] * self._random.randint(0, 4))
                plan.append(self._failure())
                self.counts["failed requests planned"] += 1
            self._network.failures[method] = plan

    def _failure(self) -> NetworkError:
        until = self._clock.now() + self._random.randint(1, 100) * SECOND
        return self._random.choice(
            [
                Unreachable("scripted.example cannot be reached."),
                Throttled("scripted.example asks for a pause.", until=until),
                Unsupported("scripted.example answered with a web page, not with data."),
                Refused("scripted.example refused."),
            ]
        )

    async def _lossy_line(self) -> None:
        """A line that lives and leaves things out, until pages are read because it is time."""
        self.counts["lines that left something out"] += 1
        self._network.failures.clear()
        self._network.tells = False
        self._happen(self._random.randint(1, 30))
        self._network.tells = True
        self._happen(self._random.randint(1, 10))
        for _ in range(2):  # the first reading may have been under way before
            await self._until_time_to_read()
        await self._settle()
        self._compare()

    async def _until_time_to_read(self) -> None:
        """Until pages were read because it is time."""
        before = self._read_at()
        self._clock.pass_time(SAFETY_POLL / SECOND + 1)
        await self._until(lambda: self._read_at() > before and self._is_up())

    def _read_at(self) -> Millis:
        told = self._desk.store.read(
            lambda db: accounts.get_state(db, self._desk.account.id, accounts.READ_AT)
        ).result()
        return int(told or 0)

    async def _fill_some_gap(self) -> None:
        gaps = [gap for gap in self._read()[1] if not gap.lost]
        if gaps:
            self.counts["holes the owner had filled"] += 1
            try:
                await self._runner.backfill.fill_gap(self._random.choice(gaps), HOME)
            except NetworkError:
                self.counts["fillings that failed"] += 1

    # The reader

    def _start(self) -> None:
        self._runner = Runner(
            self._desk.account,
            self._network,
            self._desk.store,
            self._desk.ingest,
            self._clock,
            on_health=self._on_health,
            on_identity=lambda account, identity: None,
        )
        self._running = asyncio.create_task(self._runner.run())

    async def _kill(self) -> None:
        self._running.cancel()
        await asyncio.wait({self._running})
        await self._network.close()

    def _on_health(self, account: int, health: Health) -> None:
        self._states.append(health.state)
        self._rang.set()

    def _is_up(self) -> bool:
        return self._runner.health.state in UP

    async def _until_up(self) -> None:
        """Until the line is up again, after it was seen to be down or the program is new."""
        await self._until(lambda: bool(self._states) and self._states[-1] in UP)
        if self._running.done():
            self._running.result()

    async def _settle(self) -> None:
        """Until all that was told by now has been taken in, nothing happening meanwhile."""
        self._network.meanwhile, meanwhile = lambda: None, self._network.meanwhile
        if self._network.streams:
            await self._until_taken_in()
        else:
            await self._until_polled()
        self._network.meanwhile = meanwhile

    async def _until_taken_in(self) -> None:
        """Until a deletion of nothing, which is told last, has come through the line."""
        while True:
            self._told += 1
            name = f"nothing {self._told}"
            self._network.tell(PostDeleted(server_id=name))
            # A line that is lost before its pages are in takes deletions in, and leaves arrivals to the next one.
            if await self._comes(name) and self._is_up():
                return
            # Where the line was lost and that is not seen yet, the reader has to come to its turn first.
            await self._until(lambda: self._is_up() and self._is_heard())

    async def _until_read(self) -> None:
        before = self._read_at()
        await self._until(lambda: self._read_at() > before)

    async def _until_polled(self) -> None:
        """Until pages were read twice: the first reading may have been under way."""
        await self._until_read()
        await self._until_read()

    async def _comes(self, name: str) -> bool:
        """Whether it is taken in, rather than lost with the line."""
        store, account = self._desk.store, self._desk.account.id

        def came() -> bool:
            return store.read(lambda db: removal.is_buried(db, account, name, "")).result()

        await self._until(lambda: came() or not self._network.is_heard or not self._is_up())
        return came()

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():
                self._rang.clear()
                try:
                    async with asyncio.timeout(0.002):
                        await self._rang.wait()
                except TimeoutError:
                    pass

    # The comparison

    def _read(self) -> tuple[list[StoredEntry], list[Gap]]:
        def read(db: Connection) -> tuple[list[StoredEntry], list[Gap]]:
            feed = feeds.find_feed(db, self._desk.account.id, HOME)
            assert feed is not None
            return feeds.window(db, [feed], limit=EVERYTHING), feeds.gaps(db, [feed])

        return self._desk.store.read(read).result()

    def _compare(self) -> None:
        self.counts["comparisons"] += 1
        rows, gaps = self._read()
        stored = {row.post.post.ref.uri: row for row in rows}
        if len(stored) != len(rows):
            self.faults.append("a post stands in the feed twice")
        names = self._names(rows)
        truth: dict[str, list[FeedEntry]] = {}
        for entry in self._network.entries:
            truth.setdefault(entry.seen.post.ref.uri, []).append(entry)
        hidden: Counter[int] = Counter()
        for uri, entries in truth.items():
            holes = [_hole(gaps, entry) for entry in entries]
            if uri in stored:
                self._compare_post(entries, holes, stored[uri], names)
            elif None in holes and max(_key(entry) for entry in entries) >= self._base:
                self.faults.append(f"{uri} is missing, and no hole says so")
            hidden.update(hole.id for hole in holes if hole is not None and uri not in stored)
        for uri in stored.keys() - truth.keys() - self._untold.posts:
            self.faults.append(f"{uri} was deleted before all eyes, and stands there")
        for row in rows:
            if row.filed_at not in self._offered[row.post.post.ref.uri]:
                self.faults.append(f"{row.identity} stands where no server filed it")
        self._remember(stored, truth, gaps, hidden)

    def _compare_post(
        self,
        entries: list[FeedEntry],
        holes: list[Gap | None],
        row: StoredEntry,
        names: dict[int, str],
    ) -> None:
        post = entries[0].seen.post
        if row.post.post.text != post.text and post.ref.uri not in self._untold.edits:
            self.faults.append(f"{post.ref.uri} is not as it was last edited")
        boosters = {names[one] for one in row.boosters}
        live = {one.boost.by.name for one in entries if one.boost}
        visible = [one for one, hole in zip(entries, holes, strict=True) if hole is None]
        if {one.boost.by.name for one in visible if one.boost} - boosters:
            self.faults.append(f"a boost of {post.ref.uri} is missing")
        for name in boosters - live:
            if (post.ref.uri, name) not in self._untold.boosts:
                self.faults.append(
                    f"{name}'s boost of {post.ref.uri} was taken back, and stands there"
                )

    def _live(self) -> set[str]:
        return {entry.seen.post.ref.uri for entry in self._network.entries}

    def _names(self, rows: list[StoredEntry]) -> dict[int, str]:
        ids = {one for row in rows for one in row.boosters}
        told = self._desk.store.read(lambda db: people.names(db, ids)).result()
        return {id: name for id, (name, _) in told.items()}

    def _remember(
        self,
        stored: dict[str, StoredEntry],
        truth: dict[str, list[FeedEntry]],
        gaps: list[Gap],
        hidden: Counter[int],
    ) -> None:
        """Figures of the last comparison stand for the whole trial."""
        truth = {
            uri: all_of for uri, all_of in truth.items() if max(map(_key, all_of)) >= self._base
        }
        self.counts["posts on the server at the end"] = len(truth)
        self.counts["of these stored"] = len(truth.keys() & stored.keys())
        self.counts["of these missing, inside a hole that says so"] = len(
            truth.keys() - stored.keys()
        )
        self.counts["holes at the end"] = len(gaps)
        self.counts["holes at the end that the server cannot fill any more"] = sum(
            gap.lost for gap in gaps
        )
        self.counts["holes at the end that hide nothing any more"] = sum(
            gap.id not in hidden for gap in gaps
        )
        self.counts[
            "stored posts deleted while nobody listened, too old for the pages read since"
        ] = len(stored.keys() - truth.keys())
        self.counts["unexplained differences"] = len(self.faults)


def _hole(gaps: list[Gap], entry: FeedEntry) -> Gap | None:
    """The hole in which an entry would stand."""
    return next((gap for gap in gaps if gap.lower < _key(entry) < gap.upper), None)


def _key(entry: FeedEntry) -> EntryKey:
    return (entry.filed_at, entry.identity)


def plan_trials(folder: Path, seed: int) -> list[Trial]:
    """A reader for each manner of servers: all ways of answering upward, and one without a stream."""
    trials: list[Trial] = []
    for number, upward in enumerate([*Upward, None]):
        here = folder / f"server {number}"
        here.mkdir(parents=True)
        streams = upward is not None
        trials.append(
            Trial(here, seed * 100 + number, upward=upward or Upward.RIGHT, streams=streams)
        )
    return trials


async def run_trials(
    folder: Path, seed: int, *, posts: int, outages: int
) -> tuple[Counter[str], list[str]]:
    """Spread posts and outages over all manners of servers; all counts together, and all faults."""
    trials = plan_trials(folder, seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for number, trial in enumerate(trials):
        share = [(total + number) // len(trials) for total in (posts, outages)]
        await trial.run(*share)
        counts.update(trial.counts)
        faults += trial.faults
    return counts, faults
