"""Searching by hand: step by step, newest or best first; and trying a search before it is kept."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.town_builder import Town

from tui_inbox.commands import groups
from tui_inbox.core.account import Limits
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.query_text import QueryError
from tui_inbox.core.server_query import Dialect
from tui_inbox.networks.mastodon.search_words import in_words
from tui_inbox.queries import finding, trial
from tui_inbox.queries.finding import Found, Order
from tui_inbox.queries.trial import Trial
from tui_inbox.store import looking, searches

PATIENTLY = 600.0
"""Seconds in which the busiest machine comes to the end of a small town."""


def by_relevance(town: Town, query: str, **more: object) -> Found:
    return town.ask(
        finding.find,
        town.scope(),
        query,
        now=town.now,
        order=Order.RELEVANCE,
        zone=UTC,
        **({"seconds": PATIENTLY} | more),  # type: ignore[arg-type]  # each test knows what it asks
    )


def texts(found: Found) -> list[str]:
    return [hit.post.text for hit in found.hits]


def test_steps_lead_through_everything_and_say_how_far_they_are(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "NEWEST", 2)
    monkeypatch.setattr(looking, "STRETCH", 2)
    monkeypatch.setattr(looking, "RARE", 0)
    for day in range(9):
        town.says("wren", f"kiln {day}" if day % 4 == 0 else "oven", ago=day * DAY + HOUR)
    met, further, looked_to = [], None, town.now
    for _ in range(20):
        found = town.ask(
            finding.find, town.scope(), "kiln", now=town.now, further=further, seconds=0.0
        )
        met += texts(found)
        further = found.further
        if further is None:
            break
        assert found.looked_to is not None
        assert found.looked_to < looked_to
        looked_to = found.looked_to
    assert further is None
    assert found.looked_to is None
    assert met == ["kiln 0", "kiln 4", "kiln 8"]


def test_best_first_is_what_has_more_of_the_words_rarer_ones_and_side_by_side(town: Town) -> None:
    town.says("ann", "salt and " + "sea " * 9 + "pepper", ago=9 * MINUTE)
    town.says("ben", "salt pepper", ago=8 * MINUTE)
    for n in range(6):
        town.says("cat", f"only salt {n}", ago=n * MINUTE)
    found = texts(by_relevance(town, "salt OR pepper"))
    assert found[0] == "salt pepper"
    assert found[1].endswith("pepper")
    assert found[2] == "only salt 0"


def test_best_first_prefers_what_is_new_and_whom_one_talks_with(town: Town) -> None:
    town.talk("quillfox", ago=4 * DAY)
    town.says("quillfox", "the kiln is warm", ago=200 * DAY)
    town.says("wren", "the kiln is warm", ago=200 * DAY + HOUR)
    town.says("fern", "the kiln is warm", ago=3 * HOUR)
    names = [hit.post.author.name for hit in by_relevance(town, "kiln").hits]
    assert names.index("fern") < names.index("wren")
    assert names.index("quillfox") < names.index("wren")


def test_what_names_no_word_is_ranked_by_the_rest(town: Town) -> None:
    town.says("wren", "old", ago=90 * DAY)
    town.says("wren", "new")
    assert texts(by_relevance(town, "from:wren")) == ["new", "old"]


def test_only_so_many_are_ranked_and_how_far_back_is_said(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 3)
    for hour in range(6):
        town.says("wren", f"kiln {hour}", ago=hour * HOUR)
    found = by_relevance(town, "kiln", limit=2)
    assert texts(found) == ["kiln 0", "kiln 1"]
    assert found.further is None
    assert found.looked_to == town.now - 2 * HOUR


def test_the_best_are_put_together_from_all_steps(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "TOGETHER", 1)
    town.says("ann", "kiln kiln kiln", ago=5 * HOUR)
    for hour in range(5):
        town.says("wren", f"kiln {'and clay ' * 20}", ago=hour * HOUR)
    further, steps = None, 0
    while True:
        found = by_relevance(town, "kiln", further=further, seconds=0.0)
        further, steps = found.further, steps + 1
        if further is None:
            break
    assert steps > 3
    assert len(found.hits) == 6
    assert texts(found)[0] == "kiln kiln kiln"


def tried(town: Town, query: str, dialect: Dialect | None = None, **more: object) -> Trial:
    return town.ask(
        trial.trial,
        town.scope().accounts[0],
        query,
        now=town.now,
        dialect=dialect,
        zone=UTC,
        **({"seconds": PATIENTLY} | more),  # type: ignore[arg-type]  # each test knows what it asks
    )


def test_a_search_is_tried_on_the_last_days_and_nothing_is_kept(town: Town) -> None:
    town.says("wren", "Who knows a kiln?", ago=HOUR)
    town.says("fern", "My kiln is warm", ago=2 * HOUR)
    town.says("wren", "The kiln again", ago=2 * DAY)
    town.says("wren", "A kiln of old", ago=30 * DAY)
    town.says("mira", "my own kiln", ago=HOUR)
    told = tried(town, "kiln  -oven", days=3)
    assert told.query == "kiln -oven"
    assert [(day.word, day.count) for day in told.days] == [
        ("today", 2),
        ("yesterday", 0),
        ("Monday", 1),
    ]
    assert [day.day for day in told.days] == ["2025-11-26", "2025-11-25", "2025-11-24"]
    assert (told.found, told.asking, told.too_slow, told.looked_to) == (3, 1, 0, None)
    assert told.newest[0].post.text == "Who knows a kiln?"
    assert town.ask(searches.searches) == []


def test_a_trial_says_what_the_server_is_asked_and_what_is_dear(town: Town) -> None:
    town.allows(Limits(tags_together=True))
    town.says("wren", "hello")
    query = "#rye OR #spelt -#cake OR kiln lang:pt OR from:wren@town.example OR /colou?r/"
    told = tried(town, query, in_words)
    assert told.asked == (
        "the timeline of #rye",
        "the timeline of #spelt without #cake",
        "its search for kiln",
        "timelines of the people it names",
    )
    assert told.checked_here == ("lang:pt",)
    assert told.not_asked == told.every_post == ("/colou?r/",)
    assert tried(town, "#rye OR #spelt").asked == ("the timeline of #rye or #spelt",)
    assert tried(town, "kiln").asked == ()


def test_an_expression_that_takes_too_long_is_no_hit_in_a_trial_and_counted(town: Town) -> None:
    town.says("wren", "a" * 60 + "!", ago=HOUR)
    town.says("wren", "aab", ago=HOUR)
    told = tried(town, "/(a|a)+b/")
    assert (told.found, told.too_slow) == (1, 1)


def test_a_trial_that_takes_too_long_says_how_far_it_looked(town: Town) -> None:
    for hour in range(5):
        town.says("wren", f"kiln {hour}", ago=hour * HOUR)
    told = tried(town, "kiln", seconds=0.0)
    assert told.found == 1
    assert told.looked_to == town.now


def test_a_trial_of_what_is_no_query_says_where_it_is_wrong(town: Town) -> None:
    town.says("wren", "hello")
    for query in ("(kiln", "group:choir"):
        with pytest.raises(QueryError):
            tried(town, query)
    groups.make(town.context, "choir", town.id_of("wren")).result()
    assert tried(town, "group:choir").found == 1
