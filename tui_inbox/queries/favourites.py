"""The owner's pinned people, with what they did since the owner last looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.people_known import MONTH, Candidate, Known
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches, doings, people, posts, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.doings import Doing

NEVER_LOOKED: Millis = 7 * DAY
"""Of somebody the owner never looked at, what they did in so long counts as new."""
REASON = 48
"""Characters of what they said."""


def pinned(db: Connection, known: Known) -> Iterator[Candidate]:
    """The pinned of an account, each with the last thing they did; who did something latest stands first."""
    account = known.account
    everybody = batches.pinned(db, account)
    looked = set_aside.looked_at(db, account, everybody)
    found = []
    for person in everybody:
        did = doings.doings(db, account, person, since=known.now - MONTH)
        one = _favourite(db, known, person, did, looked)
        found.append((did[0].at if did else 0, one))
    for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].person)):
        yield one


def _favourite(
    db: Connection, known: Known, person: int, did: Sequence[Doing], looked: Mapping[int, Millis]
) -> Candidate:
    if not did:
        return Candidate(known.account, person, PeopleSection.PINNED, known.reason(person))
    since = looked.get(person, known.now - NEVER_LOOKED)
    fresh = sum(one.at > since for one in did)
    return Candidate(
        known.account,
        person,
        PeopleSection.PINNED,
        f"{_in_words(db, known, did[0])}, {phrases.last(did[0].at, known.now, known.zone)}",
        detail=_how_much(known, fresh, since) if fresh else "",
        post=did[0].post,
    )


def _how_much(known: Known, fresh: int, since: Millis) -> str:
    """How much of it is new: `and 3 more since 09:12 yesterday`, or that the one thing told is."""
    moment = phrases.since(since, known.now, known.zone)
    return f"and {fresh - 1} more since {moment}" if fresh > 1 else f"new since {moment}"


def _in_words(db: Connection, known: Known, did: Doing) -> str:
    stored = posts.post(db, known.account, did.post)
    said = "" if stored is None else told(stored.post.text, stored.post.warning)
    if did.is_boost:
        return f"boosted {_name(db, known, did.author)}: {said}"
    if did.is_answer:
        whom = "somebody" if did.answers is None else _name(db, known, did.answers)
        return f"to {whom}: {said}"
    return said


def told(text: str, warning: str) -> str:
    """What a post says, short; of one behind a warning only that, and of one without words that it has none."""
    if warning:
        return f"[warning: {words.clip(warning, REASON)}]"
    return words.said(text, REASON) or "something without words"


def _name(db: Connection, known: Known, person: int) -> str:
    if person == known.viewer.owner:
        return "you"
    name, handle = people.names(db, [person]).get(person, ("", ""))
    return name or handle
