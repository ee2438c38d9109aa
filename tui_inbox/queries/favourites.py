"""The owner's pinned people, with what they did since the owner last looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.priority import phrases
from tui_inbox.queries import words
from tui_inbox.queries.people_known import MONTH, Candidate, Known
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches, doings, people, posts, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.doings import Doing
from tui_inbox.store.post_rows import StoredPost

NEVER_LOOKED: Millis = 7 * DAY
"""Of somebody the owner never looked at, what they did in so long counts as new."""
REASON = 40
"""Characters of what they said."""


def pinned(db: Connection, known: Known) -> Iterator[Candidate]:
    """The pinned of an account, each with the last thing they did; who did something latest stands first."""
    account = known.account
    everybody = batches.pinned(db, account)
    looked = set_aside.looked_at(db, account, everybody)
    did = doings.doings(db, account, everybody, since=known.now - MONTH)
    last = {person: theirs[0] for person, theirs in did.items() if theirs}
    said = posts.posts(db, account, {one.post for one in last.values()})
    spoken_of = {who for one in last.values() for who in (one.author, one.answers) if who}
    names = people.names(db, spoken_of)
    for person in sorted(everybody, key=lambda one: (-last[one].at if one in last else 0, one)):
        reason, detail, post = known.reason(person), "", None
        if person in last:
            one = last[person]
            ago = phrases.span(known.now - one.at)
            reason = f"{_in_words(known, one, said.get(one.post), names)}, {ago}"
            since = looked.get(person, known.now - NEVER_LOOKED)
            detail = _how_much(known, sum(each.at > since for each in did[person]), since)
            post = one.post
        yield Candidate(account, person, PeopleSection.PINNED, reason, detail, post=post)


def _how_much(known: Known, fresh: int, since: Millis) -> str:
    """How much of it is new: `and 3 more since 09:12 yesterday`, or that the one thing told is; else empty."""
    moment = phrases.since(since, known.now, known.zone)
    if fresh > 1:
        return f"and {fresh - 1} more since {moment}"
    return f"new since {moment}" if fresh else ""


def _in_words(
    known: Known, did: Doing, stored: StoredPost | None, names: Mapping[int, tuple[str, str]]
) -> str:
    def name(person: int) -> str:
        return "you" if person == known.viewer.owner else names.get(person, ("somebody", ""))[0]

    said = "" if stored is None else told(stored.post.text, stored.post.warning)
    if did.is_boost:
        return f"boosted {name(did.author)}: {said}"
    if did.is_answer:
        return f"to {'somebody' if did.answers is None else name(did.answers)}: {said}"
    return said


def told(text: str, warning: str, length: int = REASON) -> str:
    """What a post says, in so many characters; behind a warning only that, and where there are no words, that."""
    if warning:
        return f"[warning: {words.clip(warning, length)}]"
    return words.said(text, length) or "something without words"
