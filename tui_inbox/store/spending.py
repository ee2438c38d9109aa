"""What was bought of a network that is paid for what is read, by account and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_inbox.core.changes import Topic
from tui_inbox.core.spending import Day, Micros
from tui_inbox.store.database import Connection
from tui_inbox.store.rows import listed, scalar
from tui_inbox.store.store import Writing

KEPT_DAYS = 366
"""How long the sum of a day is kept."""


def spent(db: Connection, account: int, day: Day) -> Micros:
    """What a day has cost."""
    price: Micros | None = scalar(
        db, "SELECT price FROM spent WHERE account = ? AND day = ?", (account, day)
    )
    return price or 0


def days(db: Connection, account: int, since: Day) -> dict[Day, Micros]:
    """What each day from one on has cost, the oldest first; days without a purchase are left out."""
    rows = db.execute(
        "SELECT day, price FROM spent WHERE account = ? AND day >= ? ORDER BY day", (account, since)
    )
    return dict(rows.fetchall())


def bought(db: Connection, account: int, day: Day, things: Iterable[str]) -> frozenset[str]:
    """Which of some things were bought on a day: they cost nothing again."""
    rows = db.execute(
        "SELECT thing FROM purchases WHERE account = ? AND day = ? "
        "AND thing IN (SELECT value FROM json_each(?))",
        (account, day, listed(things)),
    )
    return frozenset(thing for (thing,) in rows)


def note(w: Writing, account: int, day: Day, prices: Mapping[str, Micros]) -> Micros:
    """Note what was bought; what of it is new. What was bought that day already costs nothing.

    Args:
        prices: by thing.
    """
    known = bought(w.db, account, day, prices)
    new = {thing: price for thing, price in prices.items() if thing not in known}
    if not new:
        return 0
    w.db.execute("DELETE FROM purchases WHERE account = ? AND day < ?", (account, day))
    w.db.execute("DELETE FROM spent WHERE account = ? AND day < ?", (account, day - KEPT_DAYS))
    w.db.executemany(
        "INSERT INTO purchases (account, day, thing, price) VALUES (?, ?, ?, ?)",
        [(account, day, thing, price) for thing, price in new.items()],
    )
    price = sum(new.values())
    w.db.execute(
        "INSERT INTO spent (account, day, price) VALUES (?, ?, ?) "
        "ON CONFLICT (account, day) DO UPDATE SET price = price + excluded.price",
        (account, day, price),
    )
    w.changed(Topic.HEALTH, account)
    return price
