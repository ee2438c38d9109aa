"""Whom not to be reminded of: every decision is said in a sentence, and undone as it was."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest
from support.town_builder import Town

from tui_inbox.commands import people as commands
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.store import set_aside
from tui_inbox.store.set_aside import Aside

Command = Callable[[Context, int], Future[Outcome]]


def decided(town: Town, person: int) -> tuple[object, ...]:
    """All that is kept of what was decided about somebody."""
    asides = [town.ask(set_aside.aside, 1, person, one) for one in Suggestion]
    return (*asides, town.ask(set_aside.looked_at, 1, [person]).get(person))


@pytest.mark.parametrize("before", ["nothing", "set aside"])
@pytest.mark.parametrize(
    "command",
    [
        *(
            lambda ctx, person, why=why: commands.take_off(ctx, 1, person, why)
            for why in Suggestion
        ),
        lambda ctx, person: commands.let_go(ctx, 1, person),
        lambda ctx, person: commands.seen_to(ctx, 1, person),
    ],
    ids=[*Suggestion, "let go", "seen"],
)
def test_undo_gives_back_what_was_decided_before(town: Town, command: Command, before: str) -> None:
    person = town.meets("wren")
    if before == "set aside":
        for why in Suggestion:
            commands.take_off(town.context, 1, person, why).result()
        commands.looked(town.context, 1, person).result()
    was = decided(town, person)
    town.pass_time(HOUR)
    assert command(town.context, person).result().action is not None
    assert decided(town, person) != was
    undone = undo(town.context).result()
    assert decided(town, person) == was
    assert undone.person == (1, person)


def test_bringing_back_takes_away_all_that_was_decided_and_undo_returns_it(town: Town) -> None:
    person = town.meets("wren")
    commands.let_go(town.context, 1, person).result()
    commands.take_off(town.context, 1, person, Suggestion.NEW).result()
    was = decided(town, person)
    commands.bring_back(town.context, 1, person).result()
    assert decided(town, person) == (None, None, None, None, None)
    assert undo(town.context).result().sentence == "undone: bringing wren back"
    assert decided(town, person) == was


def test_not_now_lasts_a_month_where_there_is_no_rhythm(town: Town) -> None:
    person = town.meets("wren")
    commands.take_off(town.context, 1, person, Suggestion.QUIET).result()
    assert decided(town, person)[0] == Aside(town.now, town.now + 30 * DAY)


def test_looking_at_a_favourite_is_kept_and_nothing_to_undo(town: Town) -> None:
    person = town.meets("wren")
    assert commands.looked(town.context, 1, person).result() == Outcome("")
    assert decided(town, person)[-1] is None
    assert undo(town.context).result() == Outcome("Nothing to undo.")
    commands.pin(town.context, 1, person, True).result()
    town.pass_time(DAY)
    commands.looked(town.context, 1, person).result()
    assert decided(town, person)[-1] == town.now
    assert undo(town.context).result().sentence == "undone: pinning wren"


def test_a_pin_counts_from_now_on(town: Town) -> None:
    person = town.meets("wren")
    for pinned in (True, False, True):
        town.pass_time(DAY)
        commands.pin(town.context, 1, person, pinned).result()
    assert decided(town, person)[-1] == town.now
