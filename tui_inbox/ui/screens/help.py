"""The keys of a place, read from the key table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui_inbox.ui import key_names, keys
from tui_inbox.ui.keys import Key
from tui_inbox.ui.render.key_table import ContextHead, KeyLine, KeyTableData, KeyTableRenderer
from tui_inbox.ui.render.legend import legend_rows
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.widgets import Row

MOST_NAMED = 3
"""Of more keys than these that do the same, as the digits, the first and the last are named."""

MOST_COLUMN = 22
"""Cells of the column of keys at most."""


class HelpPage(ListPage):
    """What each key does in one place.

    Args:
        place: name of the place in `keys.PLACES`.
    """

    BINDINGS = keys.bindings(keys.Context.LIST)
    WORDS = ("list.page", "list.section", "palette", "close")

    def __init__(self, place: str) -> None:
        super().__init__(KeyTableRenderer)
        self._place = place

    async def read(self) -> None:
        """Read the table."""
        remapped = dict(self.desk.services.look.keymap)
        rows = [*key_rows(self._place, remapped), *legend_rows(self.desk.glyphs)]
        self.fill("Keys of this place", rows)


def key_rows(place: str, remapped: Mapping[str, str]) -> Iterator[Row[KeyTableData]]:
    """The keys of a place, the contexts that are most its own first; what follows a prefix below it.

    Args:
        place: name of the place in `keys.PLACES`.
        remapped: the owner's own keys by id, parted by commas.
    """
    contexts = [
        (context, list(_written(keys.keys_in(place, context), remapped)))
        for context in reversed(keys.PLACES[place])
    ]
    width = max(len(written) for _, lines in contexts for _, written, _ in lines) + 2
    column = min(width, MOST_COLUMN)
    first = True
    for context, lines in contexts:
        if lines:
            head = ContextHead(context.capitalize(), first)
            yield Row(f"context:{context}", head, head, selectable=False, section=True)
            first = False
        for id_, written, does in lines:
            line = KeyLine(written, does, column)
            yield Row(id_, line, line)


def _written(table: Iterator[Key], remapped: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Id, keys as they are written, and what each does; a prefix's continuations follow it."""
    for key in table:
        names = _keys(key, remapped)
        yield (
            key.id,
            "…".join(_ends(names)) if len(names) > MOST_NAMED else ", ".join(names),
            key.does,
        )
        for *prefixes, after in keys.behind(key):
            pressed = [_keys(prefix, remapped)[0] for prefix in prefixes]
            yield after.id, " ".join([*pressed, "…".join(_ends(after.keys))]), after.does


def _keys(key: Key, remapped: Mapping[str, str]) -> list[str]:
    """The keys that do it, as they are written."""
    names: Sequence[str] = remapped[key.id].split(",") if key.id in remapped else key.keys
    return [key_names.shown(name.strip()) for name in names]


def _ends(names: Sequence[str]) -> Sequence[str]:
    """One key, or the first and the last of many, as the digits are."""
    return (names[0], names[-1]) if len(names) > 1 else names
