"""The pane for a corner of the screen: who waits, then the newest of the people you talk with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.queries import inbox as inbox_queries
from tui_inbox.queries import timeline as timeline_queries
from tui_inbox.queries.rows import EntryRow, InboxView, ItemRow, TimelineWindow
from tui_inbox.ui import keys
from tui_inbox.ui.layout import Area, Kind, kind_of
from tui_inbox.ui.panes.feed_window import row_key
from tui_inbox.ui.panes.inbox import item_key
from tui_inbox.ui.panes.ranked import RankedPane
from tui_inbox.ui.render.corner import CornerData, CornerRenderer
from tui_inbox.ui.target import Target, of_item, of_post
from tui_inbox.ui.widgets import Row, RowList

POSTS = 40
"""Posts that are shown below the conversations."""

LANES = frozenset({Lane.TALK, Lane.NEWCOMERS})
EMPTY = "Nobody waits for you."


class CornerPane(RankedPane):
    """One list for the smallest screen. It reads only while it is on the screen."""

    PLACE = "inbox"
    OWN = frozenset({"list.news"})
    AREA = Area.INBOX
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.INBOX)

    def __init__(self) -> None:
        super().__init__(id=Area.CORNER)
        self._rows: RowList[CornerData] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[CornerData]:
        """Conversations, then posts."""
        return self._rows

    def renderer(self) -> CornerRenderer:
        """Draws both in a few narrow lines."""
        return CornerRenderer(self.drawing)

    def moments(self) -> Iterable[Millis]:
        """When what is on the screen was written."""
        for row, _ in self._rows.rows_on_screen():
            yield row.data.at if isinstance(row.data, ItemRow) else row.data.post.at

    def concerns(self, change: Change) -> bool:
        """Everything that its two sources show."""
        if change.topic is Topic.HEALTH:
            return not self._rows.rows
        return change.topic in (Topic.INBOX, Topic.FEED, Topic.POST)

    def reread(self) -> None:
        """Read, unless nobody sees it."""
        if kind_of(self.app.size) is Kind.CORNER:
            super().reread()

    async def read(self) -> None:
        """Read who waits and what they post."""
        desk, now = self.desk, self.desk.services.now()
        view = await desk.ask(inbox_queries.view, desk.scope, now=now)
        page = await desk.ask(
            timeline_queries.window, desk.scope, now=now, limit=POSTS, talk_only=True
        )
        rows = corner_rows(view, page)
        if not rows:
            self.say_empty(await self.why_missing() or EMPTY)
        self.show_ranked(rows)
        words = [f"{view.waiting} {'waits' if view.waiting == 1 else 'wait'} for you"]
        if view.newcomers:
            words.append(f"{view.newcomers} {'newcomer' if view.newcomers == 1 else 'newcomers'}")
        self.heading.say(" · ".join(words), desk.glyphs.rule)

    def target(self) -> Target | None:
        """The selected conversation or post."""
        row = self._rows.selected
        if row is None:
            return None
        return of_item(row.data) if isinstance(row.data, ItemRow) else of_post(row.data.post)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """`.` sorts."""
        return {"list.news": self.sort}


def corner_rows(view: InboxView, page: TimelineWindow) -> list[Row[CornerData]]:
    """Conversations that wait, then what people you talk with wrote; what they pass on has no room here."""
    waiting = [item for lane in view.lanes if lane.lane in LANES for item in lane.rows]
    return [
        *(Row(item_key(item.id), item, item) for item in waiting),
        *(
            Row(row_key(row), row, row)
            for row in page.rows
            if isinstance(row, EntryRow) and (row.post.author.partner or row.post.mine)
        ),
    ]
