"""Favourites, boosts and follows for the ledger, whichever way they are heard of.

A notification, a boost in a feed and an act of the owner's tell their moment. That the owner favours or boosts a post
may also show in what the server says of the post: then it was done elsewhere, and where it was so at first sight the
moment is not known; it counts as the post's own, so that no order of arrival makes a difference. That somebody was
followed before the owner's accounts came here is a fact of `person_views` and no event: nothing tells when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_inbox.core.act import ActKind
from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Relationship
from tui_inbox.core.post import FeedEntry
from tui_inbox.store import ledger, people, posts
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.people import PersonView
from tui_inbox.store.posts import Put, Sees
from tui_inbox.store.store import Writing
from tui_inbox.sync.turns import Learnt, Owner

_OF_NOTICE = {
    NoticeKind.FAVOURITE: InteractionKind.FAVOURITE,
    NoticeKind.BOOST: InteractionKind.BOOST,
    NoticeKind.FOLLOW: InteractionKind.FOLLOW,
}
_OF_ACT = {
    ActKind.FAVOURITE: (InteractionKind.FAVOURITE, True),
    ActKind.UNFAVOURITE: (InteractionKind.FAVOURITE, False),
    ActKind.BOOST: (InteractionKind.BOOST, True),
    ActKind.UNBOOST: (InteractionKind.BOOST, False),
    ActKind.FOLLOW: (InteractionKind.FOLLOW, True),
    ActKind.UNFOLLOW: (InteractionKind.FOLLOW, False),
}


def note_notice(
    w: Writing, owner: Owner, notice: Notice, person: int | None, learnt: Learnt
) -> None:
    """Somebody liked, boosted or followed, says a notification."""
    kind = _OF_NOTICE.get(notice.kind)
    if kind is not None and person:
        subject = notice.seen.post.ref.uri if notice.seen else ""
        note(w, owner, kind, person, owner.person, subject, notice.at, learnt)


def note_boosts(w: Writing, owner: Owner, entries: Iterable[FeedEntry], learnt: Learnt) -> None:
    """The owner boosted somebody, or somebody the owner, say entries of a feed."""
    for entry in entries:
        if entry.boost is None:
            continue
        booster = people.find_by_ref(w.db, entry.boost.by.ref)
        author = people.find_by_ref(w.db, entry.seen.post.author.ref)
        if booster and author and owner.person in (booster, author):
            uri, at = entry.seen.post.ref.uri, entry.boost.at
            note(w, owner, InteractionKind.BOOST, booster, author, uri, at, learnt)


def take_back_boosts(
    w: Writing, owner: Owner, gone: Iterable[tuple[int, int]], learnt: Learnt
) -> None:
    """Boosts were taken back: (who, local id of the post) each."""
    for booster, post in gone:
        stored = posts.post(w.db, owner.account, post)
        if stored is not None and owner.person in (booster, stored.author):
            uri = stored.post.ref.uri
            take_back(w, owner, InteractionKind.BOOST, booster, stored.author, uri, learnt)


def note_views(
    w: Writing, owner: Owner, news: Iterable[Put], now: Millis, learnt: Learnt
) -> Iterator[int]:
    """The owner favoured or boosted posts with another client, or took that back, says the server.

    Returns:
        Local ids of the posts that are favoured now and were not before.
    """
    told = {
        put.id: put.sees
        for put in news
        if put.sees and (put.sees.favourited is not None or put.sees.boosted is not None)
    }
    for id, stored in posts.posts(w.db, owner.account, told).items():
        sees, uri = told[id], stored.post.ref.uri
        at = stored.post.created_at if sees.first else now
        if sees.favourited:
            yield id
        for kind, holds in _done(sees):
            if holds:
                note(w, owner, kind, owner.person, stored.author, uri, at, learnt)
            else:
                take_back(w, owner, kind, owner.person, stored.author, uri, learnt)


def _done(sees: Sees) -> Iterator[tuple[InteractionKind, bool]]:
    if sees.favourited is not None:
        yield InteractionKind.FAVOURITE, sees.favourited
    if sees.boosted is not None:
        yield InteractionKind.BOOST, sees.boosted


def note_act(w: Writing, owner: Owner, row: OutboxRow, learnt: Learnt) -> None:
    """The owner did something here, and the server has confirmed it."""
    kind, holds = _OF_ACT.get(ActKind(row.kind), (None, False))
    stored = posts.post(w.db, owner.account, row.post) if row.post is not None else None
    target = stored.author if stored is not None else row.person
    if kind is None or target is None:
        return
    subject = stored.post.ref.uri if stored is not None else ""
    if holds:
        note(w, owner, kind, owner.person, target, subject, row.created_at, learnt)
    else:
        take_back(w, owner, kind, owner.person, target, subject, learnt)


def note_standing(
    w: Writing,
    owner: Owner,
    before: PersonView | None,
    relationship: Relationship,
    now: Millis,
    learnt: Learnt,
) -> None:
    """Somebody was followed, or followed the owner, since the server was last asked how the two stand."""
    if before is None or before.checked_at is None:
        return
    person, me, kind = before.person, owner.person, InteractionKind.FOLLOW
    for was, holds, actor, target in (
        (before.following, relationship.following, me, person),
        (before.followed_by, relationship.followed_by, person, me),
    ):
        if holds and not was:
            note(w, owner, kind, actor, target, "", now, learnt)
        elif was and not holds:
            take_back(w, owner, kind, actor, target, "", learnt)


def note(
    w: Writing,
    owner: Owner,
    kind: InteractionKind,
    actor: int,
    target: int,
    subject: str,
    at: Millis,
    learnt: Learnt,
) -> None:
    """Put a touch into the ledger. What one does to oneself is none.

    The tie is made anew with it: an earlier moment may have taken the place of the one that was known.
    """
    touch = Interaction(owner.account, kind, actor, target, subject, at)
    if actor != target and ledger.record(w, touch):
        learnt.corrected.add(target if actor == owner.person else actor)


def take_back(
    w: Writing,
    owner: Owner,
    kind: InteractionKind,
    actor: int,
    target: int,
    subject: str,
    learnt: Learnt,
) -> None:
    """A touch holds no more: its row stays and counts no more, and the tie is made anew without it."""
    if ledger.retract(w, owner.account, kind, actor, target, subject):
        learnt.corrected.add(target if actor == owner.person else actor)
