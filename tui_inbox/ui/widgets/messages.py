"""What a list tells its owner. Handlers are named `on_row_list_selected` and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from tui_inbox.ui.render.deeds import Deed
from tui_inbox.ui.widgets.row import Position, Row, Side

if TYPE_CHECKING:
    from tui_inbox.ui.widgets.row_list import RowList


class RowListMessage(Message):
    """Something about a list."""

    def __init__(self, row_list: RowList[Any]) -> None:
        super().__init__()
        self.row_list = row_list

    @property
    def control(self) -> RowList[Any]:
        """The list it is about."""
        return self.row_list


class LastWord(RowListMessage):
    """A message that a later one of its kind about the same list makes pointless."""

    def can_replace(self, message: Message) -> bool:
        """Tell Textual that of several in the queue the last is enough."""
        return type(message) is type(self) and message.control is self.row_list


class Selected(LastWord, namespace="row_list"):
    """Another row is selected, or none."""

    def __init__(self, row_list: RowList[Any], row: Row[Any] | None) -> None:
        super().__init__(row_list)
        self.row = row


class Scrolled(LastWord, namespace="row_list"):
    """The row or the line at the top of the screen has changed."""

    def __init__(self, row_list: RowList[Any], position: Position | None) -> None:
        super().__init__(row_list)
        self.position = position


class Activated(RowListMessage, namespace="row_list"):
    """A row was opened, by the action or by a click."""

    def __init__(self, row_list: RowList[Any], row: Row[Any]) -> None:
        super().__init__(row_list)
        self.row = row


class NearEnd(RowListMessage, namespace="row_list"):
    """The screen has come near an end of the rows the list holds; told once per end row."""

    def __init__(self, row_list: RowList[Any], side: Side) -> None:
        super().__init__(row_list)
        self.side = side


class Clicked(RowListMessage, namespace="row_list"):
    """Something was clicked in a row that does something of its own."""

    def __init__(self, row_list: RowList[Any], row: Row[Any], deed: Deed) -> None:
        super().__init__(row_list)
        self.row = row
        self.deed = deed


class Asked(RowListMessage, namespace="row_list"):
    """The selected row was clicked by the right button: what can be done to it?"""
