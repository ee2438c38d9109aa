"""Keys of the program itself: close, undo, the palette."""

from __future__ import annotations

import asyncio

from tui_inbox.commands import learning, own_keys, sending, undo
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.inbox import item_key
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.people import person_key
from tui_inbox.ui.panes.ranked import RankedPane
from tui_inbox.ui.panes.searches import hit_key


def close(desk: Desk, here: Pane) -> None:
    """Close the top thing; on the bare panes a second `q` ends the program."""
    if not desk.close_top() and desk.pressed == "q":
        desk.quit_at_second()


def undo_last(desk: Desk, here: Pane) -> None:
    """Take back the last action, and select what it brings back."""
    desk.opening(_undo(desk))


async def _undo(desk: Desk) -> None:
    outcome = await asyncio.wrap_future(undo.undo(desk.services.ctx))
    desk.say(outcome.sentence)
    if outcome.keys:
        desk.take_keys(await asyncio.wrap_future(own_keys.read(desk.services.ctx)))
    back = []
    if outcome.item is not None:
        back = [(area, item_key(outcome.item)) for area in (Area.INBOX, Area.CORNER)]
    elif outcome.hit is not None:
        back = [
            (area, hit_key(*outcome.hit))
            for area in {Area.SEARCHES, desk.ground.area_of_search(outcome.hit[0])}
        ]
    elif outcome.person is not None:
        back = [(Area.PEOPLE, person_key(*outcome.person))]
    for area, key in back:
        pane = desk.pane_of(area)
        if isinstance(pane, RankedPane):
            pane.select_when_back(key)


def forget_learnt(desk: Desk, here: Pane) -> None:
    """Let the order learn anew from now on, for the accounts that are shown."""
    desk.follow(learning.forget(desk.services.ctx, desk.scope.accounts))


def stop_sends(desk: Desk, here: Pane) -> None:
    """Stop every send that is still held, and reopen the last one."""
    desk.opening(_stop_sends(desk))


async def _stop_sends(desk: Desk) -> None:
    draft = await asyncio.wrap_future(sending.stop_held(desk.services.ctx))
    if draft is None:
        desk.say("Nothing is held any more.")
    else:
        desk.say("Stopped. It is a draft again.")
        desk.write_draft(draft)


def palette(desk: Desk, here: Pane) -> None:
    """Find a key by its name."""
    desk.open_palette()


def end(desk: Desk, here: Pane) -> None:
    """End the program at once; all is kept."""
    desk.end()


HANDLERS: dict[str, Handler] = {
    "program.end": end,
    "learning.forget": forget_learnt,
    "close": close,
    "undo.last": undo_last,
    "undo.sends": stop_sends,
    "palette": palette,
    "bubble.try": lambda desk, here: desk.try_bubble(),
}
