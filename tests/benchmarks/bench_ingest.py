"""What it costs to take posts in: `python bench_ingest.py [--posts N] [--batch N]`.

Three ways over the same statuses, as Mastodon sends them, in batches that are one transaction each and in
turns, so that a busy machine slows all of them:

bare    json.loads, the text out of the HTML with html.parser, one table with FTS5's own tokenizer
store   `feeds.file_entries` alone, on entries that are already converted
whole   json.loads, wire models, conversion with cleaning, `feeds.file_entries`

It prints posts per second of CPU time, the ratio to bare, and the cost of a post in the first and last tenth.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

from support.statuses import World, converted
from support.store_material import HOME, new_store, sign_in

from tui_inbox.core.post import FeedEntry
from tui_inbox.networks.mastodon.convert import ReadPeople
from tui_inbox.store import feeds
from tui_inbox.store.database import Connection, transaction
from tui_inbox.store.seen_people import SeenPeople
from tui_inbox.store.store import Writing


class TextOnly(HTMLParser):
    """The text of a fragment, with nothing else done to it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def bare(folder: Path) -> Callable[[list[str]], None]:
    """The least anybody would do to have posts searchable on disk."""
    db = sqlite3.connect(folder / "bare.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, uri TEXT UNIQUE, author TEXT, at TEXT, text TEXT)"
    )
    db.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content = '')")

    def take(batch: list[str]) -> None:
        db.execute("BEGIN IMMEDIATE")
        for line in batch:
            status = json.loads(line)
            status = status.get("reblog") or status
            parser = TextOnly()
            parser.feed(status["content"])
            text = "".join(parser.pieces)
            row = db.execute(
                "INSERT OR IGNORE INTO posts (uri, author, at, text) VALUES (?, ?, ?, ?)",
                (status["uri"], status["account"]["acct"], status["created_at"], text),
            )
            db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (row.lastrowid, text))
        db.execute("COMMIT")

    return take


def filing(db: Connection) -> Callable[[list[FeedEntry]], None]:
    """The store's own part."""
    account = sign_in(db).id
    with transaction(db):
        feed = feeds.feed_id(Writing(db), account, HOME)

    people = SeenPeople()  # the store keeps one from transaction to transaction as well

    def take(entries: list[FeedEntry]) -> None:
        with transaction(db):
            feeds.file_entries(Writing(db, people=people), account, feed, entries)

    return take


def _convert_and(
    take: Callable[[list[FeedEntry]], None], people: ReadPeople, batch: list[str]
) -> None:
    take(converted(batch, people))


def measure(posts: int, size: int) -> dict[str, list[float]]:
    """Seconds per batch of each way."""
    spent: dict[str, list[float]] = {"bare": [], "store": [], "whole": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take_bare = bare(folder)
        take_store = filing(new_store(folder / "store"))
        take_whole = partial(_convert_and, filing(new_store(folder / "whole")), ReadPeople())
        for batch in World().batches(posts, size):
            entries = converted(batch)
            ways = {
                "bare": partial(take_bare, batch),
                "store": partial(take_store, entries),
                "whole": partial(take_whole, batch),
            }
            for way, job in ways.items():
                start = time.process_time()
                job()
                spent[way].append((time.process_time() - start) / len(batch))
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=40)
    wanted = parser.parse_args()
    spent = measure(wanted.posts, wanted.batch)
    base = sum(spent["bare"])
    print(f"{wanted.posts:,} posts in batches of {wanted.batch}")
    for way, times in spent.items():
        tenth = max(1, len(times) // 10)
        first, last = sum(times[:tenth]) / tenth, sum(times[-tenth:]) / tenth
        print(
            f"{way:6} {len(times) / sum(times):9,.0f} posts/s  {sum(times) / base:5.2f} x bare   "
            f"first tenth {first * 1e6:5.0f} us, last tenth {last * 1e6:5.0f} us a post"
        )


if __name__ == "__main__":
    main()
