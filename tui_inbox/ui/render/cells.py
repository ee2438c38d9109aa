"""Lines of cells: how rows are put together, and what every renderer is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_inbox.core.moment import Millis
from tui_inbox.core.text import is_clean
from tui_inbox.ui.key_words import with_own_keys
from tui_inbox.ui.render.ages import age_field
from tui_inbox.ui.render.deeds import key_deed
from tui_inbox.ui.render.glyphs import NORMAL, Glyphs
from tui_inbox.ui.render.palette import Palette
from tui_inbox.ui.render.reach import is_loose, spread
from tui_inbox.ui.render.wrap import DOT, Piece, cut
from tui_inbox.ui.widgets.row_line import RowLine

Part: TypeAlias = tuple[str, Style]
"""Text and how it looks. One without text says how the line goes on (`going_on`)."""

BAR = 1
"""Cells of the focus bar. It stands in the margin of the pane; columns are counted behind it."""

NAME_AT = 6
"""Column of the name where no account letters are shown: mark, blank, age and blank stand before it."""

LETTERS = 3
"""Cells of the account letters and the blank behind them."""


GAP = "  "
"""Between a name with its facts and the text, where both stand in one line."""


LEAST_BESIDE = 16
"""Cells of a text beside a name at least; with less there is nothing to be read."""


def beside(text: str, room: int, look: Style) -> list[Part]:
    """A text in what is left of a row of one line, or nothing where that is too little.

    Args:
        text: clean text of one line; what does not fit is cut off when the line is drawn.
        room: cells that are left.
        look: how it looks.
    """
    return [(f"{GAP}{text}", look)] if text and room - len(GAP) >= LEAST_BESIDE else []


_BEHIND_BLANK = Style.from_meta({"behind": " "})
_BEHIND_NOTHING = Style.from_meta({"behind": ""})


def going_on(line: Sequence[Piece]) -> list[Part]:
    """What a line of a folded text says of how it goes on in the next, for whoever copies both; at its end nothing."""
    behind = line[-1].behind if line else None
    if behind is None:
        return []
    return [("", _BEHIND_BLANK if behind else _BEHIND_NOTHING)]


class Drawing(Struct, frozen=True):
    """What renderers need besides rows.

    Attributes:
        now: the moment ages are counted to.
        letters: whether more than one account is shown, so that rows carry account letters.
        dense: one line where two are usual, no blank lines.
        hyperlinks: whether the terminal is told where links lead.
        keymap: the owner's own keys by id.
    """

    palette: Palette
    now: Callable[[], Millis]
    glyphs: Glyphs = NORMAL
    letters: bool = True
    dense: bool = False
    hyperlinks: bool = False
    keymap: tuple[tuple[str, str], ...] = ()

    @property
    def name_at(self) -> int:
        """Column in which names begin."""
        return NAME_AT + (LETTERS if self.letters else 0)

    @property
    def text_at(self) -> int:
        """Column in which texts begin: under the name, or two behind it where no letters stand."""
        return self.name_at if self.letters else NAME_AT + 2

    def on(self, *, selected: bool, focused: bool) -> Brush:
        """The brush for a row in this state."""
        palette = self.palette.on(picked=selected and focused)
        bar = " "
        if selected:
            bar = self.glyphs.bar if focused else self.glyphs.thin
        return Brush(self, palette, bar)


class Brush(Struct, frozen=True):
    """Draws the lines of one row: every line begins with the focus bar and has the row's ground."""

    drawing: Drawing
    palette: Palette
    bar: str

    def line(self, parts: Iterable[Part], width: int, *, text_at: int = BAR) -> Strip:
        """A line; what does not fit is cut at its end, in the middle of nothing.

        Args:
            parts: what it says behind the bar.
            width: its cells.
            text_at: column in which its text begins: what stands before it is not copied.
        """
        style = self.palette
        segments = [Segment(self.bar, style.bar)]
        room, cells, behind, loose = width - BAR, BAR, None, False
        for text, look in parts:
            assert is_clean(text), "text must be cleaned at the border"
            if not text:
                behind = {_BEHIND_BLANK: " ", _BEHIND_NOTHING: ""}.get(look, behind)
                continue
            if room <= 0:
                break
            size = spread(text, loose=loose)
            if size.widest > room:
                text = cut(text, room, loose=loose)
                size = spread(text, loose=loose)
                room = 0
            loose = loose or is_loose(text)
            if text:
                segments.append(Segment(text, look))
            room -= size.used
            cells += size.cells
        if cells < width:
            segments.append(Segment(" " * (width - cells), style.ground))
        return RowLine(segments, width, text_at, behind)

    def indented(self, parts: Sequence[Part], indent: int, width: int) -> Strip:
        """A line whose text begins in a column."""
        start = (" " * indent, self.palette.ground)
        return self.line([start, *parts], width, text_at=BAR + indent)

    def head(
        self,
        *,
        mark: str,
        mark_style: Style,
        at: Millis,
        letters: str,
        parts: Iterable[Part],
        width: int,
    ) -> Strip:
        """The first line of a row: bar, mark, age, account, and what the parts say."""
        style = self.palette
        start: list[Part] = [
            (mark, mark_style),
            (f" {age_field(at, self.drawing.now())} ", style.dim),
        ]
        if self.drawing.letters:
            start.append((f"{letters:2} ", style.account(letters)))
        text_at = BAR + sum(len(text) for text, _ in start)
        return self.line([*start, *parts], width, text_at=text_at)

    def facts(self, words: Iterable[str], id_: str = "") -> list[Part]:
        """Facts behind a name, each after a dot; a click on one does what a key of this id does."""
        look = key_deed(self.palette.dim, id_) if id_ else self.palette.dim
        return [(f"{DOT}{word}", look) for word in words if word]

    def hint(self, words: str) -> str:
        """Words of ours that name a key, with the one that is in force."""
        return with_own_keys(words, dict(self.drawing.keymap))


def without_letters(drawing: Drawing) -> Drawing:
    """The same drawing for rows under a heading that names the account."""
    return replace(drawing, letters=False)


def blank(width: int) -> Strip:
    """An empty line between rows."""
    return Strip.blank(width)
