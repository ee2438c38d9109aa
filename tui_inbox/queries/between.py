"""All that was said between the owner and somebody: by every account, under every name, in every conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.tokens import fold, tokens
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewer
from tui_inbox.queries.exchanges import exchanges, once
from tui_inbox.queries.identities import ids_of
from tui_inbox.queries.rows import Exchange
from tui_inbox.store import accounts, ledger
from tui_inbox.store.database import Connection

KINDS = 3
"""One text may be so many events: an answer, a mention and a quote at once."""
WHOLE = 1_000_000
"""Characters of a text that is not cut."""
BEFORE, EXCERPT = 24, 300
"""Characters of a text in front of what was found in it, and from there on."""


class History(Struct, frozen=True):
    """What passed between two, newest first. `has_more`: there is more than was asked for."""

    events: tuple[Exchange, ...]
    has_more: bool


def history(
    db: Connection,
    account: int,
    person: int,
    *,
    limit: int | None = None,
    length: int = 200,
    touches: bool = True,
) -> History:
    """What passed between the owner and somebody.

    What another account of the owner's had to do with them is told with its letters.

    Args:
        account: local id of the account that asks.
        limit: events at most; None for all.
        length: characters of each text at most.
        touches: tell of favourites, boosts and follows, too.
    """
    found: list[Exchange] = []
    known = 0
    ids = ids_of(db, person)
    for eyes in _everybody(db, account):
        for who in ids:
            events = (
                ledger.all_with_person(db, eyes.account, who)[::-1]
                if limit is None
                else ledger.with_person(db, eyes.account, who, limit=KINDS * limit)
            )
            wanted = once([event for event in events if touches or event.kind.is_talk])
            known += len(wanted)
            told = exchanges(db, eyes, wanted[:limit], length=length)
            mark = "" if eyes.account == account else f", {eyes.letters}"
            found += (replace(one, word=f"{one.word}{mark}") for one in told)
    found.sort(key=lambda one: one.at, reverse=True)
    return History(tuple(found[:limit]), limit is not None and known > limit)


def _everybody(db: Connection, first: int) -> Iterator[Viewer]:
    """The eyes of all accounts, those of the one that asks first."""
    for id in sorted((one.id for one in accounts.accounts(db)), key=lambda id: (id != first, id)):
        eyes = viewer(db, id)
        if eyes is not None:
            yield eyes


class Talk(Struct, frozen=True):
    """All that was said between two, ready to be searched. `forms`: the words of each text."""

    said: tuple[Exchange, ...]
    forms: tuple[frozenset[str], ...]


def talk(db: Connection, account: int, person: int) -> Talk:
    """All texts that passed between the owner and somebody, newest first, whole."""
    everything = history(db, account, person, length=WHOLE, touches=False).events
    said = tuple(one for one in everything if one.text)
    return Talk(said, tuple(frozenset(tokens(one.text)) for one in said))


def found_in(talk: Talk, typed: str) -> tuple[Exchange, ...]:
    """The texts in which every typed word begins some word, cut so that the first of them can be seen.

    Nothing typed finds everything.
    """
    wanted = tokens(typed)
    return tuple(
        replace(said, text=excerpt(said.text, wanted))
        for said, form in zip(talk.said, talk.forms, strict=True)
        if all(any(word.startswith(begins) for word in form) for begins in wanted)
    )


def excerpt(text: str, wanted: Sequence[str]) -> str:
    """A text as one line, from a little before the first of some words on."""
    if wanted and (at := fold(text).find(wanted[0])) > BEFORE * 2:
        start = text.rfind(" ", 0, at - BEFORE) + 1
        text = f"… {text[start:]}"
    return words.clip(text, EXCERPT)
