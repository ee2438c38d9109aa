"""The keys of the composer, over the reading column, until the next key: what is written stays open."""

from __future__ import annotations

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.key_table import KeyTableData, KeyTableRenderer
from tui_inbox.ui.screens.help import key_rows
from tui_inbox.ui.screens.over import Over
from tui_inbox.ui.widgets import Row, RowList

PLACE = "composer"


class ComposerKeys(Over):
    """Shows what each key does while one writes.

    Args:
        rows: the table.
        drawing: what renderers need.
    """

    def __init__(self, rows: list[Row[KeyTableData]], drawing: Drawing) -> None:
        super().__init__("Keys of the composer", RowList(KeyTableRenderer(drawing)), drawing)
        self._table = rows

    def on_mount(self) -> None:
        """Show the table."""
        self._rows.show(self._table)


def show_keys(desk: Desk) -> None:
    """Show the keys of the composer."""
    rows = list(key_rows(PLACE, dict(desk.services.look.keymap)))
    pane = desk.pane_of(Area.READING)
    pane.app.push_screen(ComposerKeys(rows, pane.drawing))
