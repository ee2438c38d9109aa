"""The application: ties panes, keys, news and places together. What each of them does stands in its module."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace
from textual import events
from textual.app import App
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen

from tui_inbox.commands.context import NotPossible, Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.not_kept import NotKept
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui import looked_at, terminal, themes
from tui_inbox.ui.beginning import Beginning, read_beginning
from tui_inbox.ui.first_picture import FirstPicture
from tui_inbox.ui.hands import Hands
from tui_inbox.ui.layout import Area, Shown, kind_of
from tui_inbox.ui.memory import Memory
from tui_inbox.ui.news import news_here
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.places import Places
from tui_inbox.ui.quitting import WITHIN, Quitting
from tui_inbox.ui.render.glyphs import glyphs
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.screens.main import MainScreen
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import Services
from tui_inbox.ui.status import Status
from tui_inbox.ui.widgets import RowList

if TYPE_CHECKING:
    from tui_inbox.core.versions import Translation
    from tui_inbox.ui.bubbles import Bubbles
    from tui_inbox.ui.screens.composer import Composer

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

MINUTE = 60.0
"""Seconds between two looks at the ages on the screen."""


class InboxApp(App[None]):
    """tui-inbox on the screen. It fulfils `ui.desk.Desk`.

    Args:
        services: everything it reaches outside of itself.
    """

    TITLE = "tui-inbox"
    CSS_PATH = "inbox.tcss"
    COMMAND_PALETTE_BINDING = "f24"  # the palette's keys stand in our own table
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.accounts: tuple[AccountRow, ...] = ()
        self.scope = Scope(())
        self.glyphs = glyphs(services.look.plain)
        self.places = Places()
        self.walked = ""
        self.palette = palette_of(themes.DARK, ())
        self.away_since: Millis | None = None
        self.translations: dict[tuple[int, str], Translation] = {}
        self._beginning = Beginning()
        self._main: MainScreen | None = None
        self._hands: Hands
        self._status: Status
        self._quitting = Quitting(services.monotonic)
        self._lines_wanted = False
        self._first_picture = FirstPicture(self)
        self._memory = Memory(services.ctx)
        self._unsubscribe: Callable[[], None] | None = None
        self._bubbles: Bubbles | None = None
        for colours in themes.ALL:
            self.register_theme(themes.textual_theme(colours))
        self.theme = services.look.theme or themes.DARK.name

    # Start and end

    async def on_load(self) -> None:
        """Read what the first picture needs, before there is a picture."""
        self._beginning = await read_beginning(self.services.reader)
        self.accounts = self._beginning.accounts
        self.away_since = self._beginning.away_since
        self.scope = Scope(tuple(account.id for account in self.accounts))
        self._mix_palette()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Filters of drawn lines. ANSI colours are only in the theme that means them, so none is translated."""
        filters = super().get_line_filters()
        return [one for one in filters if not isinstance(one, ANSIToTruecolor)]

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; before there is a screen, only say which colours it will have."""
        if self._main is None:  # else all CSS would be read twice for the first picture
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """There is one screen."""
        self._first_picture.hold_back()
        self._main = main = MainScreen(
            self._beginning.shown, kind_of(self.size), lambda: self._first_picture.is_held_back
        )
        self._hands = Hands(self, main.which_key, self.set_timer)
        self._status = Status(self, main.status_line, lambda: main.hand)
        return main

    def on_main_screen_ready(self, event: MainScreen.Ready) -> None:
        """Panes are there: listen to the store, and begin where it ended."""
        event.stop()
        news = news_here(self._news, self.set_timer, self.services.monotonic)
        self._unsubscribe = self.services.subscribe(news.changed)
        if self.services.look.keymap:
            self.set_keymap(dict(self.services.look.keymap))
        self.theme_changed_signal.subscribe(self, lambda _: self._repaint())
        self.set_interval(MINUTE, self._minute_passed)
        self.activate(self.shown.active)
        self._memory.keep(self.shown)
        self._status.reread()
        self.start(self._after_first_picture())
        if not self.accounts:
            from tui_inbox.ui.screens.welcome import WelcomePage

            self.show(replace(self.shown, zoomed=True))
            self.open_page(WelcomePage())
        elif self._beginning.was_long_away(self.services.now()):
            self.act("open.catch_up")

    async def _after_first_picture(self) -> None:
        """Load what keys need, do what was pressed meanwhile, and let begin what has waited."""
        main = self.main
        panes = (main.inbox, main.timeline, main.searches, main.people)
        await self._first_picture.painted(panes)

        from tui_inbox.ui.acts import HANDLERS

        await main.complete()
        self._hands.begin(HANDLERS)
        self.services.started()

        from tui_inbox.ui.greeting import greet

        if (wishes := self.services.bubbles) is not None:
            from tui_inbox.ui.bubbles import Bubbles

            write = partial(terminal.write, self)
            self._bubbles = Bubbles(self, wishes(), write, self.set_timer)
            self.start(self._bubbles.begin())
        await greet(self, self._beginning, lambda: not self._status.sentence)

    def on_app_focus(self) -> None:
        """The owner looks at the terminal again."""
        if self._bubbles is not None:
            self._bubbles.focus_changed(True)

    def on_app_blur(self) -> None:
        """The owner looks elsewhere."""
        if self._bubbles is not None:
            self._bubbles.focus_changed(False)

    def on_unmount(self) -> None:
        """Hear no more news, and remember what the next start should know."""
        self._memory.keep(self.shown)
        if self._unsubscribe is not None:
            self._unsubscribe()

    # What there is

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        assert self._main is not None
        return self._main

    @property
    def here(self) -> Pane:
        """The pane or page that keys act on."""
        return self.main.here

    @property
    def shown(self) -> Shown:
        """What stands where."""
        return self.main.body.shown

    @property
    def composer(self) -> Composer:
        """The one composer."""
        assert self.main.reading.composer is not None, "no key acts before it is there"
        return self.main.reading.composer

    def account(self, id_: int) -> AccountRow | None:
        """The account with this local id."""
        return next((account for account in self.accounts if account.id == id_), None)

    def pane_of(self, area: Area) -> Pane:
        """The pane that stands in an area."""
        return self.main.pane_of(area)

    # Asking, doing, saying

    async def ask(
        self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on the reader thread and wait for its answer."""
        return await asyncio.wrap_future(self.services.reader.ask(query, *args, **kwargs))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that waits. A failure becomes a sentence, never the end of the program."""
        self.run_worker(self._guarded(work), group="acts", exit_on_error=False)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (NotPossible, NotKept) as reason:
            self.say(str(reason))
        except Exception:
            log.exception("an act failed")
            self.say("That did not work; the log says why.")

    def follow(self, doing: Future[Outcome]) -> None:
        """Say what a command did, when it has done it."""
        self.start(self._say_outcome(doing))

    async def _say_outcome(self, doing: Future[Outcome]) -> None:
        outcome = await asyncio.wrap_future(doing)
        if outcome.url:
            from tui_inbox.ui.elsewhere import go_on_elsewhere  # few networks leave anything to it

            go_on_elsewhere(self, outcome)
        else:
            self.say(outcome.sentence)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line for a while."""
        self._status.say(sentence)

    async def ask_line(
        self, label: str, text: str = "", *, complete: Callable[[str], str] | None = None
    ) -> str | None:
        """Ask for one line of text at the bottom of the screen."""
        assert self.main.ask_line is not None, "no key acts before it is there"
        return await self.main.ask_line.ask(label, text, complete=complete)

    async def ask_choice(
        self,
        label: str,
        choices: Sequence[str],
        *,
        done: str,
        several: bool,
        chosen: Collection[int] | None = None,
    ) -> tuple[int, ...] | None:
        """Ask at the bottom of the screen to choose among a few things."""
        assert self.main.choice_line is not None, "no key acts before it is there"
        return await self.main.choice_line.ask(
            label, choices, done=done, several=several, chosen=chosen
        )

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key does in a list, and hand one that follows a prefix to the prefix.

        Textual would send it to the widget with the focus and back up through the queues of all above it,
        and of two keys that arrive together the second would be looked at before the first was done.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            at_once = isinstance(self.focused, RowList) or self.main.begins_prefix(event.key)
            if self._hands.take(event.key) or (at_once and await self._check_bindings(event.key)):
                event.stop()
                return
        await super().on_event(event)

    def action_act(self, id_: str) -> None:
        """Do what a key does. All bindings come here."""
        self.act(id_)

    def act(self, id_: str) -> None:
        """Do what a key does, by its id."""
        self._hands.act(id_)

    def idle_seconds(self) -> float:
        """How long no key was pressed."""
        return self._hands.idle_seconds()

    @property
    def pressed(self) -> str:
        """Textual's name of the key that was pressed last."""
        return self._hands.pressed

    # What stands where

    def activate(self, area: Area) -> None:
        """Bring an area on the screen and give it the focus."""
        self.main.activate(area)
        self.keys_changed()

    def show(self, shown: Shown) -> None:
        """Lay the panes out in another way."""
        self.main.show(shown)

    def go(self, area: Area, *, leave: bool = True) -> None:
        """Go to an area's own pane; pages over the Timeline are closed when it is meant."""
        if leave:
            self.places.leave(self.here.spot())
        if area is Area.READING:
            self.main.close_pages()
        self.activate(area)

    @property
    def areas(self) -> list[Area]:
        """The areas that `h`, `l` and Tab go through, in their order."""
        return self.main.areas

    def begin_prefix(self, id_: str) -> None:
        """Wait for one more key."""
        self._hands.begin_prefix(id_)

    def close_top(self) -> bool:
        """Close the top thing; False if there is none."""
        if self.composer.is_open:
            self.composer.close()
        elif self.main.reading.pages:
            self.close_page()
        elif self.shown.zoomed:
            self.show(replace(self.shown, zoomed=False))
        else:
            return False
        return True

    def quit_at_second(self) -> None:
        """End the program if this was asked for a moment ago."""
        if self._quitting.is_meant():
            self.exit()
        else:
            self._status.say("q again ends tui-inbox.", WITHIN)

    def write_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Go on writing a draft, its thread above it."""
        from tui_inbox.ui.screens.thread import ThreadPage

        about, top = draft.about, self.pane_of(Area.READING)
        thread = top if isinstance(top, ThreadPage) else None
        if about is not None and not (thread and thread.shows(draft.account, about)):
            self.open_page(ThreadPage(draft.account, about), instead=thread is not None)
        self.composer.begin(draft.account, draft.reply_to, draft=draft, kept=kept)

    def try_bubble(self) -> None:
        """Show a notification now, and say which way it took."""
        known = self._bubbles
        self.say("Notifications are not ready yet." if known is None else known.try_it())

    def open_palette(self) -> None:
        """Show all keys of this place, to be found by name."""
        from tui_inbox.ui.screens.palette import Palette

        self.push_screen(Palette())

    def open_page(self, page: Page, *, instead: bool = False) -> None:
        """Lay a page over the Timeline."""
        self.main.open_page(page, instead=instead)
        self.keys_changed()

    def close_page(self, page: Page | None = None) -> None:
        """Take a page away, and go back to where it was opened."""
        self.main.close_page(page)
        self.keys_changed()

    def set_scope(self, accounts: tuple[int, ...]) -> None:
        """Show these accounts only, in every pane."""
        if accounts != self.scope.accounts:
            self.scope = Scope(accounts)
            for pane in self.main.panes:
                pane.scope_changed()
            self._status.reread()
            self.keys_changed()

    # News

    def _news(self, changes: frozenset[Change]) -> None:
        """Something changed in the store."""
        if any(change.topic is Topic.ACCOUNTS for change in changes):
            self.start(self._accounts_changed())
        for pane in self.main.panes:
            pane.news(changes)
        if self.main.reading.composer is not None:
            self.main.reading.composer.news(changes)
        self._status.news(changes)
        if self._bubbles is not None:
            self._bubbles.news(changes)

    async def _accounts_changed(self) -> None:
        everything = len(self.scope.accounts) == len(self.accounts)
        self.accounts = await self.ask(account_queries.account_rows)
        ids = tuple(account.id for account in self.accounts)
        kept = ids if everything else tuple(id_ for id_ in self.scope.accounts if id_ in ids)
        self._mix_palette()
        self.set_scope(kept or ids)
        self._repaint()

    def keys_changed(self) -> None:
        """What works on the selected row, or a pane's title, may have changed."""
        if not self._lines_wanted:
            self._lines_wanted = True
            self.call_later(self._draw_lines)

    def _draw_lines(self) -> None:
        self._lines_wanted = False
        self.main.draw_lines(self, themes.colours_named(self.theme))
        self._status.keys_changed()
        terminal.say_waiting(self, self.main.inbox.waiting)

    def _minute_passed(self) -> None:
        if self.app_focus:
            self._memory.keep(self.shown)
        for pane in self.main.panes:
            pane.minute_passed()
        if self.app_focus:
            looked_at.tell(self.services.fetcher, self.main.panes)
        self._status.draw()

    def _mix_palette(self) -> None:
        letters = [account.letters for account in self.accounts]
        self.palette = palette_of(themes.colours_named(self.theme), letters)

    def _repaint(self) -> None:
        """Other colours or other accounts: draw every row again."""
        self._mix_palette()
        for pane in self.main.panes:
            pane.repaint()
        self.keys_changed()
