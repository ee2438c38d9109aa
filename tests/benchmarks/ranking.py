"""The order of people in figures: `PYTHONPATH=tests python tests/benchmarks/ranking.py [FILE ...]`.

Without files: events a second with all that is learnt, beside a loop that does nothing else, milliseconds to rank
5,000 people, and bytes a person. With files: each measure beside every other order of `baselines.py`, as the
difference and its interval over owners, and how far a flood of thirty strangers an hour moves those one talks with.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.baselines import HawkesShare, InteractionsRank, PowerLaw, Reference

from tui_inbox.priority.evaluation import Figures, MostRecent, evaluate
from tui_inbox.priority.evaluation import Ranker as Order
from tui_inbox.priority.event_files import owners_in, read_events
from tui_inbox.priority.harness import Ranker
from tui_inbox.priority.metrics import mean
from tui_inbox.priority.tie import AccountState, Tie

OTHERS: dict[str, Callable[[int], Order]] = {
    "most recent": MostRecent,
    "Interactions Rank": InteractionsRank,
    "power law": PowerLaw,
    "Hawkes, 16 rates": HawkesShare,
    "reference model": Reference,
}
MEASURES = ("A.mrr", "A0.mrr", "A.hit5", "B.ndcg", "C.ndcg")
EVENTS = 100_000
PEOPLE = 5_000
BEGIN = 1_700_000_000


def main() -> int:
    """Print the figures. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    for path in files:
        quality(path)
    if not files:
        speed()
    return 0


def quality(path: Path) -> None:
    """How good the order of one file is, beside the others."""
    asked = owners_in(path, read_events(path))
    ours = evaluate(asked, Ranker)
    print(f"{path.name}: {len(asked)} owners")
    for name in (*MEASURES, "B.brier", "B.base"):
        print(f"  {name:<8} {told(ours, name)}")
    for title, make in OTHERS.items():
        theirs = evaluate(asked, make)
        print(f"  minus {title}: {'; '.join(difference(ours, theirs, name) for name in MEASURES)}")
    flooded = evaluate(asked, Ranker, flood=30)
    print(
        f"  30 strangers an hour: {difference(flooded, ours, 'AP.mrr')}; {difference(flooded, ours, 'A.mrr')}",
        flush=True,
    )


def told(figures: Figures, name: str) -> str:
    """A mean with its interval."""
    found = mean(list(figures.get(name, {}).values()))
    return "–" if found is None else f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def difference(ours: Figures, theirs: Figures, name: str) -> str:
    """The paired difference of a measure over the owners that both have figures of."""
    one, other = ours.get(name, {}), theirs.get(name, {})
    found = mean([one[ego] - other[ego] for ego in one if ego in other])
    if found is None:
        return f"{name} –"
    return f"{name} {found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


def speed() -> None:
    """How quick it is, in this process's own time, and how large."""
    events = list(made_events(PEOPLE, EVENTS))
    best = min(timed(lambda: fed(events)) for _ in range(3))
    ranker = fed(events)
    loop = min(timed(reference_loop) for _ in range(3))
    print(f"{round(EVENTS / best):,} events a second, with what is learnt")
    now = BEGIN + 10_000_000
    for name, ask in (("next", ranker.rank), ("week", ranker.catch_up)):
        took = min(timed(partial(ask, 0, now + step)) for step in range(60))
        print(f"{1000 * took:.1f} ms to rank {PEOPLE:,} people ({name})")
    print(f"{len(Tie().pack())} bytes a person, {len(AccountState().pack())} an account")
    print(
        f"beside it: {1e9 * loop / 1_000_000:.0f} ns for one turn of a loop that adds and multiplies"
    )


def made_events(people: int, count: int) -> list[tuple[int, int, int, str]]:
    """Texts at random moments of four months, as often sent as received."""
    random = Random(1)  # repeatable on purpose
    moments = sorted(BEGIN + random.randrange(10_000_000) for _ in range(count))
    made = []
    for moment in moments:
        person = random.randrange(1, people + 1)
        made.append(
            (moment, 0, person, "reply") if random.random() < 0.5 else (moment, person, 0, "reply")
        )
    return made


def fed(events: list[tuple[int, int, int, str]]) -> Ranker:
    """A ranker that was told all of them."""
    ranker = Ranker(0)
    for event in events:
        ranker.observe(*event)
    return ranker


def reference_loop() -> int:
    """What the machine needs for a million turns of next to nothing."""
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return total


def timed(job: Callable[[], object]) -> float:
    """Seconds of this process's time."""
    begin = process_time()
    job()
    return process_time() - begin


if __name__ == "__main__":
    sys.exit(main())
