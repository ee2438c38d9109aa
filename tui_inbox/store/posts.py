"""Posts as they arrive: identity and content once, what each account sees of them beside it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Audience, Post, ReplyTo, SeenPost
from tui_inbox.store.conversations import begin, concerns, current, link, sayings
from tui_inbox.store.database import Connection
from tui_inbox.store.feed_names import stands_for
from tui_inbox.store.links import Links, links_of
from tui_inbox.store.mentions import insert_mentions, replace_mentions
from tui_inbox.store.outside_posts import becomes
from tui_inbox.store.people import put_mentioned, put_person
from tui_inbox.store.post_contents import (
    attach_post,
    insert_post,
    reindex,
    replace_content,
)
from tui_inbox.store.post_reading import (
    conversation_posts,
    find,
    find_by_address,
    find_by_ref,
    hidden,
    own_latest,
    post,
    posts,
    posts_by,
    posts_seen_by,
    server_id,
    uris,
    waiting_for_parent,
)
from tui_inbox.store.post_rows import StoredPost, encode_extras, encode_view
from tui_inbox.store.removal import delete_post, forget_tombstones, withdraw
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.sees import NO_VIEW, Sees, news_of
from tui_inbox.store.store import Writing

__all__ = [
    "Put",
    "Sees",
    "StoredPost",
    "concerns",
    "conversation_posts",
    "current",
    "delete_post",
    "find",
    "find_by_address",
    "find_by_ref",
    "forget_tombstones",
    "hidden",
    "own_latest",
    "post",
    "posts",
    "posts_by",
    "posts_seen_by",
    "put_post",
    "sayings",
    "server_id",
    "set_view",
    "set_voted",
    "stands_for",
    "stop_waiting",
    "uris",
    "waiting_for_parent",
    "withdraw",
]

_FOR_ALL = (Audience.PUBLIC, Audience.UNLISTED)
"""What a feed may have brought."""


class Put(Struct, frozen=True):
    """What became of a post that was put into the store.

    Attributes:
        conversation: local id of its conversation, after all merging.
        is_new: it was not stored before.
        is_edited: a newer edit replaced its content.
        merged: conversations that turned out to be one, as (from, into).
        sees: what is news in the account's view of it; None where nothing is.
        quoted: what became of the post it quotes, where that came along.
        quoted_by: posts that quote it and did not know it yet.
    """

    id: int
    conversation: int
    is_new: bool
    is_edited: bool
    merged: tuple[tuple[int, int], ...] = ()
    sees: Sees | None = None
    quoted: Put | None = None
    quoted_by: tuple[int, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether anything about it is not as it was, so that turns may differ."""
        return bool(self.is_new or self.is_edited or self.merged or self.sees)


class _Known(Struct, frozen=True):
    """What has to be compared when a post is seen again."""

    id: int
    author: int
    edited_at: Millis | None
    conversation: int
    extras: str
    parent: int | None
    parent_uri: str | None
    deleted: bool
    waits: int | None
    view: tuple[object, ...]


def put_post(w: Writing, account: int, seen: SeenPost) -> Put | None:
    """Store a post as an account sees it, with its author, the people it names and the post it quotes.

    Seen again, only what is news changes: the account's view, poll and card, and the content where it was
    edited later than what is stored. A post whose parent is not stored waits for it; one that others waited
    for is linked with them.

    Returns:
        None for a post that was deleted: it does not come back.
    """
    merged: list[tuple[int, int]] = []
    inner = None
    if seen.quoted is not None:
        inner = _put(w, account, replace(seen.quoted, quoted=None), None, merged)
    put = _put(w, account, seen, inner.id if inner else None, merged)
    if put is None:
        return None
    if inner is not None and inner.is_news:
        put = replace(put, quoted=inner)
    if not merged:
        return put
    return replace(put, conversation=_conversation(w.db, put.id), merged=tuple(merged))


