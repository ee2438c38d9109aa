"""What can be made again from the rest of the store: reads and writes for `sync.rebuild`."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.store.database import Connection
from tui_inbox.store.pointers import put_addresses
from tui_inbox.store.post_reading import posts
from tui_inbox.store.store import Writing
from tui_inbox.store.text_index import put_words, words_of

AT_ONCE = 500
"""So many posts are held in memory while the index is made."""


def conversations_after(db: Connection, conversation: int, limit: int) -> list[int]:
    """The next conversations, by local id; those that were merged into others are left out."""
    rows = db.execute(
        "SELECT id FROM conversations WHERE id > ? AND same_as IS NULL ORDER BY id LIMIT ?",
        (conversation, limit),
    )
    return [id for (id,) in rows]


_TOUCHES = """
SELECT 'like', c.person, p.author, p.uri, p.created_at FROM accounts c
    CROSS JOIN post_views v ON v.account = c.id AND v.favourited CROSS JOIN posts p ON p.id = v.post WHERE c.id = ?1
UNION ALL SELECT 'repost', c.person, p.author, p.uri, p.created_at FROM accounts c
    CROSS JOIN post_views v ON v.account = c.id AND v.boosted CROSS JOIN posts p ON p.id = v.post WHERE c.id = ?1
UNION ALL SELECT 'repost', b.person, p.author, p.uri, b.at FROM accounts c CROSS JOIN feeds f ON f.account = c.id
    CROSS JOIN boosts b ON b.feed = f.id CROSS JOIN posts p ON p.id = b.post
    WHERE c.id = ?1 AND c.person IN (b.person, p.author)
UNION ALL SELECT CASE n.kind WHEN 'favourite' THEN 'like' WHEN 'boost' THEN 'repost' ELSE 'follow' END,
    n.person, c.person, ifnull(p.uri, ''), n.at FROM accounts c CROSS JOIN notices n ON n.account = c.id
    LEFT JOIN posts p ON p.id = n.post
    WHERE c.id = ?1 AND n.person IS NOT NULL
    AND (n.kind = 'follow' OR n.kind IN ('favourite', 'boost') AND p.id IS NOT NULL)
"""


def touches_told(db: Connection, account: int) -> Iterator[Interaction]:
    """The favourites, boosts and follows that stored posts, boosts and notifications tell of, earliest first."""
    rows = db.execute(f"SELECT * FROM ({_TOUCHES}) ORDER BY 5", (account,))  # noqa: S608  # constant text
    for kind, actor, target, subject, at in rows.fetchall():
        if actor != target:
            yield Interaction(account, InteractionKind(kind), actor, target, subject, at)


def index_again(w: Writing) -> int:
    """Make the text index and the addresses of posts anew, in this transaction; how many posts were looked at.

    A reader sees the old index until the transaction ends, and so does a start after it was broken off.
    """
    w.db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    w.db.execute("DELETE FROM pointers")
    last = count = 0
    while ids := _posts_after(w.db, last):
        for id, stored in posts(w.db, None, ids).items():
            if not stored.deleted:
                if words := words_of(stored.post):
                    put_words(w.db, id, words)
                put_addresses(w.db, id, stored.author, stored.post)
        last, count = ids[-1], count + len(ids)
    return count


def _posts_after(db: Connection, post: int) -> list[int]:
    rows = db.execute("SELECT id FROM posts WHERE id > ? ORDER BY id LIMIT ?", (post, AT_ONCE))
    return [id for (id,) in rows]
