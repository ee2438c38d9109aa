"""The key line: what works on the selected row, then the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol, runtime_checkable

from textual.content import Content

from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import key_named
from tui_inbox.ui.widgets.line import acting

ALWAYS = ("next.needs", "compose.new", "open.search", "open.help")
"""What stands behind the keys of every row."""

WITHOUT_ACCOUNT = ("open.help",)
"""Those where nobody is signed in: nobody waits, and there is nothing to write from or to search."""

PINNED = frozenset({"close", "open.help", "compose.send", "compose.close"})
"""Never left out: how to go back or away, and where all the other keys stand."""

_FIRST_OUT = ("open.search", "compose.new")
"""Left out before any key of the selected row: they are known by heart, and `?` shows them."""


@runtime_checkable
class TakesKeys(Protocol):
    """What one types into. While it has the focus its keys stand in the key line, and no letter is a command."""

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """Its key line.

        Args:
            width: cells there are; what cannot be left out takes more.
            keymap: the owner's own keys by id.
        """
        ...


def ways(*pairs: tuple[str, str]) -> Content:
    """Keys that stand in no table, with what they do: `Enter takes  esc leaves`."""
    entries = [Content.assemble((key, "$inbox-bright"), " ", word) for key, word in pairs]
    return Content("  ").join(entries)


@lru_cache(maxsize=64)  # asked for at every key stroke, with few different answers
def key_line(
    ids: tuple[str, ...],
    width: int,
    always: tuple[str, ...] = ALWAYS,
    keymap: tuple[tuple[str, str], ...] = (),
    *,
    give_way: tuple[str, ...] = (),
) -> Content:
    """Keys with their words, as many as fit. What is most useful stays, `?` and the way back always.

    Args:
        ids: keys for the selected row, the best first. What one means for this row alone stands behind a colon:
            `item.done:not now`.
        width: cells there are.
        always: keys that stand behind them, but those that mean something else here.
        keymap: the owner's own keys by id.
        give_way: keys that are left out first.
    """
    remapped = dict(keymap)
    ids, always = _with_keys(ids, remapped), _with_keys(always, remapped)
    taken = {written(id_.partition(":")[0], remapped) for id_ in ids}
    always = tuple(id_ for id_ in always if written(id_, remapped) not in taken - {""})
    entries = {id_: _entry(id_, remapped) for id_ in (*ids, *always)}
    head, tail = list(ids), list(always)
    for id_ in (*give_way, *_FIRST_OUT, *reversed(ids), *reversed(always)):
        if _cells(head, tail, entries) <= width:
            break
        if id_ not in PINNED:
            head = [one for one in head if one != id_]
            tail = [one for one in tail if one != id_]
    gap = Content("  ")
    line = gap.join(entries[id_] for id_ in head)
    if head and tail:
        line += Content(" " * min(6, 2 + max(0, width - _cells(head, tail, entries))))
    return line + gap.join(entries[id_] for id_ in tail)


def _with_keys(ids: tuple[str, ...], remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Without those that the owner left without a key: nothing could be pressed for them."""
    return tuple(id_ for id_ in ids if written(id_.partition(":")[0], remapped))


def _cells(head: Sequence[str], tail: Sequence[str], entries: Mapping[str, Content]) -> int:
    """Cells that these keys take."""
    return sum(len(entries[id_]) + 2 for id_ in (*head, *tail)) - 2


def _entry(entry: str, remapped: Mapping[str, str]) -> Content:
    id_, _, word = entry.partition(":")
    return Content.assemble(
        acting(written(id_, remapped), id_, "$inbox-bright"),
        " ",
        acting(word or key_named(id_).word, id_),
    )
