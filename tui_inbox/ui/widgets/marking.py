"""Text that the mouse has marked in lines of rows: how it is drawn, and what of it is copied.

Places are counted in characters of a drawn line, as Textual counts them (`Strip.apply_offsets`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui_inbox.ui.render.deeds import Deed, deed_in
from tui_inbox.ui.render.reach import clusters, is_sure
from tui_inbox.ui.widgets.row_line import RowLine

LEAST = 2
"""Characters of one line that a hand may slip over while it clicks."""


def is_slip(selection: Selection | None) -> bool:
    """Whether nothing is marked that was meant: a click stays a click where the hand trembles."""
    if selection is None:
        return True
    start, end = selection
    if start is None or end is None or start.y != end.y:
        return False
    return end.x - start.x <= LEAST


def copied(lines: Sequence[Strip], selection: Selection) -> str:
    """What of some drawn lines is marked, as it was written: folded lines are one line again, and bars, marks, ages,
    letters and indents are left out."""
    said = ""
    for line, start, end in _marked(lines, selection):
        begins = line.text_at if isinstance(line, RowLine) else 0
        behind = line.behind if isinstance(line, RowLine) else None
        start, end = whole(line.text, max(start, begins), end)
        said += line.text[start:end].rstrip() + ("\n" if behind is None else behind)
    return said.strip()


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A part of a text, and as much more as makes whole what readers see as one character."""
    if is_sure(text):
        return start, end
    begins = at = 0
    for cluster in clusters(text):
        if at <= start:
            begins = at
        at += len(cluster)
        if at >= end:
            break
    return min(max(begins, 0), start), max(at, end) if end > start else start


def marked(line: Strip, start: int, end: int, look: Style) -> Strip:
    """A line with a part of it in another look, which is laid over its own."""
    start, end = whole(line.text, start, end)
    segments: list[Segment] = []
    at = 0
    for text, style, control in line:
        first, last = max(0, start - at), max(0, end - at)
        for part, is_in in ((text[:first], False), (text[first:last], True), (text[last:], False)):
            if part:
                segments.append(
                    Segment(part, (style or Style()) + look if is_in else style, control)
                )
        at += len(text)
    return Strip(segments, line.cell_length)


def part_marked(line: Strip, selection: Selection, y: int) -> tuple[int, int] | None:
    """The part of one line that is marked, without the cells before and behind its text; None if nothing is."""
    span = selection.get_span(y)
    if span is None:
        return None
    start, end = span
    text = line.text.rstrip()
    begins = line.text_at if isinstance(line, RowLine) else 0
    start, end = max(start, begins), len(text) if end < 0 else min(end, len(text))
    return (start, end) if start < end else None


def deed_at(line: Strip, x: int) -> tuple[int, int, Deed] | None:
    """The part of a line around a cell that does something when it is clicked, and what; None if nothing does."""
    at = cells = 0
    found: tuple[int, int, Deed] | None = None
    is_there = False
    for text, style, _ in line:
        deed = deed_in(style.meta) if style is not None and style._meta else None
        if deed is None or found is None or found[2] != deed:
            if is_there:
                break
            found = None if deed is None else (at, at, deed)
        at += len(text)
        width = Segment(text).cell_length
        if found is not None:
            found = (found[0], at, found[2])
            is_there = is_there or cells <= x < cells + width
        cells += width
    return found if is_there else None


def _marked(lines: Sequence[Strip], selection: Selection) -> Iterator[tuple[Strip, int, int]]:
    """The lines that are marked, each with where that begins and ends."""
    top, bottom = selection.start or Offset(0, 0), selection.end or Offset(0, len(lines))
    for y in range(max(0, top.y), min(bottom.y, len(lines) - 1) + 1):
        span = selection.get_span(y)
        if span is not None:
            start, end = span
            yield lines[y], start, len(lines[y].text) if end < 0 else end
