"""The keys of a place, read from the key table; any of them can be given another key here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tui_inbox.ui import key_names, keys
from tui_inbox.ui.keymap import DEFAULT, names_of
from tui_inbox.ui.keys import Key
from tui_inbox.ui.render.key_table import ContextHead, KeyLine, KeyTableData, KeyTableRenderer
from tui_inbox.ui.render.legend import legend_rows
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.widgets import Row

MOST_NAMED = 3
"""Of more keys than these that do the same, as the digits, the first and the last are named."""

MOST_COLUMN = 22
"""Cells of the column of keys at most."""

NO_KEY = "–"
"""Stands where something was left without a key."""


class HelpPage(ListPage):
    """What each key does in one place.

    Args:
        place: name of the place in `keys.PLACES`.
    """

    PLACE = "help"
    OPENS = "help.change"
    OWN = frozenset({"help.change", "help.usual", "help.find"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.HELP)
    WORDS = ("help.change", "help.usual", "help.find", "list.section", "palette", "close")

    def __init__(self, place: str) -> None:
        super().__init__(KeyTableRenderer)
        self._place = place
        self._wanted_word = ""

    async def read(self) -> None:
        """Read the table."""
        look = self.desk.services.look
        rows = list(key_rows(self._place, dict(look.keymap), self._wanted_word))
        if not self._wanted_word:
            rows += legend_rows(self.desk.glyphs)
        preset = "" if look.preset == DEFAULT else f" · {look.preset}"
        word = f" · with “{self._wanted_word}”" if self._wanted_word else ""
        title = f"Keys of this place{preset}{word}"
        self.fill(title, rows, empty=(f"No key has “{self._wanted_word}” in what it does.",))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Change the selected key, or look for one."""
        return {
            "help.change": self._change,
            "help.usual": self._usual,
            "help.find": lambda: self.desk.opening(self._find()),
        }

    def _change(self) -> None:
        from tui_inbox.ui.key_changes import change_key

        if (row := self._rows.selected) is not None:
            self.desk.opening(change_key(self.desk, row.key))
        else:
            self.desk.say(self.nothing())

    def _usual(self) -> None:
        from tui_inbox.ui.key_changes import usual_key

        if (row := self._rows.selected) is not None:
            self.desk.opening(usual_key(self.desk, row.key))
        else:
            self.desk.say(self.nothing())

    async def _find(self) -> None:
        """Ask for a word; an empty line shows all keys again."""
        word = await self.desk.ask_line("keys with the word", self._wanted_word)
        if word is not None:
            self._wanted_word = " ".join(word.split())
            self.reread()


def key_rows(
    place: str, remapped: Mapping[str, str], word: str = ""
) -> Iterator[Row[KeyTableData]]:
    """The keys of a place, the contexts that are most its own first; what follows a prefix below it.

    Args:
        place: name of the place in `keys.PLACES`.
        remapped: the changed keys by id, parted by commas.
        word: what must stand in the keys, in what they do, or in the id; empty for all.
    """
    contexts = [
        (context, list(_written(keys.keys_in(place, context), remapped)))
        for context in reversed(keys.PLACES[place])
    ]
    width = max(len(written) for _, lines in contexts for _, written, _ in lines) + 2
    column = min(width, MOST_COLUMN)
    first = True
    for context, lines in contexts:
        found = [line for line in lines if any(word.lower() in cell.lower() for cell in line)]
        if found:
            head = ContextHead(context.capitalize(), first)
            yield Row(f"context:{context}", head, head, selectable=False, section=True)
            first = False
        for id_, written, does in found:
            line = KeyLine(written, does, column)
            yield Row(id_, line, line)


def _written(table: Iterator[Key], remapped: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Id, keys as they are written, and what each does; a prefix's continuations follow it."""
    for key in table:
        names = _keys(key, remapped)
        yield (
            key.id,
            "…".join(_ends(names)) if len(names) > MOST_NAMED else ", ".join(names) or NO_KEY,
            key.does,
        )
        for pressed in keys.behind(key):
            ways = [_keys(one, remapped) for one in pressed]
            *prefixes, last = ways
            first = [names[0] if names else NO_KEY for names in prefixes]
            then = "…".join(_ends(last)) if len(last) > MOST_NAMED else "".join(last[:1])
            yield pressed[-1].id, " ".join([*first, then or NO_KEY]), pressed[-1].does


def _keys(key: Key, remapped: Mapping[str, str]) -> list[str]:
    """The keys that do it, as they are written."""
    return [key_names.shown(name) for name in names_of(key, remapped)]


def _ends(names: Sequence[str]) -> Sequence[str]:
    """One key, or the first and the last of many, as the digits are."""
    return (names[0], names[-1]) if len(names) > 1 else names
