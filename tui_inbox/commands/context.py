"""What every command needs, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from msgspec import Struct, field

from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import HOLD
from tui_inbox.core.own_keys import KeyFile
from tui_inbox.core.own_rules import RuleFile
from tui_inbox.core.ports import Clock
from tui_inbox.core.watching import QUIET
from tui_inbox.store.store import Store, Writing

T = TypeVar("T")


class NotPossible(Exception):
    """What was asked for cannot be done, and nothing was changed. `str()` is one sentence for the user."""


class NotNow(NotPossible):
    """The same, for a reason that may pass: what was to be undone stays the next thing to be undone."""


class Context(Struct, frozen=True):
    """The hands of a command. Built once by the composition root; tests build it with a real store.

    Attributes:
        wake_outbox: tells the running hub that the outbox has changed; does nothing where no hub runs.
        hold: how long a send can be taken back.
        quiet: how long nothing must come until watching a thread ends.
        rules: the file with the owner's rules; None where there is none to be changed.
        keys: the file with the owner's keys; None where there is none to be changed.
    """

    store: Store
    clock: Clock
    wake_outbox: Callable[[], None] = field(default=lambda: None)
    hold: Millis = HOLD
    quiet: Millis = QUIET
    rules: RuleFile | None = None
    keys: KeyFile | None = None

    def change(self, job: Callable[[Writing], T]) -> Future[T]:
        """Change the store as the owner asked: before anything that waits, in one transaction."""
        return self.store.write(job, urgent=True)

    def send(self, job: Callable[[Writing], T]) -> Future[T]:
        """Change drafts or the outbox: on disk when the future is done, and the hub is told."""
        future = self.store.write(job, urgent=True, durable=True)
        future.add_done_callback(self._wake)
        return future

    def _wake(self, done: Future[T]) -> None:
        if not done.cancelled() and done.exception() is None:
            self.wake_outbox()


class Outcome(Struct, frozen=True):
    """What a command did, in one sentence for the status line.

    A command that could not do what was asked says so in the sentence and has no `action`.

    Attributes:
        person: whom an undo brought back to the People pane, as (account, local id).
        asks: whether it was not done because it asks first; saying it again does it.
        action: its entry in the action log.
        item: the conversation that an undo brought back, by its local id.
        hit: the hit that an undo brought back, as (search, local id of the post).
        rows: the rows of the outbox that leave by it.
        keys: whether an undo has changed the owner's keys.
        url: where it is done instead, for the browser; `copied` is what is to be at hand there.
    """

    sentence: str
    action: int | None = None
    item: int | None = None
    hit: tuple[int, int] | None = None
    person: tuple[int, int] | None = None
    asks: bool = False
    rows: tuple[int, ...] = ()
    keys: bool = False
    url: str = ""
    copied: str = ""
