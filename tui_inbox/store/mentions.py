"""Whom posts name, and since when, where an edit brought a name in."""

from __future__ import annotations

from tui_inbox.core.person import Person
from tui_inbox.core.post import Mention, Post
from tui_inbox.store.people import put_mentioned, put_outsider
from tui_inbox.store.store import Writing


def insert_mentions(w: Writing, account: int, id: int, mentions: tuple[Mention, ...]) -> None:
    """Note whom a new post names, in the server's order."""
    w.db.executemany(
        "INSERT OR IGNORE INTO mentions (post, person, place) VALUES (?, ?, ?)",
        [(id, put_mentioned(w, account, mention), place) for place, mention in enumerate(mentions)],
    )


def insert_told_mentions(w: Writing, id: int, mentions: tuple[Mention, ...]) -> None:
    """Note whom a new post names that no account was shown."""
    w.db.executemany(
        "INSERT OR IGNORE INTO mentions (post, person, place) VALUES (?, ?, ?)",
        [
            (id, put_outsider(w, Person(one.person, "", one.handle, "")), place)
            for place, one in enumerate(mentions)
        ],
    )


def replace_mentions(w: Writing, account: int, id: int, edited: Post) -> None:
    """Whom a post names after an edit; of those it did not name before, since when."""
    before = dict(
        w.db.execute("SELECT person, since FROM mentions WHERE post = ?", (id,)).fetchall()
    )
    w.db.execute("DELETE FROM mentions WHERE post = ?", (id,))
    people = [put_mentioned(w, account, mention) for mention in edited.mentions]
    w.db.executemany(
        "INSERT OR IGNORE INTO mentions (post, person, place, since) VALUES (?, ?, ?, ?)",
        [
            (id, person, place, before.get(person, edited.edited_at))
            for place, person in enumerate(people)
        ],
    )
