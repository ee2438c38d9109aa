"""What can be done to a layout, and what is said where it cannot be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.geometry import Offset, Size
from ui.arrangements import GROUNDS, ground_of

from tui_inbox.ui import arranging
from tui_inbox.ui.arranging import CannotArrange
from tui_inbox.ui.edges import back_to_usual, edge_at, edges, moved
from tui_inbox.ui.layout import PINS, Area, Ground, Kind, Shown, place, usual
from tui_inbox.ui.layouts import Layouts, layouts_from, layouts_text

INBOX, READING, SEARCHES, PEOPLE = Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE


def columns(shown: Shown) -> list[list[Area]]:
    """Which panes share which column."""
    return [list(column.areas) for column in shown.columns]


def on(ground: Ground, shown: Shown) -> Ground:
    """The same room with something else shown."""
    return replace(ground, shown=shown)


def widths(ground: Ground) -> list[int]:
    """The widths of what is on the screen."""
    return [region.width for region in place(ground.kind, ground.size, ground.shown).values()]


# Sizes


def test_the_active_column_gets_wider_at_the_cost_of_the_reading_column() -> None:
    wide = ground_of(160, 40)
    assert widths(on(wide, arranging.wider(wide, INBOX, 4))) == [55, 59, 41, 41]
    assert widths(on(wide, arranging.wider(wide, PEOPLE, 4))) == [51, 59, 45, 45]
    assert widths(on(wide, arranging.wider(wide, READING, 4))) == [47, 67, 41, 41]


def test_a_wish_that_has_no_room_is_not_remembered() -> None:
    ground = ground_of(160, 40)
    while True:
        try:
            ground = on(ground, arranging.wider(ground, INBOX, 4))
        except CannotArrange:
            break
    before = widths(ground)
    assert widths(on(ground, arranging.wider(ground, INBOX, -4)))[0] == before[0] - 4


def test_the_split_moves_by_keys_wherever_the_hand_is_in_the_column() -> None:
    wide = ground_of(160, 41)
    for area in (SEARCHES, PEOPLE):
        regions = place(Kind.WIDE, wide.size, arranging.edge_moved(wide, area, -2))
        assert [regions[one].height for one in (SEARCHES, PEOPLE)] == [18, 22]
    regions = place(Kind.WIDE, wide.size, arranging.taller(wide, PEOPLE, 2))
    assert [regions[one].height for one in (SEARCHES, PEOPLE)] == [18, 22]


@pytest.mark.parametrize(
    ("size", "act", "says"),
    [
        ((80, 20), lambda ground: arranging.wider(ground, INBOX, 4), arranging.ONE_PANE),
        ((40, 20), lambda ground: arranging.hidden_or_back(ground, PEOPLE), arranging.ONE_PANE),
        ((160, 40), lambda ground: arranging.taller(ground, INBOX, 2), arranging.ALONE),
        ((160, 40), lambda ground: arranging.moved_aside(ground, INBOX, -1), arranging.AT_THE_EDGE),
        ((160, 40), lambda ground: arranging.moved_along(ground, INBOX, 1), arranging.ALONE),
        ((110, 40), lambda ground: arranging.pinned(ground, 7), arranging.DECK),
        ((160, 18), lambda ground: arranging.pinned(ground, 7), arranging.NO_LINES),
    ],
)
def test_what_cannot_be_done_says_why(
    size: tuple[int, int], act: Callable[[Ground], Shown], says: str
) -> None:
    ground = ground_of(*size)
    shown = ground.shown.turned_to(PEOPLE) if says is arranging.ONE_PANE else ground.shown
    with pytest.raises(CannotArrange, match=says.split(";")[0]):
        act(on(ground, shown))


def test_a_zoomed_pane_is_not_arranged() -> None:
    ground = ground_of(160, 40)
    with pytest.raises(CannotArrange, match="zoomed"):
        arranging.moved_aside(on(ground, replace(ground.shown, zoomed=True)), INBOX, 1)


# The mouse on edges


@given(GROUNDS, st.data())
def test_every_edge_can_be_taken_where_it_is_blank_and_moves_no_further_than_panes_allow(
    ground: Ground, data: st.DataObject
) -> None:
    for edge in edges(ground.kind, ground.size, ground.shown):
        found = edge_at(ground.kind, ground.size, ground.shown, edge.blank.offset)
        assert found == (edge, edge.blank)
        to = data.draw(st.integers(-10, 410))
        shown = moved(ground.kind, ground.size, ground.shown, edge, to)
        before = place(ground.kind, ground.size, ground.shown)
        after = place(ground.kind, ground.size, shown)
        assert list(after) == list(before)
        if not edge.upright:
            both = before[edge.before].height + before[edge.after].height
            assert after[edge.before].height + after[edge.after].height == both


@pytest.mark.parametrize("to", [40, 47, 58, 70])
def test_an_edge_stands_where_the_mouse_has_moved_it_and_goes_back(to: int) -> None:
    ground = ground_of(160, 40)
    first = next(edge for edge in edges(ground.kind, ground.size, ground.shown) if edge.upright)
    shown = moved(ground.kind, ground.size, ground.shown, first, to)
    there = next(edge for edge in edges(ground.kind, ground.size, shown) if edge.upright)
    assert there.blank.x == to
    assert back_to_usual(shown, there) == ground.shown


def test_the_rule_under_a_title_is_the_edge_above_it() -> None:
    ground = ground_of(160, 40)
    region = place(ground.kind, ground.size, ground.shown)[PEOPLE]
    found = edge_at(ground.kind, ground.size, ground.shown, Offset(region.x + 5, region.y + 1))
    assert found is not None
    edge, cells = found
    assert (edge.before, edge.after, cells.y) == (SEARCHES, PEOPLE, region.y + 1)
    title = edge_at(ground.kind, ground.size, ground.shown, Offset(region.x + 5, region.y))
    assert title is None
    shown = moved(ground.kind, ground.size, ground.shown, edge, 10)
    assert place(ground.kind, ground.size, shown)[SEARCHES].height == 10
    assert back_to_usual(shown, edge) == ground.shown


# Order


def test_the_inbox_goes_to_the_right_and_shares_a_column_there() -> None:
    ground = ground_of(160, 40)
    once = arranging.moved_aside(ground, INBOX, 1)
    assert columns(once) == [[READING], [INBOX], [SEARCHES, PEOPLE]]
    twice = arranging.moved_aside(on(ground, once), INBOX, 1)
    assert columns(twice) == [[READING], [SEARCHES, PEOPLE, INBOX]]
    back = arranging.moved_aside(on(ground, twice), INBOX, -1)
    assert columns(back) == [[READING], [INBOX], [SEARCHES, PEOPLE]]
    out = arranging.moved_aside(on(ground, twice), INBOX, 1)
    assert columns(out) == [[READING], [SEARCHES, PEOPLE], [INBOX]]


def test_the_reading_column_changes_places_and_never_shares_one() -> None:
    ground = ground_of(160, 40)
    right = arranging.moved_aside(ground, READING, 1)
    assert columns(right) == [[INBOX], [SEARCHES, PEOPLE], [READING]]
    with pytest.raises(CannotArrange, match="further out"):
        arranging.moved_aside(on(ground, right), READING, 1)


def test_two_columns_change_places() -> None:
    ground = ground_of(110, 40)
    shown = arranging.moved_aside(ground, INBOX, 1)
    assert columns(shown) == [[READING], [INBOX, SEARCHES, PEOPLE]]
    assert columns(arranging.moved_aside(on(ground, shown), READING, 1)) == columns(ground.shown)


def test_people_go_above_searches_and_take_their_height_along() -> None:
    ground = ground_of(160, 41)
    ground = on(ground, arranging.taller(ground, PEOPLE, 6))
    shown = arranging.moved_along(ground, PEOPLE, -1)
    assert columns(shown)[-1] == [PEOPLE, SEARCHES]
    assert place(ground.kind, ground.size, shown)[PEOPLE].height == 26
    with pytest.raises(CannotArrange, match="uppermost"):
        arranging.moved_along(on(ground, shown), PEOPLE, -1)


def test_a_column_shows_one_pane_at_a_time_or_all() -> None:
    ground = ground_of(110, 40)
    shown = arranging.one_at_a_time(ground, INBOX)
    assert list(place(ground.kind, ground.size, shown)) == [INBOX, SEARCHES, PEOPLE, READING]
    assert arranging.one_at_a_time(on(ground, shown), INBOX) == ground.shown


# Hiding


def test_a_hidden_pane_is_seen_while_one_is_there_and_can_be_kept_again() -> None:
    ground = ground_of(160, 40)
    shown = arranging.hidden_or_back(on(ground, ground.shown.turned_to(PEOPLE)), PEOPLE)
    assert shown.active is INBOX, "who hides a pane is where they were before"
    assert PEOPLE not in place(ground.kind, ground.size, shown)
    there = shown.turned_to(PEOPLE)
    assert PEOPLE in place(ground.kind, ground.size, there)
    kept = arranging.hidden_or_back(on(ground, there), PEOPLE)
    assert PEOPLE in place(ground.kind, ground.size, kept.turned_to(INBOX))


def test_inbox_or_timeline_stays() -> None:
    ground = ground_of(160, 40)
    shown = arranging.hidden_or_back(ground, INBOX)
    with pytest.raises(CannotArrange, match="has to stay"):
        arranging.hidden_or_back(on(ground, shown), READING)


def test_with_nothing_beside_it_the_reading_column_has_the_screen() -> None:
    ground = ground_of(110, 40)
    for area in (INBOX, SEARCHES, PEOPLE):
        ground = on(ground, arranging.hidden_or_back(ground, area))
    assert list(place(ground.kind, ground.size, ground.shown)) == [READING]


# Searches apart


def test_searches_get_panes_below_the_others_and_lose_them() -> None:
    ground = ground_of(160, 50)
    for search in (5, 6, 7):
        ground = on(ground, arranging.pinned(ground, search))
    assert columns(ground.shown)[-1] == [SEARCHES, *PINS, PEOPLE]
    heights = {a: r.height for a, r in place(ground.kind, ground.size, ground.shown).items()}
    assert heights[SEARCHES] < heights[PINS[0]], "only headings are left in the list of all"
    with pytest.raises(CannotArrange, match="Three searches"):
        arranging.pinned(ground, 8)
    shown = arranging.unpinned(ground.shown.turned_to(PINS[1]), PINS[1])
    assert columns(shown)[-1] == [SEARCHES, PINS[0], PINS[2], PEOPLE]
    assert dict(shown.pins) == {PINS[0]: 5, PINS[2]: 7}
    assert shown.active is INBOX


# From one start to the next, and from one size to another


@given(st.dictionaries(st.sampled_from(Kind), GROUNDS))
def test_every_layout_is_what_it_was_after_a_restart(grounds: dict[Kind, Ground]) -> None:
    layouts = {ground.kind: ground.shown for ground in grounds.values()}
    assert layouts_from(layouts_text(layouts)) == layouts


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "nonsense", "[]", "null", "{}", "7", '{"sizes": 3}', '{"sizes": {"wide": {}}}'),
        '{"active": "corner", "side": "x", "shift": 0}',
        layouts_text({Kind.WIDE: Shown()}),
        layouts_text({Kind.WIDE: replace(usual(Kind.WIDE), used=())}),
        layouts_text({Kind.WIDE: replace(usual(Kind.WIDE), hidden=frozenset({INBOX, READING}))}),
        layouts_text({Kind.WIDE: replace(usual(Kind.WIDE), used=(PINS[0],))}),
    ],
)
def test_what_cannot_be_understood_is_as_if_nothing_was_kept(text: str | None) -> None:
    assert layouts_from(text) == {}


def test_one_layout_of_an_older_program_is_that_of_all_sizes() -> None:
    found = layouts_from('{"active": "people", "side": "people", "shift": 8}')
    assert {kind: shown.active for kind, shown in found.items() if kind is not Kind.CORNER} == {
        kind: PEOPLE for kind in Kind if kind is not Kind.CORNER
    }
    assert place(Kind.WIDE, Size(160, 40), found[Kind.WIDE])[INBOX].width == 59
    medium = place(Kind.MEDIUM, Size(120, 40), found[Kind.MEDIUM])
    assert list(medium) == [PEOPLE, READING]
    assert medium[PEOPLE].width == 53


def test_each_size_has_its_own_layout_and_a_new_one_begins_where_the_hand_is() -> None:
    layouts = Layouts({}, Kind.WIDE)
    layouts.shown = replace(layouts.shown.turned_to(PEOPLE), zoomed=True)
    layouts.turn(Kind.NARROW, stays=lambda _: False)
    assert layouts.shown == usual(Kind.NARROW).turned_to(PEOPLE)
    layouts.shown = layouts.shown.turned_to(SEARCHES)
    layouts.turn(Kind.WIDE, stays=lambda _: False)
    assert (layouts.shown.active, layouts.shown.zoomed) == (PEOPLE, True)
    layouts.turn(Kind.NARROW, stays=lambda _: False)
    assert layouts.shown.active is SEARCHES
    layouts.turn(Kind.CORNER, stays=lambda _: False)
    assert layouts.shown.active is INBOX, "a corner is for who waits"


def test_where_something_is_written_the_hand_stays_at_any_size() -> None:
    layouts = Layouts({}, Kind.WIDE)
    layouts.turn(Kind.NARROW, stays=lambda _: False)
    layouts.turn(Kind.WIDE, stays=lambda _: False)
    layouts.shown = layouts.shown.turned_to(READING)
    layouts.turn(Kind.NARROW, stays=lambda area: area is READING)
    assert layouts.shown.active is READING
