"""Which panes stand where, at every size a terminal can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.geometry import Size
from ui.arrangements import GROUNDS, ground_of

from tui_inbox.ui.layout import (
    WITH_COLUMNS,
    Area,
    Column,
    Ground,
    Kind,
    Shown,
    kind_of,
    place,
    usual,
)
from tui_inbox.ui.shares import LEAST_COLUMN, MEASURE, pane_heights


@pytest.mark.parametrize(
    ("width", "height", "kind"),
    [
        (240, 70, Kind.BROAD),
        (200, 16, Kind.BROAD),
        (199, 60, Kind.WIDE),
        (150, 30, Kind.WIDE),
        (149, 45, Kind.MEDIUM),
        (100, 16, Kind.MEDIUM),
        (99, 24, Kind.NARROW),
        (60, 16, Kind.NARROW),
        (59, 24, Kind.CORNER),
        (200, 15, Kind.CORNER),
        (1, 1, Kind.CORNER),
    ],
)
def test_the_size_alone_decides_how_much_room_there_is(width: int, height: int, kind: Kind) -> None:
    assert kind_of(Size(width, height)) is kind


@given(GROUNDS)
def test_panes_never_overlap_and_never_leave_the_screen(ground: Ground) -> None:
    regions = list(place(ground.kind, ground.size, ground.shown).values())
    assert regions
    for region in regions:
        assert ground.size.region.contains_region(region)
        assert region.area > 0 or not ground.size.area
    for one in regions:
        assert not any(one.overlaps(other) for other in regions if other is not one)


@given(GROUNDS)
def test_the_active_pane_is_always_on_the_screen(ground: Ground) -> None:
    active = ground.shown.active
    wanted = Area.CORNER if ground.kind is Kind.CORNER and active is Area.INBOX else active
    areas = place(ground.kind, ground.size, ground.shown)
    assert wanted in areas
    if ground.kind not in WITH_COLUMNS or ground.shown.zoomed:
        assert len(areas) == 1


@given(GROUNDS)
def test_no_column_is_squeezed_and_no_line_of_text_is_longer_than_is_read_with_ease(
    ground: Ground,
) -> None:
    widths = [region.width for region in place(ground.kind, ground.size, ground.shown).values()]
    assert max(widths) <= MEASURE + 10
    if len(widths) > 1:
        assert min(widths) >= LEAST_COLUMN


@given(GROUNDS)
def test_what_is_hidden_is_seen_only_as_long_as_it_is_active(ground: Ground) -> None:
    for area in place(ground.kind, ground.size, ground.shown):
        assert area not in ground.shown.hidden or area is ground.shown.active


def test_the_usual_widths_are_those_of_the_sketch() -> None:
    regions = place(Kind.WIDE, Size(160, 40), usual(Kind.WIDE))
    assert [regions[area].width - 1 for area in (Area.INBOX, Area.READING, Area.SEARCHES)] == [
        50,
        62,
        40,
    ]
    # Three blank cells between columns; the last of them takes the focus bar.
    assert regions[Area.READING].x - regions[Area.INBOX].right == 2
    assert regions[Area.SEARCHES].x - regions[Area.READING].right == 2
    assert regions[Area.PEOPLE].y - regions[Area.SEARCHES].bottom == 1


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((240, 65), [Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE]),
        ((160, 40), [Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE]),
        ((150, 11), [Area.INBOX, Area.READING, Area.SEARCHES]),
        ((120, 30), [Area.INBOX, Area.READING]),
        ((80, 20), [Area.INBOX]),
        ((28, 7), [Area.CORNER]),
    ],
)
def test_what_is_seen_at_the_usual_sizes(size: tuple[int, int], seen: list[Area]) -> None:
    ground = ground_of(*size)
    assert list(place(ground.kind, ground.size, ground.shown)) == seen


def test_where_two_panes_have_no_height_the_one_that_was_used_last_is_seen() -> None:
    ground = ground_of(150, 11)
    shown = ground.shown.turned_to(Area.PEOPLE).turned_to(Area.INBOX)
    assert list(place(ground.kind, ground.size, shown)) == [Area.INBOX, Area.READING, Area.PEOPLE]


def test_the_left_of_two_columns_shows_what_was_used_last_in_it() -> None:
    ground = ground_of(120, 30)
    shown = ground.shown.turned_to(Area.SEARCHES).turned_to(Area.READING)
    assert list(place(ground.kind, ground.size, shown)) == [Area.SEARCHES, Area.READING]


def test_a_width_that_has_no_room_is_there_again_where_it_has() -> None:
    inbox, *others = usual(Kind.WIDE).columns
    shown = Shown((replace(inbox, width=80), *others))
    small, large = Size(150, 40), Size(190, 40)
    assert place(Kind.WIDE, small, shown)[Area.INBOX].width < 81
    assert place(Kind.WIDE, small, shown)[Area.READING].width == LEAST_COLUMN
    assert place(Kind.WIDE, large, shown)[Area.INBOX].width == 81


def test_cells_that_reading_cannot_use_go_to_columns_whose_width_nobody_has_set() -> None:
    inbox, reading, right = usual(Kind.WIDE).columns
    size = Size(199, 40)
    regions = place(Kind.WIDE, size, Shown((replace(inbox, width=30), reading, right)))
    assert regions[Area.INBOX].width == 31
    assert regions[Area.READING].width == MEASURE + 10
    assert regions[Area.SEARCHES].right == size.width - 1


def test_columns_that_have_no_room_go_and_the_ones_in_use_stay() -> None:
    areas = [Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE]
    shown = Shown(tuple(Column((area,)) for area in areas), (Area.PEOPLE, Area.INBOX))
    assert list(place(Kind.WIDE, Size(91, 40), shown)) == [Area.INBOX, Area.READING, Area.PEOPLE]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.integers(0, 120))
def test_lines_are_shared_without_rest(shares: list[int], room: int) -> None:
    heights = pane_heights(shares, room)
    assert sum(heights) == room
    assert min(heights) >= min(6, room // len(shares))


def test_lines_that_were_set_are_the_same_at_the_same_height_and_in_proportion_elsewhere() -> None:
    assert pane_heights([10, 25], 35) == [10, 25]
    assert pane_heights([10, 25], 70) == [20, 50]
    assert pane_heights([], 0) == []
