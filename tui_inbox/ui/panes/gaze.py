"""When something counts as looked at: selected, on the screen of a focused terminal, for a second."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui_inbox.commands.context import Context
from tui_inbox.core.conversation import ItemState
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.ui.target import Target

LOOK = 1.0
"""Seconds until it counts."""


class Gaze:
    """Where the owner looks, in one pane.

    Args:
        set_timer: runs a function after some seconds.
        looks: what the owner looks at in this moment, or None while they look elsewhere.
    """

    def __init__(
        self,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        looks: Callable[[], Target | None],
    ) -> None:
        self._set_timer = set_timer
        self._looks = looks
        self._waiting: Timer | None = None
        self._rests_on: tuple[int, ...] | None = None

    @property
    def rests(self) -> bool:
        """Whether it has rested on a favourite that it has not left yet."""
        return self._rests_on is not None

    def wander(self, ctx: Context) -> None:
        """The gaze may have come to rest on something else."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        target = self._looks()
        if self._rests_on is not None and (target is None or _unseen(target) != self._rests_on):
            self._left(ctx, *self._rests_on)
        if target is not None and (what := _unseen(target)) is not None:
            self._waiting = self._set_timer(LOOK, lambda: self._rested(ctx, what))

    def _rested(self, ctx: Context, what: tuple[int, ...]) -> None:
        from tui_inbox.commands import items as item_commands  # not needed for the first picture

        target = self._looks()
        if target is None or _unseen(target) != what:
            return
        if target.item is not None:
            item_commands.looked_at(ctx, target.item.id)
        elif target.hit is not None:
            hit = target.hit
            item_commands.looked_at_hit(ctx, hit.search, hit.post.id, alone=hit.alone)
        else:
            self._rests_on = what

    def _left(self, ctx: Context, account: int, person: int) -> None:
        """The owner has looked at a favourite and goes on. Noted only now: nothing changes under the eyes."""
        from tui_inbox.commands import people as people_commands  # not needed for the first picture

        self._rests_on = None
        people_commands.looked(ctx, account, person)


def _unseen(target: Target) -> tuple[int, ...] | None:
    """What nobody has looked at yet, or is looked at again and again, by its ids."""
    if target.item is not None:
        return (target.item.id,) if target.item.state is ItemState.NEW else None
    if target.hit is not None and target.hit.state is ItemState.NEW:
        return (target.hit.search, target.hit.post.id)
    if target.row is not None and target.row.section is PeopleSection.PINNED:
        return (target.account, target.row.person.id)
    return None
