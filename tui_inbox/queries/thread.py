"""A conversation as one reads it, and what the composer needs to begin an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from tui_inbox.core.capability import out_of_reach
from tui_inbox.core.draft import Draft, reply_audience
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.reading import FilterContext
from tui_inbox.core.web_intents import ANSWER_WILL_BE_THERE, of_answer
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, account_rows, viewer
from tui_inbox.queries.drafts import fresh
from tui_inbox.queries.labels import labels
from tui_inbox.queries.post_rows import SOMEBODY, post_rows
from tui_inbox.queries.reply_card import answers_line, person_lines
from tui_inbox.queries.rows import (
    AccountRow,
    PersonLabel,
    PostRow,
    ReplyCard,
    ReplyContext,
    Scope,
    ThreadPost,
    ThreadView,
)
from tui_inbox.queries.watched import new_in
from tui_inbox.store import accounts, batches, drafts, identities, outbox, posts
from tui_inbox.store.called_upon import calls_upon
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost

_OF_LATE = DAY
"""For how long an answer that was not given here is worth a word to somebody who answers the same post."""


def view(
    db: Connection, account: int, post: int, *, now: Millis, zone: tzinfo | None = None
) -> ThreadView | None:
    """The conversation around a post, oldest first, as far as the account may see it.

    Returns:
        None when there is no such post, or it is not for this account.
    """
    zone = zone or words.local_zone(now)
    eyes, post = viewer(db, account), posts.stands_for(db, post)
    focus = posts.post(db, account, post)
    if eyes is None or focus is None:
        return None
    stored = posts.conversation_posts(db, account, focus.conversation)
    if all(one.id != post for one in stored):
        stored = sorted([*stored, focus], key=lambda one: (one.post.created_at, one.id))
    rows = post_rows(db, eyes, stored, context=FilterContext.THREAD)
    depths = _depths(stored)
    watched, new = new_in(db, account, focus.conversation)
    speakers = dict.fromkeys(one.author for one in stored if one.author != eyes.owner)
    names = labels(db, account, speakers)
    return ThreadView(
        conversation=focus.conversation,
        account=account,
        focus=post,
        posts=tuple(
            ThreadPost(rows[one.id], depths[one.id], missing=_misses_parent(one)) for one in stored
        ),
        participants=tuple(names.get(person, SOMEBODY) for person in speakers),
        card=_card(db, eyes, focus, rows, now, zone),
        watched=watched,
        new=new,
    )


def _misses_parent(one: StoredPost) -> bool:
    return one.post.reply_to is not None and one.parent is None


def _depths(stored: Iterable[StoredPost]) -> dict[int, int]:
    """How many answers lie between each post and the beginning of what is stored above it."""
    parents = {one.id: one.parent for one in stored}
    depths: dict[int, int] = {}
    for id in parents:
        path: list[int] = []
        at: int | None = id
        while at is not None and at in parents and at not in depths and at not in path:
            path.append(at)
            at = parents[at]
        depth = depths.get(at, -1) if at is not None else -1
        for step, one in enumerate(reversed(path), start=1):
            depths[one] = depth + step
    return depths


def _card(
    db: Connection,
    eyes: Viewer,
    focus: StoredPost,
    rows: Mapping[int, PostRow],
    now: Millis,
    zone: tzinfo,
) -> ReplyCard | None:
    """The card of whom one would answer: the author, or whom the owner's own post answers."""
    answered = rows[focus.id].answers if focus.author == eyes.owner else rows[focus.id].author
    if answered is None or answered.id == eyes.owner:
        return None
    lines = person_lines(db, eyes, answered.id, now=now, zone=zone, conversation=focus.conversation)
    others = [
        row
        for row in rows.values()
        if row.parent == focus.id
        and row.author.id not in (eyes.owner, focus.author)
        and not row.deleted
    ]
    lines["answers"] = answers_line(others, now, zone)
    order = ("last", "since", "note", "answers", "check")
    label = accounts.account(db, eyes.account).label
    return ReplyCard(
        title=f"{answered.name} and {label}",
        lines=tuple((name, lines[name]) for name in order if lines.get(name)),
    )


