"""Who waits at the door, who was shut out, how the owner likes to post, and how far was read."""

from __future__ import annotations

import pytest
from support.store_material import MONDAY, person, post, seen, sign_in

from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState, Opening, Turn
from tui_inbox.core.door import Wish
from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.other_clients import Preferences
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.core.reading import MediaShown
from tui_inbox.store import (
    accounts,
    batches,
    door,
    items,
    notices,
    outbox,
    people,
    posts,
    read_marks,
    silenced,
)
from tui_inbox.store.database import Connection
from tui_inbox.store.door import Waiting
from tui_inbox.store.items import Item
from tui_inbox.store.store import Writing


@pytest.fixture
def account(db: Connection) -> int:
    """Mina's account."""
    return sign_in(db).id


def known(w: Writing, account: int, name: str) -> int:
    return people.put_person(w, account, person(name))


def decided(
    w: Writing, account: int, who: int, act: ActKind, state: OutboxState = OutboxState.WAITING
) -> int:
    return outbox.add(
        w,
        account=account,
        kind=act,
        state=state,
        key=f"{who} {act}",
        content="",
        created_at=MONDAY,
        release_at=MONDAY,
        person=who,
    )


# Requests


def test_those_who_ask_to_follow_stand_first_each_kind_as_the_server_lists_it(
    db: Connection, w: Writing, account: int
) -> None:
    ada, bea, cleo = (known(w, account, name) for name in ("ada", "bea", "cleo"))
    held = Waiting(account, Wish.BE_HEARD, ada, "r1", MONDAY, 2, "May I?")
    asking = [Waiting(account, Wish.FOLLOW, cleo), Waiting(account, Wish.FOLLOW, bea)]
    door.put_list(w, account, Wish.BE_HEARD, [held])
    door.put_list(w, account, Wish.FOLLOW, asking)
    assert door.waiting(db, [account]) == [*asking, held]
    assert batches.at_door(db, [account]) == (2, 1)
    assert door.waiting(db, []) == []


def test_a_list_that_says_the_same_again_is_no_news(w: Writing, account: int) -> None:
    asking = [Waiting(account, Wish.FOLLOW, known(w, account, "ada"))]
    door.put_list(w, account, Wish.FOLLOW, asking)
    assert Change(Topic.INBOX, account) in w.changes
    w.changes.clear()
    door.put_list(w, account, Wish.FOLLOW, asking)
    assert w.changes == set()


@pytest.mark.parametrize("act", [ActKind.ACCEPT_FOLLOW, ActKind.REJECT_FOLLOW])
def test_who_was_decided_on_is_not_listed_any_more(
    db: Connection, w: Writing, account: int, act: ActKind
) -> None:
    ada = known(w, account, "ada")
    door.put_list(w, account, Wish.FOLLOW, [Waiting(account, Wish.FOLLOW, ada)])
    door.put_list(w, account, Wish.BE_HEARD, [Waiting(account, Wish.BE_HEARD, ada, "r1")])
    row = decided(w, account, ada, act)
    assert [one.wish for one in door.waiting(db, [account])] == [Wish.BE_HEARD]
    assert batches.at_door(db, [account]) == (0, 1)
    assert door.one(db, account, Wish.FOLLOW, ada) is None
    outbox.set_row(w, row, state=OutboxState.REFUSED, at=MONDAY)
    assert door.one(db, account, Wish.FOLLOW, ada) == Waiting(account, Wish.FOLLOW, ada)


def test_who_is_removed_waits_no_more(db: Connection, w: Writing, account: int) -> None:
    ada = known(w, account, "ada")
    door.put_list(w, account, Wish.FOLLOW, [Waiting(account, Wish.FOLLOW, ada)])
    w.changes.clear()
    door.remove(w, account, Wish.BE_HEARD, ada)
    assert w.changes == set()
    door.remove(w, account, Wish.FOLLOW, ada)
    assert w.changes == {Change(Topic.INBOX, account)}
    assert door.waiting(db, [account]) == []


def test_what_was_confirmed_lately_is_known(db: Connection, w: Writing, account: int) -> None:
    ada, bea = known(w, account, "ada"), known(w, account, "bea")
    decided(w, account, ada, ActKind.ADMIT, OutboxState.SENT)
    decided(w, account, bea, ActKind.ADMIT, OutboxState.WAITING)
    assert door.decided_since(db, account, [ActKind.ADMIT], MONDAY) == {ada}
    assert door.decided_since(db, account, [ActKind.DISMISS], MONDAY) == set()
    assert door.decided_since(db, account, [ActKind.ADMIT], MONDAY + 1) == set()


def test_an_account_takes_its_door_along(db: Connection, w: Writing, account: int) -> None:
    ada = known(w, account, "ada")
    door.put_list(w, account, Wish.FOLLOW, [Waiting(account, Wish.FOLLOW, ada)])
    accounts.remove_account(w, account)
    assert db.execute("SELECT count(*) FROM door").fetchone() == (0,)


