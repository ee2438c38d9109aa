"""The account list."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from ui.page_stage import here, opened, pages_on_stage
from ui.page_town import PageTown, page_town
from ui.stage import Stage
from ui.town import ACORN, MIRA, NOW

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Door
from tui_inbox.core.health import Health, HealthState, Past
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.ui.render.accounts import health_words
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.screens.accounts import AccountsPage

SINCE = NOW - 2 * HOUR
NEXT = NOW + 20 * SECOND


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (None, "not connected"),
        (Health(HealthState.STARTING, SINCE), "reading from the server"),
        (Health(HealthState.LIVE, SINCE, NOW - 4 * SECOND), "live, last word 4 s ago"),
        (
            Health(HealthState.LIVE, SINCE, past=Past(240, 400)),
            "live: Reading your past: 240 of about 400 requests.",
        ),
        (Health(HealthState.LIVE, SINCE), "live"),
        (
            Health(HealthState.POLLING, SINCE, NOW - 2 * MINUTE, reason="no stream here"),
            "asks its server now and then, last word 2 min ago: no stream here",
        ),
        (
            Health(HealthState.OFFLINE, SINCE, next_try=NEXT, reason="no line"),
            f"offline since {clock(SINCE)}, next try in 20 s: no line",
        ),
        (Health(HealthState.OFFLINE, SINCE), f"offline since {clock(SINCE)}"),
        (
            Health(HealthState.PAUSED, SINCE, next_try=NOW + HOUR, reason="server limit"),
            f"paused until {clock(NOW + HOUR)}: server limit",
        ),
        (
            Health(HealthState.SIGNED_OUT, SINCE, reason="the token was revoked"),
            "signed out: the token was revoked",
        ),
    ],
)
def test_health_is_said_in_words(health: Health | None, words: str) -> None:
    assert health_words(health, NOW) == words


async def test_the_list_has_letters_handles_digits_and_health(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await opened(stage, AccountsPage, "at")
        text = stage.text
        assert "6 mi mira  @mira@town.example · demo" in text
        assert "8 ti tidewater bakery  @tidewater@town.example · demo" in text
        assert f"paused until {clock(NOW + 75 * MINUTE)}: server limit" in text
        assert "s to sign in to another one" in text


async def test_enter_shows_one_account_alone_and_then_all_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, AccountsPage, "at")
        await stage.press("j", "enter")
        assert shown(stage) == (2,)
        assert here(stage) is stage.app.main.inbox
        page = await opened(stage, AccountsPage, "at")
        assert "acorncrm@town.example · demo · shown alone" in stage.text
        page.rows.select_key("account:2")
        await stage.press("enter")
        assert shown(stage) == (1, 2, 3)


def stands_in(stage: Stage, words: str) -> bool:
    """Whether the status line begins with these words."""
    return stage.lines()[-2].startswith(words)


def shown(stage: Stage) -> tuple[int, ...]:
    """The accounts that every pane shows."""
    return stage.app.scope.accounts


async def test_the_next_try_is_counted_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        stage.fetcher.states = {1: Health(HealthState.OFFLINE, SINCE, next_try=NEXT)}
        await opened(stage, AccountsPage, "at")
        assert "next try in 20 s" in stage.text
        stage.moment[0] += 3 * SECOND
        await stage.pilot.pause(1.1)
        assert "next try in 17 s" in stage.text


async def test_another_health_is_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, AccountsPage, "at")
        stage.fetcher.states = {2: Health(HealthState.OFFLINE, SINCE)}
        await stage.tell(Change(Topic.HEALTH, 2))
        assert f"offline since {clock(SINCE)}" in stage.text


async def test_who_was_signed_out_is_told_how_to_sign_in_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.accounts = (MIRA, ACORN)
    async with pages_on_stage(monkeypatch, town, size=(80, 24)) as stage:
        out = Health(HealthState.SIGNED_OUT, NOW, reason="the token was revoked")
        stage.fetcher.states[2] = out
        await stage.tell(Change(Topic.HEALTH, 2))
        assert "ac: signed out, @ says how to sign in" in stage.lines()[-2]
        await opened(stage, AccountsPage, "at")
        assert "signed out: the token was revoked" in stage.text
        assert "s signs it in again" in stage.text


async def test_what_befalls_one_account_leaves_the_others_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.accounts = (MIRA, ACORN)
    async with pages_on_stage(monkeypatch, town) as stage:
        before = [line for line in stage.lines()[:-2] if "mi " in line or "ac " in line]
        for state, words in (
            (HealthState.PAUSED, f"ac: paused until {clock(NEXT)}"),
            (HealthState.SIGNED_OUT, "ac: signed out, @ says how to sign in"),
            (HealthState.OFFLINE, f"ac: offline since {clock(SINCE)}, next try in 20 s"),
        ):
            stage.fetcher.states[2] = Health(state, SINCE, next_try=NEXT)
            await stage.tell(Change(Topic.HEALTH, 2))
            await stage.until(partial(stands_in, stage, f" live, last word 4 s ago · {words}"))
            lines = [line for line in stage.lines()[:-2] if "mi " in line or "ac " in line]
            assert lines == before
        await stage.press("j", "f")
        assert len(stage.called("acts.toggle")) == 1


async def test_the_letters_of_an_account_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, AccountsPage, "at")
        await stage.press("j", "E")
        assert "two letters for acorn crm" in stage.text
        await stage.press("backspace", "backspace", "c", "r", "enter")
        assert stage.called("accounts.set_letters")[0].args == (2, "cr")
        await stage.press("E", "enter")
        assert len(stage.called("accounts.set_letters")) == 1, "nothing was changed"


async def test_other_letters_are_drawn_in_the_colour_of_the_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        colour = stage.app.palette.account("ac")
        stage.town.accounts = (MIRA, replace(ACORN, letters="cr"))
        await stage.tell(Change(Topic.ACCOUNTS, 2))
        assert stage.app.palette.account("cr") == colour
        assert "7 cr acorn crm" in stage.lines()[0]


async def test_a_single_account_is_never_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.accounts = (MIRA,)
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, AccountsPage, "at")
        assert "shown alone" not in stage.text
        assert page.heading.words == "Accounts · q goes back"


async def test_where_nobody_is_signed_in_it_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown(accounts=())) as stage:
        await opened(stage, AccountsPage, "at")
        assert "s to sign in; nobody is yet" in stage.text


async def test_d_chooses_what_becomes_of_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, AccountsPage, "at")
        assert "door: check" in stage.text
        await stage.press("j", "d")
        assert "closed: whom I let in" in stage.text
        await stage.press("3", "enter")
        (done,) = stage.called("door.set_door")
        assert done.args == (2, Door.CLOSED)


async def test_the_palette_finds_the_door_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        stage.app.act("door.choose")
        await stage.pilot.pause()
        await stage.press("1", "enter")
        (done,) = stage.called("door.set_door")
        assert done.args[1] is Door.OPEN