def reply_context(
    db: Connection,
    account: int,
    post: int | None,
    *,
    now: Millis,
    everybody: bool = True,
    goes_on: bool = True,
    zone: tzinfo | None = None,
) -> ReplyContext:
    """What the composer begins with: a kept draft for this target, or a fresh one.

    An answer goes to the author of the post and to everybody it names, never to whoever passed it on; it inherits
    warning and language, and the narrower of the post's audience and the account's usual one.

    Args:
        account: who writes.
        post: what is answered; None for a post of its own.
        everybody: False to address the author only.
        goes_on: whether a draft that is kept for this target is gone on with.

    Raises:
        LookupError: there is no such account, or no such post for it.
    """
    zone = zone or words.local_zone(now)
    eyes = viewer(db, account)
    if eyes is None:
        raise accounts.NoSuchAccount(account)
    who = next(row for row in account_rows(db) if row.id == account)
    post = posts.stands_for(db, post) if post is not None else None
    parent = posts.post(db, account, post) if post is not None else None
    if parent is None and post is not None:
        raise LookupError("This post is not in the store any more.")
    kept = drafts.draft_for(db, account, post) if goes_on else None
    if parent is None:
        draft = kept or fresh(db, account)
        return ReplyContext(draft, who, (), draft.audience, "")
    # Who wrote what a feed has brought has no name on a server before it has found the post (sync/outbox.py).
    is_outside = parent.post.ref.network == FEED_NETWORK
    by_name = accounts.account(db, account).limits.answers_name
    to = () if is_outside else _addressees(db, eyes, parent, everybody=everybody, by_name=by_name)
    draft = kept or _answer(db, account, parent, to if by_name else ())
    return ReplyContext(
        draft=draft,
        account=who,
        to=to,
        audience=draft.audience,
        excerpt=words.said(parent.post.text),
        answered_meanwhile=_answered(db, eyes, parent, who, now, zone),
        out_of_reach="" if parent.view else out_of_reach(parent.post.ref, eyes.network),
        by_browser=_by_browser(db, eyes, parent),
    )


def _by_browser(db: Connection, eyes: Viewer, parent: StoredPost) -> str:
    if parent.view is None:
        return ""
    is_called = calls_upon(db, eyes.account, parent)
    there = of_answer(eyes.network, parent.view.server_id, is_called=is_called)
    return ANSWER_WILL_BE_THERE if there is not None else ""


def _answer(db: Connection, account: int, parent: StoredPost, to: Sequence[PersonLabel]) -> Draft:
    usual_audience, usual_language = accounts.usual(db, account)
    return Draft(
        id=0,
        account=account,
        text="".join(f"@{label.handle} " for label in to),
        warning=parent.post.warning,
        audience=reply_audience(parent.post.audience, usual_audience),
        language=parent.post.language or usual_language,
        reply_to=parent.id,
    )


def _addressees(
    db: Connection, eyes: Viewer, parent: StoredPost, *, everybody: bool, by_name: bool
) -> tuple[PersonLabel, ...]:
    """The author first, then those named in the post's order; an own post goes on to those it named. Where an answer
    need not name anybody, it is for the author alone.

    The owner's other accounts that are one with this one are not named: they are the owner.
    """
    goes_on = everybody or parent.author == eyes.owner
    named = parent.mentioned if by_name and goes_on else ()
    owners = set(identities.owners_together(db, eyes.account).values()) | {eyes.owner}
    addressed = dict.fromkeys((parent.author, *(one for one in named if one not in owners)))
    people = [one for one in addressed if one != eyes.owner]
    names = labels(db, eyes.account, people)
    return tuple(names[person] for person in people if person in names)


def _answered(
    db: Connection, eyes: Viewer, parent: StoredPost, who: AccountRow, now: Millis, zone: tzinfo
) -> str:
    """Whether the account has answered this post from elsewhere of late: by a colleague, or on the phone.

    An older answer is no news: it stands in the thread, and whoever writes below it writes on.
    """
    claimed = outbox.claimed_posts(db, eyes.account)
    elsewhere = [
        one
        for one in batches.answers_to(db, eyes.account, [parent.id])
        if one.author == eyes.owner and one.at > now - _OF_LATE and one.post not in claimed
    ]
    if not elsewhere:
        return ""
    when = phrases.last(elsewhere[-1].at, now, zone)
    return f"{who.label} answered this {when} from another app"


def find_post(db: Connection, scope: Scope, name: str) -> tuple[int, int] | None:
    """A stored post by its number or by its address, as (account that sees it, local id of the post)."""
    for account in scope.accounts:
        found = int(name) if name.isdecimal() else posts.find_by_address(db, name)
        if found is not None and posts.server_id(db, account, found) is not None:
            return account, found
    return None
