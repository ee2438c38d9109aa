"""Whom a name in a text means."""

from __future__ import annotations

from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.store.database import Connection


def named_in(db: Connection, account: int, post: int, words: str) -> PersonLabel | None:
    """Whom a post names by some words of its text; None where its server did not say.

    Args:
        db: the store.
        account: local id of the account in whose eyes they are labelled.
        post: local id of the post.
        words: the name as it stands in the text: `@odile`, or `@odile@town.example`.
    """
    people = [
        person
        for (person,) in db.execute(
            "SELECT person FROM mentions WHERE post = ? ORDER BY place", (post,)
        )
    ]
    name = words.removeprefix("@").casefold()
    found = labels(db, account, people)
    known = [found[person] for person in people if person in found]
    whole = (one for one in known if one.handle.casefold() == name)
    short = (one for one in known if one.handle.casefold().partition("@")[0] == name)
    return next(whole, None) or next(short, None)