def _put(
    w: Writing, account: int, seen: SeenPost, quoted: int | None, merged: list[tuple[int, int]]
) -> Put | None:
    links = links_of(w.db, account, seen)
    if links.brought is not None and not links.buried and seen.post.audience in _FOR_ALL:
        becomes(w, account, links.brought, seen, links.stored)
        links = links_of(w.db, account, seen)
    if links.stored is None:
        return None if links.buried else _put_new(w, account, seen, links, quoted, merged)
    known = _known(w.db, account, links.stored)
    if known.deleted or (known.waits is None and links.buried):
        # Another account may have it stored; this one was told of its deletion before it saw it.
        return None
    author = put_person(w, account, seen.post.author)
    is_edited = author == known.author and (seen.post.edited_at or 0) > (known.edited_at or 0)
    if is_edited:
        replace_content(w, known.id, seen.post)
        replace_mentions(w, account, known.id, seen.post)
    elif encode_extras(seen.post) != known.extras:
        _refresh(w, known, seen.post)
    sees = _put_again(w, account, known, seen, links, merged)
    return Put(known.id, known.conversation, is_new=False, is_edited=is_edited, sees=sees)


def _known(db: Connection, account: int, id: int) -> _Known:
    row = db.execute(
        "SELECT p.author, p.edited_at, p.conversation, p.extras, p.parent, p.parent_uri, "
        "p.deleted_at IS NOT NULL, v.waits, v.server_id, v.favourited, v.boosted, v.bookmarked, v.muted, "
        "v.filtered, v.voted, v.quote, v.poll_server_id, v.parent_server_id, v.parent_author_server_id "
        "FROM posts p LEFT JOIN post_views v ON v.account = ? AND v.post = p.id WHERE p.id = ?",
        (account, id),
    ).fetchone()
    author, edited_at, conversation, extras, parent, parent_uri, deleted, waits = row[:8]
    return _Known(
        id=id,
        author=author,
        edited_at=edited_at,
        conversation=conversation,
        extras=extras,
        parent=parent,
        parent_uri=parent_uri,
        deleted=bool(deleted),
        waits=waits,
        view=row[8:],
    )


def _put_new(
    w: Writing,
    account: int,
    seen: SeenPost,
    links: Links,
    quoted: int | None,
    merged: list[tuple[int, int]],
) -> Put:
    post = seen.post
    author = put_person(w, account, post.author)
    near = links.answers or next(iter(links.answered_by), None)
    conversation = near[1] if near else begin(w.db)
    parent = links.answers[0] if links.answers else None
    id = insert_post(w.db, post, author, conversation, parent, quoted or links.quotes)
    if links.named is not None:
        _take_id_from(w.db, account, links.named)
    waits = _must_wait(post.reply_to, parent)
    w.db.execute(_INSERT_VIEW, (waits, *_view_columns(seen), account, id))
    if post.mentions:
        insert_mentions(w, account, id, post.mentions)
    merged += attach_post(w, id, author, post, links)
    return Put(
        id,
        conversation,
        is_new=True,
        is_edited=False,
        sees=news_of(NO_VIEW, _view_columns(seen), first=True),
        quoted_by=links.quoted_by,
    )


def _view_columns(seen: SeenPost) -> tuple[object, ...]:
    """What `_known` reads of a view, as an arriving post has it."""
    reply_to = seen.post.reply_to or ReplyTo()
    *view, kept_back = encode_view(seen.view)
    if kept_back is None and seen.post.quote is not None:
        kept_back = (
            ""  # the server speaks of the quote, and nothing keeps it from the account (any more)
        )
    return (
        *view,
        kept_back,
        seen.post.poll.server_id if seen.post.poll else None,
        reply_to.server_id,
        reply_to.author_server_id,
    )


_INSERT_VIEW = (
    "INSERT INTO post_views (waits, server_id, favourited, boosted, bookmarked, muted, filtered, voted, "
    "quote, poll_server_id, parent_server_id, parent_author_server_id, account, post) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE_VIEW = (
    "UPDATE post_views SET waits = ?, server_id = ?, favourited = ?, boosted = ?, bookmarked = ?, muted = ?, "
    "filtered = ?, voted = ?, quote = ?, poll_server_id = ?, parent_server_id = ?, parent_author_server_id = ? "
    "WHERE account = ? AND post = ?"
)


def _take_id_from(db: Connection, account: int, other: int) -> None:
    """A server that gives an id to another post has taken it from the one that had it."""
    db.execute("DELETE FROM post_views WHERE account = ? AND post = ?", (account, other))


def _must_wait(reply_to: ReplyTo | None, parent: int | None) -> bool:
    return parent is None and reply_to is not None and reply_to.server_id is not None


