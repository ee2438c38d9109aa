"""What the Timeline shows: which feeds of whom, under which name, and what servers say when asked for it."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.commands import places as place_commands
from tui_inbox.queries import groups as group_queries
from tui_inbox.queries import positions as position_queries
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.arrivals import Paging
from tui_inbox.ui.places import (
    SOURCE,
    position_from,
    position_text,
    source_from,
    source_text,
    timeline_place,
)
from tui_inbox.ui.services import STILL_CONNECTING
from tui_inbox.ui.widgets import Position
from tui_inbox.ui.widgets.status_line import READING, not_connected

NOTHING_YET = "Nothing here yet."
NOT_SHOWN = "The account it belongs to is not shown; 5 shows all."
PEOPLE = "people"
PEOPLE_AND_REST = "people and the rest"
NOT_IN_GROUP = "Nothing by its people is stored yet; a on a person adds them."
NO_LINKS = "Nobody you talk with has pointed to anything yet."


class ShownSource:
    """What is shown. Feeds that are not home are read while somebody looks at them; what is gathered is stored.

    Args:
        desk: the application.
        paging: asks the servers.
        told: called when the servers have said what there is to say.

    Attributes:
        source: which feeds.
        talk_only: whether only people you talk with.
    """

    def __init__(self, desk: Desk, paging: Paging, told: Callable[[], None]) -> None:
        self._desk = desk
        self._paging = paging
        self._told = told
        self._remembers = False
        self._spots: dict[str, tuple[Position, str | None]] = {}
        self._lacks = ""
        self.source = EVERYTHING
        self.talk_only = False

    async def remember(self) -> None:
        """Begin with what was shown at the last run, if its account is still there."""
        if self._remembers:
            return
        self._remembers = True
        kept = await self._desk.ask(position_queries.read, SOURCE)
        source, talk_only = source_from(kept)
        if source.account is None or self._desk.account(source.account) is not None:
            self.source, self.talk_only = source, talk_only
            self.catch_up()

    async def group_is_gone(self) -> bool:
        """Whether the group that is shown was deleted; else it is shown under its present name."""
        group = self.source.group
        if group is None:
            return False
        found = await self._desk.ask(group_queries.source_of, group)
        if found is not None and self.source.group == group:
            self.source = found
        return found is None

    def change(self, source: TimelineSource, *, talk_only: bool) -> None:
        """Show something else from now on, and at the next start."""
        self.source, self.talk_only, self._lacks = source, talk_only, ""
        text = source_text(source, talk_only=talk_only)
        place_commands.keep(self._desk.services.ctx, SOURCE, text)
        self.catch_up(tell=True)

    # What it is

    @property
    def accounts(self) -> tuple[int, ...]:
        """Those whose feeds are shown."""
        return self.source.accounts(self._desk.scope)

    @property
    def shows(self) -> tuple[TimelineSource, bool]:
        """What is shown, and whether only people you talk with."""
        return self.source, self.talk_only

    @property
    def view(self) -> tuple[object, ...]:
        """What is to be shown. What was read for another view is not."""
        return self._desk.scope.accounts, self.source, self.talk_only

    @property
    def name(self) -> str:
        """What it is called, and whose it is where several accounts could be meant."""
        account = self._desk.account(self.source.account) if self.source.account else None
        if self.source == EVERYTHING:
            return PEOPLE if self.talk_only else PEOPLE_AND_REST
        if account is None or len(self._desk.scope.accounts) < 2:
            return self.source.title
        return f"{self.source.title} ({account.letters})"

    def why_empty(self) -> str:
        """Why there is nothing, as far as is known."""
        if self.source.is_home:
            # The newest page is in the store before an account counts as connected.
            health = self._desk.services.fetcher.health()
            return not_connected(health, self._desk.scope) or NOTHING_YET
        if not self.accounts:
            return NOT_SHOWN
        if self.source.is_gathered:
            return NO_LINKS if self.source.links else NOT_IN_GROUP
        return self._lacks or (READING if self._paging.catching_up else NOTHING_YET)

    # Where the owner is in it

    @property
    def _place(self) -> str:
        """Name under which that is kept."""
        return timeline_place(self._desk.scope.accounts, self.source)

    async def kept_place(self) -> tuple[Position, str | None] | None:
        """Where the owner was in it, with the key of the selected row."""
        place = self._place
        kept = self._spots.get(place)
        return kept or position_from(await self._desk.ask(position_queries.read, place))

    def keep_place(self, position: Position, selected: str | None) -> None:
        """Keep it for the way back to it, and for the next start."""
        self._spots[self._place] = (position, selected)
        text = position_text(position, selected)
        place_commands.keep(self._desk.services.ctx, self._place, text)

    # The servers

    def catch_up(self, *, tell: bool = False) -> None:
        """Ask the servers for what is new in it; the home feeds are live by themselves.

        Args:
            tell: whether the owner asked, and is told what did not work.
        """
        if not (self.source.is_home or self.source.is_gathered):
            self._desk.start(self._catch_up(tell))

    def health_changed(self) -> None:
        """Accounts that could not be asked before may be there now."""
        if self._lacks == STILL_CONNECTING:
            self.catch_up()

    async def _catch_up(self, tell: bool) -> None:
        view = self.view
        said = await self._paging.newest(self.accounts, self.source.feed)
        if view == self.view:
            self._lacks = said
            if said and tell:
                self._desk.say(said)
        self._told()
