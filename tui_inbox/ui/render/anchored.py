"""Lines as they are written to the terminal: what it makes of a character moves nothing beside it.

Textual says where a piece of the screen begins, and then trusts that it takes as many cells as Rich counts. A terminal
that draws an emoji wider writes over the column beside it, one that draws it narrower leaves there what stood there
before. So a line with a character of which terminals think differently is blanked first, and the cursor is put back
behind each sign, and at the end of the line to where it should be. That takes no more than saving and restoring the
cursor (DECSC, DECRC), which every terminal knows. At the right edge of the screen nothing wraps: Textual sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui_inbox.ui.render.reach import Kind, clusters, is_sure, kind_of

_SAVE, _BACK = "\x1b7", "\x1b8"
_STEERS = ((ControlType.CURSOR_FORWARD, 0),)
"""Tells Textual that a segment takes no cells. What it says besides is not looked at."""


class Anchored(LineFilter):
    """Puts the cursor back where it should be, in lines where that may be another place."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line; most need nothing."""
        if all(is_sure(segment.text) for segment in segments):
            return segments
        return anchored(segments)


def anchored(segments: list[Segment]) -> list[Segment]:
    """A line that takes exactly its cells, whatever the terminal makes of what stands in it.

    Args:
        segments: the line, whose last segment has the ground that the line lies on.
    """
    pieces = [piece for segment in segments for piece in _pieces(segment)]
    if all(kind is Kind.SURE for kind, _ in pieces):
        return segments
    width = sum(segment.cell_length for _, segment in pieces)
    ground = segments[-1].style or Style.null()
    written = [_steer(_SAVE), Segment(" " * width, ground, _STEERS), _steer(_BACK)]
    at = next((n for n, (kind, _) in enumerate(pieces) if kind is Kind.SCRIPT), len(pieces))
    for kind, segment in pieces[:at]:
        if kind is Kind.SIGN:
            written += [_steer(_SAVE), segment, _steer(_back_to(segment.cell_length))]
        else:
            written.append(segment)
    if at < len(pieces):
        rest = [segment for _, segment in pieces[at:]]
        cells = sum(segment.cell_length for segment in rest)
        while not rest[-1].text.strip(" "):
            rest.pop()  # the ground is there already, and would cover what reaches further
        written += [_steer(_SAVE), *rest, _steer(_back_to(cells))]
    return written


def _pieces(segment: Segment) -> Iterator[tuple[Kind, Segment]]:
    """A segment in pieces of one kind; each sign is a piece of its own."""
    text, style, control = segment
    if control or is_sure(text):
        yield Kind.SURE, segment
        return
    run, run_kind = "", Kind.SURE
    for cluster in clusters(text):
        kind = kind_of(cluster)
        if run and (kind is not run_kind or kind is Kind.SIGN):
            yield run_kind, Segment(run, style)
            run = ""
        run, run_kind = run + cluster, kind
    if run:
        yield run_kind, Segment(run, style)


def _steer(sequence: str) -> Segment:
    return Segment(sequence, None, _STEERS)


def _back_to(cells: int) -> str:
    """Back to where the cursor was saved, and on by as many cells."""
    return f"{_BACK}\x1b[{cells}C" if cells else _BACK
