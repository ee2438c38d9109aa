"""The letters that mark an account's rows."""

from __future__ import annotations

import pytest
from support.town_builder import Town

from tui_inbox.commands import accounts
from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries.accounts import account_rows


def letters(town: Town) -> list[str]:
    """The letters of all accounts, in their order."""
    return [row.letters for row in town.ask(account_rows)]


def test_the_owner_chooses_the_letters_and_every_pane_hears_of_it(town: Town) -> None:
    town.account("acorn")
    town.changes.clear()
    outcome = accounts.set_letters(town.context, 2, " CR ").result()
    assert outcome.sentence == "cr marks acorn now"
    assert letters(town) == ["mi", "cr"]
    told = {change.topic for change in town.changes}
    assert {Topic.ACCOUNTS, Topic.INBOX, Topic.SEARCHES, Topic.PEOPLE, Topic.OUTBOX} <= told
    assert Change(Topic.ACCOUNTS, 2) in town.changes


def test_no_two_accounts_have_the_same(town: Town) -> None:
    town.account("acorn")
    outcome = accounts.set_letters(town.context, 2, "mi").result()
    assert outcome.sentence == "mi marks mira already. Nothing was changed."
    assert letters(town) == ["mi", "ac"]
    assert accounts.set_letters(town.context, 1, "mi").result().sentence == "mi marks mira now"


@pytest.mark.parametrize("typed", ["", "m", "mir", "m!", "m ", "éa", "新a", "\x1b["])
def test_what_would_not_fit_is_refused(town: Town, typed: str) -> None:
    outcome = accounts.set_letters(town.context, 1, typed).result()
    assert outcome.sentence.endswith("Nothing was changed.")
    assert letters(town) == ["mi"]


def test_an_account_that_is_gone_is_a_sentence(town: Town) -> None:
    outcome = accounts.set_letters(town.context, 9, "xx").result()
    assert outcome.sentence == "This account is not signed in any more."
