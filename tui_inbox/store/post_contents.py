"""What a post says, as rows: put in, linked with what waited for it, and replaced by an edit."""

from __future__ import annotations

from tui_inbox.core.changes import Topic
from tui_inbox.core.post import Post
from tui_inbox.store.conversations import link
from tui_inbox.store.database import Connection
from tui_inbox.store.links import Links
from tui_inbox.store.pointers import put_addresses, replace_addresses
from tui_inbox.store.post_reading import posts
from tui_inbox.store.post_rows import encode_extras
from tui_inbox.store.rows import inserted
from tui_inbox.store.store import Writing
from tui_inbox.store.text_index import put_words, remove_words, words_of


def insert_post(
    db: Connection,
    post: Post,
    author: int,
    conversation: int,
    parent: int | None,
    quoted: int | None,
) -> int:
    return inserted(
        db,
        "INSERT INTO posts (network, uri, author, created_at, conversation, parent, parent_uri, quoted, "
        "quoted_uri, edited_at, text, warning, sensitive, language, audience, url, extras) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            post.ref.network,
            post.ref.uri,
            author,
            post.created_at,
            conversation,
            parent,
            post.reply_to.uri if post.reply_to else None,
            quoted,
            post.quoted.uri if post.quoted else None,
            *content_of(post),
        ),
    )


def content_of(post: Post) -> tuple[object, ...]:
    """What an edit can change: edited_at, text, warning, sensitive, language, audience, url, extras."""
    return (
        post.edited_at,
        post.text,
        post.warning,
        post.sensitive,
        post.language,
        post.audience,
        post.url,
        encode_extras(post),
    )


def attach_post(
    w: Writing, id: int, author: int, post: Post, links: Links
) -> list[tuple[int, int]]:
    """Index a new post, and link it with those that waited for it. Returns conversations that turned out to be one."""
    if words := words_of(post):
        put_words(w.db, id, words)
    put_addresses(w.db, id, author, post)
    w.changed(Topic.POST, id)
    for quoting in links.quoted_by:
        w.db.execute("UPDATE posts SET quoted = ? WHERE id = ?", (id, quoting))
        w.changed(Topic.POST, quoting)
    return [pair for child, _ in links.answered_by if (pair := link(w, child, id))]


def replace_content(w: Writing, id: int, edited: Post) -> None:
    old = posts(w.db, None, [id])[id].post
    w.db.execute(
        "UPDATE posts SET edited_at = ?, text = ?, warning = ?, sensitive = ?, language = ?, audience = ?, "
        "url = ?, extras = ? WHERE id = ?",
        (*content_of(edited), id),
    )
    reindex(w.db, id, old, edited)
    w.changed(Topic.POST, id)


def reindex(db: Connection, id: int, old: Post, new: Post) -> None:
    before, after = words_of(old), words_of(new)
    if before != after:
        if before:
            remove_words(db, id, before)
        if after:
            put_words(db, id, after)
    replace_addresses(db, id, old, new)
