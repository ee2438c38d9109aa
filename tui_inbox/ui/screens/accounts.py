"""The account list: who is signed in, how each is doing, which are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.timer import Timer

from tui_inbox.commands import accounts as account_commands
from tui_inbox.commands import door as door_commands
from tui_inbox.commands import identities as identity_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import Millis
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.keymap import written
from tui_inbox.ui.render.accounts import (
    DOOR_CHOICES,
    AccountData,
    AccountRenderer,
    AccountsData,
    SignIn,
    health_words,
)
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.screens.sign_in import IN_THE_DEMO, SignInPage
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.header import SCOPE_IDS

TICK = 1.0
"""Seconds between two looks while something is counted down."""


class AccountsPage(ListPage):
    """All accounts. Enter shows one of them alone in every pane; when it is alone already, all again."""

    PLACE = "accounts"
    OWN = frozenset(
        {
            "accounts.open",
            "accounts.door",
            "accounts.letters",
            "accounts.one",
            "accounts.sign_in",
            "accounts.profile",
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ACCOUNTS)
    OPENS = "accounts.open"
    WORDS = (
        *(
            "accounts.open",
            "scope.all",
            "accounts.door",
            "accounts.letters",
            "accounts.one",
            "accounts.profile",
            "accounts.sign_in",
        ),
        "close",
    )

    def __init__(self) -> None:
        super().__init__(AccountRenderer)
        self._accounts: Sequence[AccountRow] = ()
        self._ticking: Timer | None = None

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Who is signed in, and how they are doing."""
        return change.topic in (Topic.ACCOUNTS, Topic.HEALTH)

    async def read(self) -> None:
        """Read the accounts."""
        self._accounts = await self.desk.ask(account_queries.account_rows)
        self._show()

    def _show(self) -> None:
        desk = self.desk
        health = desk.services.fetcher.health()
        now = desk.services.now()
        keymap = dict(desk.services.look.keymap)
        rows = list(account_rows(self._accounts, health, desk.scope, now, keymap))
        self.fill(
            "Accounts", rows, hint="Enter shows one alone" if len(rows) > 2 else "q goes back"
        )
        self._tick_while(any(one.next_try is not None for one in health.values()))

    def _tick_while(self, counting: bool) -> None:
        counting = counting and not self.desk.services.look.still
        if counting and self._ticking is None:
            self._ticking = self.set_interval(TICK, self._show)
        elif not counting and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def minute_passed(self) -> None:
        """Say anew when each was last heard from."""
        self._show()

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Show it alone, change its letters, sign in."""
        return {
            "accounts.open": self.open,
            "accounts.door": self.ask_door,
            "accounts.letters": self.ask_letters,
            "accounts.one": self.ask_one_with,
            "accounts.sign_in": self.sign_in,
            "accounts.profile": self.open_profile,
        }

    @property
    def _selected(self) -> AccountData | None:
        row = self._rows.selected
        return row.data if row is not None and isinstance(row.data, AccountData) else None

    def open(self) -> None:
        """Show the selected account alone, or all again; the list has done its work."""
        if (chosen := self._selected) is not None:
            ids = tuple(account.id for account in self._accounts)
            self.desk.close_page(self)
            self.desk.set_scope(ids if chosen.alone else (chosen.account.id,))

    def ask_letters(self) -> None:
        """Ask for the two letters that mark the rows of the selected account."""
        if (chosen := self._selected) is not None:
            self.desk.opening(self._ask_letters(chosen.account))

    async def _ask_letters(self, account: AccountRow) -> None:
        label = f"two letters for {account.label}"
        letters = await self.desk.ask_line(label, account.letters)
        if letters is not None and letters != account.letters:
            ctx = self.desk.services.ctx
            self.desk.follow(account_commands.set_letters(ctx, account.id, letters))

    def ask_door(self) -> None:
        """Ask what becomes of strangers who write to the selected account."""
        if (chosen := self._selected) is not None:
            self.desk.opening(ask_door(self.desk, chosen.account))

    def ask_one_with(self) -> None:
        """Ask which other accounts are one identity with the selected one."""
        if (chosen := self._selected) is None:
            return
        others = [one for one in self._accounts if one.id != chosen.account.id]
        if others:
            self.desk.opening(self._ask_one_with(chosen.account, others))
        else:
            self.desk.say("Only one account is signed in.")

    async def _ask_one_with(self, account: AccountRow, others: Sequence[AccountRow]) -> None:
        answer = await self.desk.ask_choice(
            f"{account.label} is one with",
            [f"@{one.handle}" for one in others],
            done="takes",
            several=True,
            chosen=[place for place, one in enumerate(others) if one.id in account.one_with],
        )
        if answer is not None:
            ctx, chosen = self.desk.services.ctx, tuple(others[place].id for place in answer)
            self.desk.follow(identity_commands.declare_one(ctx, account.id, chosen))

    def open_profile(self) -> None:
        """The own profile of the selected account."""
        from tui_inbox.ui.screens.profile import ProfilePage

        if (chosen := self._selected) is not None:
            self.desk.open_page(ProfilePage(chosen.account))

    def sign_in(self) -> None:
        """Sign the selected account in again, where it is signed out; else ask whom to sign in."""
        chosen = self._selected
        if self.desk.services.signs_in is None:
            self.desk.say(IN_THE_DEMO)
        else:
            is_out = chosen is not None and bool(chosen.again)
            self.desk.open_page(SignInPage(chosen.account if chosen and is_out else None))


async def ask_door(desk: Desk, account: AccountRow) -> None:
    """Ask what becomes of strangers who write to an account, and do it."""
    doors = list(DOOR_CHOICES)
    label = f"strangers who write to {account.label}"
    choices = list(DOOR_CHOICES.values())
    before = {doors.index(account.door)}
    chosen = await desk.ask_choice(label, choices, done="chooses", several=False, chosen=before)
    if chosen:
        desk.follow(door_commands.set_door(desk.services.ctx, account.id, doors[chosen[0]]))


def account_rows(
    accounts: Sequence[AccountRow],
    health: Mapping[int, Health],
    scope: Scope,
    now: Millis,
    keymap: Mapping[str, str],
) -> Iterator[Row[AccountsData]]:
    """The rows of the list.

    Args:
        accounts: all of them, in the order of the header line.
        health: of each, by local id.
        scope: which are shown.
        now: the moment the words are for.
        keymap: the owner's own keys by id.
    """
    key = written("accounts.sign_in", keymap)
    for place, account in enumerate(accounts):
        one = health.get(account.id)
        is_out = one is not None and one.state is HealthState.SIGNED_OUT
        data = AccountData(
            account,
            health_words(one, now),
            key=written(SCOPE_IDS[place], keymap) if place < len(SCOPE_IDS) else "",
            alone=len(accounts) > 1 and scope.accounts == (account.id,),
            again=f"{key} signs it in again" if is_out else "",
            one_with=tuple(one.letters for one in accounts if one.id in account.one_with),
        )
        yield Row(f"account:{account.id}", data, data)
    words = "to sign in to another one" if accounts else "to sign in; nobody is yet"
    sign_in = SignIn(key, words)
    yield Row("sign-in", sign_in, sign_in, selectable=False)
