"""One standing search in a pane of its own."""

from __future__ import annotations

from tui_inbox.queries import searches as search_queries
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.searches import SearchesPane, search_rows

EMPTY = "Nothing found that is not dealt with."
ANOTHER_ACCOUNT = "Its account is not shown; 5 shows all."


class PinnedSearch(SearchesPane):
    """The hits of one search, as the Searches show them; its title says what their heading does.

    Which search that is stands in the layout of the present size, so that it may become another one.

    Args:
        slot: where it stands.
    """

    def __init__(self, slot: Area) -> None:
        super().__init__(slot)
        self._slot = slot
        self._search = 0

    @property
    def area(self) -> Area:
        """Where on the screen it stands."""
        return self._slot

    @property
    def pinned(self) -> int:
        """Id of the search; 0 where this size of the terminal has none here."""
        return self.desk.shown.pins.get(self._slot, 0)

    def is_turned(self) -> bool:
        """Whether it should show another search than it does."""
        return self._search != self.pinned

    async def read(self) -> None:
        """Read the search, if there is one."""
        desk = self.desk
        self._search = pinned = self.pinned
        if not pinned:
            return
        now = desk.services.now()
        found = await desk.ask(search_queries.view, desk.scope, now=now, only=pinned)
        if pinned != self.pinned:
            return  # it has asked for a reading of its own
        self._searches = found
        is_everything = len(desk.scope.accounts) == len(desk.accounts)
        if not found and is_everything:
            from tui_inbox.ui.arranging import unpinned

            desk.show(unpinned(desk.shown, self._slot))  # the search is gone
            return
        self.say_empty(EMPTY if found else ANOTHER_ACCOUNT)
        self._show()

    def _show(self) -> None:
        rows = search_rows(self._searches, set())
        self.show_ranked([row for row in rows if not row.section])
        for search in self._searches:
            letters = [search.letters] if len(self.desk.scope.accounts) > 1 else []
            facts = [*letters, f"{search.unread} new"]
            mark = "* " if search.marked else ""
            self.heading.say(f"{mark}{search.title}", self.desk.glyphs.rule, hint=" · ".join(facts))
        self.desk.keys_changed()

    def pins_changed(self) -> None:
        """It shows one search, whatever stands elsewhere."""

    def step(self, direction: int) -> None:
        """To the search beside it."""
        self.step_out(direction)
