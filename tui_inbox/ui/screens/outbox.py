"""The outbox: what has not left yet, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future

from textual.timer import Timer

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.outbox_state import LEAVING, OutboxState, is_stuck
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.overviews import OutboxItem
from tui_inbox.ui import keys
from tui_inbox.ui.key_words import with_own_keys
from tui_inbox.ui.render.outgoing import OutboxData, OutboxRenderer, outbox_words
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets import Row

EMPTY = ("Everything has left.", "What is held, waits or was refused stands here.")


ABOUT_NOTHING = "It is about no other post. r takes it out of here, to write on at it."

MAY_BE_THERE = "It may be there already: sent again, it may stand there twice."

UNKNOWN_WAYS: Mapping[str, Callable[[Context, int], Future[Outcome]]] = {
    "look again": lambda ctx, row: sending.look_again(ctx, row),
    "it was sent": lambda ctx, row: sending.mark_sent(ctx, row),
    "send it again": lambda ctx, row: sending.retry(ctx, row),
}
"""What can be done where it is not known whether a text has arrived."""

STILL = 10.0
"""Seconds between two looks at what leaves, where nothing moves by itself."""


class OutboxPage(ListPage):
    """Rows of the outbox. A text can be reopened as a draft, tried again or thrown away."""

    PLACE = "outbox"
    OWN = frozenset({"outbox.open", "outbox.again", "outbox.retry", "outbox.discard"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.OUTBOX)
    OPENS = "outbox.open"
    WORDS = ("outbox.again", "outbox.retry", "outbox.discard", "undo.sends", "close")

    def __init__(self) -> None:
        super().__init__(OutboxRenderer)
        self._items: Sequence[OutboxItem] = ()
        self._ticking: Timer | None = None

    # What it shows

    def concerns(self, change: Change) -> bool:
        """What happens to its rows."""
        return change.topic is Topic.OUTBOX

    async def read(self) -> None:
        """Read what has not left."""
        self._items = await self.desk.ask(outbox_queries.rows, self.desk.scope)
        self._show()
        self._tick_while_leaving()

    def _show(self) -> None:
        now = self.desk.services.now()
        count = len(self._items)
        title = (
            f"Outbox · {count} {'has' if count == 1 else 'have'} not left" if count else "Outbox"
        )
        still = self.desk.services.look.still
        keymap = dict(self.desk.services.look.keymap)
        rows = [outbox_row(item, now, keymap, still=still) for item in self._items]
        self.fill(title, rows, empty=EMPTY)

    def _tick_while_leaving(self) -> None:
        """Count down, while there is something to count."""
        now = self.desk.services.now()
        leaving = any(
            item.state in LEAVING or now < item.release_at < now + HOUR for item in self._items
        )
        if leaving and self._ticking is None:
            often = STILL if self.desk.services.look.still else 1.0
            self._ticking = self.set_interval(often, self._show)
        elif not leaving and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def moments(self) -> Iterable[Millis]:
        """Since when each row stands as it does."""
        return [item.changed_at for item in self._items]

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Reopen, try again, throw away."""
        return {
            "outbox.open": self.open,
            "outbox.again": self.reopen,
            "outbox.retry": self.retry,
            "outbox.discard": self.discard,
        }

    def _selected(self) -> OutboxItem | None:
        row = self._rows.selected
        if row is None:
            self.desk.say("Nothing is selected.")
            return None
        item: OutboxItem = row.data.item
        return item

    def open(self) -> None:
        """Open the post that it is about. Nothing is taken out of the outbox by looking."""
        item = self._selected()
        if item is None:
            return
        if item.post is not None:
            self.desk.open_page(ThreadPage(item.account, item.post))
        else:
            self.desk.say(ABOUT_NOTHING if item.text else "There is no post to open for it.")

    def reopen(self) -> None:
        """Make a draft of it again, and go on writing."""
        item = self._selected()
        if item is None:
            return
        if not item.text:
            self.desk.say("There is no text in it. R tries again, d throws it away.")
        elif item.state is OutboxState.SENDING:
            stuck = is_stuck(item, self.desk.services.now())
            later = "It may have left. R looks, and tries again if it has not; d throws it away."
            self.desk.say(later if stuck else "It is leaving at this moment.")
        else:
            self.desk.opening(self._reopen(item))

    async def _reopen(self, item: OutboxItem) -> None:
        draft = await asyncio.wrap_future(sending.reopen(self.desk.services.ctx, item.id))
        self.desk.write_draft(draft)
        if item.state is OutboxState.UNKNOWN:
            self.desk.say(MAY_BE_THERE)

    def retry(self) -> None:
        """Try to send it again; where nobody knows what became of it, the owner says what is to be done."""
        item = self._selected()
        if item is None:
            return
        if item.state is OutboxState.UNKNOWN:
            self.desk.opening(self._decide(item))
        else:
            self.desk.follow(sending.retry(self.desk.services.ctx, item.id))

    async def _decide(self, item: OutboxItem) -> None:
        chosen = await self.desk.ask_choice(
            "what became of it?", tuple(UNKNOWN_WAYS), done="does it", several=False
        )
        if chosen is not None:
            way = list(UNKNOWN_WAYS.values())[chosen[0]]
            self.desk.follow(way(self.desk.services.ctx, item.id))

    def discard(self) -> None:
        """Throw it away."""
        if (item := self._selected()) is not None:
            self.desk.follow(sending.discard(self.desk.services.ctx, item.id))


def outbox_row(
    item: OutboxItem, now: Millis, remapped: Mapping[str, str], *, still: bool
) -> Row[OutboxData]:
    """The row of the list for a row of the outbox, as it stands at a moment, with the keys that are in force."""
    data = OutboxData(item, with_own_keys(outbox_words(item, now, still=still), remapped))
    return Row(f"outbox:{item.id}", data, data)
