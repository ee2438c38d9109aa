"""Posts that no account was shown, and what they turn out to be."""

from __future__ import annotations

from tui_inbox.core.post import Post, PostView, SeenPost
from tui_inbox.store.conversations import begin
from tui_inbox.store.links import links_of
from tui_inbox.store.mentions import insert_told_mentions, replace_mentions
from tui_inbox.store.people import put_person
from tui_inbox.store.post_contents import attach_post, insert_post, replace_content
from tui_inbox.store.store import Writing

NOBODY = 0
"""Stands for an account where none was shown a post."""


def put_without_view(w: Writing, post: Post, author: int) -> int | None:
    """Store a post that no account was shown; of a stored one what its author has edited since.

    Args:
        author: local id of who wrote it.

    Returns:
        Its local id; None for a post that was deleted.
    """
    links = links_of(w.db, NOBODY, SeenPost(post, PostView("")))
    if links.buried:
        return None
    if links.stored is None:
        near = links.answers or next(iter(links.answered_by), None)
        conversation = near[1] if near else begin(w.db)
        parent = links.answers[0] if links.answers else None
        id = insert_post(w.db, post, author, conversation, parent, links.quotes)
        insert_told_mentions(w, id, post.mentions)
        attach_post(w, id, author, post, links)
        return id
    written_by, edited_at, deleted = w.db.execute(
        "SELECT author, ifnull(edited_at, 0), deleted_at IS NOT NULL FROM posts WHERE id = ?",
        (links.stored,),
    ).fetchone()
    if deleted:
        return None
    if author == written_by and (post.edited_at or 0) > edited_at:
        replace_content(w, links.stored, post)
    return links.stored


def turn_into(w: Writing, account: int, id: int, seen: SeenPost) -> None:
    """What a stored post has turned out to be: another identity and author, and the words that stand there.

    Raises:
        sqlite3.IntegrityError: that one is stored already.
    """
    ref = seen.post.ref
    author = put_person(w, account, seen.post.author)
    w.db.execute(
        "UPDATE posts SET network = ?, uri = ?, author = ? WHERE id = ?",
        (ref.network, ref.uri, author, id),
    )
    replace_content(w, id, seen.post)
    replace_mentions(w, account, id, seen.post)
