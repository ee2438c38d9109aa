"""What somebody did lately: what they wrote, whom they answered, what they passed on."""

from __future__ import annotations

from typing import NamedTuple

from tui_inbox.core.moment import Millis
from tui_inbox.core.reading import FilterContext
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import HIDDEN, VISIBLE


class Doing(NamedTuple):
    """One thing somebody did.

    Attributes:
        at: when.
        post: local id of the post they wrote or passed on; `author` wrote it.
        is_boost: whether they passed it on.
        is_answer: whether what they wrote answers somebody; `answers` is who, where that is known.
    """

    at: Millis
    post: int
    author: int
    is_boost: bool
    is_answer: bool
    answers: int | None


_SHOWN = (
    f"p.deleted_at IS NULL AND p.audience != 'direct' AND {VISIBLE} AND NOT ifnull({HIDDEN}, 0)"
)
_WROTE = f"""SELECT p.created_at, p.id, p.author, 0,
    p.parent IS NOT NULL OR p.parent_uri IS NOT NULL OR v.parent_server_id IS NOT NULL, q.author
    FROM posts p LEFT JOIN post_views v ON v.account = :account AND v.post = p.id
    LEFT JOIN posts q ON q.id = p.parent
    WHERE p.author = :person AND {_SHOWN} ORDER BY p.created_at DESC, p.id DESC LIMIT :limit"""  # noqa: S608  # constants
_PASSED_ON = f"""SELECT max(b.at), p.id, p.author, 1, 0, NULL FROM boosts b INDEXED BY boosts_by_person
    CROSS JOIN feeds f ON f.id = b.feed AND f.account = :account CROSS JOIN posts p ON p.id = b.post
    LEFT JOIN post_views v ON v.account = :account AND v.post = p.id
    WHERE b.person = :person AND b.at > :since AND {_SHOWN}
    GROUP BY b.post ORDER BY 1 DESC LIMIT :limit"""  # noqa: S608  # constants


def doings(
    db: Connection, account: int, person: int, *, since: Millis, limit: int = 20
) -> list[Doing]:
    """What somebody did, as far as an account may see it, newest first. Direct messages are no doings.

    Args:
        since: what they passed on before is left out; what they wrote is not.
        limit: so many at most.
    """
    parameters = {
        "account": account,
        "person": person,
        "since": since,
        "limit": limit,
        "context": FilterContext.HOME,
    }
    rows = [
        *db.execute(_WROTE, parameters).fetchall(),
        *db.execute(_PASSED_ON, parameters).fetchall(),
    ]
    found = [
        Doing(at, post, author, bool(boost), bool(answer), answers)
        for at, post, author, boost, answer, answers in rows
    ]
    found.sort(key=lambda one: (one.at, one.post), reverse=True)
    return found[:limit]
