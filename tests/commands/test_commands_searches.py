"""Standing searches kept, narrowed, marked and thrown away; places remembered."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.commands import people, places, searches
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY
from tui_inbox.core.text import is_clean
from tui_inbox.queries import positions, trial
from tui_inbox.store import batches
from tui_inbox.store import hits as stored_hits
from tui_inbox.store import searches as stored
from tui_inbox.store.searches import SavedSearch


def kept(town: Town) -> list[SavedSearch]:
    return town.ask(stored.searches)


def hits(town: Town) -> list[int]:
    return [one.post for one in town.ask(stored_hits.hits_of, kept(town)[0].id)]


def test_a_search_begins_with_what_is_stored_already_but_ones_own(town: Town) -> None:
    town.says("mira", "our crm is green")
    asked = town.says("wren", "Anyone know a crm that exports?")
    outcome = searches.save(town.context, 1, "  crm ").result()
    assert outcome.sentence == "“crm” is kept"
    assert [(one.query, one.account, one.marked) for one in kept(town)] == [("crm", 1, False)]
    assert hits(town) == [asked.id]
    assert town.ask(stored.unread) == {}, "what was there before is not new"
    assert searches.save(town.context, 1, "crm").result() == Outcome("“crm” is kept already.")
    assert undo(town.context).result().sentence == "undone: keeping the search “crm”"
    assert kept(town) == []


def test_what_was_pasted_steers_no_terminal(town: Town) -> None:
    """A query is said again on the screen and by verbs."""
    pasted = "cr\u202em \x1b[31m\x07OR kiln"
    assert is_clean(searches.save(town.context, 1, pasted).result().sentence)
    assert is_clean(kept(town)[0].query)
    searches.change_query(town.context, kept(town)[0].id, pasted + "\x9b").result()
    assert is_clean(kept(town)[0].query)
    tried = town.ask(trial.trial, 1, pasted, now=town.context.clock.now(), dialect=None)
    assert is_clean(tried.query)


@pytest.mark.parametrize("query", ["", "(", "from:", "unknown:field"])
def test_what_is_no_query_is_not_kept(town: Town, query: str) -> None:
    outcome = searches.save(town.context, 1, query).result()
    assert outcome.sentence.startswith("This is not a query: expected ")
    assert kept(town) == []


def test_a_search_thrown_away_comes_back_with_its_hits_and_their_states(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm that exports?")
    searches.save(town.context, 1, "crm").result()
    (search,) = kept(town)
    town.write(lambda w: stored.set_hit_state(w, search.id, asked.id, ItemState.DONE))
    before = town.ask(stored_hits.hits_of, search.id)
    assert searches.remove(town.context, search.id).result().action is not None
    assert kept(town) == []
    assert searches.remove(town.context, search.id).result() == searches.GONE
    undo(town.context).result()
    assert kept(town) == [search]
    assert town.ask(stored_hits.hits_of, search.id) == before


def test_marking_can_be_undone(town: Town) -> None:
    searches.save(town.context, 1, "crm").result()
    (search,) = kept(town)
    assert searches.mark(town.context, search.id, True).result().sentence == "“crm” is marked"
    assert kept(town)[0].marked
    again = searches.mark(town.context, search.id, True).result()
    assert again == Outcome("“crm” is marked already.")
    assert searches.mark(town.context, 99, True).result() == searches.GONE
    undo(town.context).result()
    assert not kept(town)[0].marked


def test_leaving_something_out_narrows_the_search_and_takes_hits_away(town: Town) -> None:
    asked = town.says("wren", "Anyone know a crm that exports?", ago=2_000)
    spam = town.says("rocket", "Best crm panel", ago=1_000)
    searches.save(town.context, 1, "crm OR panel").result()
    (search,) = kept(town)
    assert hits(town) == [spam.id, asked.id]
    outcome = searches.exclude(town.context, search.id, "from:rocket").result()
    assert outcome.sentence == "without from:rocket: 1 fewer hit"
    assert kept(town)[0].query == "(crm OR panel) -from:rocket"
    assert hits(town) == [asked.id]
    searches.exclude(town.context, search.id, '"that exports"').result()
    assert kept(town)[0].query == '(crm OR panel) -from:rocket -"that exports"'
    assert hits(town) == []
    undo(town.context).result()
    undo(town.context).result()
    assert kept(town) == [search]
    assert hits(town) == [spam.id, asked.id]


def test_what_is_no_query_cannot_be_left_out(town: Town) -> None:
    searches.save(town.context, 1, "crm").result()
    outcome = searches.exclude(town.context, kept(town)[0].id, "(").result()
    assert outcome.sentence.startswith("This cannot be left out: expected ")
    assert searches.exclude(town.context, 99, "panel").result() == searches.GONE


def test_meeting_somebody_elsewhere_is_remembered_and_undone(town: Town) -> None:
    person = town.meets("wren")
    people.met(town.context, 1, person).result()
    first = town.now
    town.pass_time(DAY)
    assert people.met(town.context, 1, person).result().sentence == "wren: met elsewhere today"
    assert town.ask(batches.met, 1, [person]) == {person: town.now}
    undo(town.context).result()
    assert town.ask(batches.met, 1, [person]) == {person: first}
    undo(town.context).result()
    assert town.ask(batches.met, 1, [person]) == {}


def test_places_are_kept_and_are_nothing_to_undo(town: Town) -> None:
    assert town.ask(positions.read, "timeline") is None
    places.keep(town.context, "timeline", "[1,2]").result()
    places.looked_away(town.context).result()
    assert town.ask(positions.read, "timeline") == "[1,2]"
    assert town.ask(positions.read, places.LOOKED) == str(town.now)
    assert undo(town.context).result() == Outcome("Nothing to undo.")
