"""What people did lately: what they wrote, whom they answered, what they passed on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui_inbox.core.moment import Millis
from tui_inbox.core.reading import FilterContext
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import HIDDEN, VISIBLE
from tui_inbox.store.rows import listed


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
_SEEN = "LEFT JOIN post_views v ON v.account = :account AND v.post = p.id"
_WROTE = f"""SELECT wanted.value, p.created_at, p.id, p.author, 0,
    p.parent IS NOT NULL OR p.parent_uri IS NOT NULL OR v.parent_server_id IS NOT NULL, q.author
    FROM json_each(:people) wanted CROSS JOIN posts p ON p.id IN (
        SELECT w.id FROM posts w WHERE w.author = wanted.value ORDER BY w.created_at DESC LIMIT :limit)
    {_SEEN} LEFT JOIN posts q ON q.id = p.parent WHERE {_SHOWN}"""  # noqa: S608  # constants
_PASSED_ON = f"""SELECT wanted.value, max(b.at), p.id, p.author, 1, 0, NULL
    FROM json_each(:people) wanted CROSS JOIN boosts b INDEXED BY boosts_by_person
    ON b.person = wanted.value AND b.at > :since
    CROSS JOIN feeds f ON f.id = b.feed AND f.account = :account CROSS JOIN posts p ON p.id = b.post
    {_SEEN} WHERE {_SHOWN} GROUP BY wanted.value, b.post"""  # noqa: S608  # constants


def doings(
    db: Connection, account: int, people: Iterable[int], *, since: Millis, limit: int = 20
) -> dict[int, list[Doing]]:
    """What some people did, as far as an account may see it, each newest first. Direct messages are no doings.

    Args:
        people: local ids; who did nothing has an empty list.
        since: what they passed on before is left out; what they wrote is not.
        limit: so many for each at most.
    """
    wanted = list(people)
    found: dict[int, list[Doing]] = {person: [] for person in wanted}
    parameters = {
        "account": account,
        "people": listed(wanted),
        "since": since,
        "limit": limit,
        "context": FilterContext.HOME,
    }
    for sql in (_WROTE, _PASSED_ON):
        for person, at, post, author, boost, answer, answers in db.execute(sql, parameters):
            doing = Doing(at, post, author, bool(boost), bool(answer), answers)
            found[person].append(doing)
    for each in found.values():
        each.sort(key=lambda one: (one.at, one.post), reverse=True)
        del each[limit:]
    return found
