"""Forgetting what was learnt: it counts no more, begins anew, and comes back with an undo."""

from __future__ import annotations

from support.town_builder import Town

from tui_inbox.commands import learning
from tui_inbox.commands.undo import undo
from tui_inbox.core.moment import HOUR
from tui_inbox.queries.learning import LearntRow, learnt
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.ties import circle, ties_with
from tui_inbox.store import learning as stored


def talk(town: Town, times: int) -> None:
    """Odile asks and mira answers an hour later, day after day."""
    for _ in range(times):
        asked = town.says("odile", "And today?", naming=["mira"], ago=0)
        town.pass_time(HOUR)
        town.says("mira", "Today too.", to=asked, ago=0)
        town.pass_time(23 * HOUR)


def row(town: Town) -> LearntRow:
    (found,) = town.ask(learnt, Scope((1,)))
    return found


def test_what_was_learnt_is_told_and_forgotten_for_good(town: Town) -> None:
    talk(town, 4)
    before = row(town)
    assert (before.asked, before.answered, before.counts, before.since) == (4, 4, True, None)
    assert before.leaning > 0
    outcome = learning.forget(town.context, [1]).result()
    assert "forgotten" in outcome.sentence
    after = row(town)
    assert (after.asked, after.answered, after.leaning) == (0, 0, 0)
    assert after.since is not None
    talk(town, 1)
    assert (row(town).asked, row(town).answered) == (1, 1)


def test_an_undo_brings_back_what_was_forgotten_with_the_next_text(town: Town) -> None:
    talk(town, 4)
    before = row(town)
    learning.forget(town.context, [1]).result()
    assert "counts again" in undo(town.context).result().sentence
    town.says("odile", "Still there?", naming=["mira"], ago=0)
    after = row(town)
    assert (after.answered, after.leaning) == (before.answered, before.leaning)


def test_where_nothing_is_to_be_learnt_nothing_learnt_counts(town: Town) -> None:
    talk(town, 4)
    known = town.ask(circle, 1)
    town.write(lambda w: stored.put_choice(w, False))
    assert not row(town).counts
    assert town.ask(circle, 1).account.leaning == 0
    assert all(tie.asked == 0 for tie in town.ask(ties_with, 1, list(known.ties)).values())
    town.write(lambda w: stored.put_choice(w, True))
    assert town.ask(circle, 1).account == known.account
