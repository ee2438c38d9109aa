"""What an account's owner has posted, to whom, and since when they have talked with whom."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.mix import Said
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience
from tui_inbox.store.batches import owners
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import linked
from tui_inbox.store.rows import listed

_TALK = listed(kind for kind in InteractionKind if kind.is_talk)
_SPOKEN = listed((InteractionKind.REPLY, InteractionKind.DIRECT))


def said_since(db: Connection, account: int, since: Millis) -> list[Said]:
    """The owner's posts since a moment, oldest first; deleted ones are left out.

    Whom an answer was said to is its parent's author, or whom the ledger names where the parent is not stored.
    """
    named = _named_since(db, account, since)
    rows = db.execute(
        "SELECT p.id, p.uri, p.created_at, p.audience, p.parent, q.author, q.author = c.person, "
        "p.parent IS NOT NULL OR p.parent_uri IS NOT NULL OR v.parent_server_id IS NOT NULL "
        "FROM accounts c CROSS JOIN posts p ON p.author = c.person AND p.created_at >= ? "
        "LEFT JOIN posts q ON q.id = p.parent "
        "LEFT JOIN post_views v ON v.account = c.id AND v.post = p.id "
        "WHERE c.id = ? AND p.deleted_at IS NULL ORDER BY p.created_at, p.id",
        (since, account),
    )
    said = []
    for post, uri, at, audience, parent, author, is_own, answers in rows:
        to = (author,) if author is not None and not is_own else tuple(named.get(uri, ()))
        answers_others = bool(answers and not is_own) or audience == Audience.DIRECT
        said.append(Said(post, at, to, answers_others, parent if is_own else None))
    return said


def _named_since(db: Connection, account: int, since: Millis) -> dict[str, list[int]]:
    """Whom the owner has answered, or written to alone, by the post in which they did. Asked once for all posts."""
    found: dict[str, list[int]] = {}
    for subject, target in db.execute(
        "SELECT i.subject, i.target FROM accounts c CROSS JOIN interactions i ON i.account = c.id "
        "AND i.actor = c.person AND i.at >= ? WHERE c.id = ? AND NOT i.retracted "
        "AND i.kind IN (SELECT value FROM json_each(?))",
        (since, account, _SPOKEN),
    ):
        found.setdefault(subject, []).append(target)
    return found


def talked_since(db: Connection, account: int, people: Iterable[int]) -> dict[int, Millis]:
    """Since when text has gone both ways between the owner and some people; with the others it has not.

    With somebody who has several identities it has since it has with one of them, by any account.
    """
    wanted = set(people)
    since = _talked_since(db, account, wanted)
    several = {person: ids for person, ids in linked(db).items() if person in wanted}
    if several:
        everybody = {id for ids in several.values() for id in ids}
        each = [_talked_since(db, whose, everybody) for whose, _ in owners(db)]
        for person, ids in several.items():
            if known := [one[id] for one in each for id in ids if id in one]:
                since[person] = min(known)
    return since


def _talked_since(db: Connection, account: int, people: Iterable[int]) -> dict[int, Millis]:
    rows = db.execute(
        "SELECT value, "
        "(SELECT min(i.at) FROM interactions i WHERE i.account = :account AND i.actor = value "
        "AND NOT i.retracted AND i.kind IN (SELECT value FROM json_each(:talk))), "
        "(SELECT min(i.at) FROM interactions i WHERE i.account = :account AND i.target = value "
        "AND NOT i.retracted AND i.kind IN (SELECT value FROM json_each(:talk))) "
        "FROM json_each(:people)",
        {"account": account, "people": listed(people), "talk": _TALK},
    )
    return {person: max(theirs, ours) for person, theirs, ours in rows if theirs and ours}
