"""Which addresses posts point to, so that those who point to the same are found together."""

from __future__ import annotations

from tui_inbox.core.post import Audience, Post
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import scalar

_NAMES = ("@", "#")
"""What begins the name of a person or a tag. Those are links too, and point to nothing one would read."""


def addresses_of(post: Post) -> frozenset[str]:
    """What the text or the card of a post points to.

    Of what was written to a few people only it is nothing: that has no place in a list of links.
    """
    if post.audience is Audience.DIRECT:
        return frozenset()
    found = {link.url for link in post.links if not post.text.startswith(_NAMES, link.start)}
    if post.card is not None:
        found.add(post.card.url)
    return frozenset(found)


def put_addresses(db: Connection, id: int, author: int, post: Post) -> None:
    """Note what a post points to that nothing was noted of.

    Args:
        id: local id of the post.
        author: local id of its author.
    """
    for address in sorted(addresses_of(post)):
        db.execute(
            "INSERT INTO pointers (post, address, author, at) VALUES (?, ?, ?, ?)",
            (id, address, author, post.created_at),
        )


def replace_addresses(db: Connection, id: int, old: Post, new: Post) -> None:
    """Note what a stored post points to after it was changed."""
    if addresses_of(old) == addresses_of(new):
        return
    author: int = scalar(db, "SELECT author FROM posts WHERE id = ?", (id,))
    forget_addresses(db, id)
    put_addresses(db, id, author, new)


def forget_addresses(db: Connection, id: int) -> None:
    """A post points to nothing any more."""
    db.execute("DELETE FROM pointers WHERE post = ?", (id,))
