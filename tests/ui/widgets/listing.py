"""Rows, a viewport, a renderer and an app for the tests of the list."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.message import Message
from textual.strip import Strip

from tui_inbox.ui.widgets import Row, RowList
from tui_inbox.ui.widgets.viewport import Viewport


def row(key: str, lines: int = 2, version: int = 0, **flags: bool) -> Row[int]:
    """Return a row of so many lines."""
    return Row(key, version, lines, **flags)


def header(key: str) -> Row[int]:
    """Return a header of one line, where a section begins and nothing can be selected."""
    return Row(key, 0, 1, selectable=False, section=True)


def rows(*keys: str, lines: int = 2) -> list[Row[int]]:
    """Return rows of so many lines each."""
    return [row(key, lines) for key in keys]


EXTRA = 2
"""Lines a selected row has more than others."""

Line = tuple[str, int]
"""What a screen line shows: the key of a row, and which of its lines."""


class LineRenderer:
    """Draws `key/0`, `key/1` and so on; a selected row is marked and may have more lines.

    Args:
        extra: Lines a selected row has more than others.
        guess: What every row is estimated to take.
    """

    def __init__(self, extra: int = 0, guess: int = 3) -> None:
        self.extra = extra
        self.guess = guess
        self.drawn = 0

    def render(self, row: Row[int], width: int, *, selected: bool, focused: bool) -> list[Strip]:
        self.drawn += 1
        mark = ">" if focused else "|" if selected else " "
        count = row.data + (self.extra if selected else 0)
        texts = (f"{mark}{row.key}/{line}" for line in range(count))
        return [Strip([Segment(text)]) for text in texts]

    def estimate(self, row: Row[int], width: int) -> int:
        return self.guess


class ListApp(App[None]):
    """One list with the keys of the application, and a record of its messages."""

    BINDINGS = [  # noqa: RUF012  # Textual's own way to declare them
        ("j", "focused.move(1)"),
        ("k", "focused.move(-1)"),
        ("space", "focused.page(1)"),
        ("b", "focused.page(-1)"),
        ("ctrl+d", "focused.half_page(1)"),
        ("ctrl+u", "focused.half_page(-1)"),
        ("g", "focused.top"),
        ("G", "focused.bottom"),
        ("right_curly_bracket", "focused.next_section(1)"),
        ("left_curly_bracket", "focused.next_section(-1)"),
        ("enter", "focused.activate"),
    ]

    def __init__(self, row_list: RowList[int]) -> None:
        super().__init__()
        self.row_list = row_list
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.row_list

    def on_mount(self) -> None:
        self.row_list.focus()

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        self.told.append(message)

    def on_row_list_activated(self, message: RowList.Activated) -> None:
        self.told.append(message)

    def on_row_list_scrolled(self, message: RowList.Scrolled) -> None:
        self.told.append(message)

    def on_row_list_near_end(self, message: RowList.NearEnd) -> None:
        self.told.append(message)

    def heard(self, kind: type[Any]) -> list[Any]:
        """Return the messages of a kind since it was last asked, and forget all."""
        told, self.told = self.told, []
        return [message for message in told if isinstance(message, kind)]

    def text(self) -> list[str]:
        """Return what a reader sees: the lines of the screen without blanks at their ends."""
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]


def measure(row: Row[int], selected: bool) -> int:
    """Lines of a row; a selected one has more."""
    return row.data + (EXTRA if selected else 0)


def viewport(height: int = 10, *, hold_selection: bool = False) -> Viewport[int]:
    """Return an empty viewport whose estimates are all wrong."""
    view: Viewport[int] = Viewport(measure, lambda row: 7, hold_selection=hold_selection)
    view.resize(height, reflow=False)
    return view


def screen(view: Viewport[int]) -> list[Line]:
    """Return what each screen line shows: the key of a row, and which of its lines."""
    shown = [
        (view.rows[seen.place].key, line)
        for seen in view.seen
        for line in range(seen.height)
        if 0 <= seen.line + line < view.height
    ]
    assert [seen.height for seen in view.seen] == [
        measure(view.rows[seen.place], seen.place == view.selected) for seen in view.seen
    ]
    return shown


def selected(view: Viewport[int]) -> str | None:
    """Return the key of the selected row."""
    return None if view.selected is None else view.rows[view.selected].key
