"""What pages that are nothing but rows share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from tui_inbox.ui import keys
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.widgets import Row, RowList, RowRenderer


class ListPage(Page):
    """A page with a title and rows. It overrides what every pane overrides, `renderer` aside.

    Args:
        draws: makes what draws its rows, for the present colours and accounts.
    """

    WORDS: ClassVar[tuple[str, ...]] = ("close",)

    def __init__(self, draws: Callable[[Drawing], RowRenderer[Any]]) -> None:
        super().__init__()
        self._draws = draws
        self._rows: RowList[Any] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[Any]:
        """What it shows."""
        return self._rows

    def renderer(self) -> RowRenderer[Any]:
        """A new renderer for its rows, for the present colours and accounts."""
        return self._draws(self.drawing)

    def fill(
        self,
        title: str,
        rows: Sequence[Row[Any]],
        *,
        hint: str = "q goes back",
        empty: Sequence[str] = (),
        to_top: bool = False,
    ) -> None:
        """Show rows.

        Args:
            title: what the page is.
            rows: all of them.
            hint: what to say behind the title, or nothing.
            empty: what to say where there are no rows.
            to_top: select the first of them, wherever one was before.
        """

        def show() -> None:
            self._rows.show(rows)
            if to_top:
                self._rows.top()

        self.say_empty("", *empty)
        self.show_rows(show)
        self.heading.say(title, self.desk.glyphs.rule, hint=hint)
        self.desk.keys_changed()

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        return self.WORDS


class EnterPage(ListPage):
    """A page of rows with one key of its own, Enter, which `acts` answers under `OPENS`."""

    PLACE = "activity"
    OPENS = "activity.open"
    OWN = frozenset({OPENS})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ACTIVITY)
    WORDS: ClassVar[tuple[str, ...]] = (OPENS, "close")
