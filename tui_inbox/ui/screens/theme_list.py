"""The list of themes: what is selected is on at once, Enter keeps it, and going back brings the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from msgspec.structs import replace

from tui_inbox.ui.colours import AUTO, DARK, OWN
from tui_inbox.ui.keeping import keep
from tui_inbox.ui.render.look import ThemeData, ThemeRenderer
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.themes import Themes
from tui_inbox.ui.widgets import Row, RowList

TITLE = "Themes"
HINT = "Enter keeps it, q brings the old one back"

REST = 0.1
"""Seconds the hand rests until a theme is put on: a held key dresses the screen once."""


class ThemesPage(EnterPage):
    """All themes, the kept one selected."""

    WORDS: ClassVar[tuple[str, ...]] = ("activity.open:keep", "close:old one back")

    def __init__(self) -> None:
        super().__init__(ThemeRenderer)
        self._before = self._worn = self.desk.services.look.theme or DARK.name

    async def read(self) -> None:
        """Show them, the first time with the present one selected."""
        first = not self._rows.rows
        self.fill(TITLE, list(theme_rows(self.desk.themes, self._before)), hint=HINT)
        if first:
            self._rows.select_key(self._before)

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Put on what the hand rests on; what every pane does at it, Textual does besides."""
        if event.row is not None:
            name = event.row.key
            self.set_timer(REST, lambda: self._try(name))

    def _try(self, name: str) -> None:
        row = self._rows.selected
        if row is not None and row.key == name and self.desk.themes.is_known(name):
            self._put_on(name)

    def _put_on(self, name: str) -> None:
        desk = self.desk
        self._worn = name
        desk.look_changed(replace(desk.services.look, theme=name))

    def look_changed(self) -> None:
        """A theme that was not put on from here stands in the settings file now: going back keeps that one."""
        theme = self.desk.services.look.theme or DARK.name
        if theme != self._worn:
            self._before = self._worn = theme
        super().look_changed()

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.keep}

    def keep(self) -> None:
        """Keep the selected one, and be done."""
        row, desk = self._rows.selected, self.desk
        if row is None or not desk.themes.is_known(row.key):
            desk.say("This theme cannot be put on; nothing was changed.")
            return
        self._before = row.key
        self._put_on(row.key)
        desk.close_page(self)
        desk.start(keep(desk, "theme", row.key, f"Theme {row.key}."))

    def closed(self) -> None:
        """Whatever was tried, what was kept is on again."""
        self._put_on(self._before)


def theme_rows(themes: Themes, kept: str) -> Iterator[Row[ThemeData]]:
    """The rows of the list.

    Args:
        themes: the themes there are.
        kept: the name of the one that is kept.
    """
    ours, own = {colours.name for colours in OWN}, themes.own_names()
    for name in themes.names():
        file = themes.own(name) if name in own else None
        facts = [] if name in ours else ["yours" if name in own else "Textual's"]
        if file is None or file.colours is not None:
            facts.append("dark" if themes.colours(name).dark else "light")
        if name == AUTO:
            facts = ["dark or light, as your terminal is"]
        if name == kept:
            facts.append("kept")
        mistakes = file.mistakes if file is not None else ()
        data = ThemeData(name, tuple(facts), mistakes)
        yield Row(name, data, data)
