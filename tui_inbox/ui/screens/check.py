"""What the stranger check found of one person, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.changes import Change
from tui_inbox.core.moment import Millis
from tui_inbox.queries import door as door_queries
from tui_inbox.queries.door import Visitor
from tui_inbox.ui.screens.door import TOPICS, DoorPage


class CheckPage(DoorPage):
    """What the check found of one person, wherever they stand. Where nobody has looked yet, it looks.

    Args:
        account: local id of the account that looks.
        person: local id of who it is.
    """

    HINT = "q goes back"

    def __init__(self, account: int, person: int) -> None:
        super().__init__()
        self._account = account
        self._person = person
        self._looked = False

    def concerns(self, change: Change) -> bool:
        """What is found out about them, whichever accounts are shown."""
        return change.topic in TOPICS and change.key == self._account

    async def read(self) -> None:
        """Read what is known, and look where nothing is."""
        await super().read()
        if not self._looked and self._here is not None and self._check is None:
            self.look()
        self._looked = True

    async def _read_visitors(self, now: Millis) -> Sequence[Visitor]:
        one = await self.desk.ask(door_queries.visitor, self._account, self._person, now=now)
        return () if one is None else (one,)

    def title_of(self, place: int) -> str:
        """What the page is."""
        return f"Check · {self._here.person.name}" if self._here is not None else "Check"
