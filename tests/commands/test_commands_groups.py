"""Groups of one's own: made, filled, named and deleted, and all of it taken back."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.commands import acts as act_commands
from tui_inbox.commands import groups, lists
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store import groups as stored
from tui_inbox.store import laid_over, outbox


def kept(town: Town) -> dict[str, list[str]]:
    """Who is in each group, by name."""
    found: dict[str, list[str]] = {}
    for group in town.ask(stored.groups):
        who = {town.id_of(name): name for name in ("wren", "odile")}
        found[group.name] = [who[person] for person, _ in town.ask(stored.members, group.id)]
    return found


def group(town: Town) -> int:
    """The only group there is."""
    (one,) = town.ask(stored.groups)
    return one.id


@pytest.fixture
def people(town: Town) -> tuple[int, int]:
    """Wren and odile."""
    return town.meets("wren"), town.meets("odile")


def test_a_group_is_made_with_its_first_person_and_unmade(
    town: Town, people: tuple[int, int]
) -> None:
    wren, _ = people
    outcome = groups.make(town.context, "  the  choir ", wren).result()
    assert outcome.sentence == "the group “the choir” is made, wren is in it"
    assert kept(town) == {"the choir": ["wren"]}
    assert undo(town.context).result().sentence == "undone: making the group “the choir”"
    assert kept(town) == {}


def test_a_name_is_needed_and_is_given_once(town: Town, people: tuple[int, int]) -> None:
    assert groups.make(town.context, " \u200b ").result() == groups.NO_NAME
    groups.make(town.context, "Choir").result()
    again = groups.make(town.context, "choir").result()
    assert again == Outcome("There is a group “Choir” already.")
    assert kept(town) == {"Choir": []}


def test_people_are_put_in_and_taken_out(town: Town, people: tuple[int, int]) -> None:
    wren, odile = people
    groups.make(town.context, "choir", wren).result()
    choir = group(town)
    assert groups.add(town.context, choir, odile).result().sentence == "odile is in “choir”"
    again = groups.add(town.context, choir, odile).result()
    assert again == Outcome("odile is in “choir” already.")
    out = groups.take_out(town.context, choir, wren).result()
    assert out.sentence == "wren is no longer in “choir”"
    assert kept(town) == {"choir": ["odile"]}
    assert undo(town.context).result().sentence == "undone: taking wren out of “choir”"
    assert kept(town) == {"choir": ["wren", "odile"]}, "with their old place"
    assert undo(town.context).result().sentence == "undone: putting odile into “choir”"
    assert kept(town) == {"choir": ["wren"]}
    nobody = groups.take_out(town.context, choir, odile).result()
    assert nobody == Outcome("odile is not in “choir” already.")


def test_a_group_gets_another_name_and_its_old_one_back(
    town: Town, people: tuple[int, int]
) -> None:
    groups.make(town.context, "choir").result()
    choir = group(town)
    renamed = groups.rename(town.context, choir, "Choir").result()
    assert renamed.sentence == "“choir” is called “Choir” now"
    same = groups.rename(town.context, choir, "Choir").result()
    assert same == Outcome("The group is called “Choir” already.")
    assert groups.rename(town.context, choir, "").result() == groups.NO_NAME
    assert undo(town.context).result().sentence == "undone: calling “choir” “Choir”"
    assert kept(town) == {"choir": []}


def test_a_name_that_was_given_away_is_not_taken_back(town: Town, people: tuple[int, int]) -> None:
    groups.make(town.context, "choir").result()
    choir = group(town)
    groups.rename(town.context, choir, "singers").result()
    town.write(lambda w: stored.add_group(w, "choir", at=town.now))
    taken = Outcome("There is a group “choir” already.")
    assert groups.rename(town.context, choir, "choir").result() == taken
    told = undo(town.context).result().sentence
    assert told == "not undone: calling “choir” “singers”; another group is called “choir” now"
    assert set(kept(town)) == {"choir", "singers"}


def test_a_group_that_is_deleted_comes_back_with_everybody(
    town: Town, people: tuple[int, int]
) -> None:
    wren, odile = people
    groups.make(town.context, "choir", odile).result()
    choir = group(town)
    town.pass_time(1)
    groups.add(town.context, choir, wren).result()
    deleted = groups.delete(town.context, choir).result()
    assert deleted.sentence == "the group “choir” is deleted, u brings it back"
    assert kept(town) == {}
    undo(town.context).result()
    assert kept(town) == {"choir": ["odile", "wren"]}
    assert group(town) == choir


def test_what_is_gone_cannot_be_changed(town: Town, people: tuple[int, int]) -> None:
    wren, _ = people
    for doing in (
        groups.add(town.context, 7, wren),
        groups.take_out(town.context, 7, wren),
        groups.rename(town.context, 7, "choir"),
        groups.delete(town.context, 7),
    ):
        assert doing.result() == groups.GONE


def test_a_person_of_a_group_that_is_gone_is_not_put_back(
    town: Town, people: tuple[int, int]
) -> None:
    wren, _ = people
    groups.make(town.context, "choir").result()
    choir = group(town)
    groups.add(town.context, choir, wren).result()
    town.write(lambda w: stored.remove_group(w, choir))
    told = undo(town.context).result().sentence
    assert told == "not undone: putting wren into “choir”; the group is gone"


# Lists of a server


def acts(town: Town) -> list[tuple[str, str, str]]:
    """What the outbox holds: kind, state, list."""
    return [(row.kind, row.state, row.content) for row in town.ask(outbox.rows)]


def test_somebody_is_put_on_a_list_by_the_outbox_and_taken_off_by_undo(town: Town) -> None:
    town.relates("wren", following=True)
    wren = town.id_of("wren")
    told = lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    assert told.sentence == "wren is on the list “Friends”"
    assert town.woken == 1
    assert acts(town) == [("list", "waiting", "l1")]
    again = lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    assert again == Outcome("wren is on the list “Friends” already.")
    assert undo(town.context).result().sentence == "undone: putting wren on the list “Friends”"
    assert acts(town) == [("list", "discarded", "l1")]


def test_what_has_left_is_taken_back_on_the_server_too(town: Town) -> None:
    town.relates("wren", following=True)
    wren = town.id_of("wren")
    lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    (row,) = town.ask(outbox.rows)
    town.write(lambda w: outbox.set_row(w, row.id, state=OutboxState.SENT, at=town.now))
    assert town.ask(laid_over.lists_of, 1, wren) == {"l1": True}
    undo(town.context).result()
    assert acts(town) == [("list", "sent", "l1"), ("unlist", "waiting", "l1")]
    assert town.ask(laid_over.lists_of, 1, wren) == {"l1": False}


def test_two_lists_are_kept_apart(town: Town) -> None:
    town.relates("wren", following=True)
    wren = town.id_of("wren")
    lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    lists.take_off(town.context, 1, wren, "l2", "Choir").result()
    assert [kind for kind, _, _ in acts(town)] == ["list", "unlist"]
    lists.take_off(town.context, 1, wren, "l1", "Friends").result()
    assert acts(town) == [("list", "discarded", "l1"), ("unlist", "waiting", "l2")]


def test_only_people_one_follows_can_be_on_a_list(town: Town) -> None:
    town.relates("wren", following=False)
    wren = town.id_of("wren")
    refused = lists.put_on(town.context, 1, wren, "l1", "Friends").result()
    assert refused.sentence == "You do not follow wren; only people you follow can be on a list."
    assert acts(town) == []
    act_commands.on_person(town.context, 1, wren, ActKind.FOLLOW).result()
    assert lists.put_on(town.context, 1, wren, "l1", "Friends").result().action is not None
