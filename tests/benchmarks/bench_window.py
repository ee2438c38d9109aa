"""How long a pane's reads take: `python bench_window.py [--sizes 20000 100000] [--limit N]`.

Fills a store with that many posts in the home feeds of two accounts, and prints the median and the worst of
many reads in milliseconds of CPU time: windows of one feed and of both laid together (newest, at random depths,
both ways, around a place), of a group of ten people and of the links of fifty (all posts with a link point to one
address here, which is the worst case), what stands above a place, and searches for several words and for a common
one. It also prints what taking in one more post costs at that size, and how large the file is.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from support.statuses import World, converted
from support.store_material import HOME, new_store, sign_in

from tui_inbox.core.post import FeedEntry
from tui_inbox.core.query_text import parse
from tui_inbox.store import feeds, gathered, words
from tui_inbox.store.database import Connection, transaction
from tui_inbox.store.entries import EntryKey
from tui_inbox.store.gathered import Gathered
from tui_inbox.store.seen_people import SeenPeople
from tui_inbox.store.store import Writing

REPEATS = 60


class Filled:
    """A store that grows; nine of ten posts come to the first account's home, a fifth to the second's."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store.db"
        self.db: Connection = new_store(folder)
        self.accounts = [
            sign_in(self.db).id,
            sign_in(self.db, "acorn", "far-", letters="ac").id,
        ]
        with transaction(self.db):
            w = Writing(self.db)
            self.feeds = [feeds.feed_id(w, account, HOME) for account in self.accounts]
        self.keys: list[EntryKey] = []
        self._world = World()
        self._seen = SeenPeople()
        self.size = 0
        self.spent = 0.0

    def grow_to(self, size: int, batch: int = 40) -> None:
        """File posts until there are that many; `spent` is the CPU time of a post among the last 4,000."""
        while self.size < size:
            chunk = [self._world.status(self.size + n) for n in range(batch)]
            entries = converted([json.dumps(status) for status in chunk])
            start = time.process_time()
            self._file(0, [entry for n, entry in enumerate(entries) if n % 10])
            self._file(1, [entry for n, entry in enumerate(entries) if n % 5 == 0])
            spent = time.process_time() - start
            self.keys += [(entry.filed_at, entry.identity) for entry in entries]
            self.size += batch
            if size - self.size < 4_000:
                self.spent += spent / 4_000

    def _file(self, which: int, entries: list[FeedEntry]) -> None:
        with transaction(self.db):
            w = Writing(self.db, people=self._seen)
            feeds.file_entries(w, self.accounts[which], self.feeds[which], entries)


def timed(job: Callable[[], object]) -> list[float]:
    """Milliseconds of each repetition."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1000)
    return times


def report(filled: Filled, limit: int) -> None:
    """Measure and print all reads at the present size."""
    db, one, both = filled.db, filled.feeds[:1], filled.feeds
    pick = random.Random(3)

    def key() -> EntryKey:
        return pick.choice(filled.keys)

    busy = (
        "SELECT author FROM posts GROUP BY author ORDER BY count(*) DESC, author LIMIT 50 OFFSET 10"
    )
    people, accounts = tuple(author for (author,) in db.execute(busy)), tuple(filled.accounts)
    group, links = Gathered(people[:10], accounts), Gathered(people, accounts, links=True)
    several, common = parse("violin lantern ferry tomato -answer kettle thread"), parse("bread")
    jobs: dict[str, Callable[[], object]] = {
        "newest, one feed": lambda: feeds.window(db, one, limit=limit),
        "older, one feed": lambda: feeds.window(db, one, older_than=key(), limit=limit),
        "newer, one feed": lambda: feeds.window(db, one, newer_than=key(), limit=limit),
        "around, one feed": lambda: feeds.window(db, one, around=key(), limit=limit),
        "newest, both feeds": lambda: feeds.window(db, both, limit=limit),
        "older, both feeds": lambda: feeds.window(db, both, older_than=key(), limit=limit),
        "around, both feeds": lambda: feeds.window(db, both, around=key(), limit=limit),
        "newest, a group": lambda: gathered.window(db, group, limit=limit),
        "older, a group": lambda: gathered.window(db, group, older_than=key(), limit=limit),
        "newest, links": lambda: gathered.window(db, links, limit=limit),
        "count above (cap 1000)": lambda: feeds.count_newer(db, both, key()),
        "search, six words": lambda: words.search(
            db, None, several, limit=40, now=filled.keys[-1][0]
        ),
        "search, a common word": lambda: words.search(
            db, None, common, limit=40, now=filled.keys[-1][0]
        ),
    }
    mib = filled.path.stat().st_size / 2**20
    print(
        f"\n{filled.size:,} posts, windows of {limit}; a post costs {filled.spent * 1e6:.0f} us; {mib:,.0f} MiB"
    )
    for name, job in jobs.items():
        times = timed(job)
        print(f"{name:24} median {statistics.median(times):7.2f} ms   worst {max(times):7.2f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--limit", type=int, default=100)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        filled = Filled(Path(name))
        for size in wanted.sizes:
            filled.spent = 0.0
            filled.grow_to(size)
            report(filled, wanted.limit)


if __name__ == "__main__":
    main()
