"""What is laid over posts and people: the owner did it here, and the server does not show it yet."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import EDIT, OutboxState
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import options_of
from tui_inbox.store.rows import listed, scalar

_PENDING = listed((OutboxState.HELD, OutboxState.WAITING, OutboxState.SENDING, OutboxState.UNKNOWN))
"""States in which an act is to be seen although the server does not show it yet."""


def pending_acts(
    db: Connection, account: int, post_ids: Iterable[int]
) -> dict[int, tuple[ActKind, ...]]:
    """What the owner did to posts that the server does not show yet, in the order in which it was done."""
    return _pending(db, "post", account, post_ids)


def pending_acts_on_people(
    db: Connection, account: int, person_ids: Iterable[int]
) -> dict[int, tuple[ActKind, ...]]:
    """What the owner did to people that the server does not show yet, in the order in which it was done."""
    return _pending(db, "person", account, person_ids)


def pending_votes(
    db: Connection, account: int, post_ids: Iterable[int]
) -> dict[int, tuple[int, ...]]:
    """The choices of votes that the server does not show yet, by post."""
    found = db.execute(
        "SELECT post, content FROM outbox WHERE account = :account AND kind = :vote "
        "AND state IN (SELECT value FROM json_each(:pending)) "
        "AND post IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        {
            "account": account,
            "vote": ActKind.VOTE,
            "pending": _PENDING,
            "ids": listed(post_ids),
        },
    )
    return {post: options_of(content) for post, content in found}


def pending_edits(db: Connection, account: int, post_ids: Iterable[int]) -> dict[int, str]:
    """What own posts are to become and the server does not show yet: the latest content of such a row, by post."""
    found = db.execute(
        "SELECT post, content FROM outbox WHERE account = :account AND kind = :edit "
        "AND state IN (SELECT value FROM json_each(:pending)) "
        "AND post IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        {"account": account, "edit": EDIT, "pending": _PENDING, "ids": listed(post_ids)},
    )
    return dict(found.fetchall())


def talk_told(db: Connection, account: int, conversation: int) -> ActKind | None:
    """Whether the owner mutes or unmutes a conversation, as far as the server does not show it yet."""
    kinds = (ActKind.MUTE_TALK, ActKind.UNMUTE_TALK)
    told: str | None = scalar(
        db,
        "SELECT o.kind FROM outbox o CROSS JOIN posts p ON p.id = o.post "
        "WHERE o.account = ? AND p.conversation = ? AND o.kind IN (SELECT value FROM json_each(?)) "
        "AND o.state IN (SELECT value FROM json_each(?)) ORDER BY o.id DESC LIMIT 1",
        (account, conversation, listed(kinds), _PENDING),
    )
    return None if told is None else ActKind(told)


def hides_boosts(db: Connection, account: int, person: int) -> bool:
    """Whether the owner hid what somebody passes on, as far as told from here: servers show it in no list."""
    kinds = (ActKind.HIDE_BOOSTS, ActKind.SHOW_BOOSTS)
    unsent = (OutboxState.REFUSED, OutboxState.DISCARDED)
    told: str | None = scalar(
        db,
        "SELECT kind FROM outbox WHERE account = ? AND person = ? "
        "AND kind IN (SELECT value FROM json_each(?)) "
        "AND state NOT IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1",
        (account, person, listed(kinds), listed(unsent)),
    )
    return told == ActKind.HIDE_BOOSTS


def lists_of(db: Connection, account: int, person: int) -> dict[str, bool]:
    """Lists (server ids) that the owner put somebody on (True) or took them off (False), as far as told from here."""
    rows = db.execute(
        "SELECT content, kind FROM outbox WHERE account = :account AND person = :person "
        "AND kind IN (:list, :unlist) AND state NOT IN (:refused, :discarded) ORDER BY id",
        {
            "account": account,
            "person": person,
            "list": ActKind.LIST,
            "unlist": ActKind.UNLIST,
            "refused": OutboxState.REFUSED,
            "discarded": OutboxState.DISCARDED,
        },
    )
    return {server_id: kind == ActKind.LIST for server_id, kind in rows}


def followed_since(db: Connection, account: int, since: Millis) -> dict[int, Millis]:
    """Whom the owner has followed from here after a moment, and when."""
    return dict(
        db.execute(
            "SELECT person, max(created_at) FROM outbox WHERE account = :account AND kind = :follow "
            "AND created_at > :since AND state NOT IN (:refused, :discarded) GROUP BY person",
            {
                "account": account,
                "follow": ActKind.FOLLOW,
                "since": since,
                "refused": OutboxState.REFUSED,
                "discarded": OutboxState.DISCARDED,
            },
        ).fetchall()
    )


def _pending(
    db: Connection, target: str, account: int, ids: Iterable[int]
) -> dict[int, tuple[ActKind, ...]]:
    found: dict[int, tuple[ActKind, ...]] = {}
    for id, kind in db.execute(
        f"SELECT {target}, kind FROM outbox WHERE account = :account "  # noqa: S608  # one of two columns
        "AND state IN (SELECT value FROM json_each(:pending)) AND kind IN (SELECT value FROM json_each(:acts)) "
        f"AND {target} IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        {"pending": _PENDING, "account": account, "acts": listed(ActKind), "ids": listed(ids)},
    ):
        found[id] = (*found.get(id, ()), ActKind(kind))
    return found