# Mutes and blocks


def test_a_whole_list_frees_who_is_not_on_it(db: Connection, w: Writing, account: int) -> None:
    silenced.put_list(w, account, "muting", [person("ada"), person("bea")], is_whole=True)
    silenced.put_list(w, account, "blocking", [person("cleo")], is_whole=True)
    silenced.put_list(w, account, "muting", [person("bea")], is_whole=True)
    ada, bea, cleo = (known(w, account, name) for name in ("ada", "bea", "cleo"))
    assert batches.silenced(db, account) == {bea, cleo}
    w.changes.clear()
    silenced.put_list(w, account, "muting", [person("bea")], is_whole=True)
    assert w.changes == set()
    silenced.put_list(w, account, "muting", [person("ada")], is_whole=False)
    assert batches.silenced(db, account) == {ada, bea, cleo}


def test_whom_the_owner_decided_on_meanwhile_stays_as_decided(
    db: Connection, w: Writing, account: int
) -> None:
    ada, bea = known(w, account, "ada"), known(w, account, "bea")
    people.set_flag(w, account, ada, "muting", True)
    silenced.put_list(w, account, "muting", [person("bea")], is_whole=True, but={ada, bea})
    assert batches.silenced(db, account) == {ada}


# Preferences


def test_preferences_come_back_as_they_were_told(db: Connection, w: Writing, account: int) -> None:
    assert accounts.preferences(db, account) is None
    told = Preferences(Audience.UNLISTED, "cy", True, MediaShown.ALL, opens_warnings=True)
    accounts.put_preferences(w, account, told)
    assert accounts.preferences(db, account) == told
    assert accounts.usual(db, account) == (Audience.UNLISTED, "cy")
    assert w.changes >= {Change(Topic.ACCOUNTS, account)}
    w.changes.clear()
    accounts.put_preferences(w, account, Preferences(None, None, sensitive=False))
    assert accounts.usual(db, account) == (Audience.UNLISTED, "cy")
    assert w.changes == set()


# How far was read


def mentioned(w: Writing, account: int, name: str, minute: int) -> int:
    """Somebody mentions the owner in a conversation of their own; the item."""
    it = seen(post(f"by {name}", name, minute=minute, names=("mina",)))
    put = posts.put_post(w, account, it)
    assert put is not None
    who = known(w, account, name)
    at = MONDAY + minute * MINUTE
    notice = Notice(f"n-{name}", NoticeKind.MENTION, at, person(name), it)
    notices.put_notice(w, account, notice, person=who, post=put.id)
    return items.put_item(
        w,
        Item(
            id=0,
            account=account,
            conversation=put.conversation,
            person=who,
            turn=Turn.MINE,
            since=at,
            post=put.id,
            opening=Opening.NAMED,
            answers_me=False,
            asks=False,
            thanks=False,
            state=ItemState.NEW,
            until=None,
            until_post=False,
            until_start=False,
            closed_by=None,
            changed_at=at,
        ),
    )


def test_what_was_read_elsewhere_is_seen_and_keeps_its_moment(
    db: Connection, w: Writing, account: int
) -> None:
    ada, bea, cleo = (
        mentioned(w, account, name, minute) for minute, name in enumerate(("ada", "bea", "cleo"))
    )
    items.set_state(w, ada, ItemState.DONE, at=MONDAY, closed_by="done")
    read = read_marks.place(db, account, "n-bea")
    assert read is not None
    assert read_marks.see_up_to(w, account, read) == 1
    found = {item.id: item for item in items.items(db, [account])}
    states = [found[id].state for id in (ada, bea, cleo)]
    assert states == [ItemState.DONE, ItemState.SEEN, ItemState.NEW]
    assert found[bea].changed_at == MONDAY + MINUTE
    assert read_marks.place(db, account, "nowhere") is None


def test_the_newest_that_was_seen_is_not_one_that_lapsed(
    db: Connection, w: Writing, account: int
) -> None:
    assert read_marks.newest_seen(db, account) is None
    ada, bea, _ = (
        mentioned(w, account, name, minute) for minute, name in enumerate(("ada", "bea", "cleo"))
    )
    items.set_state(w, ada, ItemState.ANSWERED, at=MONDAY, closed_by="reply")
    items.set_state(w, bea, ItemState.DONE, at=MONDAY, closed_by="lapsed")
    assert read_marks.newest_seen(db, account) == read_marks.place(db, account, "n-ada")
    items.set_state(w, bea, ItemState.SEEN, at=MONDAY)
    assert read_marks.newest_seen(db, account) == read_marks.place(db, account, "n-bea")
    last = read_marks.place(db, account, "n-bea")
    assert read_marks.newest_seen(db, account, last) is None
    first = read_marks.place(db, account, "n-ada")
    assert read_marks.newest_seen(db, account, first) == last
