"""The reply card: what one wants to know of somebody before answering, in at most five lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.tokens import tokens
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.exchanges import exchanges
from tui_inbox.queries.rows import PostRow
from tui_inbox.store import items, ledger, people
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts_by
from tui_inbox.store.posts import StoredPost

MONTH: Millis = 30 * DAY
LOOKED_AT = 40
"""So many recent posts of somebody new are compared with each other."""
SAME_TEXT_TO = 3
"""A text sent to so many people is worth a word."""
YOUNG: Millis = 14 * DAY
"""An account younger than this is told of."""


def person_lines(
    db: Connection,
    viewer: Viewer,
    person: int,
    *,
    now: Millis,
    zone: tzinfo,
    conversation: int | None = None,
) -> dict[str, str]:
    """What is known of somebody, by the label of the line; empty lines are left out.

    `last` and `since` tell of the talk with them, `note` is the owner's own, `check` is for those the owner has
    never written to: facts from the store, no verdict.

    Args:
        conversation: the one that is open; what was said in it is on screen already.
    """
    talk = [one for one in ledger.all_with_person(db, viewer.account, person) if one.kind.is_talk]
    seen = people.view(db, viewer.account, person)
    is_new = all(one.actor != viewer.owner for one in talk)
    lines = {
        "last": _last(db, viewer, talk, conversation, now, zone),
        "since": "" if is_new else _since(viewer, talk, now, zone),
        "note": " ".join(seen.note.split()) if seen else "",
        "check": _check(db, viewer, person, len(talk), now, zone) if is_new else "",
    }
    return {label: text for label, text in lines.items() if text}


def answers_line(answers: Sequence[PostRow], now: Millis, zone: tzinfo) -> str:
    """Who has answered a post already: `2 already: papercrane, 3 h ago, “mine kept them”`; empty for nobody."""
    if not answers:
        return ""
    latest = max(answers, key=lambda answer: (answer.at, answer.id))
    when = phrases.last(latest.at, now, zone)
    return f"{len(answers)} already: {latest.author.name}, {when}, “{words.said(latest.text, 60)}”"


def _last(
    db: Connection,
    viewer: Viewer,
    talk: Sequence[Interaction],
    conversation: int | None,
    now: Millis,
    zone: tzinfo,
) -> str:
    """How the last conversation with them ended: `12 Nov, you closed with “…”`; or that it has not."""
    earlier = [one for one in talk if conversation is None or one.conversation != conversation]
    if not earlier:
        return ""
    (told,) = exchanges(db, viewer, earlier[-1:])
    day = words.day(told.at, now, zone)
    if not told.text:
        return f"{day}, {told.word}"
    said = f"“{words.said(told.text, 80)}”"
    if _waits(db, viewer.account, earlier[-1]):
        return f"{day}, {told.word} {said}, still yours to answer"
    return f"{day}, {'you' if told.outgoing else 'they'} closed with {said}"


def _waits(db: Connection, account: int, text: Interaction) -> bool:
    """Whether it is the owner's turn in the conversation of a text with whoever wrote it."""
    if text.conversation is None:
        return False
    return any(
        item.person == text.actor and item.turn is Turn.MINE and item.state in _WAITING
        for item in items.items_in_conversation(db, account, text.conversation)
    )


_WAITING = (ItemState.NEW, ItemState.SEEN, ItemState.LATER)


def _since(viewer: Viewer, talk: Sequence[Interaction], now: Millis, zone: tzinfo) -> str:
    """How long and how much: `March, they started it, 14 exchanges in 30 days`."""
    began = words.month(talk[0].at, now, zone)
    who = "you" if talk[0].actor == viewer.owner else "they"
    recent = texts_since(talk, now - MONTH)
    often = f", {phrases.counted(recent, 'exchange')} in 30 days" if recent else ""
    return f"{began}, {who} started it{often}"


def texts_since(talk: Iterable[Interaction], since: Millis) -> int:
    """How many texts went either way since a moment; one that is both answer and mention counts once."""
    return len({(one.actor, one.subject) for one in talk if one.at >= since})


def _check(
    db: Connection, viewer: Viewer, person: int, texts: int, now: Millis, zone: tzinfo
) -> str:
    facts = []
    if texts == 1:
        facts.append("first time they write to you")
    elif texts:
        facts.append(f"they wrote to you {phrases.times(texts)}, you never answered")
    facts.append(_same_text(posts_by(db, viewer.account, person, LOOKED_AT), now, zone))
    known = people.person(db, person)
    if known and known.created_at is not None and now - known.created_at < YOUNG:
        facts.append(f"account {words.span(now - known.created_at)} old")
    return " · ".join(fact for fact in facts if fact)


_ADDRESSES = re.compile(r"@\S+|https?://\S+")
_SHORTEST = 3
"""Fewer words are the same by chance: "thank you"."""


def _same_text(recent: Iterable[StoredPost], now: Millis, zone: tzinfo) -> str:
    """Whether one text went to many: `same text to 14 people since Tuesday`."""
    named: dict[tuple[str, ...], set[int]] = defaultdict(set)
    began: dict[tuple[str, ...], Millis] = {}
    for one in recent:
        form = tuple(tokens(_ADDRESSES.sub(" ", one.post.text)))
        if len(form) >= _SHORTEST:
            named[form].update(one.mentioned)
            began[form] = min(one.post.created_at, began.get(form, now))
    form = max(named, key=lambda form: len(named[form]), default=())
    if len(named.get(form, ())) < SAME_TEXT_TO:
        return ""
    return f"same text to {len(named[form])} people since {words.day(began[form], now, zone)}"
