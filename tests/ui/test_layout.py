"""Which panes stand where, at every size a terminal can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from tui_inbox.ui.layout import (
    LEAST_COLUMN,
    RIGHT_WIDTH,
    SIDE,
    Area,
    Kind,
    Shown,
    kind_of,
    place,
)

SIZES = st.builds(Size, st.integers(28, 400), st.integers(8, 120))
SHOWN = st.builds(
    Shown,
    active=st.sampled_from([area for area in Area if area is not Area.CORNER]),
    side=st.sampled_from(SIDE),
    zoomed=st.booleans(),
    shift=st.integers(-60, 60),
)


@pytest.mark.parametrize(
    ("width", "height", "kind"),
    [
        (160, 45, Kind.WIDE),
        (150, 30, Kind.WIDE),
        (149, 45, Kind.MEDIUM),
        (100, 16, Kind.MEDIUM),
        (99, 24, Kind.NARROW),
        (60, 16, Kind.NARROW),
        (59, 24, Kind.CORNER),
        (200, 15, Kind.CORNER),
        (28, 10, Kind.CORNER),
    ],
)
def test_the_size_alone_decides_how_much_room_there_is(width: int, height: int, kind: Kind) -> None:
    assert kind_of(Size(width, height)) is kind


@given(SIZES, SHOWN)
def test_panes_never_overlap_and_never_leave_the_screen(size: Size, shown: Shown) -> None:
    regions = list(place(kind_of(size), size, shown).values())
    assert regions
    for region in regions:
        assert size.region.contains_region(region)
        assert region.area > 0
    for one in regions:
        assert not any(one.overlaps(other) for other in regions if other is not one)


@given(SIZES, SHOWN)
def test_the_active_pane_is_always_on_the_screen(size: Size, shown: Shown) -> None:
    kind = kind_of(size)
    areas = place(kind, size, shown)
    if kind is Kind.CORNER:
        assert len(areas) == 1
    elif kind is Kind.MEDIUM and not shown.zoomed:
        assert set(areas) == {shown.side, Area.READING}
    else:
        assert shown.active in areas


@given(st.integers(150, 400), st.integers(-60, 60))
def test_no_column_is_squeezed_away_by_hand(width: int, shift: int) -> None:
    size = Size(width, 45)
    regions = place(Kind.WIDE, size, Shown(shift=shift))
    assert regions[Area.SEARCHES].width == RIGHT_WIDTH + 1  # and the cell of the focus bar
    assert min(regions[Area.INBOX].width, regions[Area.READING].width) >= LEAST_COLUMN


def test_the_usual_widths_are_those_of_the_sketch() -> None:
    regions = place(Kind.WIDE, Size(160, 40), Shown())
    assert [regions[area].width - 1 for area in (Area.INBOX, Area.READING, Area.SEARCHES)] == [
        50,
        62,
        40,
    ]
    # Three blank cells between columns; the last of them takes the focus bar.
    assert regions[Area.READING].x - regions[Area.INBOX].right == 2
    assert regions[Area.SEARCHES].x - regions[Area.READING].right == 2
