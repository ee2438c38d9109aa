"""The first sentence of a start: what happened during a short absence, or else what was begun and not sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_inbox.queries import drafts as draft_queries
from tui_inbox.queries.overviews import DraftRow
from tui_inbox.ui.beginning import Beginning
from tui_inbox.ui.desk import Desk


async def greet(desk: Desk, beginning: Beginning, is_silent: Callable[[], bool]) -> None:
    """Say the one thing that is worth a sentence at the start, if there is one.

    Args:
        desk: the application.
        beginning: how the screen began.
        is_silent: whether the status line says nothing else at the moment.
    """
    if beginning.away_since is not None and beginning.was_away(desk.services.now()):
        from tui_inbox.ui.screens.catch_up import say_briefly

        await say_briefly(desk, beginning.away_since)
    kept = await desk.ask(draft_queries.rows, desk.scope)
    if kept and is_silent():
        desk.say(kept_words(kept))


def kept_words(kept: Sequence[DraftRow]) -> str:
    """That drafts are kept, and which key leads to them."""
    if len(kept) > 1:
        return f"{len(kept)} drafts are kept: g d."
    return f"A {kept[0].target} is kept as a draft: g d."
