"""Notifications as the servers told them: what Activity shows. The Inbox is made from posts, not from these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed
from tui_inbox.store.store import Writing

NoticeKey: TypeAlias = tuple[Millis, int, str]
"""A place among notices of all accounts: moment, account, the server's id (for a total order only)."""


class StoredNotice(Struct, frozen=True):
    """A notification.

    Attributes:
        person: local id of whose doing it was.
        post: local id of the post it is about.
        words: what the server says of it, for kinds that are not known.
    """

    account: int
    notice_id: str
    kind: NoticeKind
    at: Millis
    person: int | None
    post: int | None
    words: str

    @property
    def key(self) -> NoticeKey:
        """Where it stands."""
        return self.at, self.account, self.notice_id


def put_notice(
    w: Writing, account: int, notice: Notice, *, person: int | None, post: int | None
) -> bool:
    """Keep a notification; whether it is new.

    Args:
        account: local id of the account that was notified.
        notice: what its server says.
        person: local id of whose doing it was.
        post: local id of the post it is about.
    """
    is_new = w.db.execute(
        "INSERT OR IGNORE INTO notices (account, notice_id, kind, at, person, post, words) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (account, notice.notice_id, notice.kind, notice.at, person, post, notice.words),
    ).rowcount
    if is_new:
        w.changed(Topic.ACTIVITY, account)
    return bool(is_new)


def notices(
    db: Connection,
    accounts: Sequence[int],
    kinds: Iterable[NoticeKind] | None = None,
    limit: int = 100,
    older_than: NoticeKey | None = None,
) -> list[StoredNotice]:
    """Notifications of some accounts, newest first.

    Args:
        accounts: local ids.
        kinds: only these; None for all.
        limit: how many at most.
        older_than: only those below this key.
    """
    found: list[StoredNotice] = []
    below = older_than or (2**62, 0, "")
    for acting in accounts:
        rows = db.execute(
            "SELECT account, notice_id, kind, at, person, post, words FROM notices "
            "WHERE account = :acting AND at <= :at AND (at, account, notice_id) < (:at, :account, :notice_id) "
            "AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds))) "
            "ORDER BY at DESC, notice_id DESC LIMIT :limit",
            {
                "acting": acting,
                "at": below[0],
                "account": below[1],
                "notice_id": below[2],
                "kinds": None if kinds is None else listed(kinds),
                "limit": limit,
            },
        )
        found += (
            StoredNotice(account, notice_id, NoticeKind(kind), at, person, post, words)
            for account, notice_id, kind, at, person, post, words in rows
        )
    found.sort(key=lambda notice: notice.key, reverse=True)
    return found[:limit]


def newest_notice_ids(db: Connection, account: int, limit: int) -> list[str]:
    """The server's ids of the newest notifications, newest first."""
    rows = db.execute(
        "SELECT notice_id FROM notices WHERE account = ? ORDER BY at DESC, notice_id DESC LIMIT ?",
        (account, limit),
    )
    return [notice_id for (notice_id,) in rows]


def knows(db: Connection, account: int, notice_ids: Iterable[str]) -> set[str]:
    """Those of the server's ids that were kept before."""
    rows = db.execute(
        "SELECT notice_id FROM notices WHERE account = ? AND notice_id IN (SELECT value FROM json_each(?))",
        (account, listed(notice_ids)),
    )
    return {notice_id for (notice_id,) in rows}
