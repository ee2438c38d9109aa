"""What the composer asks while something is written: what servers allow, who can be named, what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from msgspec import Struct, field

from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.core.naming import named
from tui_inbox.core.outbox_state import TEXTS, OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.core.same_text import gist
from tui_inbox.core.tokens import fold
from tui_inbox.priority.model import Question
from tui_inbox.priority.ranking import rank_people
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.labels import labels
from tui_inbox.queries.rows import PersonLabel
from tui_inbox.queries.ties import circle
from tui_inbox.queries.words import local_zone, midnight
from tui_inbox.store import accounts, batches, outbox, posts
from tui_inbox.store.database import Connection

OFFERED = 5
"""So many people or tags are offered at most."""

LOOKED_BACK = 200
"""So many of the latest own posts are looked through for tags, and for the same text."""

SHORTEST = 3
"""Fewer words are the same by chance: "thank you"."""


class Surroundings(Struct, frozen=True):
    """What stands around a draft and is not in it.

    Attributes:
        limits: what each account's server allows, by local id of the account.
        widest: the audience of what is answered; None where nothing is.
        people: everybody of the conversation but the owner, those who are answered first.
        answered: who wrote what is answered; `quoted` who wrote what is quoted.
        written_at: when the own post was written that is being changed.
        usual: for whom each account usually posts, by its local id.
    """

    limits: Mapping[int, Limits] = field(default_factory=dict)
    widest: Audience | None = None
    people: tuple[PersonLabel, ...] = ()
    answered: PersonLabel | None = None
    quoted: PersonLabel | None = None
    written_at: Millis | None = None
    usual: Mapping[int, Audience] = field(default_factory=dict)


def surroundings(db: Connection, draft: Draft) -> Surroundings:
    """What the composer must know of what a draft answers, quotes or changes, as its account sees it."""
    limits = {account.id: account.limits for account in accounts.accounts(db)}
    usual = {account: accounts.usual(db, account)[0] for account in limits}
    eyes = viewer(db, draft.account)
    if eyes is None:
        return Surroundings(limits, usual=usual)
    parent, quoted, changed = (
        posts.post(db, draft.account, id) if id is not None else None
        for id in (draft.reply_to, draft.quotes, draft.edits)
    )
    around = parent or changed
    people: list[int] = []
    if around is not None:
        said = posts.conversation_posts(db, draft.account, around.conversation)
        people = [around.author, *around.mentioned, *(one.author for one in reversed(said))]
    authors = [one.author for one in (parent, quoted) if one is not None]
    known = labels(db, draft.account, {*people, *authors})
    others = [one for one in dict.fromkeys(people) if one != eyes.owner and one in known]
    return Surroundings(
        limits=limits,
        widest=parent.post.audience if parent is not None else None,
        people=tuple(known[one] for one in others),
        answered=known.get(parent.author) if parent is not None else None,
        quoted=known.get(quoted.author) if quoted is not None else None,
        written_at=changed.post.created_at if changed is not None else None,
        usual=usual,
    )


def people(db: Connection, account: int, begins: str, *, now: Millis) -> tuple[PersonLabel, ...]:
    """People an account has had to do with, whose name or handle begins so: those it talks with most first."""
    eyes = viewer(db, account)
    if eyes is None:
        return ()
    wanted = fold(begins)
    everybody = circle(db, account)
    ranked = [row.key for row in rank_people(everybody, now, Question.NOW)]
    ranked.sort(key=lambda person: not everybody.ties[person].exchanged)  # the order stays else
    known = labels(db, account, ranked)
    fitting = (
        known[person]
        for person in ranked
        if person in known and person != eyes.owner and _begins(known[person], wanted)
    )
    return tuple(_first(fitting))


def _begins(person: PersonLabel, wanted: str) -> bool:
    words = (fold(person.handle), *fold(person.name).split())
    return any(word.startswith(wanted) for word in words)


def _first(fitting: Iterator[PersonLabel]) -> Iterator[PersonLabel]:
    for _, person in zip(range(OFFERED), fitting, strict=False):
        yield person


def tags(db: Connection, account: int, begins: str) -> tuple[str, ...]:
    """Tags that an account has used and that begin so, the latest first, without their sign."""
    if viewer(db, account) is None:
        return ()
    wanted = fold(begins)
    used: dict[str, str] = {}
    for one in posts.own_latest(db, account, LOOKED_BACK):
        for tag in one.post.tags:
            if fold(tag).startswith(wanted):
                used.setdefault(fold(tag), tag)
    return tuple(used.values())[:OFFERED]


def said_today(db: Connection, draft: Draft, *, now: Millis, zone: tzinfo | None = None) -> str:
    """Whether the account has sent the same text today, whomever it named, in words; empty if it has not.

    Args:
        zone: the owner's time zone, None for the machine's.
    """
    said = gist(draft.text)
    if viewer(db, draft.account) is None or len(said.split()) < SHORTEST:
        return ""
    today = midnight(now, zone or local_zone(now))
    found = [*_in_outbox(db, draft.account, today, said), *_posted(db, draft.account, today, said)]
    if not found:
        return ""
    whom = {one for one in found if one}
    return f"you sent this text to {_people(whom)} today" if whom else "you posted this text today"


def _people(whom: Iterable[str]) -> str:
    count = len(set(whom))
    return "1 person" if count == 1 else f"{count} people"


def _in_outbox(db: Connection, account: int, today: Millis, said: str) -> Iterator[str]:
    """For each text on its way that says so whom it goes to: a key of them, empty for nobody."""
    leaving = [
        state for state in OutboxState if not state.is_final and state is not OutboxState.REFUSED
    ]
    rows = [
        row
        for row in outbox.rows(db, accounts=[account], states=leaving)
        if row.kind in TEXTS and row.created_at >= today
    ]
    drafts = [Draft.from_json(row.content) for row in rows]
    alike = [draft for draft in drafts if gist(draft.text) == said]
    authors = batches.authors_of(db, {one.reply_to for one in alike if one.reply_to is not None})
    for one in alike:
        yield _whom(authors.get(one.reply_to or 0), one.text)


def _posted(db: Connection, account: int, today: Millis, said: str) -> Iterator[str]:
    """The same for each post that says so."""
    alike = [
        one
        for one in posts.own_latest(db, account, LOOKED_BACK)
        if one.post.created_at >= today and gist(one.post.text) == said
    ]
    authors = batches.authors_of(db, {one.parent for one in alike if one.parent is not None})
    for one in alike:
        yield _whom(authors.get(one.parent or 0), one.post.text)


def _whom(author: int | None, text: str) -> str:
    if author is not None:
        return str(author)
    return next(iter(named(text)), "").casefold()
