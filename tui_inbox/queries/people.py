"""The People pane: one line per person with the reason; everybody stands in the first section that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from tui_inbox.core.moment import Millis
from tui_inbox.queries import identities, words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.people_known import Candidate, read_circle
from tui_inbox.queries.people_sections import MOST, SECTIONS
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.rows import PeopleSection, PeopleView, PersonRow, Scope
from tui_inbox.store import batches
from tui_inbox.store.database import Connection


def view(db: Connection, scope: Scope, *, now: Millis, zone: tzinfo | None = None) -> PeopleView:
    """The whole pane. Whom several accounts know stands in the first section that fits for any of them.

    Args:
        scope: whose people.
        zone: the owner's time zone, None for the machine's.
    """
    shown = viewers(db, scope)
    rows = _rows(db, shown, candidates(db, shown, now, zone or words.local_zone(now)))
    by_section = {
        section: tuple(row for row in rows if row.section is section) for section in PeopleSection
    }
    return PeopleView(tuple((section, own) for section, own in by_section.items() if own))


def candidates(
    db: Connection, shown: Mapping[int, Viewer], now: Millis, zone: tzinfo
) -> list[Candidate]:
    """Everybody of the pane once, in the order in which sections are looked through, each section in its own."""
    circles = [read_circle(db, viewer, now, zone) for viewer in shown.values()]
    found: dict[int, Candidate] = {}
    for section, members in SECTIONS.items():
        fitting: dict[int, Candidate] = {}
        others = (one for one in members(db, circles, found) if one.person not in found)
        for one in others:
            fitting.setdefault(one.person, one)
            if len(fitting) == MOST.get(section):
                break
        found |= fitting
    return identities.once_each(db, found.values())


def _rows(
    db: Connection, shown: Mapping[int, Viewer], found: Sequence[Candidate]
) -> list[PersonRow]:
    people = {account: [one.person for one in found if one.account == account] for account in shown}
    names = {account: labels(db, account, who) for account, who in people.items()}
    latest = {account: batches.latest_posts(db, account, who) for account, who in people.items()}
    return [
        PersonRow(
            account=one.account,
            letters=shown[one.account].letters,
            person=names[one.account].get(one.person, SOMEBODY),
            section=one.section,
            reason=one.reason,
            detail=one.detail,
            item=one.item,
            post=one.post or latest[one.account].get(one.person),
            points=one.points,
        )
        for one in found
    ]
