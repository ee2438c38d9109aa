"""Rows of the Searches pane: standing searches, and what they found."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.conversation import ItemState
from tui_inbox.queries.rows import HitRow
from tui_inbox.ui.render.body import one_paragraph
from tui_inbox.ui.render.cells import BAR, Brush, Drawing, Part, beside, blank, without_letters
from tui_inbox.ui.render.deeds import key_deed
from tui_inbox.ui.render.paragraph import folded_parts, paragraph
from tui_inbox.ui.render.post import WATCHED, author_name
from tui_inbox.ui.render.wrap import DOT, cut
from tui_inbox.ui.widgets import Row


class SearchHead(Struct, frozen=True):
    """A standing search's heading. `gap`: a blank line parts it from the hits above; the rest as in `SearchRows`."""

    id: int
    query: str
    account: int
    letters: str
    marked: bool
    unread: int
    coverage: str
    folded: bool
    gap: bool
    asks_only: bool = False
    later: int = 0
    passed: int = 0
    own_pane: bool = False


SearchData: TypeAlias = SearchHead | HitRow


class HitRenderer:
    """Draws rows of the Searches pane. Hits carry no account letters: their heading has them.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._letters = drawing.letters
        self._drawing = without_letters(drawing)

    def render(
        self, row: Row[SearchData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        if isinstance(row.data, SearchHead):
            return self._heading(brush, row.data, width, selected)
        return self._hit(brush, row.data, width, selected)

    def estimate(self, row: Row[SearchData], width: int) -> int:
        """About how many lines a row takes."""
        if isinstance(row.data, SearchHead):
            return 1 + row.data.gap + bool(row.data.passed)
        return 1 if self._drawing.dense or row.data.wakes else 3

    def _heading(self, brush: Brush, head: SearchHead, width: int, selected: bool) -> list[Strip]:
        style = brush.palette
        letters: list[Part] = []
        if self._letters:
            letters = [(DOT, style.dim), (head.letters, style.account(head.letters))]
        facts = [f"{head.unread} new"]
        more = [
            "asks only" if head.asks_only else "",
            f"{head.later} later" if head.later else "",
            "own pane" if head.own_pane else "folded" if head.folded else "",
        ]
        mark = "* " if head.marked else ""
        room = width - BAR - len(mark) - sum(cell_len(text) for text, _ in letters)
        at_once = [*facts, *filter(None, more)]
        is_beside = cell_len(head.query) + sum(cell_len(DOT + fact) for fact in at_once) <= room
        # What it looks for is worth more than how: where both do not fit, that stands below.
        parts = brush.facts(at_once if is_beside else facts)
        query = cut(head.query, max(8, room - sum(cell_len(text) for text, _ in parts)))
        opens = key_deed(style.heading, "item.open")
        lines = [brush.line([(mark, style.yours), (query, opens), *letters, *parts], width)]
        below = [] if is_beside else [DOT.join(filter(None, more))]
        if head.passed:
            below.append(f"and {head.passed:,} more today, too many to keep: - or E narrows it")
        for words in filter(None, below):
            lines += paragraph(brush, words, style.dim, indent=3, width=width, most=3)
        if selected and head.coverage:
            # Why something cannot be read stands at its end, which in a narrow column is far.
            lines += paragraph(brush, head.coverage, style.dim, indent=3, width=width, most=8)
        return [blank(width), *lines] if head.gap and not self._drawing.dense else lines

    def _hit(self, brush: Brush, hit: HitRow, width: int, selected: bool) -> list[Strip]:
        style, post = brush.palette, hit.post
        name = style.partner if post.author.partner else style.name
        mark = {ItemState.NEW: self._drawing.glyphs.new, ItemState.SEEN: self._drawing.glyphs.open}
        word = " asks" if post.asks and not hit.wakes else ""
        word += f"{DOT}{WATCHED}" if post.watched else ""
        before = "also " if hit.alone and not hit.wakes else ""
        room = width - BAR - self._drawing.name_at - len(word) - len(before)
        who = cut(author_name(post), room)
        same = f"later, {hit.wakes}" if hit.wakes else same_words(hit)
        # What does not fit beside the name stands below it; a row of one line shows what it can.
        is_beside = cell_len(who) + len(DOT) + cell_len(same) <= room
        is_dense = self._drawing.dense and not selected
        left = room - cell_len(who) - (len(DOT) + cell_len(same) if same and is_beside else 0)
        head = brush.head(
            mark=mark.get(hit.state, " "),
            mark_style=style.yours,
            at=post.at,
            letters=post.letters,
            parts=[
                (before, style.dim),
                (who, key_deed(name, "open.person")),
                (word, style.text),
                *(brush.facts([same]) if is_beside else ()),
                *(beside(one_paragraph(post), left, style.text) if is_dense else ()),
            ],
            width=width,
        )
        if is_dense or (hit.wakes and is_beside and not selected):
            return [head]
        indent = self._drawing.text_at
        room = width - BAR - indent
        said_lines = folded_parts(one_paragraph(post), style.text, room, 4 if selected else 2)
        last = said_lines[-1][0][0]
        if same and not is_beside:
            said_lines.insert(0, [(cut(same, room), style.dim)])
        if hit.answers:
            if cell_len(last) + 3 + cell_len(hit.answers) <= room:
                said_lines[-1] += brush.facts([hit.answers])
            else:
                said_lines.append([(hit.answers, style.dim)])
        return [head, *(brush.indented(parts, indent, width) for parts in said_lines)]


def same_words(hit: HitRow) -> str:
    """Who else says the same: `also papercrane, 3 others`; how often, where it is one person."""
    copies = len(hit.copies) + hit.more
    if not copies:
        return ""
    if not hit.also:
        return f"said {copies + 1} times"
    others = len(hit.also) - 1 + hit.more
    more = f", {others} {'other' if others == 1 else 'others'}" if others else ""
    return f"also {hit.also[0].name}{more}"
