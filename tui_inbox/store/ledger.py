"""The ledger of who did what to whom, per account, and the packed ties that are computed from it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import astuple

from tui_inbox.core.changes import Topic
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing

_TALK = listed(kind for kind in InteractionKind if kind.is_talk)

SLIP: Millis = 7 * DAY
"""A text that its author deletes sooner than this was taken back. What goes later was said: servers let old posts go
by themselves where people ask for that, after a week at the earliest (Mastodon's automated post deletion)."""

_COLUMNS = "account, kind, actor, target, subject, at, conversation"


def record(w: Writing, interaction: Interaction) -> bool:
    """Note an interaction; whether the ledger did not have it so yet.

    Told again, it only learns its conversation. One that was taken back counts again when it is done anew,
    which its later time tells from an old page that is read once more. Of a favourite, boost or follow several
    sources tell, not all to the second: the earliest moment holds, whichever comes first.
    """
    fresh = w.db.execute(
        f"INSERT INTO interactions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) "  # noqa: S608  # constant columns
        "ON CONFLICT (account, kind, actor, target, subject) DO UPDATE SET retracted = 0, at = excluded.at "
        "WHERE retracted AND excluded.at > at "
        "OR NOT retracted AND excluded.at < at AND kind IN ('like', 'repost', 'follow')",
        astuple(interaction),
    ).rowcount
    if fresh:
        w.changed(Topic.PEOPLE, interaction.account)
    elif interaction.conversation is not None:
        w.db.execute(
            "UPDATE interactions SET conversation = ? WHERE conversation IS NULL "
            "AND account = ? AND kind = ? AND actor = ? AND target = ? AND subject = ?",
            (
                interaction.conversation,
                interaction.account,
                interaction.kind,
                interaction.actor,
                interaction.target,
                interaction.subject,
            ),
        )
    return bool(fresh)


def record_missing(w: Writing, interaction: Interaction) -> bool:
    """Note an interaction that the ledger has in no form, not even taken back; whether it was so."""
    missing = w.db.execute(
        f"INSERT OR IGNORE INTO interactions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # constant columns
        astuple(interaction),
    ).rowcount
    if missing:
        w.changed(Topic.PEOPLE, interaction.account)
    return bool(missing)


def retract(
    w: Writing, account: int, kind: InteractionKind, actor: int, target: int, subject: str
) -> bool:
    """Note that an interaction was taken back; whether it counted until now."""
    changed = w.db.execute(
        "UPDATE interactions SET retracted = 1 WHERE account = ? AND kind = ? AND actor = ? AND target = ? "
        "AND subject = ? AND NOT retracted",
        (account, kind, actor, target, subject),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)
    return bool(changed)


def retract_deleted(w: Writing, account: int, conversation: int) -> list[Interaction]:
    """Note which texts of a conversation were deleted soon after they were written (see `SLIP`), by whoever.

    Returns:
        What counted until now.
    """
    rows = w.db.execute(
        f"UPDATE interactions SET retracted = 1 WHERE conversation = ? AND account = ? AND NOT retracted "  # noqa: S608  # constants
        "AND kind IN (SELECT value FROM json_each(?)) AND subject IN (SELECT uri FROM posts "
        "WHERE conversation = ? AND deleted_at - created_at < ?) "
        f"RETURNING {_COLUMNS}",
        (conversation, account, _TALK, conversation, SLIP),
    ).fetchall()
    if rows:
        w.changed(Topic.PEOPLE, account)
    return [_interaction(row) for row in rows]


def interactions(
    db: Connection, account: int, *, since: Millis | None = None
) -> Iterator[Interaction]:
    """What happened from a moment on, in the order of time, without what was taken back.

    Read it to its end within the job: it is a cursor.
    """
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM interactions WHERE account = ? AND at >= ? AND NOT retracted "  # noqa: S608  # constants
        "ORDER BY at, kind, actor, target, subject",  # equal moments in a fixed order
        (account, since or 0),
    )
    return map(_interaction, rows)


def _interaction(row: tuple[int, str, int, int, str, int, int | None]) -> Interaction:
    account, kind, actor, target, subject, at, conversation = row
    return Interaction(account, InteractionKind(kind), actor, target, subject, at, conversation)


def talk_in(db: Connection, account: int, conversation: int) -> list[Interaction]:
    """What the ledger holds of the texts of a conversation, without what was taken back."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM interactions WHERE conversation = ? AND account = ? "  # noqa: S608  # constants
        "AND NOT retracted AND kind IN (SELECT value FROM json_each(?))",
        (conversation, account, _TALK),
    )
    return [_interaction(row) for row in rows]


def drop(w: Writing, interaction: Interaction) -> None:
    """Remove what never was: an interaction read from a text before all that it answers was known."""
    w.db.execute(
        "DELETE FROM interactions WHERE account = ? AND kind = ? AND actor = ? AND target = ? AND subject = ?",
        (
            interaction.account,
            interaction.kind,
            interaction.actor,
            interaction.target,
            interaction.subject,
        ),
    )
    w.changed(Topic.PEOPLE, interaction.account)


def with_person(
    db: Connection, account: int, person: int, *, limit: int = 200
) -> list[Interaction]:
    """What passed between the account's owner and somebody, newest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM ("  # noqa: S608  # constant columns
        f"SELECT * FROM (SELECT {_COLUMNS} FROM interactions WHERE account = :account AND actor = :person "
        "AND NOT retracted ORDER BY at DESC LIMIT :limit) UNION "
        f"SELECT * FROM (SELECT {_COLUMNS} FROM interactions WHERE account = :account AND target = :person "
        "AND NOT retracted ORDER BY at DESC LIMIT :limit)) "
        "ORDER BY at DESC, kind DESC, actor DESC, target DESC, subject DESC LIMIT :limit",
        {"account": account, "person": person, "limit": limit},
    )
    return [_interaction(row) for row in rows]


