"""Widgets shared by all panes."""

from tui_inbox.ui.widgets.row import Position, Row, RowRenderer, Side
from tui_inbox.ui.widgets.row_list import RowList

__all__ = ["Position", "Row", "RowList", "RowRenderer", "Side"]
