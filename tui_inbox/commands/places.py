"""Remembering where the owner is, and when they last looked."""

from __future__ import annotations

from concurrent.futures import Future

from tui_inbox.commands.context import Context
from tui_inbox.store import positions

LOOKED = "looked"
"""Under this name stands when the owner last looked, in milliseconds, for the catch-up."""


def keep(ctx: Context, place: str, value: str) -> Future[None]:
    """Keep a pane's place, as text of the pane's own."""
    return ctx.change(lambda w: positions.put_position(w, place, value, ctx.clock.now()))


def looked_away(ctx: Context) -> Future[None]:
    """Remember that the owner looks no more: what comes from now on is news. `positions.read(LOOKED)` tells."""
    return keep(ctx, LOOKED, str(ctx.clock.now()))
