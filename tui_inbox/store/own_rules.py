"""The owner's rules as the settings file had them last, where queries find them. The file is the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from tui_inbox.core.own_rules import OwnRule
from tui_inbox.store.database import Connection
from tui_inbox.store.positions import position, put_position
from tui_inbox.store.reading import looks_other
from tui_inbox.store.rows import encoded, listed
from tui_inbox.store.store import Writing

PLACE = "own rules"


def put_rules(w: Writing, rules: Sequence[OwnRule], at: int) -> None:
    """Keep the rules; where they have changed, all that is ranked is read again."""
    if tuple(rules) == own_rules(w.db):
        return
    put_position(w, PLACE, encoded(list(rules)), at)
    for (account,) in w.db.execute("SELECT id FROM accounts").fetchall():
        looks_other(w, account)


def own_rules(db: Connection) -> tuple[OwnRule, ...]:
    """The rules in the order of the file, those that are over too."""
    kept = position(db, PLACE)
    if kept is None:
        return ()
    try:
        return msgspec.json.decode(kept, type=tuple[OwnRule, ...])
    except msgspec.ValidationError:  # another version wrote it; the start reads the file again
        return ()


def people_called(db: Connection, handles: Iterable[str]) -> dict[int, str]:
    """Local ids of everybody with one of these handles, in any case and on any network, with it in small letters."""
    rows = db.execute(
        "SELECT p.id, lower(h.value) FROM json_each(?) h "
        "CROSS JOIN people p ON p.handle = h.value COLLATE NOCASE",
        (listed(list(handles)),),
    )
    return dict(rows.fetchall())
