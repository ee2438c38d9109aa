"""Pictures among lines of text, and what stands below one that is shown alone: its description, and facts about it."""

from __future__ import annotations

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.render.cells import BAR, Brush
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.spaced import SpacedRenderer
from tui_inbox.ui.widgets import Row

TEXT_AT = 1
NO_DESCRIPTION = "no description"


class PictureData(Struct, frozen=True):
    """What is said of an attachment.

    Attributes:
        alt: its description; empty where its author wrote none.
        facts: what it is and where it lies, in words.
        state: why it is not shown, or what is done about it; empty where it is shown.
    """

    alt: str
    facts: str
    state: str = ""


class PictureRenderer(SpacedRenderer[PictureData]):
    """Draws what is said of an attachment."""

    def _lines(self, brush: Brush, data: PictureData, width: int) -> list[Strip]:
        style = brush.palette
        lines: list[Strip] = []
        if data.state:
            lines += paragraph(brush, data.state, style.text, indent=TEXT_AT, width=width)
        look = style.bright if data.alt else style.dim
        lines += paragraph(brush, data.alt or NO_DESCRIPTION, look, indent=TEXT_AT, width=width)
        return [*lines, *paragraph(brush, data.facts, style.dim, indent=TEXT_AT, width=width)]

    def estimate(self, row: Row[PictureData], width: int) -> int:
        """About how many lines it takes."""
        texts = (row.data.state, row.data.alt, row.data.facts)
        room = max(10, width - BAR - TEXT_AT)
        return 1 + sum(len(text) // room + text.count("\n") + bool(text) for text in texts)


def picture_lines(brush: Brush, picture: Painted, indent: int, width: int) -> list[Strip]:
    """A picture among other lines of a row; none where it is too wide by now.

    Args:
        brush: draws the row.
        picture: the picture.
        indent: column in which it begins.
        width: cells of a line.
    """
    style = brush.palette
    if picture.columns > width - BAR - indent:
        return []
    before = Strip([Segment(brush.bar, style.bar), Segment(" " * indent, style.ground)])
    return [
        Strip.join([before, line]).extend_cell_length(width, style.ground) for line in picture.lines
    ]
