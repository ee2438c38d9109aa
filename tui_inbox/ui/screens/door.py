"""Requests: who asks to follow, and whose posts the server holds back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future

from tui_inbox.commands import door as door_commands
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import Millis
from tui_inbox.queries import door as door_queries
from tui_inbox.queries.door import DoorRow
from tui_inbox.ui import keys
from tui_inbox.ui.render.door import DoorData, DoorHead, DoorRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.widgets import Row

EMPTY = (
    "Nobody waits at the door.",
    "Who asks to follow you, and whom the server holds back, stands here.",
)
TOPICS = frozenset({Topic.INBOX, Topic.OUTBOX, Topic.PEOPLE})


class DoorPage(ListPage):
    """Both kinds of requests. Deciding on one takes it off the page at once."""

    PLACE = "door"
    OWN = frozenset({"door.open", "door.let_in", "door.refuse"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.DOOR)
    OPENS = "door.open"
    WORDS = ("door.let_in", "door.refuse", "door.open", "undo.last", "close")

    def __init__(self) -> None:
        super().__init__(DoorRenderer)
        self._waiting: Sequence[DoorRow] = ()

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Who comes, who was decided on, and what became of the decision."""
        return change.topic in TOPICS and change.key in self.desk.scope.accounts

    async def read(self) -> None:
        """Read who waits."""
        self._waiting = await self.desk.ask(door_queries.rows, self.desk.scope)
        count = len(self._waiting)
        title = f"Requests · {count}" if count else "Requests"
        self.fill(title, list(door_rows(self._waiting)), empty=EMPTY)

    def moments(self) -> Iterable[Millis]:
        """When they were last heard from."""
        return [row.at for row in self._waiting if row.at is not None]

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Let in, refuse, look who it is."""
        return {
            "door.open": self.open,
            "door.let_in": lambda: self._decide(door_commands.let_in),
            "door.refuse": lambda: self._decide(door_commands.refuse),
        }

    def _selected(self) -> DoorRow | None:
        row = self._rows.selected
        if row is None or not isinstance(row.data, DoorRow):
            self.desk.say("Nobody is selected.")
            return None
        return row.data

    def open(self) -> None:
        """The card of the person."""
        if (one := self._selected()) is not None:
            self.desk.open_page(PersonPage(one.account, one.person))

    def _decide(self, command: Callable[[Context, int, Wish, int], Future[Outcome]]) -> None:
        if (one := self._selected()) is not None:
            ctx = self.desk.services.ctx
            self.desk.follow(command(ctx, one.account, one.wish, one.person.id))


def door_rows(waiting: Sequence[DoorRow]) -> Iterator[Row[DoorData]]:
    """The rows of the page: each kind of request below its heading."""
    first = True
    for wish in Wish:
        same = [one for one in waiting if one.wish is wish]
        if same:
            head = DoorHead(_head_words(wish, len(same)), first)
            yield Row(f"wish:{wish}", head, head, selectable=False, section=True)
            first = False
        for one in same:
            yield Row(f"{wish}:{one.account}:{one.person.id}", one, one)


def _head_words(wish: Wish, count: int) -> str:
    if wish is Wish.FOLLOW:
        return f"{count} {'asks' if count == 1 else 'ask'} to follow you"
    return f"{count} held back by the server"
