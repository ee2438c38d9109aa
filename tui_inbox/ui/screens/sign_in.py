"""Signing in without leaving the program: how, what is going on, and what is fetched then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping

from textual import events
from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import HEARING, Health, HealthState
from tui_inbox.core.ports import Told
from tui_inbox.core.sign_in import SignInCall, SignInRun, SignsIn
from tui_inbox.core.text import clean_line
from tui_inbox.queries import history
from tui_inbox.queries.rows import AccountRow
from tui_inbox.ui import keys
from tui_inbox.ui.keymap import written
from tui_inbox.ui.render.accounts import health_words
from tui_inbox.ui.render.sign_in import (
    Address,
    Choice,
    Fact,
    Said,
    SignInData,
    SignInRenderer,
)
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.sign_in_choices import BLUESKY, MASTODON, PASTES, STEPS, WAYS, Way
from tui_inbox.ui.screens.sign_in_ways import Asked, ScreenWays, Wanted
from tui_inbox.ui.widgets import Row

TICK = 0.5
"""Seconds between two looks how far an account has been read: nobody tells of each request."""
IN_THE_DEMO = "Nobody signs in to the demo town; start tui-inbox without demo, and sign in there."
NOBODY = "Nobody was signed in."
LONGEST_ADDRESS = 4096


class SignInPage(ListPage):
    """Asks how, follows the sign-in, and says what is fetched. It goes away when all is read.

    Args:
        again: whom to sign in again at once; None to ask how.
    """

    PLACE = "sign_in"
    OWN = frozenset(
        {
            *(way.id for way in WAYS),
            *("sign_in.choose", "sign_in.copy", "sign_in.browse", "sign_in.paste", "close"),
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.SIGN_IN)
    OPENS = "sign_in.choose"
    TITLE = "Sign in"

    def __init__(self, again: AccountRow | None = None) -> None:
        super().__init__(SignInRenderer)
        self._again = again
        self._chosen = ""
        self._typed: dict[str, str] = {}
        self._sentence = ""
        self._call: SignInCall | None = None
        self._run: SignInRun | None = None
        self._ways: ScreenWays | None = None
        self._want: Asked | None = None
        self._whose = ""
        self._address = ""
        self._account: int | None = None
        self._so_far = history.Reading()
        self._ticking: Timer | None = None

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Who is signed in, and how they are doing."""
        return change.topic in (Topic.ACCOUNTS, Topic.HEALTH)

    async def read_first(self) -> None:
        """Sign in again whom it was opened for."""
        if self._again is not None:
            by_handle = self._again.network == "bluesky"
            way = BLUESKY if by_handle else MASTODON
            self._typed[way.id] = self._again.handle if by_handle else self._again.server
            self._begin(way, self._typed[way.id])

    async def read(self) -> None:
        """Look how far the account has been read, and say it."""
        if self._account is not None:
            self._so_far = await self.desk.ask(history.so_far, self._account)
            if self._so_far.is_whole and self._is_heard:
                self.desk.say("Everything is read. n goes to the next one who waits for you.")
                self.leave()
                return
        self._show()

    @property
    def _signs_in(self) -> SignsIn | None:
        """Made when it is needed: it is loaded for nobody who only starts the program."""
        make = self.desk.services.signs_in
        return make() if make is not None else None

    @property
    def _health(self) -> Health | None:
        return self.desk.services.fetcher.health().get(self._account or 0)

    @property
    def _is_heard(self) -> bool:
        return self._health is not None and self._health.state in HEARING

    def _show(self) -> None:
        rows = [
            Row(data.id, data, data)
            if isinstance(data, Choice)
            else Row(f"{n}", data, data, selectable=False)
            for n, data in enumerate(self._data())
        ]
        hint = "" if self._account is not None else "esc cancels" if self._run else self.hint
        self.fill(self.TITLE, rows, hint=hint)

    hint = "q goes back"

    def _data(self) -> Iterator[SignInData]:
        if self._account is not None:
            yield from self._fetched()
        elif self._run is not None:
            yield from self._under_way()
        else:
            yield from self.head()
            for choice in self.choices():
                if self._sentence and choice.id == self._chosen:
                    yield Said(self._sentence, wrong=True)
                yield choice
            yield Said(
                "Everything is kept on this machine. Nothing is sent to anyone but your servers."
            )

    def head(self) -> Iterator[SignInData]:
        """What stands above the choices."""
        return iter(())

    def choices(self) -> Iterator[Choice]:
        """What can be chosen."""
        keymap = dict(self.desk.services.look.keymap)
        for way in WAYS:
            yield Choice(way.id, written(way.id, keymap), way.words, way.about)

    def _under_way(self) -> Iterator[SignInData]:
        assert self._call is not None
        if self._want is Asked.HIDDEN:
            yield Said(f"The app password of {self._whose}. It is not shown while it is typed.")
        elif self._want is not None:
            enter = written("sign_in.choose", dict(self.desk.services.look.keymap))
            yield Said(STEPS[self._want].format(enter=enter))
            yield Address(self._address)
        else:
            yield Said(f"Asking {clean_line(self._call.server, limit=200)} …")

    def _fetched(self) -> Iterator[SignInData]:
        account = self.desk.account(self._account or 0)
        yield Said(f"Signed in as @{account.handle}." if account else "Signed in.")
        health, heard = self._health, self._is_heard
        home = heard or self._so_far.home
        past = str(health.reading) if health is not None and health.reading else ""
        yield Fact("home", "read" if home else "being read")
        yield Fact("mentions", "read" if heard else "being read" if home else "next")
        yield Fact("your past", past or ("being read" if heard else "then"))
        if health is not None and not heard and health.state is not HealthState.STARTING:
            yield Fact("server", health_words(health, self.desk.services.now()))
        yield Said("")
        yield Said(
            "What you wrote and who wrote to you decides who waits. All that is here can be read meanwhile, and the "
            "rest is read in the background: q leaves this page."
        )

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Choose a way, take part in it, leave it."""
        return {
            **{way.id: self._chooser(way) for way in WAYS},
            "sign_in.choose": self.choose,
            "sign_in.copy": self.copy_address,
            "sign_in.browse": self.browse,
            "sign_in.paste": self.paste,
            "close": self.close,
        }

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        if self._account is not None:
            return ("close:go on in the background",)
        if self._run is None:
            return ("sign_in.choose", "close")
        if self._want is Asked.ADDRESS:
            return ("sign_in.copy", "sign_in.browse", "sign_in.paste", "close:cancel")
        if self._want is None:
            return ("close:cancel",)
        copy = () if self._want is Asked.HIDDEN else ("sign_in.copy",)
        return (
            "sign_in.choose:paste it" if copy else "sign_in.choose:type it",
            *copy,
            "close:cancel",
        )

    def _chooser(self, way: Way) -> Callable[[], None]:
        def act() -> None:
            if self._signs_in is None:
                self.desk.say(IN_THE_DEMO)
            elif self._run is None and self._account is None:
                self.desk.opening(self._ask_whom(way))

        return act

    def choose(self) -> None:
        """Do what the selected row says; answer, where something is asked."""
        row = self._rows.selected
        if self._want is not None and self._want is not Asked.ADDRESS:
            self.desk.start(self._ask_owner())
        elif row is not None and isinstance(row.data, Choice):
            self.desk.act(row.data.id)

    def copy_address(self) -> None:
        """Copy the address of the page where the owner says yes."""
        if self._address:
            self.desk.copy_to_clipboard(self._address)
            self.desk.say("The address is in the clipboard.")
        else:
            self.desk.say("There is no address yet.")

    def browse(self) -> None:
        """Open the page once more."""
        if self._address and (signs_in := self._signs_in) is not None:
            signs_in.open_browser(self._address)
            self.desk.say("Opened in your browser, if there is one here.")
        else:
            self.desk.say("There is no address yet.")

    def paste(self) -> None:
        """Begin anew so that the page shows what is to be pasted: for a browser on another machine."""
        call = self._call
        if self._run is None or call is None or self._want is not Asked.ADDRESS:
            self.desk.say("There is nothing to paste now.")
            return
        self._cancel()
        self._sign_in(SignInCall(call.network, call.server, call.at, call.browser, paste=True))

    def close(self) -> None:
        """Cancel what is under way; else go away."""
        if self._run is not None:
            self._cancel()
            self._sentence = NOBODY
            self._show()
        elif self._account is not None:
            self.leave()
        else:
            self.go_back()

    def go_back(self) -> None:
        """Nothing was chosen."""
        self.desk.close_page(self)

    def leave(self) -> None:
        """It has done its work."""
        self.desk.close_page(self)

    # The sign-in

    async def _ask_whom(self, way: Way) -> None:
        typed = await self.desk.ask_line(way.asks, self._typed.get(way.id, ""))
        if typed and typed.strip():
            self._typed[way.id] = typed
            self._begin(way, typed)

    def _begin(self, way: Way, typed: str) -> None:
        """Sign in with what was typed."""
        self._chosen = way.id
        signs_in = self._signs_in
        if signs_in is None:
            self.desk.say(IN_THE_DEMO)
        else:
            self._sign_in(way.call(typed, paste=not signs_in.has_browser))

    def _sign_in(self, call: SignInCall) -> None:
        signs_in = self._signs_in
        assert signs_in is not None
        self._call, self._want, self._address, self._sentence = call, None, "", ""
        self._ways = ScreenWays(self.post_message)
        self._run = signs_in.begin(call, self._ways)
        self.desk.start(self._see_through(self._run))
        self._show()

    async def _see_through(self, run: SignInRun) -> None:
        told = await asyncio.wrap_future(run.told)
        if run is self._run:
            self._run = self._want = self._ways = None
            self._ended(told)

    def _ended(self, told: Told[int]) -> None:
        if told.what is None:
            self._sentence = f"{told.sentence} What you typed is kept."
            self._show()
            self._rows.select_key(self._chosen)
            return
        self._account = told.what
        self._ticking = self.set_interval(TICK, self.reread)
        self.reread()

    def on_wanted(self, event: Wanted) -> None:
        """The sign-in wants something of the owner."""
        event.stop()
        if event.ways is not self._ways:
            return
        if event.asked is Asked.ADDRESS:
            self._address = clean_line(event.about, limit=LONGEST_ADDRESS)
            self._want = self._asked_by_call()
            signs_in = self._signs_in
            if self._want is Asked.ADDRESS and signs_in is not None:
                signs_in.open_browser(self._address)
            self._show()
            return
        self._want, self._whose = event.asked, event.about
        self._show()
        if event.asked is Asked.HIDDEN:  # else the address has to be copied first
            self.desk.start(self._ask_owner())

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while something is to be pasted, is that."""
        if self._want in PASTES:
            event.stop()
            self.desk.start(self._ask_owner(clean_line(event.text, limit=LONGEST_ADDRESS)))

    def _asked_by_call(self) -> Asked:
        """What will be wanted once the page is open."""
        call = self._call
        if call is None or not call.paste:
            return Asked.ADDRESS
        return Asked.ENDED_AT if call.network == "bluesky" else Asked.CODE

    async def _ask_owner(self, text: str = "") -> None:
        """Ask for what is wanted. Who leaves the question may come back to it.

        Args:
            text: what was pasted already.
        """
        ways, wanted = self._ways, self._want
        if ways is None or wanted is None:
            return
        secret = wanted is Asked.HIDDEN
        label = f"app password of {self._whose}" if secret else PASTES[wanted]
        typed = await self.desk.ask_line(label, text, secret=secret)
        if typed and typed.strip() and ways is self._ways:
            self._want, self._address = None, ""
            self._show()
            ways.answer(typed.strip())

    def _cancel(self) -> None:
        run, ways = self._run, self._ways
        self._run = self._ways = self._want = None
        if run is not None and ways is not None:
            run.cancel()
            ways.leave()

    def on_unmount(self) -> None:
        """The page or the program ends: so does what is under way."""
        self._cancel()
