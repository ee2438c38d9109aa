"""Whom the owner has set aside, of whom they were reminded, and when they looked: kept, and gone with the account."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.store_material import MONDAY, person, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import DAY
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.store import accounts, people, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.set_aside import Aside, Reminder
from tui_inbox.store.store import Writing

WEEK = 739_000


def known(db: Connection, account: int, *names: str) -> list[int]:
    """The local ids of some people."""
    return [people.put_person(Writing(db), account, person(name)) for name in names]


def test_what_was_decided_is_kept_replaced_and_taken_back(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    (ada,) = known(db, account, "ada")
    assert set_aside.aside(db, account, ada, Suggestion.QUIET) is None
    set_aside.set_aside(w, account, ada, Suggestion.QUIET, Aside(MONDAY, MONDAY + DAY))
    set_aside.set_aside(w, account, ada, Suggestion.NEW, Aside(MONDAY))
    assert w.changes == {Change(Topic.PEOPLE, account)}
    set_aside.set_aside(w, account, ada, Suggestion.QUIET, Aside(MONDAY + 1))
    assert set_aside.all_aside(db, account) == {
        (ada, Suggestion.QUIET): Aside(MONDAY + 1),
        (ada, Suggestion.NEW): Aside(MONDAY),
    }
    set_aside.set_aside(w, account, ada, Suggestion.QUIET, None)
    assert set_aside.aside(db, account, ada, Suggestion.QUIET) is None


moments = st.integers(0, 1000)


@given(moments, st.none() | moments, moments, moments)
def test_it_holds_until_its_time_or_something_new(
    at: int, until: int | None, now: int, anew: int
) -> None:
    holds = Aside(at, until).holds(now, anew)
    assert holds == (anew <= at and (until is None or now < until))
    assert not Aside(at, until).holds(now, at + 1)


def test_a_reminder_keeps_its_place_for_the_week(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ada, otto, rosa = known(db, account, "ada", "otto", "rosa")
    set_aside.remind(w, WEEK, [(account, ada), (account, otto)])
    set_aside.remind(w, WEEK, [(account, otto), (account, ada), (account, rosa)])
    assert set_aside.reminders(db, account) == {
        ada: Reminder(WEEK, 0),
        otto: Reminder(WEEK, 1),
        rosa: Reminder(WEEK, 2),
    }
    set_aside.remind(w, WEEK + 7, [(account, rosa)])
    assert set_aside.reminders(db, account)[rosa] == Reminder(WEEK + 7, 0)
    assert w.changes == set()


def test_when_the_owner_looked_is_kept(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ada, otto = known(db, account, "ada", "otto")
    set_aside.looked(w, account, ada, MONDAY)
    assert set_aside.looked_at(db, account, [ada, otto]) == {ada: MONDAY}
    w = Writing(db)
    set_aside.looked(w, account, ada, MONDAY)
    assert w.changes == set()
    set_aside.looked(w, account, ada, None)
    assert set_aside.looked_at(db, account, [ada, otto]) == {}


def test_all_of_it_leaves_with_the_account(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    (ada,) = known(db, account, "ada")
    set_aside.set_aside(w, account, ada, Suggestion.QUIET, Aside(MONDAY))
    set_aside.remind(w, WEEK, [(account, ada)])
    set_aside.looked(w, account, ada, MONDAY)
    accounts.remove_account(w, account)
    for table in ("set_aside", "reminders"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert set_aside.looked_at(db, account, [ada]) == {}
