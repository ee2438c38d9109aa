"""What keys do: one function per id of the key table, that pane's own keys aside."""

from tui_inbox.ui.acts import (
    acting,
    helping,
    hits,
    items,
    linking,
    listening,
    moves,
    opening,
    own,
    people,
    polls,
    program,
    reading,
    silencing,
    touring,
    watching,
    writing,
)
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.screens import openers

HANDLERS: dict[str, Handler] = {
    **moves.HANDLERS,
    **items.HANDLERS,
    **hits.HANDLERS,
    **linking.HANDLERS,
    **listening.HANDLERS,
    **people.HANDLERS,
    **opening.HANDLERS,
    **polls.HANDLERS,
    **own.HANDLERS,
    **silencing.HANDLERS,
    **watching.HANDLERS,
    **helping.HANDLERS,
    **acting.HANDLERS,
    **writing.HANDLERS,
    **touring.HANDLERS,
    **program.HANDLERS,
    **reading.HANDLERS,
    **openers.HANDLERS,
}
"""By the id of the key."""

__all__ = ["HANDLERS", "Handler"]
