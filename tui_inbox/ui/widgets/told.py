"""Lines around the lists, with emoji as the owner wants them."""

from __future__ import annotations

from typing import cast

from textual.content import Content
from textual.widget import Widget

from tui_inbox.ui.desk import Desk


def told_content(widget: Widget, words: Content) -> Content:
    """What a widget shows of some words; their styles stay with them.

    Args:
        widget: whose application knows what the owner wants.
        words: what it would show otherwise.
    """
    if words.plain.isascii():
        return words
    emoji = cast(Desk, widget.app).services.look.emoji
    if emoji == "pictures":
        return words
    from tui_inbox.ui.render.emoji import runs, told

    told_parts, at = [], 0
    for start, end in runs(words.plain):
        told_parts += [words[at:start], Content(told(words.plain[start:end], emoji))]
        at = end
    return Content("").join([*told_parts, words[at:]])
