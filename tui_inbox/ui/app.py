"""The application: ties panes, keys, news and places together. What each of them does stands in its module."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from tui_inbox.commands.context import NotPossible, Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.not_kept import NotKept
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui import keys, looked_at, terminal
from tui_inbox.ui.appearance import filters_of_lines, put_on
from tui_inbox.ui.beginning import Beginning, read_beginning
from tui_inbox.ui.desk import TakesNext
from tui_inbox.ui.first_picture import FirstPicture
from tui_inbox.ui.hands import Hands
from tui_inbox.ui.keymap import InForce, in_force, written
from tui_inbox.ui.layout import Area, Ground, Kind, Shown, kind_of
from tui_inbox.ui.layouts import Layouts
from tui_inbox.ui.memory import Memory
from tui_inbox.ui.news import news_here
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.places import Places
from tui_inbox.ui.quitting import WITHIN, Quitting
from tui_inbox.ui.render.anchored import Anchored
from tui_inbox.ui.render.glyphs import glyphs
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.screens.main import MainScreen
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import Look, Services
from tui_inbox.ui.status import Status
from tui_inbox.ui.themes import Themes
from tui_inbox.ui.type_ahead import LONGEST, START, TypeAhead, through
from tui_inbox.ui.widgets import RowList

if TYPE_CHECKING:
    from tui_inbox.core.versions import Translation
    from tui_inbox.ui.bubbles import Bubbles
    from tui_inbox.ui.pictures.painter import Painter
    from tui_inbox.ui.screens.composer import Composer
    from tui_inbox.ui.widgets.tour_strip import TourStrip

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

FIRST_WORDS_FOR = 30.0
"""Seconds for which it is said what was wrong with the settings: there is a line to be found in a file."""

NO_PANES = "Nobody is signed in, so there is nothing to go to yet."

MINUTE = 60.0
"""Seconds between two looks at the ages on the screen."""


class InboxApp(App[None], inherit_bindings=False):
    """tui-inbox on the screen. It fulfils `ui.desk.Desk`.

    Args:
        services: everything it reaches outside of itself.

    Attributes:
        next_call: words with which the program is to go on when the screen has ended; none where it is to end.
    """

    TITLE = "tui-inbox"
    CSS_PATH = "inbox.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", id="program.end", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
        *keys.bindings(keys.Context.TOUR),
    ]
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
        self.chosen: list[str] = []
        self.themes = Themes(
            services.themes,
            dark=services.terminal.dark,
            range_="none" if self.no_color else services.terminal.colours,
        )
        self.away_since: Millis | None = None
        self.translations: dict[tuple[int, str], Translation] = {}
        self.next_call: tuple[str, ...] = ()
        self._beginning = Beginning()
        self._main: MainScreen | None = None
        self._hands: Hands
        self._type_ahead = TypeAhead(self._press, self.call_next, self.set_timer)
        self._status: Status
        self._quitting = Quitting(services.monotonic)
        self._lines_wanted = False
        self._first_picture = FirstPicture(self)
        self._memory = Memory(services.ctx, self.set_timer)
        self._anchored = Anchored()
        self._unsubscribe: Callable[[], None] | None = None
        self._bubbles: Bubbles | None = None
        self._painter: Painter | None = None
        self._put_on(services.look)
        self._tour: TourStrip | None = None

    # Start and end

    async def on_load(self) -> None:
        """Read what the first picture needs, before there is a picture."""
        self._beginning = await read_beginning(self.services.reader)
        self.accounts = self._beginning.accounts
        self.away_since = self._beginning.away_since
        self.scope = Scope(tuple(account.id for account in self.accounts))
        self._mix_palette()

    def on_mount(self) -> None:
        """Have a title of our own, before anything else is said in it."""
        terminal.keep_title(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Filters of drawn lines, asked for at each painting; the last puts the cursor where it should be."""
        filters = filters_of_lines(super().get_line_filters(), no_colour=self.no_color)
        return [*filters, self._anchored]

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; before there is a screen, only say which colours it will have."""
        if self._main is None:  # else all CSS would be read twice for the first picture
            self.stylesheet.set_variables(self.get_css_variables())
        else:
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """There is one screen."""
        self._first_picture.hold_back()
        layouts = Layouts(self._beginning.layouts, kind_of(self.size))
        self._main = main = MainScreen(
            layouts, lambda: self._first_picture.is_held_back, self._arranged
        )
        self._hands = Hands(self, main.which_key, self.set_timer)
        self._type_ahead.hold(self._hands, longest=START)
        self._status = Status(self, main.status_line, lambda: main.hand)
        return main

    def on_main_screen_ready(self, event: MainScreen.Ready) -> None:
        """Panes are there: listen to the store, and begin where it ended."""
        event.stop()
        news = news_here(self._news, self.set_timer, self.services.monotonic)
        self._unsubscribe = self.services.subscribe(news.changed)
        self._bind_keys()
        self.theme_changed_signal.subscribe(self, lambda _: self._repaint())
        self.set_interval(MINUTE, self._minute_passed)
        self.activate(self.shown.active)
        self._keep()
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
        self._type_ahead.there(self._hands)
        self.services.started()
        for event in terminal.events_of(self.services.terminal.typed):
            self.post_message(event)

        from tui_inbox.ui.greeting import greet

        if (wishes := self.services.bubbles) is not None:
            from tui_inbox.ui.bubbles import Bubbles

            write = partial(terminal.write, self)
            self._bubbles = Bubbles(self, wishes(), write, self.set_timer)
            self.start(self._bubbles.begin())
        if words := self.services.first_words:
            self.say(words, FIRST_WORDS_FOR)
        if (settings := self.services.settings) is not None:
            from tui_inbox.ui.settings_news import SettingsNews

            SettingsNews(self, settings, self.set_interval)
        await greet(self, self._beginning, lambda: not self._status.sentence)
        if self.services.tour:
            self.begin_tour()
        self._say_trouble_with_theme()

    def _say_trouble_with_theme(self) -> None:
        if trouble := self.themes.trouble(self.services.look.theme):
            self.say(trouble)

    def take(self, services: Services) -> None:
        """The owner has changed the settings: from now on these hold."""
        before = self.services.look
        self.services = replace(services, look=before)
        if self._bubbles is not None and services.bubbles is not None:
            self._bubbles.take(services.bubbles())
        self.look_changed(services.look)
        if services.look.theme != before.theme:
            self._say_trouble_with_theme()

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
        self._keep()
        if self._unsubscribe is not None:
            self._unsubscribe()
        terminal.give_title_back(self)

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

    @property
    def place(self) -> str:
        """Name of the place where keys are pressed."""
        composer = self.main.reading.composer
        return "composer" if composer is not None and composer.has_hand else self.here.PLACE

    @property
    def panes_seen(self) -> list[Pane]:
        """The panes on the screen, the one that keys act on first."""
        return self.main.panes_seen

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

    def opening(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that opens what the next keys are meant for; they wait until it is done."""
        self._type_ahead.hold(work)
        self.start(self._opened(work))

    async def _opened(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._type_ahead.there(work)

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

    def say(self, sentence: str, seconds: float | None = None) -> None:
        """Show a sentence in the status line for a while."""
        self._status.say(sentence, seconds)

    async def ask_line(
        self,
        label: str,
        text: str = "",
        *,
        complete: Callable[[str], str] | None = None,
        secret: bool = False,
    ) -> str | None:
        """Ask for one line of text at the bottom of the screen."""
        assert self.main.ask_line is not None, "no key acts before it is there"
        self._type_ahead.all_there()
        return await self.main.ask_line.ask(label, text, complete=complete, secret=secret)

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
        self._type_ahead.all_there()
        return await self.main.choice_line.ask(
            label, choices, done=done, several=several, chosen=chosen
        )

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key does in a list, and hand one that follows a prefix to the prefix.

        Textual would send it to the widget with the focus and back up through the queues of all above it,
        and of two keys that arrive together the second would be looked at before the first was done.
        """
        if isinstance(event, events.MouseDown):
            self.leave_keys()
            self._hands.pointed(event.screen_offset)
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self.screen is self._main and self._main.ends_marking(event.key):
            event.stop()
        elif not self._type_ahead.takes(event):
            await self._press(event)

    @property
    def keys_wait(self) -> bool:
        """Whether keys wait for something that opens."""
        return self._type_ahead.is_waiting

    async def _press(self, key: events.Key) -> None:
        focused = self.focused
        in_list = isinstance(focused, RowList) and self.screen is self.main
        at_once = in_list or self.main.begins_prefix(key.key)
        if (
            self._hands.take(key.key)
            or (in_list and self._hands.does(key.key))
            or (at_once and await self._check_bindings(key.key))
        ):
            key.stop()
        else:
            await super().on_event(key)
            if focused is not None and not key.is_printable:
                # It may end the typing, by way of the queues of the field and of all around it.
                self.opening(through(focused))

    def _bind_keys(self) -> None:
        """Let Textual know the changed keys, for where one types. An empty text would keep the usual ones there."""
        self.set_keymap({id_: own or keys.NO_KEY for id_, own in self.services.look.keymap})

    def take_keys(self, lines: Mapping[str, str]) -> InForce:
        """Let other keys hold from now on; what shows keys follows."""
        found = in_force(lines)
        self.look_changed(replace(self.services.look, keymap=found.keymap, preset=found.preset))
        return found

    def give_keys(self, taker: TakesNext | None) -> None:
        """Give the next keys to somebody, whatever has the focus, until that is None."""
        self._hands.taker = taker
        if taker is not None:
            self._type_ahead.all_there()
        self.keys_changed()

    def leave_keys(self) -> None:
        """The hand has gone elsewhere: nobody takes the next keys any more; a prefix waits for a click on its strip."""
        if self.taker is not None:
            self.taker.end()

    @property
    def taker(self) -> TakesNext | None:
        """Who takes the next keys; None for whoever has the focus."""
        return self._hands.taker

    def action_help_quit(self) -> None:
        """Who presses ctrl+c, which ends other programs, is told what ends this one."""
        self.say(f"{written('program.end', dict(self.services.look.keymap))} ends tui-inbox.")

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
        """Lay the panes out in another way; the focus goes to the active one."""
        is_turned = shown.active is not self.shown.active
        self.main.show(shown)
        if is_turned:
            self.activate(shown.active)

    def _keep(self) -> None:
        """The owner looks at this moment. What stands around a welcome is not worth keeping."""
        self._memory.keep(self.main.body.layouts if self.accounts else None)

    def _arranged(self) -> None:
        """What stands where is kept a moment later."""
        if self.accounts:
            # Called later, so that the timer belongs to the application and holds no page.
            self.call_later(lambda: self._memory.keep_soon(self.main.body.layouts))

    @property
    def ground(self) -> Ground:
        """What is on the screen, and where."""
        return self.main.body.ground

    def go(self, area: Area, *, leave: bool = True) -> None:
        """Go to an area's own pane; pages over the Timeline are closed when it is meant."""
        if not self.accounts:
            self.say(NO_PANES)  # there would be no way back to the welcome
            return
        if leave:
            self.places.leave(self.here.spot())
        if area is Area.READING:
            self.main.close_pages()
        self.activate(area)

    @property
    def areas(self) -> list[Area]:
        """The areas that `h`, `l` and Tab go through, in their order."""
        return self.main.areas if self.accounts else []

    def offer_keys(self, words: Sequence[str]) -> None:
        """Show keys in the strip, to be clicked or pressed."""
        self._hands.offer(words)

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
        elif self.ground.kind is Kind.CORNER and self.shown.active is not Area.INBOX:
            self.go(Area.INBOX, leave=False)
        else:
            return False
        return True

    def end(self) -> None:
        """End the program at once."""
        self.exit()

    def quit_at_second(self) -> None:
        """End the program if this was asked for a moment ago."""
        if self._quitting.is_meant():
            self.exit()
        else:
            self._status.say("q again ends tui-inbox.", WITHIN)

    @property
    def tour(self) -> TourStrip | None:
        """The tour of the demo town, while one is on."""
        return self._tour

    def begin_tour(self) -> None:
        """Begin the tour, anew if one is on."""
        from tui_inbox.ui.widgets.tour_strip import TourStrip

        self.end_tour()
        self._tour = tour = TourStrip()
        self._hands.acted = tour.acted
        self.main.mount(tour, before=self.main.which_key)

    def end_tour(self) -> None:
        """End the tour, if one is on."""
        tour, self._tour, self._hands.acted = self._tour, None, None
        if tour is not None:
            tour.remove()

    def leave_for(self, *call: str) -> None:
        """End the screen, and go on as if the program had been called so."""
        self.next_call = call
        self.exit()

    def write_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Go on writing a draft, its thread above it."""
        from tui_inbox.ui.screens.thread import ThreadPage

        about, top = draft.about, self.pane_of(Area.READING)
        thread = top if isinstance(top, ThreadPage) else None
        if about is not None and not (thread and thread.shows(draft.account, about)):
            self.open_page(ThreadPage(draft.account, about), instead=thread is not None)
        self.composer.begin(draft.account, draft.reply_to, draft=draft, kept=kept)

    @property
    def painter(self) -> Painter:
        """What makes cells of pictures; loaded for the first of them."""
        if self._painter is None:
            from tui_inbox.ui.pictures.here import painter_here

            self._painter = painter_here(
                self.services.look.picture_protocol,
                partial(terminal.write, self),
                all_colours=self.console.color_system == "truecolor" and not self.no_color,
            )
        return self._painter

    def try_bubble(self) -> None:
        """Show a notification now, and say which way it took."""
        known = self._bubbles
        self.say("Notifications are not ready yet." if known is None else known.try_it())

    def open_palette(self) -> None:
        """Show all keys of this place, to be found by name."""
        from tui_inbox.ui.screens.palette import Palette

        self.opening(self._push(Palette()))

    async def _push(self, screen: Screen[None]) -> None:
        await self.push_screen(screen)

    def open_page(self, page: Page, *, instead: bool = False) -> None:
        """Lay a page over the Timeline."""
        self.main.open_page(page, instead=instead)
        self.opening(_read_of(page))
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

    # How it looks

    def look_changed(self, look: Look) -> None:
        """The owner wants the screen otherwise: put that on, and draw everything anew. What is the same costs nothing.

        Args:
            look: all of it, as `replace(services.look, theme="nord")`.
        """
        before = self.services.look
        if look == before:
            return
        self.services = replace(self.services, look=look)
        self._put_on(look)
        if look.keymap != before.keymap:
            self._bind_keys()
        if look.picture_protocol != before.picture_protocol:
            self._painter = None  # the next picture makes one that paints in the other way
        for pane in self.main.panes:
            pane.look_changed()
        if self._tour is not None:
            self._tour.look_changed()
        self._repaint()

    def _put_on(self, look: Look) -> None:
        """Wear the colours and signs of a look."""
        self.colours = self.themes.colours(look.theme)
        self.glyphs = glyphs(look.plain)
        self._mix_palette()
        put_on(self, self.colours, still=look.still)

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
        self.main.draw_lines(self, self.colours)
        self._status.keys_changed()
        terminal.say_waiting(self, self.main.inbox.waiting)

    def _minute_passed(self) -> None:
        if self.app_focus:
            self._keep()
        for pane in self.main.panes:
            pane.minute_passed()
        if self.app_focus:
            looked_at.tell(self.services.fetcher, self.main.panes)
        self._status.draw()

    def _mix_palette(self) -> None:
        letters = [account.letters for account in self.accounts]
        self.palette = palette_of(self.colours, letters)

    def _repaint(self) -> None:
        """Other colours or other accounts: draw every row again."""
        self._mix_palette()
        for pane in self.main.panes:
            pane.repaint()
        composer = self.main.reading.composer
        if composer is not None and composer.is_open:
            composer.redraw()
        self.keys_changed()


async def _read_of(page: Page) -> None:
    """Wait until a page shows what the store has; one that was closed before will never."""
    with suppress(TimeoutError):
        await asyncio.wait_for(page.first_read.wait(), LONGEST)
