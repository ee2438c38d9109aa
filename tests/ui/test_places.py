"""Places: the way back, and what is found again at the next start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.ui.layout import Area
from tui_inbox.ui.places import (
    Places,
    Spot,
    position_from,
    position_text,
)
from tui_inbox.ui.widgets import Position

TEXTS = st.text(max_size=20)


@given(TEXTS, st.integers(0, 50), st.lists(TEXTS, max_size=3), st.none() | TEXTS)
def test_a_position_is_what_it_was_after_a_restart(
    key: str, line: int, near: list[str], selected: str | None
) -> None:
    position = Position(key, line, tuple(near))
    assert position_from(position_text(position, selected)) == (position, selected)


@pytest.mark.parametrize(
    "text",
    [None, "", "nonsense", "[]", "null", "{}", '{"row": 1}'],
)
def test_what_cannot_be_understood_is_as_if_nothing_was_kept(text: str | None) -> None:
    assert position_from(text) is None


def test_the_way_back_leads_through_every_jump_once() -> None:
    places = Places()
    spots = [Spot(Area.INBOX, Position(str(n)), None) for n in range(3)]
    for spot in spots:
        places.leave(spot)
        places.leave(spot)
    assert [places.back() for _ in range(4)] == [*reversed(spots), None]


def test_the_way_back_does_not_grow_without_end() -> None:
    places = Places()
    for n in range(1000):
        places.leave(Spot(Area.INBOX, Position(str(n)), None))
    steps = 0
    while places.back() is not None:
        steps += 1
    assert steps == Places.DEPTH
