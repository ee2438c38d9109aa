"""Rows of the Inbox: conversations under their lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.conversation import ItemState, Lane, Opening
from tui_inbox.core.languages import language_name
from tui_inbox.queries.rows import ItemRow, LaneRows
from tui_inbox.ui.render.ages import age_field
from tui_inbox.ui.render.body import did_words, one_paragraph
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, beside, blank
from tui_inbox.ui.render.deeds import key_deed
from tui_inbox.ui.render.paragraph import folded_parts
from tui_inbox.ui.render.post import WATCHED, names
from tui_inbox.ui.render.wrap import DOT, cut, flow, wrap
from tui_inbox.ui.widgets import Row

WIDE_ENOUGH = 60
"""From this width on one line of text is enough for an unselected conversation; narrower panes get two."""

HEADING_LINES = 3
"""Lines of facts below a heading at most."""


class LaneHead(Struct, frozen=True):
    """A lane's heading.

    Attributes:
        words: its name and its count.
        facts: what it says besides, the most important first.
        folded: None where the lane cannot be folded.
        gap: whether a blank line parts it from what stands above.
        only_door: nobody stands in the lane, but at the door before it.
    """

    lane: Lane
    words: str
    facts: tuple[str, ...] = ()
    folded: bool | None = None
    gap: bool = False
    only_door: bool = False


class Note(Struct, frozen=True):
    """What the Inbox says when nobody waits: a sentence, and what else there would be to do."""

    words: str
    facts: str


InboxData: TypeAlias = LaneHead | ItemRow | Note


class ItemRenderer:
    """Draws rows of the Inbox.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[InboxData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, LaneHead):
            return self._heading(brush, row.data, width)
        if isinstance(row.data, Note):
            return self._note(brush, row.data, width)
        lines = self._head(brush, row.data, width, selected)
        if selected or not self._drawing.dense:
            most = 2 if selected or width < WIDE_ENOUGH else 1
            lines += self._text(brush, row.data, width, most)
            lines += self._did(brush, row.data, width)
        if selected:
            lines += self._before(brush, row.data, width)
        return lines

    def estimate(self, row: Row[InboxData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, LaneHead):
            return 2 if row.data.gap else 1
        if isinstance(row.data, Note):
            return 2
        did = row.data.post is not None and bool(row.data.post.did)
        return 1 if self._drawing.dense else 2 + did

    def _note(self, brush: Brush, note: Note, width: int) -> list[Strip]:
        lines, _ = wrap(note.facts, width - BAR) if note.facts else ([], 0)
        facts = ["".join(piece.text for piece in line) for line in lines]
        return [
            brush.line([(note.words, brush.palette.heading)], width),
            *(brush.line([(line, brush.palette.dim)], width) for line in facts),
        ]

    def _heading(self, brush: Brush, head: LaneHead, width: int) -> list[Strip]:
        style, indent = brush.palette, self._drawing.name_at
        room = width - BAR - indent
        room_beside = width - BAR - cell_len(DOT) - cell_len(head.words)
        first, *below = flow(head.facts, (room_beside, *[room] * HEADING_LINES))
        opens = key_deed(style.heading, "item.open")
        parts: list[Part] = [(head.words, opens), *brush.facts([first], "item.open")]
        drawn = [brush.line(parts, width)]
        drawn += (brush.indented([(line, style.dim)], indent, width) for line in below)
        return [blank(width), *drawn] if head.gap and not self._drawing.dense else drawn

    def _head(self, brush: Brush, item: ItemRow, width: int, selected: bool) -> list[Strip]:
        """Who, what in a word, and facts; those that do not fit beside it stand below, whole."""
        style, glyphs = brush.palette, self._drawing.glyphs
        mark = " "
        if item.state is ItemState.NEW:
            mark = glyphs.new
        elif item.state is ItemState.SEEN:
            mark = glyphs.open
        name = style.partner if item.person.partner else style.name
        word = item_word(item)
        facts = [item.wakes or item.reason]
        if item.post is not None and item.post.foreign:
            facts.append(f"in {language_name(item.post.foreign)}")
        if item.post is not None and item.post.watched:
            facts.append(WATCHED)
        if self._drawing.dense and item.post is not None:
            facts.append(did_words(item.post))  # there is no line of its own for it
        if item.also:
            facts.insert(0, f"also {names(item.also)}")
        room = width - BAR - self._drawing.name_at - len(word) - 1
        who = cut(item.person.name, max(8, room))
        room_beside = room - cell_len(who) - cell_len(DOT)
        indent = self._drawing.text_at
        first, *below = flow([fact for fact in facts if fact], (room_beside, width - BAR - indent))
        is_alone = self._drawing.dense and not selected
        facts_beside = brush.facts([first])
        left = room - cell_len(who) - sum(cell_len(fact) for fact, _ in facts_beside)
        head = brush.head(
            mark=mark,
            mark_style=style.yours,
            at=item.at,
            letters=item.letters,
            parts=[
                (who, key_deed(name, "open.person")),
                (f" {word}" if word else "", style.text),
                *facts_beside,
                *(beside(item_text(item), left, style.text) if is_alone else ()),
            ],
            width=width,
        )
        if is_alone:
            return [head]
        return [head, *(brush.indented([(line, style.dim)], indent, width) for line in below)]

    def _text(self, brush: Brush, item: ItemRow, width: int, most: int) -> list[Strip]:
        style, indent = brush.palette, self._drawing.text_at
        room = width - BAR - indent
        words = item_text(item)
        look = style.bright if item.person.partner else style.text
        lines = folded_parts(words, look, room, most)
        return [brush.indented(line, indent, width) for line in lines]

    def _did(self, brush: Brush, item: ItemRow, width: int) -> list[Strip]:
        """The mark that posts have in the Timeline."""
        words = did_words(item.post) if item.post is not None else ""
        indent = self._drawing.text_at
        return [brush.indented([(words, brush.palette.dim)], indent, width)] if words else []

    def _before(self, brush: Brush, item: ItemRow, width: int) -> list[Strip]:
        if item.before is None:
            return []
        at, text = item.before
        ago = age_field(at, self._drawing.now()).strip()
        words = f"you, {ago}: {' '.join(text.split())}"
        return [brush.indented([(words, brush.palette.dim)], self._drawing.text_at, width)]


def item_word(item: ItemRow) -> str:
    """What the conversation is, in a word."""
    if item.asks and item.opening is not Opening.DIRECT:
        return "asks"
    return str(item.opening) if item.opening is not None else ""


def item_text(item: ItemRow) -> str:
    """What the person said, in one paragraph; what they showed, where they said nothing."""
    return "" if item.post is None else one_paragraph(item.post, addressed=True)


def lane_head(
    lane: LaneRows, *, folded: bool | None, gap: bool, hints: Sequence[str] = ()
) -> LaneHead:
    """The heading of a lane: its name, how many stand in it, who is at the door, and what Enter does.

    Args:
        lane: the lane.
        folded: whether it is, None where it cannot be.
        gap: whether a blank line parts it from what stands above.
        hints: what it says besides.
    """
    words, facts = str(lane.lane), list(hints)
    if lane.rows or lane.is_empty:
        words += f"{DOT}{len(lane.rows)}"
    if lane.lane is Lane.STRANGERS and lane.people:
        look = "looks like a person" if lane.people == 1 else "look like people"
        words += f", of which {lane.people} {look}"
    if lane.held:
        facts.insert(0, f"{lane.held} held back by the server")
    if lane.asking:
        facts.insert(0, f"{lane.asking} {'asks' if lane.asking == 1 else 'ask'} to follow")
    return LaneHead(lane.lane, words, tuple(facts), folded, gap, only_door=not lane.rows)
