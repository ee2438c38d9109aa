"""Whose timelines a search is about, as far as an account's server has named them."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.core.matching import matcher, subject
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.query import From, InGroup
from tui_inbox.core.server_query import MOST_TIMELINES, Timelines
from tui_inbox.core.tokens import fold, tokens
from tui_inbox.store import groups
from tui_inbox.store.database import Connection

_LOOKED_AT = 10 * MOST_TIMELINES
"""People whose handle or name holds what was typed; most of so many are not meant."""


def timelines(db: Connection, account: int, term: From | InGroup) -> Timelines | None:
    """The timelines of those whom a term means; None where they are too many, or nobody known is meant.

    The owner's own posts are no hits, so nothing is read for `from:me`.
    """
    if isinstance(term, InGroup):
        return _of_group(db, account, term.value)
    if term.value == "me":
        return None
    meant = list(_meant(db, account, term))
    if not 0 < len(meant) <= MOST_TIMELINES:
        return None
    return Timelines(tuple(map(_timeline, meant)), is_all="@" in term.value.lstrip("@"))


def _meant(db: Connection, account: int, term: From) -> Iterator[str]:
    """Server ids of those whom a handle, its first part or a name means."""
    rows = db.execute(
        "SELECT v.server_id, p.handle, p.name FROM person_views v CROSS JOIN people p ON p.id = v.person "
        "WHERE v.account = :account AND v.server_id != '' "
        "AND (instr(p.folded, :handle) OR instr(p.folded, :name)) LIMIT :most",
        {
            "account": account,
            "handle": fold(term.value).lstrip("@"),
            "name": " ".join(tokens(term.value)),
            "most": _LOOKED_AT,
        },
    ).fetchall()
    is_meant = matcher(term)
    for server_id, handle, name in rows:
        if is_meant(subject("", handle=handle, name=name)):
            yield server_id


def _of_group(db: Connection, account: int, name: str) -> Timelines | None:
    there = {
        person
        for group in groups.groups(db)
        if fold(group.name) == fold(name)
        for person, _ in groups.members(db, group.id)
    }
    known = [
        server_id
        for person in sorted(there)
        for (server_id,) in db.execute(
            "SELECT server_id FROM person_views WHERE account = ? AND person = ? AND server_id != ''",
            (account, person),
        )
    ]
    shown = known[:MOST_TIMELINES]
    return (
        Timelines(tuple(map(_timeline, shown)), is_all=len(shown) == len(there)) if shown else None
    )


def _timeline(server_id: str) -> Feed:
    return Feed(FeedKind.PERSON, server_id)
