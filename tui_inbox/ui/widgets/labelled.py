"""Labels drawn over the first cells of rows: text is covered for a moment, never moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_inbox.ui.widgets.row import Row

AT = 1
"""The cell in which a label begins: behind the focus bar, where the mark of a row stands."""


def with_labels(
    screen: list[Strip],
    seen: Iterable[tuple[Row[Any], int]],
    labels: Mapping[str, str],
    style: Style,
) -> list[Strip]:
    """The lines of a screen with the labels of its rows.

    Args:
        screen: the lines.
        seen: the rows, each with the line it begins on; negative where the top edge cuts it.
        labels: by the key of a row, its label.
        style: how they look.
    """
    for row, line in seen if labels else ():
        label, place = labels.get(row.key), max(0, line)
        if label is not None and place < len(screen):
            screen[place] = _labelled(screen[place], label, style)
    return screen


def _labelled(strip: Strip, label: str, style: Style) -> Strip:
    end = AT + len(label)
    parts: Sequence[Strip] = (
        strip.crop(0, AT),
        Strip([Segment(label, style)], len(label)),
        strip.crop(end, strip.cell_length),
    )
    return Strip.join(parts)
