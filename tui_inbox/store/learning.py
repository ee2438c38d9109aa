"""Whether the order learns from what the owner does, and since when: what is older was told to be forgotten."""

from __future__ import annotations

from tui_inbox.core.changes import Topic
from tui_inbox.core.moment import Millis
from tui_inbox.store.accounts import get_state, put_state
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing

BEGUN = "learns since"
IS_OFF = "learns nothing"


def begun(db: Connection, account: int) -> Millis:
    """From which moment on the order learns from what the owner does; 0 for all the ledger has."""
    return int(get_state(db, account, BEGUN) or 0)


def set_begun(w: Writing, account: int, at: Millis) -> None:
    """Learn from that moment on only; whoever keeps packed states has to bring them in line."""
    put_state(w, account, BEGUN, str(at))
    _looks_other(w, account)


def is_on(db: Connection, account: int) -> bool:
    """Whether what was learnt counts; it does unless the settings file says otherwise."""
    return get_state(db, account, IS_OFF) != "1"


def put_choice(w: Writing, is_on: bool) -> None:
    """Keep what the settings file says, for every account."""
    value = "" if is_on else "1"
    for (account,) in w.db.execute("SELECT id FROM accounts").fetchall():
        if (get_state(w.db, account, IS_OFF) or "") != value:
            put_state(w, account, IS_OFF, value)
            _looks_other(w, account)


def _looks_other(w: Writing, account: int) -> None:
    w.changed(Topic.PEOPLE, account)
    w.changed(Topic.INBOX, account)
