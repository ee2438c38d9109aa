"""The evaluation: its measures, what it asks, and what the order must hold under it."""

from __future__ import annotations

import gzip
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from tui_inbox.priority.asking import DAY, HOUR, Amounts, Recorded, questions
from tui_inbox.priority.evaluation import Figures, MostRecent, Owner, evaluate, latest_part, owners
from tui_inbox.priority.event_files import Unreadable, owners_in, read_events
from tui_inbox.priority.harness import Ranker
from tui_inbox.priority.metrics import auc, average_precision, dcg, mean, rank_of

HARNESS = Path(__file__).parents[3] / "shared" / "prioritizer"
FILES = ("dm-college", "email-enron", "irc-perl6-2005-2013", "twitter-higgs-a")
FLOODED = ("dm-college", "email-enron", "twitter-higgs-a")


def small_town(people: int = 40, days: int = 90, seed: int = 3) -> list[Recorded]:
    """People who talk in pairs, answer most of the time, like now and then, and now and then meet somebody new."""
    random = Random(seed)
    friends = {person: random.sample(range(people), 6) for person in range(people)}
    events = []
    for day in range(days):
        for person in range(people):
            if random.random() < 0.5:
                continue
            at = 1_600_000_000 + day * DAY + random.randrange(DAY)
            other = random.choice(friends[person] if random.random() < 0.9 else range(people))
            if other == person:
                continue
            if random.random() < 0.1:
                events.append(Recorded(at, person, other, "like"))
            for turn in range(random.choice((1, 1, 2, 3, 5))):
                pair = (person, other) if turn % 2 == 0 else (other, person)
                events.append(Recorded(at + turn * random.randrange(30, HOUR), *pair, "reply"))
    return sorted(events)


def asked_of(events: list[Recorded]) -> list[Owner]:
    return owners(events, amounts=Amounts(), least_sent=40, least_partners=8)


def overall(figures: Figures, name: str) -> float:
    return sum(figures[name].values()) / len(figures[name])


@pytest.fixture(scope="module")
def harness() -> Iterator[ModuleType]:
    """The public harness beside the project; skipped where it is not, but not where everything must be checked."""
    if not (HARNESS / "evaluate.py").exists():
        if os.environ.get("CI"):
            pytest.fail(f"{HARNESS} is missing: the figures cannot be compared")
        pytest.skip("the public harness is not beside the project")
    sys.path.insert(0, str(HARNESS))
    yield importlib.import_module("evaluate")
    sys.path.remove(str(HARNESS))


def test_places_of_equal_scores_are_shared() -> None:
    assert rank_of(3.0, [5.0, 3.0, 3.0, 1.0]) == 2.5
    assert rank_of(5.0, [5.0]) == 1


def test_the_measures_are_those_of_the_books() -> None:
    assert auc([0, 1, 1, 0], [0.1, 0.9, 0.5, 0.5]) == 0.875
    assert average_precision([1, 0, 1], [0, 1, 2]) == pytest.approx((1 + 2 / 3) / 2)
    assert dcg([1, 0, 1]) == pytest.approx(1.5)


def test_a_mean_has_an_interval_around_it_and_none_of_nothing_has() -> None:
    assert mean([]) is None
    found = mean([0.0, 1.0] * 50)
    assert found is not None
    assert found.low < found.value == 0.5 < found.high
    assert mean([0.0, 1.0] * 50) == found


def test_questions_are_of_the_window_and_the_same_each_time() -> None:
    events = small_town()
    window = latest_part(events)
    own = [event for event in events if 0 in (event.src, event.dst)]
    asked = questions(0, own, window.begin, window.end, amounts=Amounts())
    assert asked == questions(0, own, window.begin, window.end, amounts=Amounts())
    assert 0 < len(asked.next) <= 30
    for place in asked.next:
        assert own[place].src == 0
        assert window.begin <= own[place].ts < window.end
    assert all(own[place].dst == 0 for place in asked.answered)
    assert all(moment % DAY == 0 for moment, _ in asked.week)


def test_a_ranker_is_told_nothing_of_what_comes_after_the_question() -> None:
    class Watching(MostRecent):
        newest = 0

        def observe(self, ts: int, src: int, dst: int, kind: str) -> None:
            self.newest = ts
            super().observe(ts, src, dst, kind)

        def rank(self, ego: int, now: int) -> list[tuple[int, float]]:
            assert self.newest <= now
            return list(super().rank(ego, now))

    assert overall(evaluate(asked_of(small_town()), Watching), "A.mrr") > 0


def test_the_order_is_better_than_the_latest_contact_in_a_small_town() -> None:
    asked = asked_of(small_town())
    ours, recent = evaluate(asked, Ranker), evaluate(asked, MostRecent)
    assert overall(ours, "A.mrr") > overall(recent, "A.mrr")
    assert overall(ours, "B.brier") < overall(ours, "B.base")


def test_thirty_strangers_in_an_hour_move_nobody_one_talks_with() -> None:
    asked = asked_of(small_town())
    calm, flooded = evaluate(asked, Ranker), evaluate(asked, Ranker, flood=30)
    assert overall(calm, "AP.mrr") - overall(flooded, "AP.mrr") < 0.01
    assert overall(evaluate(asked, MostRecent, flood=30), "AP.mrr") < 0.2


def test_figures_are_those_of_the_public_harness(harness: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "town.csv.gz"
    with gzip.open(path, "wt") as file:
        file.write("ts,src,dst,kind\n")
        file.writelines(f"{','.join(map(str, event))}\n" for event in small_town())
    theirs, _ = harness.run(str(path), Ranker)
    ours = evaluate(owners_in(path, read_events(path)), Ranker)
    assert {name: ours[name] for name in theirs} == theirs


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it closes no file
@pytest.mark.parametrize("name", FILES)
def test_figures_of_public_events_are_those_of_the_harness(harness: ModuleType, name: str) -> None:
    path = HARNESS / "dev" / f"{name}.csv.gz"
    theirs, _ = harness.run(str(path), Ranker)
    ours = evaluate(owners_in(path, read_events(path)), Ranker)
    assert {measure: ours[measure] for measure in theirs} == theirs


@pytest.mark.long
@pytest.mark.parametrize("name", FLOODED)
def test_a_flood_moves_nobody_one_talks_with_on_public_events(
    harness: ModuleType, name: str
) -> None:
    path = HARNESS / "dev" / f"{name}.csv.gz"
    asked = owners_in(path, read_events(path))
    calm, flooded = evaluate(asked, Ranker), evaluate(asked, Ranker, flood=30)
    assert overall(calm, "AP.mrr") - overall(flooded, "AP.mrr") < 0.01


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("ts,src,dst,kind\n", "holds no event"),
        ("ts,src,dst,kind\n5,1,2,reply\n6,1,2,wave\n", "line 3, is no event"),
        ("ts,src,dst,kind\n5,1,reply\n", "line 2, is no event"),
    ],
)
def test_a_file_that_holds_no_events_is_one_sentence(
    tmp_path: Path, content: str, why: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(content)
    with pytest.raises(Unreadable, match=why):
        read_events(path)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_events(tmp_path / "missing.csv.gz")
