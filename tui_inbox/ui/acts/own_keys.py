"""Keys that change keys. How that is done is loaded by the first of them."""

from __future__ import annotations

from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane


def change(desk: Desk, here: Pane) -> None:
    """Show the keys of this place; Enter on one of them gives it another."""
    desk.act("open.help")
    desk.say("Enter on a line, then press the key that shall do it.")


def preset(desk: Desk, here: Pane) -> None:
    """Choose a preset of keys."""
    from tui_inbox.ui.key_changes import choose_preset

    desk.opening(choose_preset(desk))


def compose_keys(desk: Desk, here: Pane) -> None:
    """All keys of the composer, over what is written."""
    from tui_inbox.ui.screens.compose_keys import show_keys

    show_keys(desk)


HANDLERS: dict[str, Handler] = {
    "keys.change": change,
    "keys.preset": preset,
    "compose.help": compose_keys,
}
"""By the id of the key."""
