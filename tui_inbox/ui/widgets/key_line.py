"""The key line: what works on the selected row, then the four keys that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from textual.content import Content

from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import key_named
from tui_inbox.ui.widgets.line import acting

ALWAYS = ("next.needs", "compose.new", "open.search", "open.help")


@lru_cache(maxsize=64)  # asked for at every key stroke, with few different answers
def key_line(
    ids: tuple[str, ...],
    width: int,
    always: tuple[str, ...] = ALWAYS,
    keymap: tuple[tuple[str, str], ...] = (),
) -> Content:
    """Keys with their words; as many as fit, those that work everywhere first.

    Args:
        ids: keys for the selected row, the best first.
        width: cells there are.
        always: keys that stand behind them.
        keymap: the owner's own keys by id.
    """
    remapped = dict(keymap)
    tail = [_entry(id_, remapped) for id_ in always]
    room = width - sum(len(entry) + 2 for entry in tail) - 2
    head: list[Content] = []
    for entry in (_entry(id_, remapped) for id_ in ids):
        if (room := room - len(entry) - 2) < 0:
            break
        head.append(entry)
    gap = Content("  ")
    line = gap.join(head)
    if head and tail:
        line += Content(" " * min(6, 2 + max(0, room)))
    return line + gap.join(tail)


def _entry(id_: str, remapped: Mapping[str, str]) -> Content:
    return Content.assemble(
        acting(written(id_, remapped), id_, "$inbox-bright"), " ", acting(key_named(id_).word, id_)
    )
