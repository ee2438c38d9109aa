"""The owner's rules for what looks for something, as the settings file had them last. The file is the truth."""

from __future__ import annotations

import msgspec

from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.moment import Millis
from tui_inbox.store.database import Connection
from tui_inbox.store.positions import position, put_position
from tui_inbox.store.rows import encoded
from tui_inbox.store.store import Writing

PLACE = "ask rules"


def ask_rules(db: Connection) -> AskRules:
    """The rules in force."""
    kept = position(db, PLACE)
    if kept is None:
        return AskRules()
    try:
        return msgspec.json.decode(kept, type=AskRules)
    except msgspec.ValidationError:  # another version wrote it; the start reads the file again
        return AskRules()


def put_ask_rules(w: Writing, rules: AskRules, at: Millis) -> None:
    """Keep the rules. What they say of hits that are there already is for the caller to find out."""
    put_position(w, PLACE, encoded(rules), at)
