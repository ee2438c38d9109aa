"""Labels: a letter or two in the first cells of each row on the screen; typing one goes to its row.

Nothing moves for them, and nothing of them is there before or after. A label belongs to its row, wherever that stands
meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from rich.style import Style
from textual.content import Content

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.presets import HOME_ROW
from tui_inbox.ui.widgets import RowList
from tui_inbox.ui.widgets.key_line import ways

OTHER_ROWS = "qwertyuiopzxcvbnm"
"""Letters that are taken as well where more rows stand than pairs of the first ones."""


def labels_for(count: int, letters: str = HOME_ROW) -> list[str]:
    """So many labels of one letter, or of two where one does not suffice; none is the beginning of another.

    The first labels are the shortest: as many single letters as leave enough beginnings for the rest.

    Args:
        count: how many; of more than pairs of all letters only these are given.
        letters: letters to use, the best first.
    """
    more = (letter for letter in (*HOME_ROW, *OTHER_ROWS) if letter not in letters)
    while count > len(letters) ** 2 and (another := next(more, "")):
        letters += another
    size = len(letters)
    begin_two = 0 if count <= size else min(size, -((size - count) // (size - 1)))
    singles, firsts = letters[: size - begin_two], letters[size - begin_two :]
    pairs = [first + second for first in firsts for second in letters]
    return [*singles, *pairs][:count]


class Labelled(Struct, frozen=True):
    """Where a label leads: a row of a pane."""

    pane: Pane
    rows: RowList[Any]
    key: str


class Labels:
    """The labels on the screen, while there are any. It takes the keys meanwhile.

    Args:
        desk: the application.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[str, Labelled] = {}
        self._typed = ""
        self._opens = False

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """What may be typed."""
        does = "opens its row" if self._opens else "goes to its row"
        return ways(("a label", does), ("any other key", "leaves"))

    def begin(self, panes: Sequence[Pane], letters: str, *, opens: bool) -> bool:
        """Label every row on the screen that can be selected; False where there is none.

        Args:
            panes: the panes that are seen. Rows of the first get the shortest labels.
            letters: letters to use, the best first.
            opens: whether the row is opened, too.
        """
        self.end()
        places = [
            Labelled(pane, rows, row.key)
            for pane in panes
            if (rows := pane.rows) is not None
            for row, _ in rows.rows_on_screen()
            if row.selectable
        ]
        self._places = dict(zip(labels_for(len(places), letters), places, strict=False))
        self._opens = opens
        if places:
            self._draw()
            self._desk.give_keys(self)
        return bool(places)

    def take(self, pressed: str) -> None:
        """Go on with a label, go where it leads, or leave."""
        typed = self._typed + pressed
        place = self._places.get(typed)
        if place is not None:
            self.end()
            self._go(place)
        elif any(label.startswith(typed) for label in self._places):
            self._typed = typed
            self._draw()
        else:
            self.end()

    def end(self) -> None:
        """Take the labels away."""
        before, self._places, self._typed = self._places, {}, ""
        if before:
            self._show(before.values(), {})
            self._desk.give_keys(None)

    def _draw(self) -> None:
        """Show the labels that may still be meant, without what was typed of them."""
        left = {
            label[len(self._typed) :]: place
            for label, place in self._places.items()
            if label.startswith(self._typed)
        }
        self._show(self._places.values(), left)
        self._desk.keys_changed()

    def _go(self, place: Labelled) -> None:
        """Select the row, in its pane."""
        desk, pane = self._desk, place.pane
        if not place.rows.select_key(place.key):
            desk.say("That row is gone.")
            return
        if pane is not desk.here:
            desk.activate(pane.AREA)
        if self._opens:
            desk.act(pane.OPENS)

    def _show(self, places: Iterable[Labelled], labels: Mapping[str, Labelled]) -> None:
        """Draw labels, and take away those of before."""
        by_list: dict[RowList[Any], dict[str, str]] = {place.rows: {} for place in places}
        for label, place in labels.items():
            by_list[place.rows][place.key] = label
        style = self._desk.palette.yours + Style(bold=True, reverse=True)
        for rows, own in by_list.items():
            rows.show_labels(own, style)
