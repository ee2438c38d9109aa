"""What keys do: one function per id of the key table, that pane's own keys aside."""

from tui_inbox.ui.acts import items, moves, opening, polls, program, writing
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.screens import openers

HANDLERS: dict[str, Handler] = {
    **moves.HANDLERS,
    **items.HANDLERS,
    **opening.HANDLERS,
    **polls.HANDLERS,
    **writing.HANDLERS,
    **program.HANDLERS,
    **openers.HANDLERS,
}
"""By the id of the key."""

__all__ = ["HANDLERS", "Handler"]
