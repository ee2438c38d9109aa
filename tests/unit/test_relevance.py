"""How well a post answers a query, in points that add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.moment import DAY
from tui_inbox.core.query_text import parse
from tui_inbox.core.tokens import tokens
from tui_inbox.priority.relevance import (
    CLOSE_MOST,
    FRESH,
    FRESH_HALF_LIFE,
    TOGETHER,
    Relevance,
    Sought,
    rarity,
    relevance,
    runs_sought,
)
from tui_inbox.priority.tie import Tie

NOW = 1_764_000_000_000


def of(text: str, query: str, *, age: int = 0, tie: Tie | None = None) -> Relevance:
    sought = [Sought(run, 1.0) for run in runs_sought(parse(query))]
    return relevance(tokens(text), sought, age, tie, NOW)


def test_what_must_not_be_there_is_not_looked_for() -> None:
    found = [
        run.tokens for run in runs_sought(parse('kiln "rye loaf" #bread -cake from:ann near:"a b"'))
    ]
    assert found == [("kiln",), ("rye", "loaf"), ("bread",), ("a",), ("b",)]


def test_a_word_counts_more_the_rarer_it_is() -> None:
    assert rarity(0, 1_000) > rarity(10, 1_000) > rarity(900, 1_000) > 0
    assert rarity(5_000, 10) > 0, "more were counted than there are, as where some were deleted"


def test_repeating_a_word_helps_less_each_time_and_a_long_text_loses() -> None:
    once, twice, often = (of("kiln " * n, "kiln").words for n in (1, 2, 9))
    assert 0 < twice - once < once
    assert often < 2.2 * 1_000 * 1.5
    assert of("kiln", "kiln").words > of("kiln" + " clay" * 50, "kiln").words
    assert of("clay", "kiln").words == 0


def test_side_by_side_is_all_of_it_and_further_apart_less() -> None:
    assert of("salt pepper", "salt pepper").together == TOGETHER
    assert of("pepper and then salt", "salt pepper").together == TOGETHER // 2
    assert of("salt", "salt OR pepper").together == 0
    assert of("rye loaf kiln", '"rye loaf" kiln').together == TOGETHER


def test_what_is_new_counts_and_half_as_much_after_a_while() -> None:
    assert of("kiln", "kiln").fresh == FRESH
    assert of("kiln", "kiln", age=FRESH_HALF_LIFE).fresh == FRESH // 2
    assert of("kiln", "kiln", age=-DAY).fresh == FRESH, "clocks differ"


def test_only_who_has_exchanged_text_with_the_owner_is_close() -> None:
    assert of("kiln", "kiln").close == 0
    assert of("kiln", "kiln", tie=Tie(received=9, received_long=9.0, last_in=NOW)).close == 0
    little = Tie(sent=1, received=1, sent_long=1.0, last_out=NOW, days=1)
    much = Tie(sent=99, received=99, sent_long=99.0, received_long=99.0, last_out=NOW, days=60)
    assert 0 < of("kiln", "kiln", tie=little).close < of("kiln", "kiln", tie=much).close
    assert of("kiln", "kiln", tie=much).close == CLOSE_MOST


@given(st.lists(st.sampled_from(["kiln", "clay", "oven"]), max_size=12), st.integers(0, 10**12))
def test_the_parts_add_up_and_none_takes_anything_away(words: list[str], age: int) -> None:
    it = of(" ".join(words), "kiln clay", age=age)
    assert it.points == it.words + it.together + it.fresh + it.close
    assert min(it.words, it.together, it.fresh, it.close) >= 0
