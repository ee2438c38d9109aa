"""The mix of one's own posts, and the posts behind a bar of it. Off until the settings ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.mix import MEANING, MixKind, MixTarget
from tui_inbox.queries import mix as mix_queries
from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.render.mix import Bar, MixRenderer, PeriodHead
from tui_inbox.ui.render.post import PostRenderer, TimelineData
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row

OFF = "The mix is off: show = true under [mix] in the settings shows it."
EMPTY = ("You have posted nothing in thirty days.",)


def open_mix(desk: Desk, here: Pane) -> None:
    """Open the mix, where the owner wants one."""
    target = desk.services.mix
    if target is None:
        desk.say(OFF)
    elif not isinstance(here, MixPage):
        desk.open_page(MixPage(target))


class MixPage(EnterPage):
    """How one's own posts are spread, over a week and over a month.

    Args:
        target: what the owner would like.
    """

    def __init__(self, target: MixTarget) -> None:
        super().__init__(MixRenderer)
        self._target = target

    def concerns(self, change: Change) -> bool:
        """Own posts leave by the outbox, and whom one talks with is known from then on."""
        return change.topic in (Topic.OUTBOX, Topic.PEOPLE)

    async def read(self) -> None:
        """Count."""
        desk = self.desk
        view = await desk.ask(
            mix_queries.view, desk.scope, now=desk.services.now(), target=self._target
        )
        rows: list[Row[PeriodHead | Bar]] = []
        for place, period in enumerate(view.periods):
            head = PeriodHead(period, first=place == 0)
            rows.append(Row(f"{period.days}", head, head, selectable=False, section=True))
            for share in period.shares:
                bar = Bar(period.days, share)
                rows.append(Row(f"{period.days}:{share.kind}", bar, bar))
        self.fill("Mix of your posts", rows if view.periods[-1].posts else [], empty=EMPTY)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """List the posts behind the selected bar."""
        row = self._rows.selected
        if row is not None and isinstance(row.data, Bar):
            self.desk.open_page(MixPostsPage(row.data.share.kind, row.data.days))


class MixPostsPage(EnterPage):
    """One's own posts of one kind.

    Args:
        kind: which.
        days: of how many days before now.
    """

    def __init__(self, kind: MixKind, days: int) -> None:
        super().__init__(PostRenderer)
        self._kind = kind
        self._days = days

    def concerns(self, change: Change) -> bool:
        """As the mix."""
        return change.topic in (Topic.OUTBOX, Topic.PEOPLE)

    async def read(self) -> None:
        """Read them."""
        desk = self.desk
        posts = await desk.ask(
            mix_queries.posts, desk.scope, self._kind, self._days, now=desk.services.now()
        )
        rows = []
        for post in posts:
            data = TimelineData(EntryRow((post.at, str(post.id)), 0, post))
            rows.append(Row(f"{post.account}:{post.id}", hash(data), data))
        title = f"{self._kind}, {MEANING[self._kind]} · {self._days} days · {len(rows)}"
        self.fill(title, rows, empty=("Nothing of that kind.",))

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """Open the thread of the selected post."""
        row = self._rows.selected
        if row is not None and isinstance(row.data.entry, EntryRow):
            post = row.data.entry.post
            self.desk.open_page(ThreadPage(post.account, post.id))
