"""The activity list: likes, boosts, follows. It is quiet: nothing here is counted anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import Millis
from tui_inbox.queries import activity as activity_queries
from tui_inbox.queries.overviews import ActivityRow
from tui_inbox.ui.render.activity import ActivityData, ActivityRenderer, DayHead, Group, grouped
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row

EMPTY = (
    "Nothing yet.",
    "Favourites, boosts and follows come here, and nowhere else.",
)


class ActivityPage(EnterPage):
    """What happened quietly, newest first, like things in one row."""

    def __init__(self) -> None:
        super().__init__(ActivityRenderer)
        self._news: Sequence[ActivityRow] = ()
        self._unfolded: set[str] = set()

    # What it shows

    def concerns(self, change: Change) -> bool:
        """More of it."""
        return change.topic is Topic.ACTIVITY and change.key in self.desk.scope.accounts

    async def read(self) -> None:
        """Read the newest of it."""
        self._news = await self.desk.ask(activity_queries.rows, self.desk.scope)
        self._show()

    def _show(self) -> None:
        now = self.desk.services.now()
        self.fill("Activity", list(activity_rows(self._news, self._unfolded, now)), empty=EMPTY)

    def moments(self) -> Iterable[Millis]:
        """When it happened."""
        return [row.at for row in self._news]

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """Open the thread it is about, or else the person; of several people show each."""
        row = self._rows.selected
        if row is None or not isinstance(row.data, Group):
            return
        newest = row.data.newest
        if newest.post is not None:
            self.desk.open_page(ThreadPage(newest.account, newest.post.id))
        elif len(row.data.people) > 1:
            self._unfolded.add(row.key)
            self._show()
        elif newest.person is not None:
            self.desk.open_page(PersonPage(newest.account, newest.person))
        else:
            self.desk.say("There is nothing behind it.")


def activity_rows(
    news: Sequence[ActivityRow], unfolded: set[str], now: Millis
) -> Iterator[Row[ActivityData]]:
    """The rows of the list: days, and what happened on them.

    Args:
        news: newest first.
        unfolded: keys of groups whose members are shown one by one.
        now: the moment from which "today" is counted.
    """
    for place, (day, groups) in enumerate(grouped(news, now)):
        head = DayHead(day, first=place == 0)
        yield Row(f"day:{day}", head, head, selectable=False, section=True)
        for group in groups:
            key = group_key(group)
            members = [Group((row,)) for row in group.rows] if key in unfolded else [group]
            for number, member in enumerate(members):
                yield Row(f"{key}:{number}" if number else key, member, member)


def group_key(group: Group) -> str:
    """Key of a group's row: it stays the same when somebody joins."""
    oldest = group.rows[-1]
    about = oldest.post.id if oldest.post else 0
    by = oldest.person.id if oldest.person else 0
    return f"{oldest.account}:{oldest.kind}:{about}:{by}:{oldest.at}"
