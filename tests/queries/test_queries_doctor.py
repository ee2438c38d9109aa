"""What is said to be wrong, and what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.town_builder import Town

from tui_inbox.cli.doctor import UNKNOWN, _server_lines
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.queries import doctor
from tui_inbox.queries.as_json import rows_json
from tui_inbox.queries.doctor import BudgetNoted, HistoryRead, LineNoted, ServerFound
from tui_inbox.store import accounts, feeds, outbox

HOME = Feed(FeedKind.HOME)


def keep(town: Town, name: str, value: object) -> None:
    """Put something into mira's state, as an adapter does."""
    text = value if isinstance(value, str) else json.dumps(value)
    town.write(lambda w: accounts.put_state(w, 1, name, text))


def line(town: Town, state: str, *, ago: Millis, reason: str = "") -> None:
    since = town.now - ago
    keep(town, "line", {"state": state, "kind": "WebSocket", "since": since, "reason": reason})


def complaints(town: Town, *, running: bool = True) -> list[str]:
    found = town.ask(doctor.checkup, town.scope(), now=town.now)
    return list(doctor.complaints(found, running=running))


def hole(town: Town, *, ago: Millis, lost: bool = False) -> None:
    at = town.now - ago

    def job(w: Any) -> None:
        feed = feeds.feed_id(w, 1, HOME)
        feeds.add_gap(w, feed, upper=(at, "u"), lower=(at - HOUR, "l"), older_than="9", lost=lost)

    town.write(job)


def stuck(town: Town, state: OutboxState) -> None:
    town.write(
        lambda w: outbox.add(
            w,
            account=1,
            kind="favourite",
            state=state,
            key=f"key-{state}",
            content="{}",
            created_at=town.now,
            release_at=town.now,
        )
    )


def test_of_a_new_account_nothing_is_known_and_nothing_is_wrong(town: Town) -> None:
    found = town.ask(doctor.checkup, town.scope(), now=town.now)
    (mira,) = found.accounts
    assert (mira.found, mira.line, mira.budget) == (ServerFound(), LineNoted(), BudgetNoted())
    assert (mira.history, mira.holes, mira.failed, mira.unknown) == (HistoryRead(), 0, 0, 0)
    assert found.store.damage == ()
    assert found.store.megabytes > 0 < found.store.version
    assert complaints(town) == []


def test_what_was_noted_is_told(town: Town) -> None:
    keep(
        town,
        "server",
        {"family": "mastodon", "version": "4.5.1", "stream": True, "filters": 1, "more": 1},
    )
    keep(town, "budget", {"left": 288, "of": 300, "until": town.now + MINUTE})
    keep(town, "history", {"own_pages": 4, "own_older": "x", "threads": 37, "done": True})
    (mira,) = town.ask(doctor.checkup, town.scope(), now=town.now).accounts
    assert mira.found == ServerFound(family="mastodon", version="4.5.1", stream=True, filters=1)
    assert mira.budget == BudgetNoted(288, 300, town.now + MINUTE)
    assert mira.history == HistoryRead(own_pages=4, threads=37, done=True)


@pytest.mark.parametrize(
    ("form", "words"),
    [(2, "matched by the server"), (1, "matched here"), (0, "no"), (None, UNKNOWN)],
)
def test_who_finds_what_filters_match_is_told(town: Town, form: int | None, words: str) -> None:
    keep(town, "server", {"filters": form})
    (mira,) = town.ask(doctor.checkup, town.scope(), now=town.now).accounts
    assert f"filters: {words}" in "\n".join(_server_lines(mira, town.now))


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"left": "many"}'])
def test_a_note_in_another_form_counts_as_none(town: Town, text: str) -> None:
    keep(town, "budget", text)
    (mira,) = town.ask(doctor.checkup, town.scope(), now=town.now).accounts
    assert mira.budget == BudgetNoted()


def test_who_is_signed_out_is_told_how_to_sign_in(town: Town) -> None:
    line(town, "signed out", ago=HOUR, reason="The token is not accepted.")
    (sentence,) = complaints(town, running=False)
    assert sentence == (
        "mira@town.example is signed out (The token is not accepted): sign in again with "
        "tui-inbox login mastodon https://town.example."
    )


def test_a_line_that_is_gone_for_long_is_wrong_while_the_program_runs(town: Town) -> None:
    line(town, "offline", ago=20 * MINUTE)
    (sentence,) = complaints(town, running=True)
    assert sentence.startswith("mira@town.example has had no line for 20m:")
    assert complaints(town, running=False) == []


@pytest.mark.parametrize("state", ["live", "offline", "polling", "paused"])
def test_a_line_that_was_lost_a_moment_ago_is_not_wrong(town: Town, state: str) -> None:
    line(town, state, ago=4 * MINUTE)
    assert complaints(town) == []


def test_what_was_refused_and_what_nobody_knows_of_is_wrong(town: Town) -> None:
    stuck(town, OutboxState.REFUSED)
    stuck(town, OutboxState.UNKNOWN)
    stuck(town, OutboxState.WAITING)
    refused, unknown = complaints(town)
    assert "1 in the outbox that the server refused" in refused
    assert "1 in the outbox of which nobody knows" in unknown


def test_a_hole_is_wrong_after_a_day(town: Town) -> None:
    hole(town, ago=DAY - HOUR)
    assert complaints(town) == []
    town.pass_time(2 * HOUR)
    (sentence,) = complaints(town)
    assert "a hole in its timeline that is 1d old" in sentence
    (mira,) = town.ask(doctor.checkup, town.scope(), now=town.now).accounts
    assert mira.holes == 1


def test_a_hole_that_nobody_can_fill_is_no_complaint(town: Town) -> None:
    hole(town, ago=9 * DAY, lost=True)
    assert complaints(town) == []
    (mira,) = town.ask(doctor.checkup, town.scope(), now=town.now).accounts
    assert (mira.holes, mira.oldest_hole_at) == (0, None)


def test_only_the_accounts_of_the_scope_are_looked_at(town: Town) -> None:
    town.account("acorn")
    stuck(town, OutboxState.REFUSED)
    found = town.ask(doctor.checkup, town.scope("acorn"), now=town.now)
    assert [one.handle for one in found.accounts] == ["acorn@town.example"]
    assert list(doctor.complaints(found, running=True)) == []


def test_it_is_one_json_value_with_moments_in_utc(town: Town) -> None:
    keep(town, "budget", {"left": 288, "of": 300, "until": town.now})
    told: Any = rows_json(town.ask(doctor.checkup, town.scope(), now=town.now))
    assert told["accounts"][0]["budget"] == {
        "left": 288,
        "of": 300,
        "until": "2025-11-26T12:00:00.000Z",
    }
