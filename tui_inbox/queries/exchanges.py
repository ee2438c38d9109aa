"""The history between the owner and somebody: events of the ledger, with the texts that are stored of them."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.core.interaction import Interaction, InteractionKind
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import Exchange
from tui_inbox.store import batches, posts
from tui_inbox.store.database import Connection

_DID = {
    InteractionKind.REPLY: "answered",
    InteractionKind.MENTION: "wrote",
    InteractionKind.QUOTE: "quoted",
    InteractionKind.DIRECT: "wrote privately",
    InteractionKind.FAVOURITE: "liked",
    InteractionKind.BOOST: "boosted",
    InteractionKind.FOLLOW: "followed",
}


def exchanges(
    db: Connection, viewer: Viewer, events: Sequence[Interaction]
) -> tuple[Exchange, ...]:
    """Events of the ledger in their order; a text that names several kinds of the same is told once."""
    once = list({(event.subject, event.actor): event for event in reversed(events)}.values())[::-1]
    ids = batches.posts_by_uri(db, viewer.network, {event.subject for event in once})
    stored = posts.posts(db, viewer.account, ids.values())
    told = []
    for event in once:
        post = stored.get(ids.get(event.subject, 0))
        text = post.post.text if post and event.kind.is_talk else ""
        outgoing = event.actor == viewer.owner
        did = "asked" if text and is_question(text) else _DID[event.kind]
        told.append(
            Exchange(
                at=event.at,
                outgoing=outgoing,
                word=f"{'you' if outgoing else 'they'} {did}",
                text=words.said(text),
                post=post.id if post else None,
            )
        )
    return tuple(told)
