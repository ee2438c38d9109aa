"""The application on a stage: prepared rows in front, recorded commands behind, a clock that is moved by hand."""

from __future__ import annotations

import importlib
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from ui.fakes import FakeFetcher, FakeReader
from ui.town import NOW, Town, usual_town

from tui_inbox.commands.context import Context, Outcome
from tui_inbox.core.bubbles import Wishes
from tui_inbox.core.changes import Change
from tui_inbox.core.draft import Draft
from tui_inbox.core.mix import MixTarget
from tui_inbox.core.moment import Millis
from tui_inbox.core.sign_in import SignsIn
from tui_inbox.ui.app import InboxApp
from tui_inbox.ui.services import Listener, Look, Services

COMMANDS = {
    "accounts": ("set_letters",),
    "items": (
        "done",
        "done_hit",
        "later",
        "later_hit",
        "junk",
        "let_in",
        "let_in_thread",
        "looked_at",
        "looked_at_hit",
        "dismiss_person",
    ),
    "acts": ("toggle", "on_person", "delete", "vote"),
    "drafts": ("save", "throw_away"),
    "own_posts": ("edit", "redraft"),
    "silencing": ("toggle_talk", "toggle_boosts", "hide_word", "block_server", "report"),
    "sending": ("send", "stop_held", "retry", "discard", "reopen", "look_again", "mark_sent"),
    "searches": ("save", "remove", "mark", "exclude", "change_query", "set_asks_only"),
    "outside": ("save_feed", "listen_to_feed", "stop_listening", "look_in_timeline"),
    "people": (
        "pin",
        "note",
        "met",
        "take_off",
        "let_go",
        "bring_back",
        "looked",
        "seen_to",
        "remind",
    ),
    "lists": ("put_on", "take_off"),
    "groups": ("make", "add", "take_out", "rename", "delete"),
    "door": ("let_in", "refuse", "set_door"),
    "undo": ("undo",),
    "watching": ("toggle", "end", "looked_at"),
    "places": ("keep", "looked_away"),
    "reading": ("open_warnings",),
    "profile": ("change",),
}
"""Commands that the screen calls, by module."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was called."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass
class Stage:
    """What a test sees of the running application."""

    app: InboxApp
    pilot: Pilot[None]
    town: Town
    fetcher: FakeFetcher
    done: list[Done]
    listeners: list[Listener]
    seconds: list[float] = field(default_factory=lambda: [1000.0])
    moment: list[Millis] = field(default_factory=lambda: [NOW])

    def lines(self) -> list[str]:
        """The screen's lines, without the blanks at their ends."""
        strips = self.app.screen._compositor.render_strips()
        shown = ("".join(part.text for part in strip if not part.control) for strip in strips)
        return [line.rstrip() for line in shown]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines())

    async def press(self, *keys: str) -> None:
        """Press keys, and let everything settle."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that was begun end.

        Each round waits until every widget has done what was asked of it, which may ask something of others. Only the
        last waits for the process to be idle besides, which takes 20 ms of doing nothing at least.
        """
        for _ in range(3):
            await self.pilot.pause(0)
        await self.until(lambda: not self.app.keys_wait)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let things go on until something has happened; fail when it does not within five seconds."""
        for _ in range(500):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"it did not happen; the screen is\n{self.text}")

    async def tell(self, *changes: Change) -> None:
        """Something changed in the store. The bus speaks on a thread of its own, so this does too."""
        for listener in self.listeners:
            thread = threading.Thread(target=listener, args=(frozenset(changes),))
            thread.start()
            thread.join()
        await self.settle()

    def wait(self, seconds: float) -> None:
        """Let time pass for the hand; timers of the screen are not moved by it."""
        self.seconds[0] += seconds

    def called(self, name: str) -> list[Done]:
        """The calls of one command, as `items.done`."""
        return [done for done in self.done if done.name == name]


def record_commands(monkeypatch: pytest.MonkeyPatch) -> list[Done]:
    """Put recorders in the place of all commands. They answer as the commands would."""
    calls: list[Done] = []

    def recorder(name: str) -> Callable[..., Future[Any]]:
        def call(ctx: Context, *args: Any, **kwargs: Any) -> Future[Any]:
            calls.append(Done(name, args, kwargs))
            answer: Future[Any] = Future()
            if name == "drafts.save":
                draft = cast(Draft, args[0])
                answer.set_result(replace(draft, id=draft.id or 77))
            elif name == "sending.stop_held":
                answer.set_result(None)
            elif name.startswith("own_posts."):
                account, post, original = args
                edits = post if name == "own_posts.edit" else None
                id = 78 if edits is None else 0  # an edit is kept when it is changed
                answer.set_result(Draft(id, account, original.text, edits=edits))
            else:
                answer.set_result(Outcome(f"did {name}", len(calls)))
            return answer

        return call

    for module, names in COMMANDS.items():
        place = importlib.import_module(f"tui_inbox.commands.{module}")
        for name in names:
            assert hasattr(place, name), f"commands.{module} has no {name}"
            monkeypatch.setattr(place, name, recorder(f"{module}.{name}"))
    return calls


@asynccontextmanager
async def on_stage(
    monkeypatch: pytest.MonkeyPatch,
    town: Town | None = None,
    *,
    size: tuple[int, int] = (160, 45),
    look: Look | None = None,
    started: Callable[[], None] | None = None,
    bubbles: Wishes | None = None,
    mix: MixTarget | None = None,
    first_words: str = "",
    signs_in: SignsIn | None = None,
    tour: bool = False,
) -> AsyncIterator[Stage]:
    """Run the application on a town, without a terminal."""
    town = town or usual_town()
    fetcher = FakeFetcher()
    listeners: list[Listener] = []
    seconds, moment = [1000.0], [NOW]

    def subscribe(listener: Listener) -> Callable[[], None]:
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    services = Services(
        reader=FakeReader(town),
        ctx=cast(Context, None),
        fetcher=fetcher,
        subscribe=subscribe,
        now=lambda: moment[0],
        look=look or Look(),
        started=started or (lambda: None),
        monotonic=lambda: seconds[0],
        bubbles=None if bubbles is None else lambda: bubbles,
        mix=mix,
        first_words=first_words,
        signs_in=None if signs_in is None else lambda: signs_in,
        tour=tour,
    )
    calls = record_commands(monkeypatch)
    app = InboxApp(services)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, town, fetcher, calls, listeners, seconds, moment)
        await stage.settle()
        yield stage
