"""Keys named in sentences: as they are in force, never as they usually are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import STRIPS, key_named

if TYPE_CHECKING:
    from tui_inbox.ui.desk import Desk

NAMED = {
    "U stops it": "undo.sends",
    "u stops it": "undo.last",
    "u undoes": "undo.last",
    "u takes it back": "undo.last",
    "u takes that back": "undo.last",
    "u brings it back": "undo.last",
    "g o shows": "open.outbox",
    "g w lists": "open.watched",
    "q goes back": "close",
    "q brings the old one back": "close",
    "v shows": "item.view",
    "v votes": "item.view",
    "l unfolds": "pane.right",
    "h folds": "pane.left",
    "/ looks in": "open.search",
    "S keeps": "search.save",
    "@ says": "open.accounts",
    "C looks now": "item.check",
}
"""How sentences name keys as they usually are, and the ids of what these keys do."""


@cache
def _named() -> re.Pattern[str]:
    """Finds what names a key. Only whoever changed keys needs it."""
    return re.compile(rf"(?<!\S)(?:{'|'.join(re.escape(words) for words in NAMED)})\b")


def with_own_keys(sentence: str, remapped: Mapping[str, str]) -> str:
    """A sentence of ours with the keys that are in force in the place of the usual ones.

    Args:
        sentence: what is said, with keys as they usually are.
        remapped: the changed keys by id.
    """
    if not remapped:
        return sentence
    return _named().sub(lambda found: _renamed(found[0], remapped), sentence)


def _renamed(words: str, remapped: Mapping[str, str]) -> str:
    """What names a usual key, with the one that is in force."""
    id_ = NAMED[words]
    usual = pressed_for(id_, {})
    if pressed_for(id_, remapped) == usual or not words.startswith(f"{usual} "):
        return words
    return f"{pressed_for(id_, remapped)}{words.removeprefix(usual)}"


def pressed_for(id_: str, remapped: Mapping[str, str]) -> str:
    """The keys to press for something, as they are written: `u`, or `g d` for what stands behind a prefix.

    What the owner left without a key is called by its word.

    Args:
        id_: what is to be done.
        remapped: the changed keys by id.
    """
    pressed = [id_]
    while prefix := _prefix_of(pressed[0]):
        pressed.insert(0, prefix)
    names = [written(one, remapped) for one in pressed]
    return " ".join(names) if all(names) else f"“{key_named(id_).word}”"


def key_for(desk: Desk, id_: str) -> str:
    """The keys to press for something, as `pressed_for` writes them.

    Args:
        desk: the application.
        id_: what is to be done.
    """
    return pressed_for(id_, dict(desk.services.look.keymap))


def last_key_for(desk: Desk, id_: str) -> str:
    """The key to press for something behind a prefix that waits already."""
    return written(id_, dict(desk.services.look.keymap)) or f"“{key_named(id_).word}”"


def _prefix_of(id_: str) -> str:
    """The id of the prefix behind which something stands; empty for what has a key of its own."""
    return next((one for one, strip in STRIPS.items() if any(key.id == id_ for key in strip)), "")
