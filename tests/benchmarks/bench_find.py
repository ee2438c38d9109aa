"""How soon a search by hand has something to show: `python bench_find.py [--posts N] [--store FOLDER]`.

Each query is asked of everything stored, as the page of `/` asks it: in steps, of which the first that finds
something is what one waits for. Printed are the milliseconds until then of many askings (median, 95th of a hundred,
worst; and CPU time, which says more on a busy machine), those of the longest step, for which another reader of the
store may wait, and those until 100 are found or everything was. Beside them stands a reference that is asked in the
same run: FTS5 alone, `MATCH … ORDER BY rowid DESC LIMIT 100`, where the query can be put so.

A store of a million posts takes some minutes to make. With --store it is kept in that folder and used again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.many_posts import NOW, Filled, filled, frequent
from msgspec import Struct

from tui_inbox.core.narrowing import narrowing
from tui_inbox.core.query_text import parse
from tui_inbox.queries import finding
from tui_inbox.queries.finding import Further, Order
from tui_inbox.queries.rows import Scope
from tui_inbox.store.word_index import index_query

WANTED, FIRST_HITS = 100, 40
LONGEST_SECONDS = 3.0
"""A query that goes through everything is left after that."""


class Asked(Struct, frozen=True):
    """What one asking took, in milliseconds.

    Attributes:
        first: until something was found; None where nothing was. `answer` until the first step had ended.
        spent: CPU time of what is waited for: until something was found, else of the first step.
    """

    first: float | None
    answer: float
    spent: float
    longest: float
    whole: float
    hits: int
    is_whole: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--repeats", type=int, default=15, help="at least 2")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        store = filled(options.store or Path(name), options.posts)
        _report(store, options.repeats, "| " if options.markdown else "")
        store.db.close()
    return 0


def _report(store: Filled, repeats: int, edge: str) -> None:
    between = " | " if edge else "  "
    head = ("query", "first", "p95", "worst", "CPU", "step", "100 or all", "hits", "FTS5 alone")
    print(edge + between.join(f"{word:>10}" for word in head))
    if edge:
        print("|---" + "|--:" * (len(head) - 1))
    firsts: list[float] = []
    spent: list[float] = []
    for name, query, order in queries(store.material.words):
        askings = [ask(store, query, order) for _ in range(repeats)]
        found = [one.first for one in askings if one.first is not None]
        # Where nothing is found, the header says how far one has looked after the first step.
        answers = found or [one.answer for one in askings]
        firsts += answers
        spent += [one.spent for one in askings]
        alone = reference(store, query)
        row = (
            name,
            _ms(statistics.median(answers)) + ("" if found else " none"),
            _ms(statistics.quantiles(answers, n=20)[-1]),
            _ms(max(answers)),
            _ms(statistics.median(one.spent for one in askings)),
            _ms(max(one.longest for one in askings)),
            _ms(statistics.median(one.whole for one in askings))
            + ("" if askings[0].is_whole else " …"),
            f"{askings[0].hits}",
            "" if alone is None else _ms(alone),
        )
        print(edge + between.join(f"{word:>10}" for word in row), flush=True)
    print(
        f"\nall together: median {_ms(statistics.median(firsts))}, "
        f"p95 {_ms(statistics.quantiles(firsts, n=20)[-1])}, worst {_ms(max(firsts))} ms; "
        f"CPU median {_ms(statistics.median(spent))}, "
        f"p95 {_ms(statistics.quantiles(spent, n=20)[-1])}, worst {_ms(max(spent))} ms"
    )


def queries(words: Sequence[str]) -> Iterator[tuple[str, str, Order]]:
    """Names, queries and orders: of one word and of many, of what is rare and common, narrow and wide."""
    top = [frequent(words, place) for place in (0, 3, 8, 12, 16, 21)]
    usual = [frequent(words, place) for place in (300, 500)]
    rare = [frequent(words, place) for place in (20_000, 30_000)]
    long = next(word for word in words[40:] if word.isascii() and len(word) > 7)
    spaceless = next(word for word in words[100:] if "ぁ" <= word[0] <= "ん")
    letters = next(word for word in words[100:] if "а" <= word[0] <= "я")
    for end in range(1, len(long) + 1):
        yield f"typed {end}", long[:end], Order.TIME
    for end in range(1, 4):
        yield f"{end} and *", f"{long[:end]}*", Order.TIME
    yield "e*", "e*", Order.TIME
    yield "2 starts", f"e* {long[:3]}*", Order.TIME
    yield "commonest", top[0], Order.TIME
    yield "6 common", " ".join(top), Order.TIME
    yield "usual", usual[0], Order.TIME
    yield "2 usual", " ".join(usual), Order.TIME
    yield "rare", rare[0], Order.TIME
    yield "rare+comm", f"{rare[0]} {top[0]}", Order.TIME
    yield "unknown", "xyzzyplugh", Order.TIME
    yield "phrase", f'"{top[0]} {top[1]}"', Order.TIME
    yield "ph rare", f'"{usual[0]} {usual[1]}"', Order.TIME
    yield "gap", f'"{top[2]} * {top[3]}"', Order.TIME
    yield "near", f'near:"{top[2]} {usual[0]}"', Order.TIME
    yield "or", f"{usual[0]} OR {rare[0]} OR {top[5]}", Order.TIME
    yield "not", f"{usual[0]} -{top[0]}", Order.TIME
    yield "kana", spaceless, Order.TIME
    yield "cyrillic", letters, Order.TIME
    yield "emoji", "🎉", Order.TIME
    yield "from", "from:eeperson0", Order.TIME
    yield "from few", "from:person19999 OR from:eeperson0", Order.TIME
    yield "tag", f"#{usual[0]}", Order.TIME
    yield "poll", f"{top[0]} has:poll", Order.TIME
    yield "poll lang", f"{top[0]} has:poll lang:eo", Order.TIME
    yield "lang none", f"{top[0]} lang:xx", Order.TIME
    yield "dm none", f"{top[0]} is:dm", Order.TIME
    yield "question", f"{top[1]} has:question has:link", Order.TIME
    yield "since", f"{usual[1]} since:30d", Order.TIME
    yield "until", f"{top[0]} until:2024-06", Order.TIME
    yield "regex", r"/\bq\w+z\b/", Order.TIME
    yield "regex no", r"/qqqq\d/", Order.TIME
    yield "re+word", rf"{usual[0]} /\b{long[:2]}\w+/", Order.TIME
    yield "rel usual", usual[0], Order.RELEVANCE
    yield "rel common", " ".join(top[:3]), Order.RELEVANCE
    yield "rel or", f"{usual[0]} OR {usual[1]} OR {rare[0]}", Order.RELEVANCE
    yield "rel rare", rare[1], Order.RELEVANCE


def ask(store: Filled, query: str, order: Order) -> Asked:
    """Ask as the page does, until it is full or everything was looked at."""
    further: Further | None = None
    first, answer, longest, hits = None, 0.0, 0.0, 0
    begun, begun_cpu, spent = time.perf_counter(), time.process_time(), 0.0
    while True:
        before = time.perf_counter()
        found = finding.find(
            store.db,
            Scope(store.accounts),
            query,
            now=NOW,
            limit=_limit(hits, order),
            order=order,
            further=further,
        )
        after = time.perf_counter()
        longest = max(longest, after - before)
        answer = answer or (after - begun) * 1000
        if first is None and (found.hits or not spent):
            spent = (time.process_time() - begun_cpu) * 1000
        hits = len(found.hits) + (hits if order is Order.TIME else 0)
        if hits and first is None:
            first = (after - begun) * 1000
        further = found.further
        is_full = order is Order.TIME and hits >= WANTED
        is_late = after - begun > LONGEST_SECONDS
        if further is None or is_full or is_late:
            whole = (after - begun) * 1000
            return Asked(first, answer, spent, longest * 1000, whole, hits, not is_late)


def _limit(hits: int, order: Order) -> int:
    """A screenful at first, as the page wants it; what is ranked comes as a whole each time."""
    if order is Order.RELEVANCE:
        return WANTED
    return WANTED - hits if hits else FIRST_HITS


def reference(store: Filled, query: str) -> float | None:
    """Milliseconds of FTS5 alone, the median of five; None where it has no words for the query."""
    asked = narrowing(parse(query))
    if asked is None:
        return None
    words = index_query(asked)

    def run() -> None:
        store.db.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?",
            (words, WANTED),
        ).fetchall()

    return statistics.median(_timed(run) for _ in range(5))


def _timed(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def _ms(value: float) -> str:
    return f"{value:.1f}"


if __name__ == "__main__":
    raise SystemExit(main())
