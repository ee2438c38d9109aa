"""The history between the owner and somebody: events of the ledger, with the texts that are stored of them."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.accounts import viewer as viewer_of
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import Exchange
from tui_inbox.store import batches, ledger, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import same_as

_DID = {
    InteractionKind.DIRECT: "wrote privately",
    InteractionKind.QUOTE: "quoted",
    InteractionKind.REPLY: "answered",
    InteractionKind.MENTION: "wrote",
    InteractionKind.FAVOURITE: "liked",
    InteractionKind.BOOST: "boosted",
    InteractionKind.FOLLOW: "followed",
}
"""What was done, in a word. Of several kinds that one text is, the first says most."""
_MOST_TELLING = list(_DID)

_OF_A_TEXT = frozenset({InteractionKind.FAVOURITE, InteractionKind.BOOST})
"""What means nothing without the text it was done to."""


def once(events: Sequence[Interaction]) -> list[Interaction]:
    """Events in their order; of one text that is of several kinds only the most telling."""
    found: dict[tuple[str, int], Interaction] = {}
    for event in events:
        known = found.setdefault((event.subject, event.actor), event)
        if _MOST_TELLING.index(event.kind) < _MOST_TELLING.index(known.kind):
            found[event.subject, event.actor] = event
    return list(found.values())


def talk_with(db: Connection, account: int, person: int) -> tuple[Interaction, ...]:
    """The talk with a person, newest first; a text that is of several kinds is there once for each.

    Of somebody with several identities that with all of them, of every account, as their tie is made from.
    """
    ids = same_as(db, person)
    among = [account] if len(ids) == 1 else [id for id, _ in batches.owners(db)]
    events = [
        event
        for whose in among
        for who in ids
        for event in ledger.all_with_person(db, whose, who)
        if event.kind.is_talk
    ]
    if len(ids) > 1:
        events.sort(key=lambda event: (event.at, event.subject))
    return tuple(reversed(events))


def told_by_each(
    db: Connection, viewer: Viewer, events: Sequence[Interaction], *, length: int = 200
) -> tuple[Exchange, ...]:
    """`exchanges` of events that several accounts may have had, newest first, each seen by the one that had it."""
    told = list(
        exchanges(
            db, viewer, [one for one in events if one.account == viewer.account], length=length
        )
    )
    for account in dict.fromkeys(one.account for one in events):
        eyes = viewer_of(db, account) if account != viewer.account else None
        if eyes is not None:
            own = [one for one in events if one.account == account]
            told += exchanges(db, eyes, own, length=length)
            told.sort(key=lambda one: one.at, reverse=True)
    return tuple(told)


def exchanges(
    db: Connection, viewer: Viewer, events: Sequence[Interaction], *, length: int = 200
) -> tuple[Exchange, ...]:
    """Events of the ledger in their order; a text that is of several kinds is told once, by the most telling.

    A favourite or a boost is told with the text it was for, and left out where that is not stored: without it, it
    says nothing.

    Args:
        length: characters of each text at most.
    """
    told_once = once(events)
    ids = batches.posts_by_uri(db, viewer.network, {event.subject for event in told_once})
    stored = posts.posts(db, viewer.account, ids.values())
    told = []
    for event in told_once:
        post = stored.get(ids.get(event.subject, 0))
        text = post.post.text if post else ""
        if event.kind in _OF_A_TEXT and not text:
            continue
        outgoing = event.actor == viewer.owner
        asks = event.kind.is_talk and text and is_question(text)
        did = _asked(event.kind) if asks else _DID[event.kind]
        told.append(
            Exchange(
                at=event.at,
                outgoing=outgoing,
                word=f"{'you' if outgoing else 'they'} {did}",
                text=words.said(text, length),
                post=post.id if post else None,
                account=viewer.account,
            )
        )
    return tuple(told)


def _asked(kind: InteractionKind) -> str:
    return "asked privately" if kind is InteractionKind.DIRECT else "asked"
