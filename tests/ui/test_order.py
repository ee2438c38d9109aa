"""Order and windows: nothing is sorted under the hand, nothing is lost between two pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from ui.town import FERN, entry, post

from tui_inbox.queries.rows import EntryRow, TimelineWindow
from tui_inbox.ui.panes import feed_window
from tui_inbox.ui.panes.feed_window import FeedWindow, entry_key, row_key, window_of
from tui_inbox.ui.panes.ranked import RECENT, Order, places, steady
from tui_inbox.ui.widgets import Row


def rows(*sections: list[str]) -> list[Row[None]]:
    """Sections with their rows; the first name of each is its heading."""
    return [
        Row(name, 0, None, section=place == 0)
        for section in sections
        for place, name in enumerate(section)
    ]


def keys(some: list[Row[None]]) -> list[str]:
    """Their keys."""
    return [row.key for row in some]


def test_rows_that_are_shown_keep_their_order() -> None:
    shown = rows(["talk", "a", "b", "c"])
    assert keys(steady(places(shown), rows(["talk", "c", "b", "a"]))) == ["talk", "a", "b", "c"]


def test_new_rows_come_behind_those_that_are_shown() -> None:
    shown = rows(["talk", "a", "b"])
    assert keys(steady(places(shown), rows(["talk", "new", "b", "a"]))) == ["talk", "a", "b", "new"]


def test_rows_that_are_gone_are_gone() -> None:
    shown = rows(["talk", "a", "b", "c"])
    assert keys(steady(places(shown), rows(["talk", "c", "a"]))) == ["talk", "a", "c"]


def test_a_row_that_moves_to_another_section_moves_at_once_and_to_its_end() -> None:
    shown = rows(["talk", "a", "b"], ["done", "x", "y"])
    fresh = rows(["talk", "b"], ["done", "a", "y", "x"])
    assert keys(steady(places(shown), fresh)) == ["talk", "b", "done", "x", "y", "a"]


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(NAMES, NAMES, NAMES, NAMES)
def test_the_same_rows_are_shown_in_the_same_sections_in_any_case(
    one: list[str], two: list[str], three: list[str], four: list[str]
) -> None:
    shown = rows(["1", *one], ["2", *(name for name in two if name not in one)])
    fresh = rows(["1", *three], ["2", *(name for name in four if name not in three)])
    result = steady(places(shown), fresh)
    assert sorted(keys(result)) == sorted(keys(fresh))
    cut = keys(result).index("2")
    assert set(keys(result)[:cut]) == {"1", *three}


def test_without_anything_shown_the_true_order_is_taken() -> None:
    fresh = rows(["talk", "c", "a"], ["done", "x"])
    assert keys(steady((), fresh)) == keys(fresh)


# What comes back


def test_a_row_that_is_put_back_comes_back_to_its_place() -> None:
    order = Order()
    whole = rows(["talk", "a", "b", "c"], ["strangers", "x"])
    order.remember(whole, 0.0)
    order.remember(rows(["talk", "a", "c"], ["strangers", "x"]), 1.0)
    with_a_new_one = rows(["talk", "new", "b", "c", "a"], ["strangers", "x"])
    assert keys(order.steady(with_a_new_one, 2.0)) == [
        "talk",
        "a",
        "b",
        "c",
        "new",
        "strangers",
        "x",
    ]


def test_a_row_that_went_elsewhere_and_back_stands_where_it_stood() -> None:
    order = Order()
    order.remember(rows(["talk", "a", "b"], ["done", "x"]), 0.0)
    order.remember(order.steady(rows(["talk", "b"], ["done", "a", "x"]), 1.0), 1.0)
    back = rows(["talk", "b", "a"], ["done", "x"])
    assert keys(order.steady(back, 2.0)) == ["talk", "a", "b", "done", "x"]


def test_neighbours_that_went_together_come_back_in_their_order() -> None:
    order = Order()
    order.remember(rows(["talk", "a", "b", "c", "d"]), 0.0)
    order.remember(rows(["talk", "a", "c", "d"]), 1.0)
    order.remember(rows(["talk", "a", "d"]), 2.0)
    assert keys(order.steady(rows(["talk", "d", "c", "b", "a"]), 3.0)) == ["talk", *"abcd"]


def test_what_went_long_ago_is_new_when_it_comes_back() -> None:
    order = Order()
    order.remember(rows(["talk", "a", "b", "c"]), 0.0)
    order.remember(rows(["talk", "b", "c"]), 1.0)
    late = order.steady(rows(["talk", "a", "b", "c"]), 1.0 + RECENT)
    assert keys(late) == ["talk", "b", "c", "a"]


@given(NAMES, NAMES, NAMES)
def test_putting_everything_back_gives_the_order_that_was_shown(
    one: list[str], two: list[str], gone: list[str]
) -> None:
    order = Order()
    shown = rows(["1", *one], ["2", *(name for name in two if name not in one)])
    order.remember(shown, 0.0)
    for at in range(1, len(gone) + 1):
        left = [row for row in shown if row.key not in gone[:at]]
        order.remember(order.steady(left, at), at)
    assert keys(order.steady(shown, len(gone) + 1)) == keys(shown)


# Windows


def entries(*minutes: int) -> tuple[EntryRow, ...]:
    """Posts written so many minutes ago, newest first."""
    return tuple(entry(post(n, FERN, n * 60_000, "x"), 1000 - n) for n in sorted(minutes))


def test_pages_join_without_a_seam() -> None:
    window = window_of(TimelineWindow(entries(5, 6, 7), False, False))
    window = window.with_newer(TimelineWindow(entries(3, 4, 5), True, False))
    window = window.with_older(TimelineWindow(entries(7, 8), False, True))
    assert [row.post.id for row in window.rows if isinstance(row, EntryRow)] == [3, 4, 5, 6, 7, 8]
    assert (window.at_newest, window.at_oldest) == (True, True)


def test_a_page_beside_a_window_says_nothing_of_what_arrived_elsewhere() -> None:
    window = window_of(TimelineWindow(entries(5, 6, 7), True, False, latest_seq=2000))
    assert window.latest_seq == 2000
    newer = TimelineWindow((entry(post(3, FERN, 3 * 60_000, "x"), 2005),), True, False, 2010)
    assert window.with_newer(newer).latest_seq == 2005


def test_a_window_is_bounded_and_knows_what_it_let_go() -> None:
    many = range(feed_window.MOST)
    window = window_of(TimelineWindow(entries(*(n + 10 for n in many)), False, True))
    newer = window.with_newer(TimelineWindow(entries(1, 2, 3), True, False))
    assert len(newer.rows) == feed_window.MOST
    assert (newer.at_newest, newer.at_oldest) == (True, False)
    older = window_of(TimelineWindow(entries(*many), True, False)).with_older(
        TimelineWindow(entries(5000), False, True)
    )
    assert len(older.rows) == feed_window.MOST
    assert (older.at_newest, older.at_oldest) == (False, True)


def test_the_same_rows_can_be_read_again_from_above() -> None:
    window = window_of(TimelineWindow(entries(5, 6), False, False))
    assert window.above is not None
    assert window.newest is not None
    assert window.above > window.newest
    assert window_of(TimelineWindow(entries(5, 6), True, False)).above is None
    assert FeedWindow().above is None


@given(st.integers(0, 2**53), st.text(max_size=30))
def test_the_key_of_a_row_leads_back_to_its_place(at: int, identity: str) -> None:
    row = EntryRow((at, identity), 1, post(1, FERN, 0, "x"))
    assert entry_key(row_key(row)) == (at, identity)


def test_a_hole_has_no_place_of_its_own() -> None:
    assert entry_key("gap:7") is None
