"""The reply card: what one wants to know of somebody before answering, in at most five lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.findings import SameText
from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import Person
from tui_inbox.core.stranger import LOOKED_AT, YOUNG, check
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.exchanges import talk_with, told_by_each
from tui_inbox.queries.identities import ids_of
from tui_inbox.queries.rows import PostRow
from tui_inbox.queries.strangers import same_text_words, verdict_line
from tui_inbox.store import items, people
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts_by
from tui_inbox.store.posts import StoredPost

MONTH: Millis = 30 * DAY


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
    never written to: the verdict of the stranger check, and before there is one what the store tells.

    Args:
        conversation: the one that is open; what was said in it is on screen already.
    """
    talk = talk_with(db, viewer.account, person)[::-1]
    names = ids_of(db, person)
    seen = people.view(db, viewer.account, person)
    is_new = all(one.actor in names for one in talk)
    lines = {
        "last": _last(db, viewer, talk, conversation, now, zone),
        "since": "" if is_new else _since(names, talk, now, zone),
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
    (told,) = told_by_each(db, viewer, earlier[-1:])
    day = words.day(told.at, now, zone)
    if not told.text:
        return f"{day}, {told.word}"
    said = f"“{words.said(told.text, 80)}”"
    if _waits(db, earlier[-1]):
        return f"{day}, {told.word} {said}, still yours to answer"
    return f"{day}, {'you' if told.outgoing else 'they'} closed with {said}"


def _waits(db: Connection, text: Interaction) -> bool:
    """Whether it is the owner's turn in the conversation of a text with whoever wrote it."""
    if text.conversation is None:
        return False
    return any(
        item.person == text.actor and item.turn is Turn.MINE and item.state in _WAITING
        for item in items.items_in_conversation(db, text.account, text.conversation)
    )


_WAITING = (ItemState.NEW, ItemState.SEEN, ItemState.LATER)


def _since(names: Sequence[int], talk: Sequence[Interaction], now: Millis, zone: tzinfo) -> str:
    """How long and how much: `March, they started it, 14 exchanges in 30 days`."""
    began = words.month(talk[0].at, now, zone)
    who = "they" if talk[0].actor in names else "you"
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
    if verdict := verdict_line(db, viewer.account, person, now, zone):
        return " · ".join([verdict, *facts])
    if known := people.person(db, person):
        facts.append(_same_text(known, posts_by(db, viewer.account, person, LOOKED_AT), now, zone))
        if known.created_at is not None and now - known.created_at < YOUNG:
            facts.append(f"account {words.span(now - known.created_at)} old")
    return " · ".join(fact for fact in facts if fact)


def _same_text(known: Person, recent: Iterable[StoredPost], now: Millis, zone: tzinfo) -> str:
    """Whether one text went to many, as far as it is stored: `same text to 14 people since Tuesday`."""
    found = check(known, (one.post for one in recent)).findings
    same = (same_text_words(one, now, zone) for one in found if isinstance(one, SameText))
    return next(same, "")
