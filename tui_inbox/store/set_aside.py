"""Whom the owner does not want to be reminded of, of whom they were reminded when, and when they last looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.store.database import Connection
from tui_inbox.store.people import meet
from tui_inbox.store.rows import listed
from tui_inbox.store.store import Writing


class Aside(Struct, frozen=True):
    """That somebody was set aside.

    Attributes:
        at: when.
        until: until when; None for good, or until they do something anew.
    """

    at: Millis
    until: Millis | None = None

    def holds(self, now: Millis, anew: Millis = 0) -> bool:
        """Whether it still counts.

        Args:
            anew: when they last did something that ends it.
        """
        return anew <= self.at and (self.until is None or now < self.until)


class Reminder(Struct, frozen=True):
    """That the owner was reminded of somebody in a week, at a place among others."""

    week: int
    place: int


def aside(db: Connection, account: int, person: int, suggestion: Suggestion) -> Aside | None:
    """Whether, and until when, one person was set aside; held against `now` by `Aside.holds`."""
    row = db.execute(
        "SELECT at, until FROM set_aside WHERE account = ? AND person = ? AND suggestion = ?",
        (account, person, suggestion),
    ).fetchone()
    return None if row is None else Aside(*row)


def all_aside(db: Connection, account: int) -> dict[tuple[int, Suggestion], Aside]:
    """All who were set aside, whether or not it still counts."""
    rows = db.execute(
        "SELECT person, suggestion, at, until FROM set_aside WHERE account = ?", (account,)
    )
    return {(person, Suggestion(why)): Aside(at, until) for person, why, at, until in rows}


def set_aside(
    w: Writing, account: int, person: int, suggestion: Suggestion, found: Aside | None
) -> None:
    """Set somebody aside; None takes it back."""
    key = (account, person, suggestion)
    if found is None:
        changed = w.db.execute(
            "DELETE FROM set_aside WHERE account = ? AND person = ? AND suggestion = ?", key
        ).rowcount
    else:
        changed = w.db.execute(
            "INSERT INTO set_aside (account, person, suggestion, at, until) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (account, person, suggestion) DO UPDATE SET at = excluded.at, until = excluded.until",
            (*key, found.at, found.until),
        ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)


def reminders(db: Connection, account: int) -> dict[int, Reminder]:
    """When the owner was last reminded of whom."""
    rows = db.execute("SELECT person, week, place FROM reminders WHERE account = ?", (account,))
    return {person: Reminder(week, place) for person, week, place in rows}


def remind(w: Writing, week: int, people: Sequence[tuple[int, int]]) -> None:
    """Note of whom, as (account, person), the owner is reminded in a week, in their order.

    Who was noted for that week keeps the place. No pane shows anything else because of it.
    """
    w.db.executemany(
        "INSERT INTO reminders (account, person, week, place) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (account, person) DO UPDATE SET week = excluded.week, place = excluded.place "
        "WHERE week != excluded.week",
        [(account, person, week, place) for place, (account, person) in enumerate(people)],
    )


def looked(w: Writing, account: int, person: int, at: Millis | None) -> None:
    """Note when the owner last looked what somebody does; None for never."""
    meet(w.db, account, person)
    changed = w.db.execute(
        "UPDATE person_views SET looked_at = ?1 WHERE account = ?2 AND person = ?3 AND looked_at IS NOT ?1",
        (at, account, person),
    ).rowcount
    if changed:
        w.changed(Topic.PEOPLE, account)


def looked_at(db: Connection, account: int, people: Iterable[int]) -> dict[int, Millis]:
    """When the owner last looked what some people do; those never looked at are left out."""
    return dict(
        db.execute(
            "SELECT person, looked_at FROM person_views WHERE account = ? AND looked_at IS NOT NULL "
            "AND person IN (SELECT value FROM json_each(?))",
            (account, listed(people)),
        ).fetchall()
    )
