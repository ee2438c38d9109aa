"""What the screen is given by the composition root, and how it looks and counts time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from tui_inbox.commands.context import Context
from tui_inbox.core.changes import Change
from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Fetcher, Told

if TYPE_CHECKING:
    from tui_inbox.core.bubbles import Wishes
    from tui_inbox.core.mix import MixTarget
    from tui_inbox.core.sign_in import SignsIn

P = ParamSpec("P")
T = TypeVar("T")

Listener: TypeAlias = Callable[[frozenset[Change]], None]
Subscribe: TypeAlias = Callable[[Listener], Callable[[], None]]
"""Calls the listener on other threads with what changed; returns how to stop that."""


class Asker(Protocol):
    """Runs queries elsewhere than on the screen's loop; fulfilled by `queries.reader.Reader`."""

    def ask(
        self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `query(db, *args, **kwargs)` and answer with what it returns."""
        ...


class Look(Struct, frozen=True):
    """How the owner wants the screen.

    Attributes:
        theme: name of one of `themes.NAMES`; empty to choose by the terminal.
        dense: one line per conversation, no blank lines between posts.
        plain: marks and rules from ASCII only.
        folds_floods: much by one person in a row becomes one row of the Timeline.
        keymap: other keys by id, as `keymap.own_keys` gives them and `keymap.complaints` finds nothing wrong with.
    """

    theme: str = ""
    dense: bool = False
    plain: bool = False
    folds_floods: bool = True
    keymap: tuple[tuple[str, str], ...] = ()


def _nothing() -> None:
    """Nobody waits for the first picture."""


class Services(Struct, frozen=True):
    """Everything the screen reaches outside of itself.

    Attributes:
        reader: answers queries.
        ctx: the hands of commands.
        fetcher: the running hub, for what only a server knows.
        subscribe: news of what changed in the store.
        now: the wall clock; the demo bends it.
        started: called once, when the first picture has been painted: what may wait begins here.
        monotonic: seconds for pauses of the hand, which nobody bends.
        bubbles: what the owner wants to be told of while they look elsewhere; None where nothing is ever told.
        mix: what the mix of their own posts should be; None where they want none.
        signs_in: makes what lets the owner sign in while the screen is open; None in the demo town.
        tour: whether the tour of the demo town begins by itself.
    """

    reader: Asker
    ctx: Context
    fetcher: Fetcher
    subscribe: Subscribe
    now: Callable[[], Millis]
    look: Look = Look()
    started: Callable[[], None] = _nothing
    monotonic: Callable[[], float] = time.monotonic
    bubbles: Callable[[], Wishes] | None = None
    mix: MixTarget | None = None
    signs_in: Callable[[], SignsIn] | None = None
    tour: bool = False


STILL_CONNECTING = "Still connecting; try again in a moment."


async def told(services: Services, ask: Callable[[Fetcher], Future[Told[T]]]) -> Told[T]:
    """Ask the hub for something that is not stored, and wait for it.

    Args:
        services: what the screen reaches.
        ask: asks, as `lambda fetcher: fetcher.read_versions(1, 7)`.
    """
    if not services.fetcher.health():
        return Told(sentence=STILL_CONNECTING)
    return await asyncio.wrap_future(ask(services.fetcher))


async def errand(services: Services, ask: Callable[[Fetcher], Future[str]]) -> str:
    """Ask the hub for something and wait for its sentence, empty when there is nothing to say.

    In the first moments nothing is connected yet, and there is nobody to ask.

    Args:
        services: what the screen reaches.
        ask: asks, as `lambda fetcher: fetcher.fill_gap(7)`.
    """
    if not services.fetcher.health():
        return STILL_CONNECTING
    return await asyncio.wrap_future(ask(services.fetcher))
