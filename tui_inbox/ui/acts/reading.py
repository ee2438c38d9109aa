"""What the palette does about reading; these commands have no key of their own."""

from __future__ import annotations

from tui_inbox.commands import reading as reading_commands
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane


def open_warnings(desk: Desk, here: Pane) -> None:
    """Show from now on what the selected person puts behind warnings, or fold it again."""
    target = here.target()
    if target is None:
        desk.say(here.nothing())
    elif target.person is None:
        desk.say("There is nobody here.")
    else:
        person = target.person.id
        desk.follow(reading_commands.open_warnings(desk.services.ctx, target.account, person))


HANDLERS: dict[str, Handler] = {"reading.opened": open_warnings}
"""By the id of the command."""
