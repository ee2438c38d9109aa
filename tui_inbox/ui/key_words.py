"""Keys named in sentences: as they are in force, never as they usually are."""

from __future__ import annotations

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.keymap import written
from tui_inbox.ui.keys import STRIPS, key_named


def key_for(desk: Desk, id_: str) -> str:
    """The keys to press for something, as they are written: `u`, or `g d` for what stands behind a prefix.

    What the owner left without a key is called by its word.

    Args:
        desk: the application.
        id_: what is to be done.
    """
    remapped = dict(desk.services.look.keymap)
    pressed = [id_]
    while prefix := _prefix_of(pressed[0]):
        pressed.insert(0, prefix)
    names = [written(one, remapped) for one in pressed]
    return " ".join(names) if all(names) else f"“{key_named(id_).word}”"


def last_key_for(desk: Desk, id_: str) -> str:
    """The key to press for something behind a prefix that waits already."""
    return written(id_, dict(desk.services.look.keymap)) or f"“{key_named(id_).word}”"


def _prefix_of(id_: str) -> str:
    """The id of the prefix behind which something stands; empty for what has a key of its own."""
    return next((one for one, strip in STRIPS.items() if any(key.id == id_ for key in strip)), "")
