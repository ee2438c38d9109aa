"""Accounts as panes show them, and through whose eyes a pane looks."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.store import accounts, identities
from tui_inbox.store.database import Connection


class Viewer(Struct, frozen=True):
    """An account through whose eyes posts and people are shown.

    Attributes:
        account: its local id. `owner`: that of the person it belongs to.
        letters: its mark in rows; empty where one account only is shown.
    """

    account: int
    owner: int
    network: str
    letters: str


def account_rows(db: Connection) -> tuple[AccountRow, ...]:
    """All accounts, in the order in which they were added."""
    return tuple(
        AccountRow(
            id=account.id,
            network=account.network,
            letters=account.letters,
            handle=account.handle,
            label=account.label,
            characters=account.limits.characters,
            url_characters=account.limits.url_characters,
            translates=account.limits.translates,
            server=account.server,
            quotes=account.limits.quotes,
            edits=account.limits.edits,
            one_with=tuple(one for one in together(db, account.id) if one != account.id),
            door=accounts.door(db, account.id),
            by_browser=accounts.was_by_browser(db, account.id),
        )
        for account in accounts.accounts(db)
    )


def together(db: Connection, account: int) -> tuple[int, ...]:
    """The accounts that were declared one identity with one of them, itself included, by local id."""
    return tuple(identities.owners_together(db, account))


def limits(db: Connection, ids: Iterable[int]) -> dict[int, Limits]:
    """What the servers of some accounts allow, by local id.

    Raises:
        NoSuchAccount: one of them is not signed in any more.
    """
    return {id: accounts.account(db, id).limits for id in ids}


def usual_language(db: Connection, account: int) -> str | None:
    """The language an account usually posts in (BCP 47), as its server says; None where it does not.

    Raises:
        NoSuchAccount: there is none with that number.
    """
    return accounts.usual(db, account)[1]


def viewers(db: Connection, scope: Scope) -> dict[int, Viewer]:
    """The accounts of a scope that exist, in its order."""
    known = {account.id: account for account in accounts.accounts(db)}
    alone = len(scope.accounts) == 1
    return {
        id: Viewer(
            id,
            accounts.owner(db, id),
            known[id].network,
            "" if alone else known[id].letters,
        )
        for id in scope.accounts
        if id in known
    }


def viewer(db: Connection, account: int) -> Viewer | None:
    """One account by itself, with its letters; None when there is none (any more)."""
    try:
        known = accounts.account(db, account)
    except accounts.NoSuchAccount:
        return None
    return Viewer(account, accounts.owner(db, account), known.network, known.letters)
