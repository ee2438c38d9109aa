"""How cells are shared among columns, and lines among panes that stand one below the other: pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

LEAST_COLUMN = 28
"""No column is narrower, its cell for the focus bar included."""

MEASURE = 80
"""Cells of text in a line that is read with ease: books have some 66, mail 72 to 80."""

INDENT = 9
"""Cells in front of a row's text: mark, age, letters, and the blanks between them."""

MOST_COLUMN = 1 + INDENT + MEASURE
"""No column gets wider by itself, its cell for the focus bar included: lines would be hard to read."""

LEAST_PANE = 6
"""Lines of a pane that shares its column: title, rule, and two rows at the least."""


class Want(Struct, frozen=True):
    """What a column would like to have, in cells with the one for the focus bar.

    Attributes:
        usual: its width as long as nobody has changed it.
        own: its width as somebody has set it by hand; 0 where nobody has.
        takes_rest: whether it takes what the others leave, as the reading column does.
    """

    usual: int
    own: int = 0
    takes_rest: bool = False


def column_widths(wants: Sequence[Want], room: int) -> list[int]:
    """The widths of columns beside each other.

    Where there is too little, the widest gives first, and none goes below `LEAST_COLUMN`. Where there is more than
    the reading column can use, those that nobody has set by hand grow, the narrowest first; what is left then stays
    blank.

    Args:
        wants: what each would like; one of them at most takes the rest.
        room: cells for all of them, without the blanks between them.
    """
    widths = [max(LEAST_COLUMN, min(MOST_COLUMN, want.own or want.usual)) for want in wants]
    for place, want in enumerate(wants):
        if want.takes_rest:
            rest = room - (sum(widths) - widths[place])
            widths[place] = max(LEAST_COLUMN, min(MOST_COLUMN, rest))
    spare = room - sum(widths)
    if spare < 0:
        _change(widths, range(len(widths)), spare, lambda width: width > LEAST_COLUMN, max)
    else:
        free = [place for place, want in enumerate(wants) if not (want.own or want.takes_rest)]
        if not free and not any(want.takes_rest for want in wants):
            free = list(range(len(wants)))
        _change(widths, free, spare, lambda width: width < MOST_COLUMN, min)
    return widths


def _change(
    sizes: list[int],
    places: Sequence[int],
    by: int,
    may_change: Callable[[int], bool],
    first: Callable[..., int],
) -> None:
    """Make some sizes smaller or larger, by so much together, one by one and the first first."""
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        able = [place for place in places if may_change(sizes[place])]
        if not able:
            return
        sizes[first(able, key=lambda place: sizes[place])] += step


def columns_that_fit(width: int, gap: int) -> int:
    """How many columns have room beside each other.

    Args:
        width: cells of the room.
        gap: blanks between two of them.
    """
    return max(1, (width + gap) // (LEAST_COLUMN + gap))


def panes_that_fit(height: int) -> int:
    """How many panes have room one below the other, a blank line between them."""
    return max(1, (height + 1) // (LEAST_PANE + 1))


def pane_heights(shares: Sequence[int], room: int) -> list[int]:
    """The heights of panes one below the other.

    Args:
        shares: how much of the room each should have, in any unit: lines of another room, for one. 0 where nobody
            has said so: it gets as much as the others do on the average.
        room: lines for all of them, without the blank ones between them.
    """
    said = [share for share in shares if share]
    average = max(1, sum(said) // len(said)) if said else 1
    wanted = [share or average for share in shares]
    heights, begins, before = [], 0, 0
    for share in wanted:
        before += share
        ends = before * room // sum(wanted)
        heights.append(ends - begins)
        begins = ends
    least = min(LEAST_PANE, room // len(heights)) if heights else 0
    for place, height in enumerate(heights):
        if height < least:
            heights[place] = least
            others = [other for other in range(len(heights)) if other != place]
            _change(heights, others, height - least, lambda lines: lines > least, max)
    return heights
