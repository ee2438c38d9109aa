"""What each mark of the screen means, in words: no state is told by a sign or a colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.ui.render.glyphs import Glyphs
from tui_inbox.ui.render.key_table import ContextHead, KeyLine, KeyTableData
from tui_inbox.ui.widgets import Row

TITLE = "Marks"
COLUMN = 10
"""Cells of the column of marks."""


def meanings(glyphs: Glyphs) -> Iterator[tuple[str, str]]:
    """Each mark with what it means, as the set of signs has it."""
    yield (
        glyphs.new,
        "not looked at yet, and yours: a conversation to answer, a hit, news of a thread",
    )
    yield glyphs.open, "looked at, and still yours"
    yield "no mark", "in the Inbox and among hits: nothing is to be done"
    yield (
        glyphs.partner,
        "a post by somebody you talk with; their name is bold, and their text brighter",
    )
    yield glyphs.bar, "the selected row, in the pane with the focus; that pane's title is bold"
    yield glyphs.thin, "the selected row of another pane"
    yield glyphs.gap, "a hole in the Timeline"
    yield "*", "before a search: it is marked, and its hits count for n"
    yield (
        "letters",
        "the account that something reached, where there are several; in that account's colour",
    )
    yield "underlined", "a link, or what was looked for"


def legend_rows(glyphs: Glyphs) -> Iterator[Row[KeyTableData]]:
    """The marks as rows of the page about keys."""
    head = ContextHead(TITLE, first=False)
    yield Row("marks", head, head, selectable=False, section=True)
    for number, (mark, means) in enumerate(meanings(glyphs)):
        line = KeyLine(mark, means, COLUMN + 2)
        yield Row(f"mark:{number}", line, line)
