"""What keys do: one function per id of the key table, that pane's own keys aside."""

from tui_inbox.ui.acts import (
    acting,
    arranging,
    helping,
    hits,
    items,
    labelling,
    linking,
    listening,
    look,
    moves,
    opening,
    own,
    own_keys,
    people,
    polls,
    program,
    reading,
    settings,
    silencing,
    touring,
    watching,
    writing,
)
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.screens import openers

HANDLERS: dict[str, Handler] = {
    **moves.HANDLERS,
    **arranging.HANDLERS,
    **items.HANDLERS,
    **hits.HANDLERS,
    **labelling.HANDLERS,
    **linking.HANDLERS,
    **listening.HANDLERS,
    **look.HANDLERS,
    **people.HANDLERS,
    **opening.HANDLERS,
    **polls.HANDLERS,
    **own.HANDLERS,
    **own_keys.HANDLERS,
    **silencing.HANDLERS,
    **watching.HANDLERS,
    **helping.HANDLERS,
    **acting.HANDLERS,
    **writing.HANDLERS,
    **touring.HANDLERS,
    **program.HANDLERS,
    **reading.HANDLERS,
    **settings.HANDLERS,
    **openers.HANDLERS,
}
"""By the id of the key."""

__all__ = ["HANDLERS", "Handler"]
