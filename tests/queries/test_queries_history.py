"""Whose past is still being read."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import asdict
from support.town_builder import Town

from tui_inbox.queries import history
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts
from tui_inbox.sync.history import HistoryProgress


def has_come(town: Town, account: int, progress: HistoryProgress) -> None:
    """Keep how far the past of an account was read, as the sync room keeps it."""
    text = json.dumps(asdict(progress))
    town.store.write(lambda w: accounts.put_state(w, account, accounts.HISTORY, text)).result()


def test_an_account_nobody_has_read_yet_is_unread(town: Town) -> None:
    assert town.ask(history.unread, town.scope()) == {1}


@pytest.mark.parametrize(
    "progress",
    [HistoryProgress(own_pages=3), HistoryProgress(own_done=True, notice_pages=2)],
    ids=["own posts", "notifications"],
)
def test_half_a_past_is_not_enough(town: Town, progress: HistoryProgress) -> None:
    has_come(town, 1, progress)
    assert town.ask(history.unread, town.scope()) == {1}


def test_who_waits_is_known_before_old_conversations_are_whole(town: Town) -> None:
    has_come(town, 1, HistoryProgress(own_done=True, notices_done=True, threads=4))
    assert town.ask(history.unread, town.scope()) == frozenset()


def test_each_account_has_a_past_of_its_own(town: Town) -> None:
    town.account("acorn")
    has_come(town, 1, HistoryProgress(done=True))
    assert town.ask(history.unread, Scope((1, 2))) == {2}
    assert town.ask(history.unread, Scope((1,))) == frozenset()
