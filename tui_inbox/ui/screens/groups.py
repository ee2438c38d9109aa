"""Groups of one's own: the list to choose one from, and the one to put somebody into one or on a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tui_inbox.commands import groups as group_commands
from tui_inbox.commands import lists as list_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries import groups as group_queries
from tui_inbox.queries.groups import GroupRow, ListRow
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.queries.timeline import TimelineSource
from tui_inbox.ui import keys
from tui_inbox.ui.render.groups import GroupData, GroupRenderer, NewGroup
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.services import errand
from tui_inbox.ui.widgets import Row

NO_GROUP = "No group is selected."


class _GroupList(ListPage):
    """All groups, and the entry that makes one.

    Args:
        person: somebody who may be in some of them; None where nobody is meant.
    """

    PLACE = "groups"
    OPENS = "groups.open"
    OWN = frozenset({OPENS, "groups.rename", "groups.delete"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.GROUPS)
    WORDS = (OPENS, "groups.rename", "groups.delete", "close")

    def __init__(self, person: PersonLabel | None = None) -> None:
        super().__init__(GroupRenderer)
        self._person = person

    # What it shows

    @property
    def title(self) -> str:
        """What is asked."""
        return "Which group"

    async def read(self) -> None:
        """Read the groups."""
        person = self._person.id if self._person else None
        groups = await self.desk.ask(group_queries.rows, person)
        rows: list[Row[GroupData]] = [Row(str(group.id), group, group) for group in groups]
        self.fill(self.title, [*rows, *await self.more(), Row("new", "", NewGroup())])

    async def more(self) -> list[Row[GroupData]]:
        """What stands below the groups."""
        return []

    def concerns(self, change: Change) -> bool:
        """Whether groups have changed."""
        return change.topic is Topic.GROUPS

    # What keys do

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Choose, rename, delete."""
        return {
            self.OPENS: self.open,
            "groups.rename": partial(self._with_group, self._rename),
            "groups.delete": partial(self._with_group, self._delete),
        }

    def open(self) -> None:
        """Choose the selected group, or make one."""
        row = self._rows.selected
        if row is None:
            self.desk.say(NO_GROUP)
        elif isinstance(row.data, GroupRow):
            self.chosen(row.data)
        elif isinstance(row.data, ListRow):
            self.chosen_list(row.data)
        else:
            self.desk.opening(self._make())

    def chosen_list(self, chosen: ListRow) -> None:
        """A list was chosen."""

    def chosen(self, group: GroupRow) -> None:
        """A group was chosen."""

    async def _make(self) -> None:
        name = await self.desk.ask_line("name of the group")
        if name is not None:
            self.made(name)

    def made(self, name: str) -> None:
        """A name for a new group was typed."""

    def _with_group(self, do: Callable[[GroupRow], None]) -> None:
        row = self._rows.selected
        if row is None or not isinstance(row.data, GroupRow):
            self.desk.say(NO_GROUP)
        else:
            do(row.data)

    def _rename(self, group: GroupRow) -> None:
        self.desk.opening(self._ask_name(group))

    async def _ask_name(self, group: GroupRow) -> None:
        name = await self.desk.ask_line("new name of the group", group.name)
        if name is not None:
            self.desk.follow(group_commands.rename(self.desk.services.ctx, group.id, name))

    def _delete(self, group: GroupRow) -> None:
        self.desk.follow(group_commands.delete(self.desk.services.ctx, group.id))


class GroupsPage(_GroupList):
    """The groups, to choose one from.

    Args:
        choose: called with what the chosen one's people write.
    """

    def __init__(self, choose: Callable[[TimelineSource], None]) -> None:
        super().__init__()
        self._choose = choose

    def chosen(self, group: GroupRow) -> None:
        """Show it in the Timeline; the list has done its work."""
        self.desk.close_page(self)
        self._choose(group.source)

    def made(self, name: str) -> None:
        """Make it; people are put into it where they are met."""
        self.desk.follow(group_commands.make(self.desk.services.ctx, name))


class GatherPage(_GroupList):
    """The groups, to put somebody into one or to take them out; and the lists of an account's server.

    Args:
        account: local id of the account whose lists are offered.
        person: who it is.
    """

    def __init__(self, account: int, person: PersonLabel) -> None:
        super().__init__(person)
        self.account = account
        self.person = person

    def on_mount(self) -> None:
        """Ask the server for its lists."""
        self.desk.opening(self._ask())

    async def _ask(self) -> None:
        said = await errand(self.desk.services, lambda hub: hub.read_sources(self.account))
        if said and not await self.more():
            self.desk.say(said)  # else the lists that were told before stand there
        self.reread()

    async def more(self) -> list[Row[GroupData]]:
        """The lists."""
        found = await self.desk.ask(group_queries.lists, self.account, self.person.id)
        return [Row(f"list:{one.server_id}", one, one) for one in found]

    def chosen_list(self, chosen: ListRow) -> None:
        """Put them on it, or take them off."""
        do = list_commands.take_off if chosen.within else list_commands.put_on
        ctx = self.desk.services.ctx
        self.desk.close_page(self)
        self.desk.follow(do(ctx, chosen.account, self.person.id, chosen.server_id, chosen.title))

    @property
    def title(self) -> str:
        """What is asked."""
        return f"Add {self.person.name} to"

    def chosen(self, group: GroupRow) -> None:
        """Put them into it, or take them out; the list has done its work."""
        do = group_commands.take_out if group.within else group_commands.add
        self.desk.close_page(self)
        self.desk.follow(do(self.desk.services.ctx, group.id, self.person.id))

    def made(self, name: str) -> None:
        """Make it, with them in it."""
        self.desk.close_page(self)
        self.desk.follow(group_commands.make(self.desk.services.ctx, name, self.person.id))
