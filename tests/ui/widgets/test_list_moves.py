"""How the selection moves: over headers, into long rows, by pages and by sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.widgets.listing import header, row, rows, screen, selected, viewport

from tui_inbox.ui.widgets.moves import move, page, scroll, select_end, select_section
from tui_inbox.ui.widgets.row import Row
from tui_inbox.ui.widgets.viewport import Viewport


@pytest.fixture
def lanes() -> Viewport[int]:
    """A list of ten lines over three lanes, the last one folded."""
    view = viewport(10)
    folded = Row("folded", 0, 1, selectable=True, section=True)
    view.show([header("one"), *rows(*"abc"), header("two"), *rows(*"def"), folded])
    return view


def test_headers_are_stepped_over(lanes: Viewport[int]) -> None:
    assert selected(lanes) == "a"
    move(lanes, 3)
    assert selected(lanes) == "d"
    move(lanes, -1)
    assert selected(lanes) == "c"


def test_a_move_past_the_end_stops_there_and_shows_it(lanes: Viewport[int]) -> None:
    move(lanes, 99)
    assert selected(lanes) == "folded"
    move(lanes, 1)
    assert selected(lanes) == "folded"
    move(lanes, -99)
    assert selected(lanes) == "a"
    assert screen(lanes)[0] == ("one", 0)


def test_a_row_reached_from_below_brings_its_header_along() -> None:
    view = viewport(6)
    view.show([*rows(*"abc"), header("two"), *rows(*"def")])
    select_end(view, 1)
    move(view, -1)
    assert (selected(view), screen(view)[0]) == ("e", ("e", 0))
    move(view, -1)
    assert (selected(view), screen(view)[0]) == ("d", ("two", 0))


def test_lines_above_the_selection_stay_when_rows_grow_and_shrink_with_it() -> None:
    view = viewport(10)
    view.show(rows(*"abcdefgh"))
    move(view, 1)
    assert screen(view)[:3] == [("a", 0), ("a", 1), ("b", 0)]
    move(view, -1)
    assert screen(view)[0] == ("a", 0)


def test_the_row_below_stays_when_the_selection_leaves_a_row_that_the_top_edge_cuts() -> None:
    view = viewport(6)
    view.show(rows(*"abcdefgh"))
    scroll(view, 3)
    assert screen(view)[:2] == [("a", 3), ("b", 0)]
    move(view, 1)
    assert screen(view)[1] == ("b", 0)


def test_a_long_row_is_read_to_its_end_before_the_selection_moves_on() -> None:
    view = viewport(10)
    view.show([row("a"), row("long", 23), row("z")])
    move(view, 1)
    assert (selected(view), screen(view)[0]) == ("long", ("long", 0))
    page(view, 9)
    assert screen(view)[0] == ("long", 9)
    page(view, 9)
    assert screen(view)[-1] == ("long", 24)
    page(view, 9)
    assert selected(view) == "z"


def test_a_long_row_reached_from_below_shows_its_end_first() -> None:
    view = viewport(10)
    view.show([row("a"), row("long", 23), row("z")])
    select_end(view, 1)
    move(view, -1)
    assert (selected(view), screen(view)[-1]) == ("long", ("long", 24))
    move(view, -1)
    assert (selected(view), screen(view)[0]) == ("long", ("long", 10))
    for _ in range(2):
        move(view, -1)
    assert (selected(view), screen(view)[0]) == ("long", ("long", 0))
    move(view, -1)
    assert selected(view) == "a"


def test_paging_takes_the_selection_along_and_ends_on_the_last_row() -> None:
    view = viewport(10)
    view.show(rows(*"abcdefghijklmnopqrstuvwxyz"))
    seen = [selected(view)]
    for _ in range(9):
        page(view, 9)
        seen.append(selected(view))
    assert seen == sorted(set(seen), key=str) + ["z"] * (len(seen) - len(set(seen)))
    assert seen[-1] == "z"
    for _ in range(9):
        page(view, -9)
    assert selected(view) == "a"


@given(
    heights=st.lists(st.integers(1, 30), min_size=1, max_size=12),
    headers=st.sets(st.integers(0, 11)),
    height=st.integers(2, 12),
)
def test_space_reads_every_line_once_and_in_order(
    heights: list[int], headers: set[int], height: int
) -> None:
    view = viewport(height)
    view.show(
        [
            row(f"{place:02}", lines, selectable=place not in headers)
            for place, lines in enumerate(heights)
        ]
    )
    read = set(screen(view))
    last = None
    while (here := (selected(view), view.seen)) != last:
        last = here
        page(view, height - 1)
        read.update(screen(view))
    unread = {
        (f"{place:02}", line) for place, lines in enumerate(heights) for line in range(lines)
    } - read
    assert not unread


def test_sections_are_entered_at_their_first_row(lanes: Viewport[int]) -> None:
    assert select_section(lanes, 1)
    assert selected(lanes) == "d"
    assert ("two", 0) in screen(lanes)
    assert select_section(lanes, 1)
    assert selected(lanes) == "folded"
    assert not select_section(lanes, 1)


def test_the_previous_section_is_first_that_of_the_row_itself(lanes: Viewport[int]) -> None:
    select_end(lanes, 1)
    move(lanes, -1)
    assert selected(lanes) == "f"
    assert select_section(lanes, -1)
    assert selected(lanes) == "d"
    assert select_section(lanes, -1)
    assert selected(lanes) == "a"
    assert not select_section(lanes, -1)


def test_a_section_outside_the_screen_is_shown_from_its_beginning() -> None:
    view = viewport(6)
    view.show([header("one"), *rows(*"abcdef"), header("two"), *rows(*"ghijkl")])
    assert select_section(view, 1)
    assert screen(view)[:2] == [("two", 0), ("g", 0)]


def test_scrolling_moves_the_selection_only_when_its_row_leaves_the_screen() -> None:
    view = viewport(10)
    view.show(rows(*"abcdefghijkl"))
    move(view, 2)
    scroll(view, 4)
    assert selected(view) == "c"
    scroll(view, 4)
    assert selected(view) == "d"
    scroll(view, -99)
    assert selected(view) == "d"


def test_a_jump_leaves_some_of_the_list_around_the_row() -> None:
    view = viewport(12)
    view.show(rows(*"abcdefghijklmnopqrstuvwxyz"))
    view.select(20)
    view.reveal(20)
    seen = view.seen_row(20)
    assert seen is not None
    assert seen.line == 12 - 4 - 3
    view.select(3)
    view.reveal(3)
    seen = view.seen_row(3)
    assert seen is not None
    assert seen.line == 3


def test_an_empty_list_has_nowhere_to_go() -> None:
    view = viewport()
    move(view, 1)
    page(view, 5)
    scroll(view, 5)
    select_end(view, 1)
    assert not select_section(view, 1)
    assert view.selected is None


def test_a_list_of_headers_can_be_scrolled() -> None:
    view = viewport(3)
    view.show([header(name) for name in "abcdef"])
    scroll(view, 2)
    assert view.selected is None
    assert screen(view)[0] == ("c", 0)
