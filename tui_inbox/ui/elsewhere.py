"""Going where something is done instead: the browser is opened, and what was written is at hand there."""

from __future__ import annotations

from tui_inbox.commands.context import Outcome
from tui_inbox.ui.desk import Desk


def go_on_elsewhere(desk: Desk, outcome: Outcome) -> None:
    """Do what a command leaves to the browser, if it does; and say what it said."""
    if outcome.copied:
        desk.copy_to_clipboard(outcome.copied)
    if outcome.url:
        desk.open_url(outcome.url)
    desk.say(outcome.sentence)
