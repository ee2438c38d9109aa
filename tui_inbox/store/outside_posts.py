"""Posts that no account was shown, and what they turn out to be."""

from __future__ import annotations

from tui_inbox.core.changes import Topic
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.post import Post, PostView, SeenPost
from tui_inbox.store import watches
from tui_inbox.store.conversations import begin
from tui_inbox.store.feed_names import note_name
from tui_inbox.store.links import links_of
from tui_inbox.store.mentions import insert_told_mentions, replace_mentions
from tui_inbox.store.people import put_person
from tui_inbox.store.post_contents import attach_post, insert_post, replace_content
from tui_inbox.store.removal import remove_post
from tui_inbox.store.rows import scalar
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
    written_by, edited_at, deleted, text = w.db.execute(
        "SELECT author, ifnull(edited_at, 0), deleted_at IS NOT NULL, text FROM posts WHERE id = ?",
        (links.stored,),
    ).fetchone()
    if deleted:
        return None
    # RSS has no time of an edit: there what stands in the feed now is what was written last.
    tells_no_edit = post.ref.network == FEED_NETWORK and post.edited_at is None and not edited_at
    is_edited = (post.edited_at or 0) > edited_at or (tells_no_edit and post.text != text)
    if author == written_by and is_edited:
        replace_content(w, links.stored, post)
    return links.stored


def becomes(w: Writing, account: int, id: int, seen: SeenPost, known: int | None) -> None:
    """What a feed has brought turns out to be a post of a network: it is that one from now on.

    Args:
        id: local id of what the feed has brought. It stays, unless that post is stored already.
        seen: the post, as the account's server shows it.
        known: local id of that post, if it is stored: it stays, and takes over what was done with the other.
    """
    name: str = scalar(w.db, "SELECT uri FROM posts WHERE id = ?", (id,))
    if known is None:
        _turn_into(w, account, id, seen)
        note_name(w, name, id)
    elif known != id:
        _hand_over(w, id, known)
        note_name(w, name, known, was=id)
        remove_post(w, id)
    w.changed(Topic.POST, id)


def _turn_into(w: Writing, account: int, id: int, seen: SeenPost) -> None:
    """Another identity and author, and the words that stand there."""
    ref, quoted = seen.post.ref, seen.post.quoted
    author = put_person(w, account, seen.post.author)
    w.db.execute(
        "UPDATE posts SET network = ?1, uri = ?2, author = ?3, quoted_uri = ?4, quoted = "
        "(SELECT q.id FROM posts q WHERE q.network = ?1 AND q.uri = ?4) WHERE id = ?5",
        (ref.network, ref.uri, author, quoted.uri if quoted else None, id),
    )
    replace_content(w, id, seen.post)
    replace_mentions(w, account, id, seen.post)


def _hand_over(w: Writing, post: int, to: int) -> None:
    """Hits, watched threads, drafts and what waits to leave go over to the post that stays."""
    for (search,) in w.db.execute("SELECT search FROM hits WHERE post = ?", (post,)).fetchall():
        w.changed(Topic.SEARCHES, search)
    # Where a search has found both, what was done with one of them counts.
    w.db.execute(
        "DELETE FROM hits WHERE post = ?2 AND state = 'new' "
        "AND search IN (SELECT search FROM hits WHERE post = ?1)",
        (post, to),
    )
    w.db.execute("UPDATE OR IGNORE hits SET post = ?2 WHERE post = ?1", (post, to))
    watches.move(w, post, to)
    w.db.execute("UPDATE drafts SET reply_to = ?2 WHERE reply_to = ?1", (post, to))
    w.db.execute("UPDATE drafts SET quotes = ?2 WHERE quotes = ?1", (post, to))
    # What their texts say of it is looked up when they leave (`feed_names.stands_for`).
    w.db.execute("UPDATE outbox SET post = ?2 WHERE post = ?1", (post, to))
