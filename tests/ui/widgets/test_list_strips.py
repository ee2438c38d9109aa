"""Drawn rows are kept, but not more of them than a few screens hold."""

from __future__ import annotations

from rich.style import Style
from ui.widgets.listing import LineRenderer, row

from tui_inbox.ui.widgets.strips import StripCache

GROUND = Style.parse("white on blue")


def cache(renderer: LineRenderer, room: int) -> StripCache[int]:
    """Return a cache for lines of 20 cells."""
    strips = StripCache(renderer)
    strips.fit(20, GROUND, room=room)
    return strips


def test_a_row_is_drawn_once_for_each_look() -> None:
    renderer = LineRenderer()
    strips = cache(renderer, 100)
    for _ in range(3):
        for selected, focused in ((False, False), (True, False), (True, True)):
            strips.lines(row("a"), selected=selected, focused=focused)
    assert renderer.drawn == 3
    strips.lines(row("a", version=1), selected=False, focused=False)
    assert renderer.drawn == 4


def test_the_rows_not_asked_for_longest_are_forgotten() -> None:
    renderer = LineRenderer()
    strips = cache(renderer, 10)
    for key in "abcdeafghi":
        strips.lines(row(key), selected=False, focused=False)
        assert len(strips) <= 10
    drawn = renderer.drawn
    strips.lines(row("a"), selected=False, focused=False)
    assert renderer.drawn == drawn
    strips.lines(row("b"), selected=False, focused=False)
    assert renderer.drawn == drawn + 1


def test_a_row_longer_than_all_the_room_is_kept_alone() -> None:
    strips = cache(LineRenderer(), 10)
    assert len(strips.lines(row("long", 50), selected=False, focused=False)) == 50
    assert len(strips) == 50
    strips.lines(row("a"), selected=False, focused=False)
    assert len(strips) == 2


def test_every_line_is_as_wide_as_the_list_and_lies_on_its_ground() -> None:
    strips = cache(LineRenderer(), 10)
    for text in ("short", "much longer than twenty cells"):
        (line,) = strips.lines(row(text, 1), selected=False, focused=False)
        assert line.cell_length == 20
        assert {style.bgcolor for _, style, _ in line if style} == {GROUND.bgcolor}


def test_a_row_without_lines_takes_one() -> None:
    strips = cache(LineRenderer(), 10)
    (line,) = strips.lines(row("nothing", 0), selected=False, focused=False)
    assert line.text == " " * 20


def test_another_width_or_ground_draws_anew_and_more_room_does_not() -> None:
    renderer = LineRenderer()
    strips = cache(renderer, 10)
    looks = [(20, GROUND, 10), (20, GROUND, 50), (30, GROUND, 50), (30, Style(), 50)]
    drawn = []
    for width, ground, room in looks:
        strips.fit(width, ground, room=room)
        strips.lines(row("a"), selected=False, focused=False)
        drawn.append(renderer.drawn)
    assert drawn == [1, 1, 2, 3]
