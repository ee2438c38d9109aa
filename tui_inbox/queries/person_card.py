"""Everything about one person that matters here: relationship, note, history, what they wrote lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.pending import done_to_person
from tui_inbox.core.reading import FilterContext
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import short_reason
from tui_inbox.queries import between, identities, words
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.card_lines import relationship_lines, standing_aside
from tui_inbox.queries.labels import labels
from tui_inbox.queries.post_rows import post_rows
from tui_inbox.queries.reply_card import MONTH, person_lines, texts_since
from tui_inbox.queries.rows import PersonCard
from tui_inbox.queries.ties import ties_with
from tui_inbox.store import laid_over, ledger, people
from tui_inbox.store.database import Connection
from tui_inbox.store.people import PersonView
from tui_inbox.store.post_reading import posts_by

HISTORY = 50
POSTS = 20


def card(
    db: Connection,
    account: int,
    person: int,
    *,
    now: Millis,
    zone: tzinfo | None = None,
    history: int | None = HISTORY,
) -> PersonCard | None:
    """The card of a person as an account knows them, with what the owner did laid over it at once.

    Args:
        history: so many events between the two; None for all.

    Returns:
        None when there is no such person or account.
    """
    zone = zone or words.local_zone(now)
    eyes, known = viewer(db, account), people.person(db, person)
    if eyes is None or known is None:
        return None
    seen = people.view(db, account, person) or PersonView(account, person, "")
    pending = laid_over.pending_acts_on_people(db, account, [person]).get(person, ())
    done = done_to_person(
        following=seen.following or seen.requested,
        muting=seen.muting,
        blocking=seen.blocking,
        pending=pending,
    )
    following = ActKind.FOLLOW in done
    tie = ties_with(db, account, [person]).get(person) or Tie()
    events = ledger.with_person(db, account, person)
    recent = texts_since((one for one in events if one.kind.is_talk), now - MONTH)
    lines = person_lines(db, eyes, person, now=now, zone=zone)
    lines.pop("note", None)
    lines |= dict(relationship_lines(db, eyes, person, now=now))
    passed = between.history(db, account, person, limit=history)
    latest = posts_by(db, account, person, POSTS)
    rows = post_rows(db, eyes, latest, context=FilterContext.ACCOUNT)
    return PersonCard(
        account=account,
        person=labels(db, account, [person])[person],
        bio=known.bio,
        fields=known.fields,
        url=known.url,
        following=following and not seen.requested,
        followed_by=seen.followed_by,
        requested=following and seen.requested,
        blocking=ActKind.BLOCK in done,
        muting=ActKind.MUTE in done,
        pinned=seen.pinned,
        note=seen.note,
        reason=short_reason(tie, recent, now, zone),
        lines=(*_also(db, account, person), *lines.items()),
        history=passed.events,
        posts=tuple(rows[one.id] for one in latest),
        has_more=passed.has_more,
        picture=known.picture,
        aside=tuple(standing_aside(db, account, person, tie, now, zone)),
    )


def _also(db: Connection, account: int, person: int) -> Iterator[tuple[str, str]]:
    """Who they are besides: other identities, and where they have moved."""
    others = identities.ids_of(db, person)[1:]
    names = labels(db, account, others)
    if others:
        yield "also", ", ".join(f"@{names[who].handle}" for who in others if who in names)
    linked = {one.person.id: one for one in identities.linked_with(db, account, person)}
    moved = [one for who, one in linked.items() if one.by_server and who not in others]
    if moved:
        yield "moved to", ", ".join(f"@{one.person.handle}" for one in moved)
