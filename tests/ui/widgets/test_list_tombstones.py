"""What stays of rows that are gone, among the rows that are there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from ui.widgets.listing import row

from tui_inbox.ui.widgets.anchor import with_tombstones

KEYS = "abcdefghij"


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.integers(0, 3))
def test_what_is_left_stands_where_it_stood(gone: set[str], kept: set[str], arrived: int) -> None:
    old = [row(key) for key in KEYS]
    new = [row(f"new{n}") for n in range(arrived)] + [one for one in old if one.key not in gone]
    left = {place: row(one.key, 1) for place, one in enumerate(old) if one.key in gone & kept}
    merged = with_tombstones(old, new, left)
    assert [one for one in merged if one in new] == new
    order = [one.key for one in merged if one.key in KEYS]
    assert order == sorted(order), "nothing has changed its place among the old rows"
    assert {one.key for one in merged if one.data == 1} == gone & kept


def test_what_stood_first_stands_below_what_has_come_in() -> None:
    old, stone = [row("a"), row("b")], {0: row("a", 1)}
    assert [one.key for one in with_tombstones(old, [row("b")], stone)] == ["a", "b"]
    assert [one.key for one in with_tombstones(old, [row("n"), row("b")], stone)] == ["n", "a", "b"]
    assert [one.key for one in with_tombstones(old, [row("n")], stone)] == ["n", "a"]
    assert [one.key for one in with_tombstones(old, [], {1: row("b", 1)})] == ["b"]
