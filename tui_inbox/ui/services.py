"""What the screen is given by the composition root, and how it looks and counts time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

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

Emoji: TypeAlias = Literal["pictures", "words", "none"]
"""How emoji in what others write are shown."""

Range: TypeAlias = Literal["none", "16", "256", "all"]
"""How many colours a terminal shows."""

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
        theme: name of a theme, as `themes.Themes` knows it; empty for the usual one.
        dense: one line per conversation, no blank lines between posts.
        plain: marks and rules from ASCII only.
        emoji: in what others write `pictures`, told in `words`, or `none`.
        still: nothing moves by itself.
        folds_floods: much by one person in a row becomes one row of the Timeline.
        pictures: whose pictures are fetched without a key, as the setting of this name says.
        picture_protocol: how pictures are shown, as the setting of this name says.
        keymap: other keys by id, as `keymap.in_force` gives them.
        preset: name of the preset of keys.
    """

    theme: str = ""
    dense: bool = False
    plain: bool = False
    emoji: Emoji = "pictures"
    still: bool = False
    folds_floods: bool = True
    pictures: str = "ask"
    picture_protocol: str = "auto"
    keymap: tuple[tuple[str, str], ...] = ()
    preset: str = "default"


class Terminal(Struct, frozen=True):
    """What is known of the terminal.

    Attributes:
        dark: whether its own ground is dark, as far as anybody knows.
        colours: how many it shows.
        typed: keys that were pressed before there was a screen, as it sent them.
    """

    dark: bool = True
    colours: Range = "all"
    typed: str = ""


def _kept_nowhere(key: str, value: str | bool) -> None:
    """There is no settings file: what is chosen holds until the end."""


class OwnSettings(Protocol):
    """The owner's settings file while the program runs; fulfilled by `settings_watch.SettingsWatch`."""

    def has_changed(self) -> bool:
        """Whether the file is another one than at the last look. Asked often, so it reads nothing."""
        ...

    def begun(self) -> Path:
        """The file to be edited; where there is none it is begun, with everything explained and nothing set.

        Raises:
            OSError: it cannot be written.
        """
        ...

    def take(self) -> Taken:
        """Read the file and take over what it says. May wait for the store."""
        ...


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
        themes: the folder of the owner's own themes; None where there can be none.
        keep_look: writes a setting of the table `[look]` into the owner's file; it waits for a disk, and raises
            `core.not_kept.NotKept` if nothing was written.
        terminal: what is known of the terminal.
        first_words: what is to be said first of all, as what was wrong with the owner's keys; empty for nothing.
        settings: where all of it comes from, and whether that changes; None where nobody changes it.
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
    themes: Path | None = None
    keep_look: Callable[[str, str | bool], None] = _kept_nowhere
    terminal: Terminal = Terminal()
    first_words: str = ""
    settings: OwnSettings | None = None

    signs_in: Callable[[], SignsIn] | None = None
    tour: bool = False


class Taken(Struct, frozen=True):
    """What became of a settings file that has changed.

    Attributes:
        sentence: what to say of it; empty where there is nothing to say.
        services: what the screen is given from now on; None where that is as before.
    """

    sentence: str
    services: Services | None = None


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