def all_with_person(db: Connection, account: int, person: int) -> list[Interaction]:
    """Everything that passed between the account's owner and somebody, in the order of time."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM interactions WHERE account = :account AND actor = :person "  # noqa: S608  # constants
        f"AND NOT retracted UNION SELECT {_COLUMNS} FROM interactions "
        "WHERE account = :account AND target = :person AND NOT retracted "
        "ORDER BY at, kind, actor, target, subject",
        {"account": account, "person": person},
    )
    return [_interaction(row) for row in rows]


def days_with(
    db: Connection, account: int, person: int, *, days: int = 60, texts: int = 500
) -> list[Millis]:
    """When text last passed between the owner and somebody on each of the latest days on which it did, newest first.

    Args:
        days: so many days (of UTC) at most.
        texts: so many texts of each of the two are looked at.
    """
    rows = db.execute(
        "SELECT max(at) FROM (SELECT * FROM (SELECT at FROM interactions WHERE account = :account "
        "AND actor = :person AND NOT retracted AND kind IN (SELECT value FROM json_each(:talk)) "
        "ORDER BY at DESC LIMIT :texts) UNION ALL "
        "SELECT * FROM (SELECT at FROM interactions WHERE account = :account "
        "AND target = :person AND NOT retracted AND kind IN (SELECT value FROM json_each(:talk)) "
        "ORDER BY at DESC LIMIT :texts)) GROUP BY at / :day ORDER BY 1 DESC LIMIT :days",
        {
            "account": account,
            "person": person,
            "days": days,
            "texts": texts,
            "talk": _TALK,
            "day": DAY,
        },
    )
    return [at for (at,) in rows]


def latest_at(db: Connection, account: int) -> Millis | None:
    """When the latest interaction happened, or None in an empty ledger."""
    latest: Millis | None = scalar(
        db,
        "SELECT at FROM interactions WHERE account = ? AND NOT retracted ORDER BY at DESC LIMIT 1",
        (account,),
    )
    return latest


def has_exchanged(db: Connection, account: int, person: int) -> bool:
    """Whether text went both ways between the account's owner and somebody."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM interactions WHERE account = :account AND actor = :person "
            "AND kind IN (SELECT value FROM json_each(:talk)) AND NOT retracted) "
            "AND EXISTS (SELECT 1 FROM interactions WHERE account = :account AND target = :person "
            "AND kind IN (SELECT value FROM json_each(:talk)) AND NOT retracted)",
            {"account": account, "person": person, "talk": _TALK},
        )
    )


def has_spoken(db: Connection, account: int, person: int) -> bool:
    """Whether text went either way between the account's owner and somebody."""
    return bool(
        scalar(
            db,
            "SELECT EXISTS (SELECT 1 FROM interactions WHERE account = :account AND actor = :person "
            "AND kind IN (SELECT value FROM json_each(:talk)) AND NOT retracted) "
            "OR EXISTS (SELECT 1 FROM interactions WHERE account = :account AND target = :person "
            "AND kind IN (SELECT value FROM json_each(:talk)) AND NOT retracted)",
            {"account": account, "person": person, "talk": _TALK},
        )
    )


def talk_partners(db: Connection, account: int, since: Millis = 0) -> set[int]:
    """Everybody with whom text went both ways since a moment."""
    rows = db.execute(
        "SELECT actor FROM interactions WHERE account = :account AND at >= :since AND NOT retracted "
        "AND kind IN (SELECT value FROM json_each(:talk)) INTERSECT "
        "SELECT target FROM interactions WHERE account = :account AND at >= :since AND NOT retracted "
        "AND kind IN (SELECT value FROM json_each(:talk)) "
        "EXCEPT SELECT person FROM accounts WHERE id = :account",
        {"account": account, "since": since, "talk": _TALK},
    )
    return {person for (person,) in rows}


OWN_STATE = 0
"""Among ties the key of the account's own state; no person has the local id 0."""


def ties(db: Connection, account: int) -> dict[int, bytes]:
    """The packed tie of everybody, and the account's own state under `OWN_STATE`."""
    return dict(
        db.execute("SELECT person, packed FROM ties WHERE account = ?", (account,)).fetchall()
    )


def tie(db: Connection, account: int, person: int) -> bytes | None:
    """The packed tie with one person."""
    packed: bytes | None = scalar(
        db, "SELECT packed FROM ties WHERE account = ? AND person = ?", (account, person)
    )
    return packed


def put_tie(w: Writing, account: int, person: int, packed: bytes, at: Millis) -> None:
    """Keep a packed tie, which has seen everything up to that moment."""
    w.db.execute(
        "INSERT INTO ties (account, person, packed, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (account, person) DO UPDATE SET packed = excluded.packed, at = excluded.at",
        (account, person, packed, at),
    )
    w.changed(Topic.PEOPLE, account)


def drop_tie(w: Writing, account: int, person: int) -> None:
    """Remove the tie to somebody with whom nothing ever passed after all."""
    w.db.execute("DELETE FROM ties WHERE account = ? AND person = ?", (account, person))
    w.changed(Topic.PEOPLE, account)


def clear_ties(w: Writing, account: int) -> None:
    """Forget all ties, to compute them anew from the ledger."""
    if w.db.execute("DELETE FROM ties WHERE account = ?", (account,)).rowcount:
        w.changed(Topic.PEOPLE, account)
