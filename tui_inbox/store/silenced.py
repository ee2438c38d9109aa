"""Whom an account muted or blocked, as a list of its server says: whoever is not on it any more is free again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from tui_inbox.core.person import Person
from tui_inbox.store.people import put_person, set_flag
from tui_inbox.store.store import Writing

Flag = Literal["muting", "blocking"]


def put_list(
    w: Writing,
    account: int,
    flag: Flag,
    listed: Iterable[Person],
    *,
    is_whole: bool,
    but: Collection[int] = (),
) -> None:
    """Make what is known of an account's people agree with a list of its server.

    Args:
        flag: which list it is.
        listed: who stands on it.
        is_whole: whether all of it was read; otherwise nobody is freed, since they may stand further down.
        but: people (local ids) whom the owner decided on while it was read; they stay as they are.
    """
    shown = {put_person(w, account, person) for person in listed}
    known = _flagged(w, account, flag)
    for person in sorted(shown - known - set(but)):
        set_flag(w, account, person, flag, True)
    if is_whole:
        for person in sorted(known - shown - set(but)):
            set_flag(w, account, person, flag, False)


def _flagged(w: Writing, account: int, flag: Flag) -> set[int]:
    rows = w.db.execute(
        f"SELECT person FROM person_views WHERE account = ? AND {flag} AND (muting OR blocking)",  # noqa: S608  # one of two
        (account,),
    )
    return {person for (person,) in rows}
