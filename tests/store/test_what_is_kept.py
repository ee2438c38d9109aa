"""Notices, standing searches, places and actions."""

from __future__ import annotations

from support.store_material import MONDAY, person, post, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.store import actions, hits, notices, people, positions, posts, searches
from tui_inbox.store.actions import Action
from tui_inbox.store.database import Connection
from tui_inbox.store.notices import StoredNotice
from tui_inbox.store.searches import SavedSearch
from tui_inbox.store.store import Writing


def test_a_notification_is_kept_once(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ada = people.put_person(w, account, person("ada"))
    told = Notice("n1", NoticeKind.OTHER, MONDAY, words="something new")
    w = Writing(db)
    assert notices.put_notice(w, account, told, person=ada, post=3)
    assert w.changes == {Change(Topic.ACTIVITY, account)}
    w = Writing(db)
    assert not notices.put_notice(w, account, told, person=ada, post=3)
    assert w.changes == set()
    assert notices.notices(db, [account]) == [
        StoredNotice(account, "n1", NoticeKind.OTHER, MONDAY, ada, 3, "something new")
    ]
    assert notices.knows(db, account, ["n1", "n2"]) == {"n1"}


def test_notifications_of_several_accounts_come_newest_first_page_by_page(
    db: Connection, w: Writing
) -> None:
    both = [sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id]
    told = [(0, 5), (1, 5), (0, 7), (1, 6), (0, 5), (1, 1)]
    for n, (which, at) in enumerate(told):
        kind = NoticeKind.FOLLOW if n == 2 else NoticeKind.BOOST
        notices.put_notice(w, both[which], Notice(f"n{n}", kind, at), person=None, post=None)
    every = notices.notices(db, both)
    assert [one.key for one in every] == sorted((one.key for one in every), reverse=True)
    assert len(every) == len(told)
    paged: list[StoredNotice] = []
    while page := notices.notices(db, both, limit=2, older_than=paged[-1].key if paged else None):
        paged += page
    assert paged == every
    (follow,) = notices.notices(db, both, [NoticeKind.FOLLOW])
    assert follow.notice_id == "n2"
    assert notices.newest_notice_ids(db, both[0], 2) == ["n2", "n4"]


def test_searches_stand_in_the_order_in_which_they_were_added(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    bread = searches.add_search(w, account, "bread", at=MONDAY)
    ferry = searches.add_search(w, account, "ferry", at=MONDAY, marked=True)
    assert searches.searches(db) == [
        SavedSearch(bread, account, "bread", False, 1, MONDAY),
        SavedSearch(ferry, account, "ferry", True, 2, MONDAY),
    ]
    w = Writing(db)
    searches.set_marked(w, bread, True)
    searches.set_marked(w, ferry, True)
    searches.remove_search(w, 99)
    assert w.changes == {Change(Topic.SEARCHES, bread)}
    searches.remove_search(w, bread)
    assert [one.id for one in searches.searches(db)] == [ferry]


def test_hits_are_counted_shown_and_dealt_with(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    search = searches.add_search(w, account, "bread", at=MONDAY)
    ids = []
    for minute in (1, 2, 3):
        put = posts.put_post(w, account, seen(post(f"m{minute}", minute=minute)))
        assert put is not None
        ids.append(put.id)
        assert searches.put_hit(w, search, put.id, MONDAY + minute)
        assert not searches.put_hit(w, search, put.id, MONDAY + minute)
    assert searches.unread(db) == {search: 3}
    w = Writing(db)
    searches.set_hit_state(w, search, ids[1], ItemState.SEEN)
    searches.set_hit_state(w, search, ids[1], ItemState.SEEN)
    assert w.changes == {Change(Topic.SEARCHES, search)}
    w = Writing(db)
    posts.delete_post(w, account, server_id="m3", at=MONDAY)
    assert Change(Topic.SEARCHES, search) in w.changes
    assert searches.unread(db) == {search: 1}
    assert [(one.post, one.state) for one in hits.open_hits(db, search, 9)] == [
        (ids[2], ItemState.NEW),  # its post is gone, which whoever reads that sees
        (ids[1], ItemState.SEEN),
        (ids[0], ItemState.NEW),
    ]
    assert len(hits.open_hits(db, search, 1)) == 1
    searches.set_hit_state(w, search, ids[0], ItemState.DONE)
    assert [one.post for one in hits.open_hits(db, search, 9)] == [ids[2], ids[1]]


def test_a_search_that_was_thrown_away_comes_back_with_its_hits(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = searches.add_search(w, account, "bread", at=MONDAY, marked=True)
    for post_id, at in ((1, 10), (2, 30), (3, 20)):
        searches.put_hit(w, id, post_id, at)
    searches.set_hit_state(w, id, 3, ItemState.DONE)
    (search,) = searches.searches(db)
    known = hits.hits_of(db, id)
    assert [(one.post, one.state, one.at) for one in known] == [
        (2, ItemState.NEW, 30),
        (3, ItemState.DONE, 20),
        (1, ItemState.NEW, 10),
    ]
    searches.remove_search(w, id)
    assert hits.hits_of(db, id) == []
    searches.restore_search(w, search)
    for one in known:
        hits.put(w, one)
    assert searches.searches(db) == [search]
    assert hits.hits_of(db, id) == known
    assert searches.hit_state(db, id, 3) is ItemState.DONE
    assert searches.hit_state(db, id, 9) is None


def test_a_search_for_something_else_loses_what_it_does_not_find(
    db: Connection, w: Writing
) -> None:
    id = searches.add_search(w, sign_in(db).id, "bread", at=MONDAY)
    for post_id in (1, 2):
        searches.put_hit(w, id, post_id, MONDAY)
    searches.set_query(w, id, "rolls")
    searches.remove_hits(w, id, [1, 9])
    assert searches.searches(db)[0].query == "rolls"
    assert [one.post for one in hits.hits_of(db, id)] == [2]


def test_the_owner_finds_the_place_again(db: Connection, w: Writing) -> None:
    assert positions.position(db, "home") is None
    positions.put_position(w, "home", "12", MONDAY)
    positions.put_position(w, "home", "13", MONDAY + 1)
    assert positions.position(db, "home") == "13"


def test_the_last_action_that_stands_is_the_one_to_undo(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    assert actions.last_not_undone(db) is None
    first = actions.log_action(w, MONDAY, account, "done", {"item": 3, "before": "new"})
    second = actions.log_action(w, MONDAY + 1, None, "theme", {})
    assert actions.last_not_undone(db) == Action(second, MONDAY + 1, None, "theme", {}, False)
    actions.mark_undone(w, second)
    done = Action(first, MONDAY, account, "done", {"item": 3, "before": "new"}, False)
    assert actions.last_not_undone(db) == actions.action(db, first) == done
    assert [(one.id, one.undone) for one in actions.actions(db, 9)] == [
        (second, True),
        (first, False),
    ]
    assert actions.actions(db, 1)[0].id == second
    assert actions.action(db, 99) is None
