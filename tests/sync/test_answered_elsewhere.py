"""An answer from the phone while ours is held: ours waits for the owner, and is neither lost nor sent."""

from __future__ import annotations

import pytest
from support.scripted_network import NOON
from support.sync_desk import Desk, only_row, put_text, stored

from tui_inbox.core.moment import DAY, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import SeenPost
from tui_inbox.store import outbox
from tui_inbox.sync.elsewhere import ANSWERED


@pytest.fixture
def asked(desk: Desk) -> SeenPost:
    """A question, known here."""
    seen = desk.network.mention("ann", "Does it keep the tags?")
    desk.ingest.take_posts(desk.account.id, [seen]).result()
    return seen


def held(desk: Desk, asked: SeenPost, text: str = "It does.") -> int:
    return put_text(desk, text, hold=10 * SECOND, reply_to=stored(desk, asked).id)


def answer_from_the_phone(desk: Desk, to: SeenPost, text: str = "Yes, it does!") -> SeenPost:
    mine = desk.network.write("me", text, to=to)
    desk.ingest.take_posts(desk.account.id, [mine]).result()
    return mine


def test_what_is_held_is_stopped_kept_and_says_why(desk: Desk, asked: SeenPost) -> None:
    held(desk, asked)
    answer_from_the_phone(desk, asked)
    row = only_row(desk)
    assert (row.state, row.reason) == (OutboxState.REFUSED, ANSWERED)
    assert "It does." in row.content


def test_an_answer_to_something_else_stops_nothing(desk: Desk, asked: SeenPost) -> None:
    other = desk.network.mention("ben", "And the dates?")
    desk.ingest.take_posts(desk.account.id, [other]).result()
    held(desk, asked)
    answer_from_the_phone(desk, other)
    assert only_row(desk).state is OutboxState.HELD


def test_somebody_elses_answer_stops_nothing(desk: Desk, asked: SeenPost) -> None:
    held(desk, asked)
    theirs = desk.network.write("ben", "Mine kept them.", to=asked)
    desk.ingest.take_posts(desk.account.id, [theirs]).result()
    assert only_row(desk).state is OutboxState.HELD


def test_who_was_asked_once_is_not_stopped_again(desk: Desk, asked: SeenPost) -> None:
    mine = answer_from_the_phone(desk, asked)
    held(desk, asked)
    desk.ingest.take_posts(desk.account.id, [mine]).result()
    edited = desk.network.edit(mine, "Yes, it does so!")
    desk.ingest.take_posts(desk.account.id, [edited]).result()
    assert only_row(desk).state is OutboxState.HELD


def test_an_answer_of_last_week_that_is_read_only_now_stops_nothing(
    desk: Desk, asked: SeenPost
) -> None:
    held(desk, asked, "And one thing more.")
    old = desk.network.write("me", "Yes, it does!", to=asked, at=desk.clock.now() - 7 * DAY)
    desk.ingest.take_posts(desk.account.id, [old]).result()
    assert only_row(desk).state is OutboxState.HELD


def test_our_own_answer_that_comes_back_stops_no_other_one(desk: Desk, asked: SeenPost) -> None:
    first = held(desk, asked, "It does.")
    desk.store.write(
        lambda w: outbox.set_row(w, first, state=OutboxState.SENDING, at=NOON, owner="test")
    ).result()
    second = held(desk, asked, "And one thing more.")
    answer_from_the_phone(desk, asked, "It does.")
    row = desk.store.read(lambda db: outbox.row(db, second)).result()
    assert row is not None
    assert row.state is OutboxState.HELD
