"""Done, later, junk, letting in: each changes what it says, is logged, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC

import pytest
from support.town_builder import Said, Town

from tui_inbox.commands import items as acts_on_items
from tui_inbox.commands.context import Context, Outcome
from tui_inbox.commands.later import Later
from tui_inbox.commands.undo import undo
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.queries import inbox
from tui_inbox.store import actions, items, searches
from tui_inbox.store.items import Item


def only_item(town: Town, name: str) -> Item:
    (item,) = town.ask(items.items_of_person, 1, town.id_of(name))
    return item


def lanes(town: Town) -> dict[Lane, list[str]]:
    view = town.ask(inbox.view, town.scope(), now=town.now, zone=UTC)
    return {lane.lane: [row.person.name for row in lane.rows] for lane in view.lanes}


@pytest.fixture
def asked(town: Town) -> Item:
    """Quillfox asks, after an earlier talk."""
    said = town.talk("quillfox", ago=5 * DAY)
    town.says("quillfox", "Does it keep the tags?", to=said)
    return only_item(town, "quillfox")


def test_done_takes_a_conversation_off_my_plate(town: Town, asked: Item) -> None:
    town.changes.clear()
    outcome = acts_on_items.done(town.context, asked.id).result()
    assert outcome.sentence == "done with quillfox"
    assert outcome.action is not None
    assert only_item(town, "quillfox").state is ItemState.DONE
    assert lanes(town) == {Lane.DONE: ["quillfox"]}
    assert Change(Topic.INBOX, 1) in town.changes


def test_what_is_done_cannot_be_done_again(town: Town, asked: Item) -> None:
    acts_on_items.done(town.context, asked.id).result()
    assert acts_on_items.done(town.context, asked.id).result() == Outcome("This is done already.")


def test_a_conversation_that_is_gone_is_said_so(town: Town) -> None:
    assert acts_on_items.done(town.context, 99).result() == acts_on_items.GONE
    assert acts_on_items.later(town.context, 99, Later(on_post=True)).result() == acts_on_items.GONE
    assert acts_on_items.let_in(town.context, 99).result() == acts_on_items.GONE
    assert acts_on_items.let_in_thread(town.context, 99).result() == acts_on_items.GONE


def test_later_keeps_what_it_waits_for(town: Town, asked: Item) -> None:
    when = Later(until=town.now + 20 * HOUR, on_post=True)
    outcome = acts_on_items.later(town.context, asked.id, when, zone=UTC).result()
    assert outcome.sentence == "quillfox comes back tomorrow 08:00 or when they next post"
    item = only_item(town, "quillfox")
    assert item.state is ItemState.LATER
    assert (item.until, item.until_post, item.until_start) == (town.now + 20 * HOUR, True, False)


@pytest.mark.parametrize("state", [ItemState.NEW, ItemState.SEEN])
def test_undo_gives_the_state_back_exactly_and_names_what_comes_back(
    town: Town, asked: Item, state: ItemState
) -> None:
    town.write(lambda w: items.set_state(w, asked.id, state, at=asked.changed_at))
    before = only_item(town, "quillfox")
    acts_on_items.later(town.context, asked.id, Later(until=town.now + HOUR)).result()
    town.pass_time(MINUTE)
    outcome = undo(town.context).result()
    assert (outcome.sentence, outcome.item) == ("undone: later for quillfox", asked.id)
    assert only_item(town, "quillfox") == before
    acts_on_items.let_in(town.context, asked.id).result()
    assert undo(town.context).result().item is None, "nothing comes back with it"


def test_later_can_be_changed_while_it_waits(town: Town, asked: Item) -> None:
    acts_on_items.later(town.context, asked.id, Later(on_post=True)).result()
    acts_on_items.later(town.context, asked.id, Later(on_start=True)).result()
    item = only_item(town, "quillfox")
    assert (item.until_post, item.until_start) == (False, True)
    undo(town.context).result()
    item = only_item(town, "quillfox")
    assert (item.until_post, item.until_start) == (True, False)


def test_what_is_done_cannot_be_put_off(town: Town, asked: Item) -> None:
    acts_on_items.done(town.context, asked.id).result()
    outcome = acts_on_items.later(town.context, asked.id, Later(on_post=True)).result()
    assert outcome == Outcome("This is done already.")


def test_letting_in_makes_a_stranger_a_newcomer(town: Town) -> None:
    town.says("rocket", "Is this your bakery?", naming=["mira"])
    assert lanes(town) == {Lane.STRANGERS: ["rocket"]}
    item = only_item(town, "rocket")
    assert acts_on_items.let_in(town.context, item.id).result().sentence == "rocket is let in"
    assert lanes(town) == {Lane.NEWCOMERS: ["rocket"]}
    again = acts_on_items.let_in(town.context, item.id).result()
    assert again == Outcome("rocket was let in before.")


def test_letting_in_for_a_conversation_is_for_that_one_only(town: Town) -> None:
    town.says("rocket", "Is this your bakery?", naming=["mira"])
    item = only_item(town, "rocket")
    assert acts_on_items.let_in_thread(town.context, item.id).result().action is not None
    town.says("rocket", "And this one?", naming=["mira"])
    assert lanes(town) == {Lane.NEWCOMERS: ["rocket"], Lane.STRANGERS: ["rocket"]}
    again = acts_on_items.let_in_thread(town.context, item.id).result()
    assert again == Outcome("rocket was let in before.")


def test_looking_at_it_makes_it_seen_and_is_nothing_to_undo(town: Town, asked: Item) -> None:
    assert acts_on_items.looked_at(town.context, asked.id).result() == Outcome("")
    assert only_item(town, "quillfox").state is ItemState.SEEN
    assert undo(town.context).result() == Outcome("Nothing to undo.")
    acts_on_items.done(town.context, asked.id).result()
    acts_on_items.looked_at(town.context, asked.id).result()
    assert only_item(town, "quillfox").state is ItemState.DONE


def test_dismissing_a_person_closes_all_that_is_open_with_them(town: Town, asked: Item) -> None:
    town.says("quillfox", "Something else", naming=["mira"], ago=30 * MINUTE)
    outcome = acts_on_items.dismiss_person(town.context, 1, asked.person).result()
    assert outcome.sentence == "done with quillfox"
    assert lanes(town) == {Lane.DONE: ["quillfox", "quillfox"]}
    again = acts_on_items.dismiss_person(town.context, 1, asked.person).result()
    assert again == Outcome("Nothing of quillfox’s waits for you.")
    undo(town.context).result()
    assert lanes(town) == {Lane.TALK: ["quillfox", "quillfox"]}


def test_a_hit_can_be_looked_at_and_be_done_with(town: Town) -> None:
    said = town.says("wren", "anyone know a crm")
    search = town.write(lambda w: searches.add_search(w, 1, "crm", at=town.now))
    town.write(lambda w: searches.put_hit(w, search, said.id, town.now))
    acts_on_items.looked_at_hit(town.context, search, said.id).result()
    assert town.ask(searches.hit_state, search, said.id) is ItemState.SEEN
    assert acts_on_items.done_hit(town.context, search, said.id).result().action is not None
    assert town.ask(searches.hit_state, search, said.id) is ItemState.DONE
    again = acts_on_items.done_hit(town.context, search, said.id).result()
    assert again == Outcome("This hit is done already.")
    undone = undo(town.context).result()
    assert (undone.sentence, undone.hit) == ("undone: done with a hit", (search, said.id))
    assert town.ask(searches.hit_state, search, said.id) is ItemState.SEEN


def person_of(ctx: Context, item: int) -> int:
    found = ctx.store.read(lambda db: items.item_by_id(db, item)).result()
    assert found is not None
    return found.person


Command = Callable[[Context, int], Future[Outcome]]


@pytest.mark.parametrize(
    "command",
    [
        acts_on_items.done,
        acts_on_items.junk,
        lambda ctx, item: acts_on_items.later(ctx, item, Later(on_post=True)),
        acts_on_items.let_in,
        acts_on_items.let_in_thread,
        lambda ctx, item: acts_on_items.dismiss_person(ctx, 1, person_of(ctx, item)),
    ],
    ids=["done", "junk", "later", "let in", "let in for the thread", "dismiss"],
)
def test_undo_gives_everything_back_as_it_was(town: Town, command: Command) -> None:
    town.says("rocket", "Is this your bakery?", naming=["mira"])
    before, lanes_before = only_item(town, "rocket"), lanes(town)
    outcome = command(town.context, before.id).result()
    assert lanes(town) != lanes_before
    (action,) = town.ask(actions.actions, 10)
    assert action.id == outcome.action
    town.pass_time(HOUR)
    assert undo(town.context).result().sentence == f"undone: {action.what}"
    assert only_item(town, "rocket") == before
    assert lanes(town) == lanes_before
    assert undo(town.context).result() == Outcome("Nothing to undo.")


def test_undo_takes_back_the_latest_first(town: Town, asked: Item) -> None:
    town.says("wren", "hello", naming=["mira"])
    acts_on_items.done(town.context, asked.id).result()
    acts_on_items.junk(town.context, only_item(town, "wren").id).result()
    assert undo(town.context).result().sentence == "undone: junk from wren"
    assert undo(town.context).result().sentence == "undone: done with quillfox"
    assert lanes(town) == {Lane.TALK: ["quillfox"], Lane.STRANGERS: ["wren"]}


def test_undo_leaves_alone_what_has_gone_on_since(town: Town, asked: Item) -> None:
    acts_on_items.done(town.context, asked.id).result()
    last = town.says("mira", "Yes, it does.", to=_said(town, asked), ago=10 * MINUTE)
    town.says("quillfox", "Lovely, and the colours?", to=last, ago=0)
    assert only_item(town, "quillfox").state is ItemState.NEW
    sentence = undo(town.context).result().sentence
    assert sentence == "not undone: done with quillfox; the conversation has gone on since"
    assert only_item(town, "quillfox").state is ItemState.NEW


def _said(town: Town, item: Item) -> Said:
    return next(said for said in town.said.values() if said.id == item.post)
