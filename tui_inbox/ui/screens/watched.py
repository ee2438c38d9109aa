"""Watched threads: what is new in each, when its server is asked next, and when watching ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui_inbox.commands import watching
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.queries import watched as watched_queries
from tui_inbox.queries.overviews import WatchedRow
from tui_inbox.ui import keys
from tui_inbox.ui.render.watched import WatchedRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row

EMPTY = (
    "No thread is watched.",
    "W on a post, a conversation or a hit follows its thread without posting in it:",
    "its server is asked now and then, and it ends by itself when it has been quiet.",
)


class WatchedPage(ListPage):
    """Watched threads, those with something new first, then those that have ended by themselves."""

    PLACE = "watched"
    OWN = frozenset({"watched.open", "watched.end"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.WATCHED)
    OPENS = "watched.open"
    WORDS = ("watched.open", "watched.end", "undo.last", "close")

    def __init__(self) -> None:
        super().__init__(WatchedRenderer)

    # What it shows

    def concerns(self, change: Change) -> bool:
        """What becomes of watches; an edit or a deletion changes what a row says."""
        shown = (row.data.post.id for row in self._rows.rows)
        return change.topic is Topic.WATCHED or (change.topic is Topic.POST and change.key in shown)

    async def read(self) -> None:
        """Read what is watched."""
        desk = self.desk
        found = await desk.ask(watched_queries.rows, desk.scope, now=desk.services.now())
        on = sum(not row.ended for row in found)
        new = sum(row.new for row in found)
        title = "Watched threads"
        if found:
            title += f" · {on}" + (f" · {new} new" if new else "")
        self.fill(title, [Row(f"watch:{row.id}", row, row) for row in found], empty=EMPTY)

    def moments(self) -> Iterable[Millis]:
        """When something was last said in each."""
        return [row.data.last_at for row in self._rows.rows]

    def minute_passed(self) -> None:
        """What a row says of the time to come is another minute by now."""
        super().minute_passed()
        self.reread()

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Open its thread, end watching it."""
        return {"watched.open": self.open, "watched.end": self.end}

    def _selected(self) -> WatchedRow | None:
        row = self._rows.selected
        if row is None:
            self.desk.say("Nothing is selected.")
            return None
        thread: WatchedRow = row.data
        return thread

    def open(self) -> None:
        """Open the thread at the first post that is new, else at the last one."""
        if (thread := self._selected()) is not None:
            at = thread.first_new if thread.first_new is not None else thread.last
            self.desk.open_page(ThreadPage(thread.account, at))

    def end(self) -> None:
        """Watch it no more; `u` takes that back."""
        if (thread := self._selected()) is not None:
            self.desk.follow(watching.end(self.desk.services.ctx, thread.id))
