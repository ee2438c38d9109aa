"""How each account's line is doing, noted in the store, so that a verb beside the running program can say it.

What is noted outlives the program: a line that was live when the program ended is still noted as such, and
`last_word` says how long ago that was.
"""

from __future__ import annotations

import json

from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.store import accounts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing

NOTED_EVERY: Millis = MINUTE
"""A word from the server that came less than this after the noted one is not noted."""
PAGES = "pages"
"""The kind of line where there is no stream."""


def note_soon(store: Store, account: int, health: Health) -> None:
    """Note a new state. Returns at once; should it fail, the next round of `note` makes it good."""
    store.write(lambda w: note(w, account, health))


def note(w: Writing, account: int, health: Health) -> None:
    """Note how an account's line is doing, unless the store knows it well enough."""
    kind = PAGES if health.state is HealthState.POLLING else health.kind
    fresh = {
        "state": str(health.state),
        "kind": kind,
        "last_word": health.last_word,
        "since": health.since,
        "reason": health.sentence,
    }
    known = json.loads(accounts.get_state(w.db, account, accounts.LINE) or "{}")
    if _is_news(fresh, known):
        accounts.put_state(w, account, accounts.LINE, json.dumps(fresh, ensure_ascii=False))


def forget(w: Writing, account: int) -> None:
    """Note that nothing is known: the owner has signed in again, and no line was opened since."""
    accounts.put_state(w, account, accounts.LINE, "{}")


def is_forgotten(db: Connection, account: int) -> bool:
    """Whether the owner has signed in again, and no line was opened since."""
    return accounts.get_state(db, account, accounts.LINE) == "{}"


def _is_news(fresh: dict[str, str | int | None], known: dict[str, str | int | None]) -> bool:
    if any(fresh[name] != known.get(name) for name in ("state", "kind", "since", "reason")):
        return True
    heard, noted = fresh["last_word"], known.get("last_word")
    if isinstance(heard, int) and isinstance(noted, int):
        return heard - noted >= NOTED_EVERY
    return heard != noted
