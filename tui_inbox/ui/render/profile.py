"""Rows of the own profile: its parts, what a stranger's check would say, what is missing, and the last public posts."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.findings import Verdict
from tui_inbox.queries.own_profile import OwnPostRow
from tui_inbox.queries.strangers import CheckView
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, without_letters
from tui_inbox.ui.render.paragraph import folded, heading, labelled, paragraph
from tui_inbox.ui.widgets import Row

COLUMN = 14
"""Cells of the labels, the blanks behind them included."""
INDENT = 1
MOST_TEXT = 12
"""Lines of the text about oneself."""
MOST_OF_A_POST = 2
"""Lines of a post; all of it when it is selected."""
NO_TEXT = "[picture without a text]"


class ProfilePart(Struct, frozen=True):
    """A part that can be changed.

    Attributes:
        part: `name`, `text` or `fields`; `place` is that of a field.
        text: what it says, or will say.
        was: what stands there until the change is made; None where nothing is changed.
    """

    part: str
    label: str
    text: str
    place: int = 0
    was: str | None = None
    proved: bool = False


class ProfileFact(Struct, frozen=True):
    """Something that is seen and not changed from here."""

    label: str
    text: str


class ProfileSection(Struct, frozen=True):
    """A heading, and a word on it."""

    words: str
    hint: str = ""


class ProfileVerdict(Struct, frozen=True):
    """What a check would say before its sentences."""

    check: CheckView


class ProfileNote(Struct, frozen=True):
    """A sentence. `is_gap`: whether it says what is missing."""

    words: str
    is_gap: bool = False


class ProfilePost(Struct, frozen=True):
    """A post as a stranger sees it."""

    post: OwnPostRow


ProfileData: TypeAlias = (
    ProfilePart | ProfileFact | ProfileSection | ProfileVerdict | ProfileNote | ProfilePost
)


class ProfileRenderer:
    """Draws the rows.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = without_letters(drawing)

    def render(
        self, row: Row[ProfileData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style = brush.palette
        match row.data:
            case ProfilePart():
                return _part(brush, row.data, width)
            case ProfileFact(label, text):
                return _labelled(brush, label, text, width)
            case ProfileSection(words, hint):
                return heading(brush, words, width, hint=hint, first=False)
            case ProfileVerdict(check):
                return _verdict(brush, check, width)
            case ProfileNote(words, is_gap):
                look = style.yours if is_gap else style.dim
                return paragraph(brush, words, look, indent=INDENT, width=width)
            case ProfilePost(post):
                return _post(brush, post, width, whole=selected)

    def estimate(self, row: Row[ProfileData], width: int) -> int:
        """About how many lines a row takes."""
        match row.data:
            case ProfilePart(text=text):
                return 1 + len(text) // max(20, width - COLUMN)
            case ProfilePost(post):
                return 1 + bool(post.pictures)
        return 1


def _labelled(brush: Brush, label: str, text: str, width: int) -> list[Strip]:
    return labelled(
        brush,
        label,
        brush.palette.dim,
        text,
        column=COLUMN,
        indent=INDENT,
        width=width,
        most=MOST_TEXT,
    )


def _part(brush: Brush, part: ProfilePart, width: int) -> list[Strip]:
    style = brush.palette
    said = part.text or "(nothing)"
    lines = _labelled(brush, part.label, f"{said} (proved)" if part.proved else said, width)
    if part.was is not None:
        was = f"changed, not sent yet; now: {part.was or '(nothing)'}"
        lines += paragraph(brush, was, style.yours, indent=INDENT + COLUMN, width=width, most=2)
    return lines


def _verdict(brush: Brush, check: CheckView, width: int) -> list[Strip]:
    style = brush.palette
    look = style.yours if check.verdict is Verdict.SAME else style.heading
    words = str(check.verdict).upper()
    beside = "".join(text for text, _ in brush.facts([check.why, check.basis]))
    first, *rest = folded(f"{words}{beside}", width - BAR - INDENT)
    parts: list[Part] = [(first[: len(words)], look), (first[len(words) :], style.dim)]
    return [
        brush.indented(parts, INDENT, width),
        *(brush.indented([(line, style.dim)], INDENT + 2, width) for line in rest),
    ]


def _post(brush: Brush, post: OwnPostRow, width: int, *, whole: bool) -> list[Strip]:
    """When, the text, and what its pictures say to who does not see them."""
    style, drawing = brush.palette, brush.drawing
    indent = drawing.name_at
    most = None if whole else MOST_OF_A_POST
    first, *rest = folded(post.text or "(no words)", width - BAR - indent, most)
    head = brush.head(
        mark=" ",
        mark_style=style.dim,
        at=post.at,
        letters="",
        parts=[(first, style.text)],
        width=width,
    )
    lines = [head, *(brush.indented([(line, style.text)], indent, width) for line in rest)]
    for alt in post.pictures:
        words = f"[picture: {alt}]" if alt else NO_TEXT
        look = style.dim if alt else style.yours
        lines += paragraph(brush, words, look, indent=indent, width=width, most=most)
    return lines
