"""Stored posts as the rows that panes show, many at once: each question is asked once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.pending import done_to_post, edited_post, voted_in_poll
from tui_inbox.core.post import FilterAction, FilterHit, PostView, QuoteState
from tui_inbox.core.reading import FilterContext, Reading, hit_in
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PersonLabel, PostRow
from tui_inbox.store import accounts, batches, laid_over, posts, reading, watches
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost

SOMEBODY = PersonLabel(0, "somebody", "")
"""Stands for a person whose row is gone."""


def post_rows(
    db: Connection,
    viewer: Viewer,
    stored: Sequence[StoredPost],
    *,
    context: FilterContext | None,
    boosters: Mapping[int, tuple[int, ...]] | None = None,
    asking: Collection[int] = (),
) -> dict[int, PostRow]:
    """The rows of some posts by local id, with what the owner did laid over what the server has shown.

    Args:
        viewer: through whose eyes.
        stored: the posts, as that account sees them.
        context: where they are shown, as filters know it; None where no filter holds. What a filter hides is
            folded: whoever makes a list of posts leaves it out of that.
        boosters: who passed each of them on, oldest first.
        asking: those that are known to ask something; finding out takes longer than all the rest.
    """
    boosters = boosters or {}
    stored = _as_edited(db, viewer, stored)
    pending = laid_over.pending_acts(db, viewer.account, [post.id for post in stored])
    polls = [post.id for post in stored if post.post.poll is not None]
    votes = laid_over.pending_votes(db, viewer.account, polls) if polls else {}
    quoted = _quoted(db, viewer, stored)
    every = [*stored, *quoted.values()]
    answered = _parent_authors(db, viewer, every)
    people = {post.author for post in every} | set(answered.values())
    people.update(person for group in boosters.values() for person in group)
    names = labels(db, viewer.account, people)
    habits = reading.reading(db, viewer.account)
    watched = watches.watched(db, viewer.account)
    owners = accounts.owners(db)

    def row(post: StoredPost, inner: PostRow | None) -> PostRow:
        parent_author = answered.get(post.id)
        author = names.get(post.author, SOMEBODY)
        hits = post.view.filtered if post.view and post.author != viewer.owner else ()
        folds = hit_in(hits, context, FilterAction.HIDE, FilterAction.WARN)
        quote = _quote(post)
        return PostRow(
            id=post.id,
            account=viewer.account,
            letters=viewer.letters,
            author=author,
            at=post.post.created_at,
            text=post.post.text,
            links=post.post.links,
            warning=post.post.warning,
            language=post.post.language,
            audience=post.post.audience,
            media=post.post.media,
            poll=post.post.poll,
            voted=voted_in_poll(post.view, votes.get(post.id)) if post.post.poll else None,
            card=post.post.card,
            url=post.post.url,
            answers=None if parent_author is None else names.get(parent_author, SOMEBODY),
            answers_me=parent_author == viewer.owner,
            asks=post.id in asking,
            boosters=tuple(names.get(one, SOMEBODY) for one in boosters.get(post.id, ())),
            did=_did(post.view, pending.get(post.id, ())),
            mine=post.author == viewer.owner,
            edited=post.post.edited_at is not None,
            deleted=post.deleted or ActKind.DELETE in pending.get(post.id, ()),
            hidden=None if folds is None else folds.title,
            opened=bool(post.post.warning)
            and habits.opens(post.post.warning, post.author, author.handle),
            media_folded=_media_folded(post, hit_in(hits, context, FilterAction.BLUR), habits),
            sensitive=post.post.sensitive,
            foreign=post.post.language or "" if habits.is_foreign(post.post.language) else "",
            quote=quote,
            quoted=inner if quote is QuoteState.ACCEPTED else None,
            parent=post.parent,
            conversation=post.conversation,
            watched=post.conversation in watched,
            own_as="" if post.author == viewer.owner else owners.get(post.author, ""),
        )

    inner = {id: row(post, None) for id, post in quoted.items()}
    return {post.id: row(post, inner.get(post.quoted or 0)) for post in stored}


def rows_of(
    db: Connection,
    viewer: Viewer,
    ids: Iterable[int],
    *,
    context: FilterContext | None,
    asking: Collection[int] = (),
) -> dict[int, PostRow]:
    """The rows of posts by local id; those that the account may not see are left out."""
    stored = posts.posts(db, viewer.account, ids)
    return post_rows(db, viewer, list(stored.values()), context=context, asking=asking)


def _as_edited(
    db: Connection, viewer: Viewer, stored: Sequence[StoredPost]
) -> Sequence[StoredPost]:
    """Own posts as they will stand once what the owner changed has left."""
    own = [post.id for post in stored if post.author == viewer.owner]
    edits = laid_over.pending_edits(db, viewer.account, own) if own else {}
    if not edits:
        return stored

    def as_edited(post: StoredPost) -> StoredPost:
        content = edits.get(post.id)
        if content is None or post.deleted:
            return post
        changed = edited_post(post.post, Draft.from_json(content))
        last = post.post.edited_at or post.post.created_at
        return replace(post, post=replace(changed, edited_at=last))

    return [as_edited(post) for post in stored]


def _quoted(db: Connection, viewer: Viewer, stored: Sequence[StoredPost]) -> dict[int, StoredPost]:
    wanted = {post.quoted for post in stored if post.quoted is not None}
    return posts.posts(db, viewer.account, wanted) if wanted else {}


def _parent_authors(db: Connection, viewer: Viewer, stored: Sequence[StoredPost]) -> dict[int, int]:
    """Whom each post answers: by its stored parent, else by what the server said of the parent's author."""
    authors = batches.authors_of(db, {post.parent for post in stored if post.parent is not None})
    told = {post.id: post.post.reply_to.author_server_id for post in stored if post.post.reply_to}
    unknown = {id for id in told.values() if id is not None}
    meant = batches.people_by_server_id(db, viewer.account, unknown) if unknown else {}
    found: dict[int, int] = {}
    for post in stored:
        author = authors.get(post.parent or 0) or meant.get(told.get(post.id) or "")
        if author is not None:
            found[post.id] = author
    return found


_DONE_WORDS = (
    (ActKind.BOOKMARK, "saved"),
    (ActKind.BOOST, "boosted"),
    (ActKind.FAVOURITE, "favourite"),
    (ActKind.MUTE_TALK, "conversation muted"),
)


def _did(view: PostView | None, pending: Iterable[ActKind]) -> tuple[str, ...]:
    done = done_to_post(view, pending)
    return tuple(word for act, word in _DONE_WORDS if act in done)


def _media_folded(post: StoredPost, blur: FilterHit | None, habits: Reading) -> str:
    """Why the attachments of a post are folded; empty where there are none, or they are not."""
    if not post.post.media:
        return ""
    if blur is not None:
        return f"filtered: {blur.title}"
    if not habits.folds_media(sensitive=post.post.sensitive):
        return ""
    return "sensitive" if post.post.sensitive else "folded"


def _quote(post: StoredPost) -> QuoteState | None:
    """Whether the account may be shown what a post quotes. Nothing is said of most, and then it may."""
    if post.post.quote in (None, QuoteState.ACCEPTED) and post.view is not None and post.view.quote:
        return post.view.quote
    quotes = post.quoted is not None or post.post.quoted is not None
    return post.post.quote or (QuoteState.ACCEPTED if quotes else None)
