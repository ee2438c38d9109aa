"""The account list: who is signed in, how each is doing, which are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health
from tui_inbox.core.moment import Millis
from tui_inbox.queries import accounts as account_queries
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui import keys
from tui_inbox.ui.render.accounts import (
    AccountData,
    AccountRenderer,
    AccountsData,
    SignIn,
    health_words,
)
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.header import SCOPE_IDS

TICK = 1.0
"""Seconds between two looks while something is counted down."""


class AccountsPage(EnterPage):
    """All accounts. Enter shows one of them alone in every pane; when it is alone already, all again."""

    WORDS = ("activity.open", "scope.all", "close")

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
        rows = list(account_rows(self._accounts, health, desk.scope, now))
        self.fill(
            "Accounts", rows, hint="Enter shows one alone" if len(rows) > 2 else "q goes back"
        )
        self._tick_while(any(one.next_try is not None for one in health.values()))

    def _tick_while(self, counting: bool) -> None:
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
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """Show the selected account alone, or all again; the list has done its work."""
        row = self._rows.selected
        if row is None or not isinstance(row.data, AccountData):
            return
        ids = tuple(account.id for account in self._accounts)
        chosen = ids if row.data.alone else (row.data.account.id,)
        self.desk.close_page(self)
        self.desk.set_scope(chosen)


def account_rows(
    accounts: Sequence[AccountRow], health: Mapping[int, Health], scope: Scope, now: Millis
) -> Iterator[Row[AccountsData]]:
    """The rows of the list.

    Args:
        accounts: all of them, in the order of the header line.
        health: of each, by local id.
        scope: which are shown.
        now: the moment the words are for.
    """
    for place, account in enumerate(accounts):
        data = AccountData(
            account,
            health_words(health.get(account.id), now),
            key=keys.shown(keys.key_named(SCOPE_IDS[place]).keys[0])
            if place < len(SCOPE_IDS)
            else "",
            alone=len(accounts) > 1 and scope.accounts == (account.id,),
        )
        yield Row(f"account:{account.id}", data, data)
    sign_in = SignIn("Sign in to another one:" if accounts else "Nobody is signed in yet. Sign in:")
    yield Row("sign-in", sign_in, sign_in, selectable=False)