def _put_again(
    w: Writing,
    account: int,
    known: _Known,
    seen: SeenPost,
    links: Links,
    merged: list[tuple[int, int]],
) -> Sees | None:
    """A stored post seen again: the view may be new or changed, and so may be what it links."""
    view = tuple(
        old if new is None else new  # what a server leaves out stays as it was
        for new, old in zip(_view_columns(seen), known.view, strict=True)
    )
    told_uri = seen.post.reply_to.uri if seen.post.reply_to else None
    learns_uri = told_uri is not None and known.parent is None and known.parent_uri is None
    if view == known.view and not learns_uri:
        return None
    if learns_uri:
        w.db.execute("UPDATE posts SET parent_uri = ? WHERE id = ?", (told_uri, known.id))
    if links.named is not None and links.named != known.id:
        _take_id_from(w.db, account, links.named)
    waits = (known.waits or 1) if _must_wait(seen.post.reply_to, known.parent) else 0
    if known.waits is None:
        w.db.execute(_INSERT_VIEW, (waits, *view, account, known.id))
        for mention in seen.post.mentions:
            put_mentioned(w, account, mention)
    else:
        w.db.execute(_UPDATE_VIEW, (waits, *view, account, known.id))
    w.changed(Topic.POST, known.id)
    pairs = [(child, known.id) for child, _ in links.answered_by]
    if known.parent is None and links.answers is not None:
        pairs.append((known.id, links.answers[0]))
    merged += (pair for child, parent in pairs if (pair := link(w, child, parent)))
    return news_of(known.view, view, first=known.waits is None)


def _conversation(db: Connection, post: int) -> int:
    conversation: int = scalar(db, "SELECT conversation FROM posts WHERE id = ?", (post,))
    return conversation


def _refresh(w: Writing, known: _Known, seen: Post) -> None:
    """Votes are counted, cards are made and quotes allowed after a post was written; no edit of it either."""
    old = posts(w.db, None, [known.id])[known.id].post
    fresh = replace(
        old,
        poll=seen.poll or old.poll,
        card=seen.card or old.card,
        quote=seen.quote or old.quote,
    )
    extras = encode_extras(fresh)
    if extras != known.extras:
        w.db.execute("UPDATE posts SET extras = ? WHERE id = ?", (extras, known.id))
        reindex(w.db, known.id, old, fresh)
        w.changed(Topic.POST, known.id)


def stop_waiting(w: Writing, account: int, post: int) -> None:
    """Note that the parent of a post was asked for in vain. Should it arrive after all, it is still linked."""
    w.db.execute(
        "UPDATE post_views SET waits = 2 WHERE account = ? AND post = ? AND waits", (account, post)
    )


def set_view(
    w: Writing,
    account: int,
    post: int,
    *,
    favourited: bool | None = None,
    boosted: bool | None = None,
    bookmarked: bool | None = None,
) -> None:
    """Note what the account has done to a post, once its server has confirmed it. None leaves a flag."""
    changed = w.db.execute(
        "UPDATE post_views SET favourited = ifnull(?1, favourited), boosted = ifnull(?2, boosted), "
        "bookmarked = ifnull(?3, bookmarked) WHERE account = ?4 AND post = ?5",
        (favourited, boosted, bookmarked, account, post),
    ).rowcount
    if changed:
        w.changed(Topic.POST, post)


def set_talk_muted(w: Writing, account: int, post: int, muted: bool) -> None:
    """Note whether the account has muted the conversation of a post, once its server has confirmed it."""
    changed = w.db.execute(
        "UPDATE post_views SET muted = ?1 WHERE account = ?2 AND muted != ?1 AND post IN ("
        "SELECT other.id FROM posts p CROSS JOIN posts other ON other.conversation = p.conversation "
        "WHERE p.id = ?3) RETURNING post",
        (muted, account, post),
    ).fetchall()
    for (one,) in changed:
        w.changed(Topic.POST, one)


def set_voted(w: Writing, account: int, post: int, options: Sequence[int]) -> None:
    """Note which options (places from 0) the account has chosen, once its server has counted the vote."""
    changed = w.db.execute(
        "UPDATE post_views SET voted = ? WHERE account = ? AND post = ?",
        (listed(options), account, post),
    ).rowcount
    if changed:
        w.changed(Topic.POST, post)
