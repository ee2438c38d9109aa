"""Versions of a post, each with what was changed in it marked in the text."""

from __future__ import annotations

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.text import Link
from tui_inbox.core.versions import Version
from tui_inbox.queries import words
from tui_inbox.ui.render.cells import BAR, Brush, Part
from tui_inbox.ui.render.changes import Kind, changes
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.render.spaced import SpacedRenderer
from tui_inbox.ui.render.wrap import wrap
from tui_inbox.ui.widgets import Row

TEXT_AT = 2
MARKS = {Kind.SAME: ("", ""), Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}
"""What stands around a run that went or came: the signs of wdiff, which need no colour."""


class VersionData(Struct, frozen=True):
    """A version with what it is compared to.

    Attributes:
        number: its place among all, from 1; `count` is how many there are.
        before: the version before it, None for the first.
    """

    version: Version
    number: int
    count: int
    before: Version | None = None


class VersionRenderer(SpacedRenderer[VersionData]):
    """Draws versions."""

    def _lines(self, brush: Brush, data: VersionData, width: int) -> list[Strip]:
        style = brush.palette
        at = data.version.at
        zone = self._zone or words.local_zone(at)
        when = f"{words.day(at, self._drawing.now(), zone)} {clock(at, zone)}"
        facts = [when, "as it stands now"] if data.number == data.count else [when]
        name = f"version {data.number} of {data.count}" if data.before else "as it was first"
        lines = [brush.line([(name, style.heading), *brush.facts(facts)], width)]
        for change in besides(data):
            lines += paragraph(brush, change, style.dim, indent=TEXT_AT, width=width)
        texts = _text(brush, data, width - BAR - TEXT_AT)
        return [*lines, *(brush.indented(parts, TEXT_AT, width) for parts in texts)]

    def estimate(self, row: Row[VersionData], width: int) -> int:
        """About how many lines a version takes."""
        text = row.data.version.text
        return 3 + len(text) // max(10, width - BAR - TEXT_AT) + text.count("\n")


def besides(data: VersionData) -> list[str]:
    """What was changed besides the text, in words."""
    now, before = data.version, data.before
    if before is None:
        return [f"warning: {now.warning}"] if now.warning else []
    told = []
    if now.warning != before.warning:
        told.append(_replaced("warning", before.warning, now.warning))
    if now.options != before.options:
        told.append(_replaced("poll", " · ".join(before.options), " · ".join(now.options)))
    if len(now.alts) != len(before.alts):
        told.append(f"attachments: {len(before.alts)} before, {len(now.alts)} now")
    else:
        told += [
            _replaced("description", old, new)
            for old, new in zip(before.alts, now.alts, strict=True)
            if old != new
        ]
    if now.text == before.text:
        told.append("the text is the same" if told else "nothing that is shown was changed")
    return told


def marked(before: str, after: str) -> tuple[str, list[tuple[Kind, int, int]]]:
    """The text of a version with what went and came marked in it, and where these runs stand."""
    text = ""
    spans: list[tuple[Kind, int, int]] = []
    for run in changes(before, after):
        opening, closing = MARKS[run.kind]
        start = len(text)
        text += f"{opening}{run.text}{closing}"
        if run.kind is not Kind.SAME:
            spans.append((run.kind, start, len(text)))
    return text, spans


def _text(brush: Brush, data: VersionData, width: int) -> list[list[Part]]:
    style = brush.palette
    looks = {Kind.REMOVED: style.dim, Kind.ADDED: style.bright}
    before = data.version if data.before is None else data.before
    text, spans = marked(before.text, data.version.text)
    lines, _ = wrap(text, width, links=[Link(start, end, "") for _, start, end in spans])
    return [
        [
            (piece.text, style.text if piece.link is None else looks[spans[piece.link][0]])
            for piece in pieces
        ]
        for pieces in lines
    ]


def _replaced(what: str, before: str, now: str) -> str:
    old, new = " ".join(before.split()), " ".join(now.split())
    if not old:
        return f"{what} added: {new}"
    return f"{what}: {old} became {new}" if new else f"{what} taken away: {old}"
