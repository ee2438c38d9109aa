"""What connects an arriving post with stored ones, looked up in one statement: arrivals are many."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.post import ReplyTo, SeenPost
from tui_inbox.store.database import Connection


class Links(Struct, frozen=True):
    """Local ids of the posts that an arriving one is connected with.

    Attributes:
        stored: the post itself, if it is stored already.
        buried: its deletion came before it.
        brought: what a feed has brought under the address of its page.
        named: the post that the account's server has called by this id until now, this one or another.
        answers: the post it answers, as (id, conversation), if that is stored.
        quotes: the post it quotes, if that is stored.
        answered_by: posts that answer it and did not know it yet, as (id, conversation), oldest first.
        quoted_by: posts that quote it and did not know it yet.
    """

    stored: int | None = None
    buried: bool = False
    brought: int | None = None
    named: int | None = None
    answers: tuple[int, int] | None = None
    quotes: int | None = None
    answered_by: tuple[tuple[int, int], ...] = ()
    quoted_by: tuple[int, ...] = ()


# +network keeps SQLite from reading all posts of the network along the index on (network, uri).
_LOOK_UP = """
SELECT 'buried', 1, 0 FROM tombstones WHERE account = ?1 AND name = ?2
UNION ALL SELECT 'buried', 1, 0 FROM tombstones WHERE account = 0 AND name = ?3
UNION ALL SELECT 'stored', id, 0 FROM posts WHERE network = ?4 AND uri = ?3
UNION ALL SELECT 'brought', id, 0 FROM posts INDEXED BY posts_of_feeds
    WHERE network = 'feed' AND ?4 != 'feed' AND url IN (?3, ?5)
UNION ALL SELECT 'named', post, 0 FROM post_views WHERE account = ?1 AND server_id = ?2
UNION ALL SELECT 'answered by', p.id, p.conversation FROM post_views v INDEXED BY post_views_waiting
    CROSS JOIN posts p ON p.id = v.post WHERE v.waits AND v.account = ?1 AND v.parent_server_id = ?2
UNION ALL SELECT 'answered by', id, conversation FROM posts
    WHERE parent IS NULL AND parent_uri = ?3 AND +network = ?4
UNION ALL SELECT 'quoted by', id, 0 FROM posts WHERE quoted IS NULL AND quoted_uri = ?3 AND +network = ?4
"""
_PARENT_TOO = """
UNION ALL SELECT 'answers', p.id, p.conversation FROM post_views v
    CROSS JOIN posts p ON p.id = v.post WHERE v.account = ?1 AND v.server_id = ?6
UNION ALL SELECT 'answers', id, conversation FROM posts WHERE network = ?4 AND uri = ?7
UNION ALL SELECT 'quotes', id, 0 FROM posts WHERE network = ?4 AND uri = ?8
"""


def links_of(db: Connection, account: int, seen: SeenPost) -> Links:
    """What an arriving post is connected with, as the account's server and the URIs tell."""
    post = seen.post
    parameters: tuple[object, ...] = (
        account,
        seen.view.server_id,
        post.ref.uri,
        post.ref.network,
        post.url,
    )
    sql = _LOOK_UP
    if post.reply_to is not None or post.quoted is not None:
        sql += _PARENT_TOO
        reply_to = post.reply_to or ReplyTo()
        quoted_uri = post.quoted.uri if post.quoted else None
        parameters = (*parameters, reply_to.server_id, reply_to.uri, quoted_uri)
    rows = db.execute(sql, parameters).fetchall()
    return _links(rows) if rows else Links()


def _links(rows: list[tuple[str, int, int]]) -> Links:
    found: dict[str, dict[int, int]] = {}
    for kind, id, conversation in rows:
        found.setdefault(kind, {})[id] = conversation
    return Links(
        stored=next(iter(found.get("stored", ())), None),
        buried="buried" in found,
        brought=next(iter(found.get("brought", ())), None),
        named=next(iter(found.get("named", ())), None),
        answers=next(iter(found.get("answers", {}).items()), None),
        quotes=next(iter(found.get("quotes", ())), None),
        answered_by=tuple(sorted(found.get("answered by", {}).items())),
        quoted_by=tuple(found.get("quoted by", ())),
    )
