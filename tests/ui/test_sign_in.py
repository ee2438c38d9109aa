"""Signing in on the screen: what is asked, what is said meanwhile, what comes of it. The sign-in itself is scripted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from threading import Thread

import pytest
from msgspec.structs import replace
from ui.page_stage import typed
from ui.page_town import PageTown, page_town
from ui.stage import Stage, on_stage
from ui.town import NOW, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState, Past
from tui_inbox.core.ports import Told
from tui_inbox.core.sign_in import SignInCall, SignInWays
from tui_inbox.queries.history import Reading
from tui_inbox.ui.screens.sign_in import SignInPage
from tui_inbox.ui.screens.welcome import WelcomePage

PAGE = "https://mill.example/oauth/authorize?" + "scope=read&" * 20


@dataclass
class Run:
    """A sign-in whose course the test decides."""

    call: SignInCall
    ways: SignInWays
    told: Future[Told[int]] = field(default_factory=Future)
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True

    def asks(self, way: str, *about: str) -> Future[str]:
        """Ask something of the owner, on a thread of its own as sign-ins do."""
        answer: Future[str] = Future()
        ask = getattr(self.ways, way)
        Thread(target=lambda: answer.set_result(ask(*about)), daemon=True).start()
        return answer


@dataclass
class Signing:
    """Fulfils `SignsIn`."""

    has_browser: bool = True
    runs: list[Run] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def begin(self, call: SignInCall, ways: SignInWays) -> Run:
        self.runs.append(Run(call, ways))
        return self.runs[-1]

    def open_browser(self, url: str) -> None:
        self.opened.append(url)


@asynccontextmanager
async def welcomed(
    monkeypatch: pytest.MonkeyPatch, signing: Signing, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Stage]:
    """The welcome page; nobody has signed in yet."""
    town = PageTown(accounts=())
    async with on_stage(monkeypatch, town, size=size, signs_in=signing) as stage:
        yield stage


async def began(stage: Stage, signing: Signing, key: str, who: str) -> Run:
    """Choose a way and type who."""
    await stage.press(key)
    await typed(stage, who)
    await stage.press("enter")
    return signing.runs[-1]


async def test_the_browser_is_opened_and_the_address_is_there_to_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "m", "mill.example")
        assert run.call == SignInCall("mastodon", "mill.example")
        assert "Asking mill.example …" in stage.text
        run.asks("show_address", PAGE).result(5)
        await stage.until(lambda: "Waiting for it" in stage.text)
        assert signing.opened == [PAGE]
        shown = "".join(line.strip() for line in stage.lines())
        assert PAGE in shown
        await stage.press("y")
        assert stage.app.clipboard == PAGE
        await stage.press("o")
        assert signing.opened == [PAGE, PAGE]


async def test_what_failed_is_one_sentence_and_what_was_typed_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "m", "mil.example")
        run.told.set_result(Told(sentence="mil.example cannot be found; there may be no line."))
        await stage.until(lambda: "cannot be found" in stage.text)
        await stage.press("enter")
        assert "your server mil.example" in stage.text
        await stage.press("enter")
        assert signing.runs[-1].call.server == "mil.example"


async def test_escape_cancels_and_lets_go_of_what_waits_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing(has_browser=False)
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "m", "mill.example")
        assert run.call.paste
        run.asks("show_address", PAGE).result(5)
        code = run.asks("ask_code")
        await stage.until(lambda: "paste the code" in stage.text)
        await stage.press("escape")
        assert run.cancelled
        assert code.result(5) == ""
        assert "Nobody was signed in." in stage.text
        run.told.set_result(Told(sentence="late words"))
        await stage.settle()
        assert "late words" not in stage.text


async def test_without_a_browser_what_the_page_shows_is_pasted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing(has_browser=False)
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "B", "alice.test at pds.example")
        assert run.call == SignInCall("bluesky", "alice.test", "pds.example", True, True)
        run.asks("show_address", PAGE).result(5)
        ended = run.asks("ask_address")
        await stage.until(lambda: "copy the address of that one" in stage.text)
        assert signing.opened == []
        await stage.press("enter")
        await typed(stage, "http://127.0.0.1/callback?code=7")
        await stage.press("enter")
        assert ended.result(5) == "http://127.0.0.1/callback?code=7"


async def test_who_has_the_browser_elsewhere_changes_to_pasting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "m", "mill.example")
        run.asks("show_address", PAGE).result(5)
        await stage.until(lambda: "Waiting for it" in stage.text)
        await stage.press("p")
        assert run.cancelled
        assert signing.runs[-1].call == SignInCall("mastodon", "mill.example", paste=True)


async def test_an_app_password_is_not_shown_and_survives_a_look_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "b", "alice.test")
        password = run.asks("ask_password", "alice.test at pds.example")
        await stage.until(lambda: "app password of alice.test" in stage.text)
        await typed(stage, "abcd-")
        stage.app.app_focus = False
        await stage.settle()
        stage.app.app_focus = True
        await stage.settle()
        await typed(stage, "efgh")
        assert "abcd" not in stage.text
        await stage.press("enter")
        assert password.result(5) == "abcd-efgh"
        line = stage.app.main.ask_line
        assert line is not None
        assert line._input.value == ""


async def test_what_is_fetched_is_said_until_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        stage.fetcher.states.clear()
        run = await began(stage, signing, "m", "mill.example")
        stage.town.accounts = usual_town().accounts[:1]
        stage.town.lanes = usual_town().lanes
        await stage.tell(Change(Topic.ACCOUNTS, 1))
        assert isinstance(stage.app.here, WelcomePage), "it is about to say what is fetched"
        run.told.set_result(Told(1))
        await stage.until(lambda: "Signed in as @mira@town.example." in stage.text)
        assert isinstance(stage.town, PageTown)
        stage.town.read = Reading(home=True)
        stage.fetcher.states[1] = Health(HealthState.STARTING, NOW)
        await stage.until(lambda: "home        read" in stage.text)
        assert "mentions    being read" in stage.text
        stage.fetcher.states[1] = Health(HealthState.LIVE, NOW, past=Past(12, 160))
        await stage.until(lambda: "12 of about 160 requests" in stage.text)
        stage.town.read = Reading(home=True, is_whole=True)
        await stage.until(lambda: "odile fenn answers you" in stage.text)
        assert "Everything is read." in stage.text


async def test_what_is_fetched_goes_on_when_the_page_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing = Signing()
    async with welcomed(monkeypatch, signing) as stage:
        run = await began(stage, signing, "m", "mill.example")
        stage.town.accounts = usual_town().accounts[:1]
        stage.town.lanes = usual_town().lanes
        run.told.set_result(Told(1))
        await stage.until(lambda: "Signed in" in stage.text)
        await stage.tell(Change(Topic.ACCOUNTS, 1))
        await stage.press("q")
        assert "odile fenn answers you" in stage.text


async def test_the_demo_and_the_tour_are_a_key_away(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, call in (("d", ("demo",)), ("t", ("demo", "--tour"))):
        async with welcomed(monkeypatch, Signing()) as stage:
            await stage.press(key)
            assert stage.app.next_call == call


async def test_an_account_that_was_signed_out_begins_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing, town = Signing(), page_town()
    elsewhere = replace(town.accounts[1], network="mastodon", server="https://acorn.example")
    town.accounts = (town.accounts[0], elsewhere)
    async with on_stage(monkeypatch, town, size=(80, 24), signs_in=signing) as stage:
        stage.fetcher.states[2] = Health(HealthState.SIGNED_OUT, NOW, reason="it was revoked")
        await stage.press("at", "j")
        assert "s signs it in again" in stage.text
        await stage.press("s")
        assert signing.runs[0].call == SignInCall("mastodon", "https://acorn.example")
        await stage.press("escape", "q", "k", "s")
        assert isinstance(stage.app.here, SignInPage)
        assert len(signing.runs) == 1, "an account that is well is asked for nothing"


async def test_in_the_demo_town_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, page_town(), size=(80, 24)) as stage:
        await stage.press("at", "s")
        assert "Nobody signs in to the demo town" in stage.text


async def test_no_key_of_a_pane_leads_away_from_the_welcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with welcomed(monkeypatch, Signing()) as stage:
        assert stage.lines()[-1].split("  ")[-1].strip() == "? keys"
        assert "n next" not in stage.text
        for key in ("1", "2", "3", "4", "tab", "h", "l"):
            await stage.press(key)
            assert "Welcome to tui-inbox" in stage.text, key
        await stage.press("1")
        assert "Nobody is signed in" in stage.text
