"""Labels drawn over the first cells of rows: what stands there is covered for a moment, never moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_inbox.ui.widgets.row import Row


def with_labels(
    screen: list[Strip],
    seen: Sequence[tuple[Row[Any], int]],
    labels: Mapping[str, str],
    style: Style,
) -> list[Strip]:
    """The lines of a screen with labels, each in front of the first line of its row that says something.

    A label begins in the cell of the focus bar. So one letter covers no text, and two cover the mark of a row.

    Args:
        screen: the lines.
        seen: the rows, each with the line it begins on; negative where the top edge cuts it.
        labels: by the key of a row, its label.
        style: how they look.
    """
    ends = [*(line for _, line in seen[1:]), len(screen)]
    for (row, line), end in zip(seen, ends, strict=True) if labels else ():
        label, lines = labels.get(row.key), range(max(0, line), min(end, len(screen)))
        place = next((at for at in lines if screen[at].text.strip()), None)
        if label is not None and place is not None:
            screen[place] = _labelled(screen[place], label, style)
    return screen


def _labelled(strip: Strip, label: str, style: Style) -> Strip:
    letters = Strip([Segment(label, style)], len(label))
    return Strip.join((letters, strip.crop(len(label), strip.cell_length)))
