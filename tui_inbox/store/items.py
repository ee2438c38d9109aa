"""Inbox items: where a conversation between an account and one person stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.conversation import ItemState, Opening, Turn
from tui_inbox.core.moment import Millis
from tui_inbox.store.conversations import current
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing


class Item(Struct, frozen=True):
    """One inbox item: (account, conversation, person).

    Attributes:
        id: local number; 0 before it was stored.
        since: when the turn began.
        post: local id of the post that decides the turn.
        opening: why it is the owner's turn.
        answers_me: something they wrote there answers a post of the owner's.
        asks: that post asks something. `thanks`: it only says thank you.
        until: put off until then; `until_post`: until they next post; `until_start`: until the next start.
        closed_by: what closed it, in a word.
        changed_at: when its state last changed.
    """

    id: int
    account: int
    conversation: int
    person: int
    turn: Turn
    since: Millis
    post: int | None
    opening: Opening | None
    answers_me: bool
    asks: bool
    thanks: bool
    state: ItemState
    until: Millis | None
    until_post: bool
    until_start: bool
    closed_by: str | None
    changed_at: Millis


_COLUMNS = (
    "id, account, conversation, person, turn, since, post, opening, answers_me, asks, thanks, state, "
    "until, until_post, until_start, closed_by, changed_at"
)
AS_ANOTHER = "reply as another"
"""What closed an item that the owner answered as another identity of theirs: its `post` is that answer."""

LAPSED = "lapsed"
"""What closed an item that waited for thirty days."""

_OPEN = listed(state for state in ItemState if state.is_open)


def _item(row: tuple[Any, ...]) -> Item:
    (id, account, conversation, person, turn, since, post, opening) = row[:8]
    (answers_me, asks, thanks, state, until, until_post, until_start, closed_by, changed_at) = row[
        8:
    ]
    return Item(
        id=id,
        account=account,
        conversation=conversation,
        person=person,
        turn=Turn(turn),
        since=since,
        post=post,
        opening=None if opening is None else Opening(opening),
        answers_me=bool(answers_me),
        asks=bool(asks),
        thanks=bool(thanks),
        state=ItemState(state),
        until=until,
        until_post=bool(until_post),
        until_start=bool(until_start),
        closed_by=closed_by,
        changed_at=changed_at,
    )


def _select(db: Connection, where: str, parameters: dict[str, object]) -> list[Item]:
    sql = f"SELECT {_COLUMNS} FROM items WHERE {where}"  # noqa: S608  # texts of this module
    return [_item(row) for row in db.execute(sql, parameters)]


def item(db: Connection, account: int, conversation: int, person: int) -> Item | None:
    """The item of an account, a conversation and a person."""
    found = _select(
        db,
        "account = :account AND conversation = :conversation AND person = :person",
        {"account": account, "conversation": current(db, conversation), "person": person},
    )
    return found[0] if found else None


def item_by_id(db: Connection, id: int) -> Item | None:
    """One item, or None when it was merged into another or its account is gone."""
    found = _select(db, "id = :id", {"id": id})
    return found[0] if found else None


def put_item(w: Writing, item: Item) -> int:
    """Store an item in the place of the one of the same account, conversation and person. Returns its id."""
    names = _COLUMNS.split(", ")[1:]
    values = {name: getattr(item, name) for name in names}
    values["conversation"] = current(w.db, item.conversation)
    id: int = scalar(
        w.db,
        f"INSERT INTO items ({', '.join(names)}) VALUES (:{', :'.join(names)}) "  # noqa: S608  # own columns
        "ON CONFLICT (account, conversation, person) DO UPDATE SET "
        f"{', '.join(f'{name} = excluded.{name}' for name in names[3:])} RETURNING id",
        values,
    )
    w.changed(Topic.INBOX, item.account)
    return id


def set_state(
    w: Writing,
    id: int,
    state: ItemState,
    *,
    at: Millis,
    closed_by: str | None = None,
    until: Millis | None = None,
    until_post: bool = False,
    until_start: bool = False,
) -> None:
    """Give an item a state. What closed it and what it waits for are replaced as well."""
    rows = w.db.execute(
        "UPDATE items SET state = ?, changed_at = ?, closed_by = ?, until = ?, until_post = ?, until_start = ? "
        "WHERE id = ? RETURNING account",
        (state, at, closed_by, until, until_post, until_start, id),
    ).fetchall()
    for (account,) in rows:
        w.changed(Topic.INBOX, account)


def remove_item(w: Writing, id: int) -> None:
    """Take an item away that should never have been; no error when it is gone already."""
    for (account,) in w.db.execute(
        "DELETE FROM items WHERE id = ? RETURNING account", (id,)
    ).fetchall():
        w.changed(Topic.INBOX, account)


def items(
    db: Connection,
    accounts: Sequence[int],
    *,
    states: Iterable[ItemState] | None = None,
    since: Millis | None = None,
) -> list[Item]:
    """The items of some accounts, those longest in their turn first.

    Args:
        accounts: local ids.
        states: only items in these; None for all.
        since: only items whose state changed at or after that moment.
    """
    return _select(
        db,
        "account IN (SELECT value FROM json_each(:accounts)) "
        "AND state IN (SELECT value FROM json_each(:states)) AND changed_at >= :since "
        "ORDER BY since, id",
        {
            "accounts": listed(accounts),
            "states": listed(ItemState if states is None else states),
            "since": since or 0,
        },
    )


def items_of_person(db: Connection, account: int, person: int) -> list[Item]:
    """All items of an account with one person, oldest turn first."""
    return _select(
        db,
        "account = :account AND person = :person ORDER BY since, id",
        {"account": account, "person": person},
    )


def items_in_conversation(db: Connection, account: int, conversation: int) -> list[Item]:
    """All items of an account in one conversation, oldest turn first."""
    return _select(
        db,
        "account = :account AND conversation = :conversation ORDER BY since, id",
        {"account": account, "conversation": current(db, conversation)},
    )


def elsewhere(db: Connection, item: Item, accounts: Iterable[int]) -> list[Item]:
    """What some other accounts have open with the same person over the same text."""
    return _select(
        db,
        "account IN (SELECT value FROM json_each(:accounts)) AND account != :account "
        "AND conversation = :conversation AND person = :person AND post IS :post ORDER BY account",
        {
            "accounts": listed(accounts),
            "account": item.account,
            "conversation": item.conversation,
            "person": item.person,
            "post": item.post,
        },
    )


def accounts_in_conversation(db: Connection, conversation: int) -> list[int]:
    """The accounts that have an item in a conversation."""
    rows = db.execute(
        "SELECT DISTINCT account FROM items WHERE conversation = ? ORDER BY account",
        (current(db, conversation),),
    )
    return [account for (account,) in rows]


def due(db: Connection, now: Millis) -> list[Item]:
    """Items put off until a moment that has come."""
    return _select(
        db,
        "account IN (SELECT id FROM accounts) AND state = :later AND until <= :now ORDER BY until, id",
        {"later": ItemState.LATER, "now": now},
    )


def waiting_for_post(db: Connection, account: int, person: int) -> list[Item]:
    """Items put off until that person next posts."""
    return _select(
        db,
        "account = :account AND person = :person AND state = :later AND until_post ORDER BY id",
        {"account": account, "person": person, "later": ItemState.LATER},
    )


def until_start(db: Connection) -> list[Item]:
    """Items put off until the next start."""
    return _select(
        db,
        "account IN (SELECT id FROM accounts) AND state = :later AND until_start ORDER BY id",
        {"later": ItemState.LATER},
    )


def stale(db: Connection, before: Millis) -> list[Item]:
    """Open items whose turn began before a moment, and of whose person nothing newer waits."""
    return _select(
        db,
        "account IN (SELECT id FROM accounts) AND state IN (SELECT value FROM json_each(:open)) "
        "AND since < :before AND ifnull((SELECT created_at FROM posts WHERE id = items.post), 0) < :before "
        "ORDER BY since, id",
        {"open": _OPEN, "before": before},
    )


def open_count(db: Connection, accounts: Sequence[int]) -> int:
    """How many items of some accounts are open and the owner's turn."""
    count: int = scalar(
        db,
        "SELECT count(*) FROM items WHERE account IN (SELECT value FROM json_each(:accounts)) "
        "AND state IN (SELECT value FROM json_each(:open)) AND turn = :mine",
        {"accounts": listed(accounts), "open": _OPEN, "mine": Turn.MINE},
    )
    return count


def any_waits_for(db: Connection, posts: Iterable[int]) -> bool:
    """Whether one of some posts decides the turn of an open item, of whichever account.

    Asked after each transaction that has changed posts, so no item is read for it.
    """
    found: int = scalar(
        db,
        "SELECT EXISTS (SELECT 1 FROM items WHERE account IN (SELECT id FROM accounts) "
        "AND state IN (SELECT value FROM json_each(:open)) "
        "AND post IN (SELECT value FROM json_each(:posts)))",
        {"open": _OPEN, "posts": listed(posts)},
    )
    return bool(found)


def set_let_in(w: Writing, id: int, let_in: bool) -> None:
    """Let an item's person in for this conversation only, or take that back."""
    for (account,) in w.db.execute(
        "UPDATE items SET let_in = ?1 WHERE id = ?2 AND let_in != ?1 RETURNING account",
        (let_in, id),
    ).fetchall():
        w.changed(Topic.INBOX, account)
