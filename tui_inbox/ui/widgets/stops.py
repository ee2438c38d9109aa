"""Where the selection of a list may stop, as pure functions of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui_inbox.ui.widgets.row import Row


def next_stop(rows: Sequence[Row[Any]], index: int, step: int) -> int | None:
    """Return the first selectable row from `index` on, `index` included, or None.

    Args:
        rows: The rows of the list.
        index: Where to begin; may lie one outside the list.
        step: 1 to look towards the tail, -1 towards the head.
    """
    stop = len(rows) if step > 0 else -1
    return next((at for at in range(index, stop, step) if rows[at].selectable), None)


def nearest_stop(rows: Sequence[Row[Any]], index: int) -> int | None:
    """Return the first selectable row from `index` on, else the last one before, or None."""
    after = next_stop(rows, index, 1)
    return next_stop(rows, index - 1, -1) if after is None else after


def section_stop(rows: Sequence[Row[Any]], index: int, step: int) -> tuple[int, int] | None:
    """Return the next section from a row: the row it begins with and the row to select in it.

    A section is entered at its first selectable row. Towards the head the section of the row itself
    comes first, unless the row is where that section is entered.

    Args:
        rows: The rows of the list.
        index: The row to look from.
        step: 1 to look towards the tail, -1 towards the head.
    """
    places = range(index + 1, len(rows)) if step > 0 else range(index, -1, -1)
    for at in places:
        if rows[at].section:
            entry = next_stop(rows, at, 1)
            if entry is not None and (entry - index) * step > 0:
                return at, entry
    return None
