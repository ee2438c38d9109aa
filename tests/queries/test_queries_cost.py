"""What a pane costs: the number of questions to the store does not grow with the number of rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial

import pytest
from support.town_builder import Town

from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.queries import (
    activity,
    catch_up,
    glance,
    inbox,
    needs_you,
    people,
    rule_rows,
    searches,
    thread,
    timeline,
)
from tui_inbox.store import searches as stored_searches
from tui_inbox.store.database import Connection
from tui_inbox.store.own_rules import put_rules

Query = Callable[[Connection, Town], object]

QUERIES: dict[str, Query] = {
    "inbox": lambda db, town: inbox.view(db, town.scope(), now=town.now),
    "timeline": lambda db, town: timeline.window(db, town.scope(), now=town.now),
    "searches": lambda db, town: searches.view(db, town.scope(), now=town.now),
    "people": lambda db, town: people.view(db, town.scope(), now=town.now),
    "thread": lambda db, town: thread.view(db, 1, 1, now=town.now),
    "activity": lambda db, town: activity.rows(db, town.scope()),
    "needs you": lambda db, town: needs_you.queue(db, town.scope(), now=town.now),
    "catch-up": lambda db, town: catch_up.since(
        db, town.scope(), away_since=town.now - DAY, now=town.now
    ),
    "rules": lambda db, town: rule_rows.view(db, town.scope(), now=town.now),
    "glance": lambda db, town: glance.glance(db, town.scope(), now=town.now),
}


def grow(town: Town, first: int, last: int) -> None:
    """More people who talk, wait, post, quote, boost and answer, and more hits."""
    root = town.said[1]
    for number in range(first, last):
        name = f"friend{number}"
        said = town.talk(name, rounds=1, ago=DAY)
        asked = town.says(name, "Does the oven keep warm?", to=said, at_home=True)
        town.says(f"stranger{number}", "Hello", naming=["mira"])
        town.says(name, f"Boosted {number}", boosted_by=[f"booster{number}"], quoting=asked)
        town.says(name, f"Answer {number}", to=root, ago=MINUTE)
        town.notices(NoticeKind.FAVOURITE, name, about=root)
        at = town.now - HOUR
        town.write(partial(stored_searches.put_hit, search=1, post=asked.id, at=at))


def questions(town: Town, query: Query) -> int:
    asked: list[str] = []

    def job(db: Connection) -> None:
        query(db, town)  # what the text index asks itself once is no question
        db.set_trace_callback(asked.append)
        query(db, town)
        db.set_trace_callback(None)

    town.store.read(job).result()
    return len(asked)


@pytest.mark.parametrize("name", QUERIES)
def test_ten_times_the_rows_take_as_many_questions(town: Town, name: str) -> None:
    town.says("mira", "We bake rye.", ago=2 * DAY, at_home=True)
    search = town.write(
        lambda w: stored_searches.add_search(w, 1, "oven", at=town.now, marked=True)
    )
    assert search == 1
    rules = [OwnRule(word="oven", points=500), OwnRule(person="friend1@town.example", points=1)]
    town.write(lambda w: put_rules(w, rules, town.now))
    grow(town, 0, 2)
    few = questions(town, QUERIES[name])
    grow(town, 2, 20)
    assert questions(town, QUERIES[name]) == few


def test_counting_for_a_status_bar_loads_neither_ranking_nor_the_search_language() -> None:
    heavy = ["tui_inbox.priority.model", "tui_inbox.core.matching", "asyncio", "regex"]
    program = (
        "import sys, tui_inbox.queries.glance, tui_inbox.cli.glance; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
