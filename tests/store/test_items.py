"""Inbox items: one for each account, conversation and person."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.store_material import MONDAY, person, post, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState, Opening, Turn
from tui_inbox.core.moment import HOUR
from tui_inbox.store import batches, items, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing


@pytest.fixture
def item(db: Connection) -> Item:
    """An item of ada's, not stored yet."""
    account = sign_in(db).id
    put = posts.put_post(Writing(db), account, seen(post("it")))
    assert put is not None
    return Item(
        id=0,
        account=account,
        conversation=put.conversation,
        person=people.find_by_ref(db, person("ada").ref) or 0,
        turn=Turn.MINE,
        since=MONDAY,
        post=put.id,
        opening=Opening.NAMED,
        answers_me=True,
        asks=True,
        thanks=False,
        state=ItemState.NEW,
        until=None,
        until_post=False,
        until_start=False,
        closed_by=None,
        changed_at=MONDAY,
    )


def another(db: Connection, item: Item, name: str, **changes: object) -> Item:
    """An item of somebody else in the same conversation, stored."""
    who = people.put_person(Writing(db), item.account, person(name))
    new = replace(item, person=who, **changes)
    return replace(new, id=items.put_item(Writing(db), new))


def test_an_item_comes_back_as_it_was_put(db: Connection, w: Writing, item: Item) -> None:
    id = items.put_item(w, item)
    stored = replace(item, id=id)
    assert items.item_by_id(db, id) == stored
    assert items.item(db, item.account, item.conversation, item.person) == stored
    assert items.items_in_conversation(db, item.account, item.conversation) == [stored]
    assert items.items_of_person(db, item.account, item.person) == [stored]
    assert w.changes == {Change(Topic.INBOX, item.account)}
    assert items.item_by_id(db, 99) is None
    assert items.item(db, item.account, item.conversation, 99) is None


def test_there_is_one_item_for_a_person_in_a_conversation(
    db: Connection, w: Writing, item: Item
) -> None:
    id = items.put_item(w, item)
    changed = replace(
        item,
        turn=Turn.THEIRS,
        opening=None,
        since=MONDAY + 1,
        state=ItemState.ANSWERED,
        closed_by="reply",
        asks=False,
    )
    assert items.put_item(w, changed) == id
    assert items.items(db, [item.account]) == [replace(changed, id=id)]


def test_a_state_is_set_with_all_that_belongs_to_it(db: Connection, w: Writing, item: Item) -> None:
    id = items.put_item(w, item)
    w = Writing(db)
    items.set_state(
        w,
        id,
        ItemState.LATER,
        at=MONDAY + 1,
        until=MONDAY + HOUR,
        until_post=True,
        until_start=True,
    )
    later = replace(
        item,
        id=id,
        state=ItemState.LATER,
        changed_at=MONDAY + 1,
        until=MONDAY + HOUR,
        until_post=True,
        until_start=True,
    )
    assert items.item_by_id(db, id) == later
    assert w.changes == {Change(Topic.INBOX, item.account)}
    items.set_state(w, id, ItemState.DONE, at=MONDAY + 2, closed_by="e")
    done = replace(item, id=id, state=ItemState.DONE, changed_at=MONDAY + 2, closed_by="e")
    assert items.item_by_id(db, id) == done
    w = Writing(db)
    items.set_state(w, 99, ItemState.DONE, at=MONDAY)
    assert w.changes == set()


def test_items_are_found_by_state_and_by_when_it_changed(
    db: Connection, w: Writing, item: Item
) -> None:
    ada = replace(item, id=items.put_item(w, item))
    done = {"state": ItemState.DONE, "since": MONDAY - 1}
    early = another(db, item, "otto", **done, changed_at=MONDAY - HOUR)
    late = another(db, item, "rosa", **done, changed_at=MONDAY + HOUR)
    account = [item.account]
    assert items.items(db, account) == [early, late, ada]
    assert items.items(db, account, states=[ItemState.NEW]) == [ada]
    assert items.items(db, account, states=[ItemState.DONE], since=MONDAY) == [late]
    assert items.items(db, []) == []


def test_what_was_put_off_comes_back_by_time_by_post_or_at_the_start(
    db: Connection, item: Item
) -> None:
    at = another(db, item, "otto", state=ItemState.LATER, until=MONDAY + HOUR)
    on_post = another(db, item, "rosa", state=ItemState.LATER, until_post=True)
    on_start = another(db, item, "quinn", state=ItemState.LATER, until_start=True)
    assert items.due(db, MONDAY + HOUR - 1) == []
    assert items.due(db, MONDAY + HOUR) == [at]
    assert items.waiting_for_post(db, item.account, on_post.person) == [on_post]
    assert items.waiting_for_post(db, item.account, at.person) == []
    assert items.until_start(db) == [on_start]
    for one in (at, on_post, on_start):
        items.set_state(Writing(db), one.id, ItemState.SEEN, at=MONDAY)
    assert items.due(db, MONDAY + HOUR) == items.until_start(db) == []


def test_open_items_grow_stale_and_closed_ones_do_not(db: Connection, item: Item) -> None:
    old = another(db, item, "otto", since=MONDAY - HOUR, state=ItemState.SEEN, post=None)
    another(db, item, "rosa", since=MONDAY - HOUR, state=ItemState.DONE, post=None)
    another(db, item, "quinn", since=MONDAY, post=None)
    another(db, item, "uma", since=MONDAY - HOUR)  # she has said more on Monday
    assert items.stale(db, MONDAY) == [old]


def test_the_count_of_what_waits_is_of_open_items_where_it_is_the_owners_turn(
    db: Connection, item: Item
) -> None:
    another(db, item, "otto")
    another(db, item, "rosa", state=ItemState.SEEN)
    another(db, item, "quinn", turn=Turn.THEIRS)
    another(db, item, "ada", state=ItemState.LATER)
    assert items.open_count(db, [item.account]) == 2
    assert items.open_count(db, []) == 0


def test_somebody_can_be_let_in_for_one_conversation(
    db: Connection, w: Writing, item: Item
) -> None:
    id = items.put_item(w, item)
    w = Writing(db)
    items.set_let_in(w, id, True)
    items.set_let_in(w, id, True)
    assert batches.let_in(db, [id, 99]) == {id}
    assert w.changes == {Change(Topic.INBOX, item.account)}
    items.put_item(w, replace(item, asks=False))
    assert batches.let_in(db, [id]) == {id}, "what is derived anew does not undo it"
    items.set_let_in(w, id, False)
    assert batches.let_in(db, [id]) == set()
