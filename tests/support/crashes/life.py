"""One life of the program without its screen: hub, commands and store, and somebody who types and sends.

It goes on until it is killed. What it is about to do is written to a journal that outlives it.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from random import Random
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace
from support.crashes import texts
from support.hurried_clock import HurriedClock
from support.socket_reader import Impatient
from textual.timer import Timer

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.commands import sending
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Account
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import MediaKind
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.store import accounts, drafts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store
from tui_inbox.sync.account_state import StoredState
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.hub import Hub
from tui_inbox.sync.looking import NEVER_BY_ITSELF
from tui_inbox.ui.screens.draft_keeper import DraftKeeper

SPEED = 60
"""How fast the clock of the program and of its server runs: two minutes until a second look are two seconds."""
HOLD: Millis = 4 * SECOND
KEY_SECONDS = 0.005
"""Between two key strokes."""
STROKE = {"plain": 1, "picture": 1, "thread": 40}
"""Characters that come with a stroke: a long text is pasted piece by piece."""
PATIENCE_SECONDS = 1.0


class Lot(Struct, frozen=True):
    """What one life is given.

    Attributes:
        url: the server's address; `began` and `began_at` set the clock as the server's.
        folder: where the store is, the journal, and a picture to attach.
        number: of the life; other lives have other numbers.
        seconds: how long it lasts until it is killed.
        calm: whether it only finishes what earlier lives have begun, and then ends by itself.
    """

    url: str
    began: float
    began_at: Millis
    folder: str
    number: int
    seed: int
    seconds: float
    calm: bool = False

    @property
    def store(self) -> Path:
        """The store's file."""
        return Path(self.folder) / "inbox.db"

    @property
    def journal(self) -> Path:
        """What was typed, one stroke a line."""
        return Path(self.folder) / "journal"

    @property
    def picture(self) -> Path:
        """A file to attach."""
        return Path(self.folder) / "picture.png"


class Delay:
    """Runs something later, as a timer of the screen does."""

    def __init__(self, seconds: float, run: Callable[[], None]) -> None:
        self._handle = asyncio.get_running_loop().call_later(seconds, run)

    def stop(self) -> None:
        """Do not run it."""
        self._handle.cancel()


class Life:
    """Types and sends until the end."""

    def __init__(self, lot: Lot) -> None:
        self._lot = lot
        self._random = Random(lot.seed)
        self._begun = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._journal = os.open(lot.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        bus = Bus()
        self._store = Store(lot.store, on_commit=bus.publish)
        self._clock = HurriedClock(SPEED, lot.began, lot.began_at)
        (self._account,) = self._store.read(accounts.accounts).result()
        self._hub = Hub(self._store, bus, self._clock, self._connect)
        self._context = Context(self._store, self._clock, self._hub.wake_outbox, hold=HOLD)

    async def live(self) -> None:
        """Go on until killed; a calm life until nothing is left to do."""
        self._hub.start()
        while not self._lot.calm or await self._is_unfinished():
            await self._do_something()
        self._hub.stop()
        self._store.close()

    async def _do_something(self) -> None:
        left = await asyncio.wrap_future(self._store.read(drafts.drafts))
        if left and (self._lot.calm or self._random.random() < 0.7):
            await self._write(self._random.choice(left))
        elif not self._lot.calm:
            await self._write(Draft(0, self._account.id))
        else:
            for row in await self._rows(OutboxState.REFUSED):
                await asyncio.wrap_future(sending.retry(self._context, row.id))
            await asyncio.sleep(0.05)

    async def _write(self, draft: Draft) -> None:
        """Type a text to its end and send it; now and then take it back at once."""
        keeper = DraftKeeper(
            draft,
            save=lambda one: asyncio.wrap_future(draft_commands.save(self._context, one)),
            run=self._run,
            set_timer=lambda seconds, run: cast(Timer, Delay(seconds, run)),
            saved=lambda: None,
        )
        name = texts.name_in(draft.text) or self._new_name()
        await self._type(keeper, name)
        if texts.kind_of(name) == "picture" and not keeper.draft.attachments:
            attachment = await self._attachment()
            keeper.change(replace(keeper.draft, attachments=(attachment,)))
        draft = await keeper.settle()
        sent = await asyncio.wrap_future(sending.send(self._context, draft, asked=True))
        assert sent.action is not None, sent.sentence
        if self._random.random() < 0.1 and not self._lot.calm:
            await asyncio.wrap_future(sending.stop_held(self._context))

    def _new_name(self) -> str:
        self._begun += 1
        return texts.new_name(self._random, self._lot.number, self._begun)

    async def _type(self, keeper: DraftKeeper, name: str) -> None:
        whole, kind = texts.whole(name), texts.kind_of(name)
        keeper.change(replace(keeper.draft, split=kind == "thread"))
        length = len(keeper.draft.text)
        while length < len(whole):
            length = min(len(whole), max(length + STROKE[kind], len(name) + 2))
            self._note(name, length)
            keeper.change(replace(keeper.draft, text=whole[:length]))
            await asyncio.sleep(KEY_SECONDS)

    def _note(self, name: str, length: int) -> None:
        """Note a stroke before it is made."""
        told = {"at": time.monotonic(), "name": name, "typed": length}
        os.write(self._journal, f"{json.dumps(told)}\n".encode())

    async def _attachment(self) -> Attachment:
        file = await asyncio.to_thread(self._store.files.keep, self._lot.picture)
        return Attachment(file, "picture.png", MediaKind.PICTURE, alt="A loaf.")

    async def _rows(self, *states: OutboxState) -> list[OutboxRow]:
        return await asyncio.wrap_future(
            self._store.read(lambda db: outbox.rows(db, states=states))
        )

    async def _is_unfinished(self) -> bool:
        """Whether anything may still happen by itself."""
        rows = await self._rows(*(state for state in OutboxState if not state.is_final))
        open_ones = {row.id for row in rows}
        goes_on: set[int] = set()
        for row in rows:
            waits_in_vain = row.follows in open_ones - goes_on
            if row.release_at != NEVER_BY_ITSELF and not waits_in_vain:
                goes_on.add(row.id)
        left = await asyncio.wrap_future(self._store.read(drafts.drafts))
        return bool(left or goes_on)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _connect(self) -> list[Connected]:
        return [Connected(self._account, self._network(self._account))]

    def _network(self, account: Account) -> MastodonNetwork:
        return MastodonNetwork(
            account.server,
            "token",
            clock=self._clock,
            state=StoredState(self._store, account.id),
            transport=Impatient(PATIENCE_SECONDS, ssl.create_default_context()),
        )


def live(lot: Lot) -> None:
    """Be the program, once."""
    asyncio.run(_live(lot))


async def _live(lot: Lot) -> None:
    await Life(lot).live()
