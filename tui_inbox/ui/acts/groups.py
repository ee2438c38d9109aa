"""The key that gathers people: whoever is no stranger is put into a group of one's own, or on a list."""

from __future__ import annotations

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.screens.groups import GatherPage
from tui_inbox.ui.target import Target


def gather(desk: Desk, target: Target) -> None:
    """Ask into which group or on which list somebody is to be put."""
    if target.person is None:
        desk.say("There is nobody here.")
    else:
        desk.open_page(GatherPage(target.account, target.person))
