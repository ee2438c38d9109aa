"""Pages on a real store, with the real queries and the real commands."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, wait
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from support import town_builder
from support.town_builder import Town
from ui.fakes import FakeFetcher
from ui.page_stage import here, opened, typed
from ui.stage import Stage
from ui.town import Town as PreparedTown

from tui_inbox.core.changes import Change
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries import person_card, searches
from tui_inbox.queries.reader import Reader
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.wake import wake_due
from tui_inbox.ui.app import InboxApp
from tui_inbox.ui.screens.activity import ActivityPage
from tui_inbox.ui.screens.catch_up import CatchUpPage
from tui_inbox.ui.screens.drafts import DraftsPage
from tui_inbox.ui.screens.outbox import OutboxPage
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.search import SearchPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.screens.why import WhyPage
from tui_inbox.ui.services import Listener, Services

T = TypeVar("T")


class PatientStore(Store):
    """A store whose caller waits for it, so that a test needs not."""

    def write(
        self, job: Callable[[Writing], T], *, urgent: bool = False, durable: bool = False
    ) -> Future[T]:
        future = super().write(job, urgent=urgent, durable=durable)
        wait([future])
        return future

    def read(self, job: Callable[[Connection], T]) -> Future[T]:
        future = super().read(job)
        wait([future])
        return future


class News(list[Change]):
    """The town's changes, told on to whoever listens."""

    def __init__(self) -> None:
        super().__init__()
        self.listeners: list[Listener] = []

    def extend(self, changes: Iterable[Change]) -> None:
        told = frozenset(changes)
        super().extend(told)
        for listener in self.listeners:
            listener(told)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)


@asynccontextmanager
async def on_the_store(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> AsyncIterator[tuple[Stage, Town]]:
    """The application on a small town: mira talks with quillfox, who asks; odile likes a post of hers."""
    monkeypatch.setattr(town_builder, "Store", PatientStore)
    news, seconds = News(), [1000.0]
    town = Town(folder, changes=news)
    town.account("mira")
    town.talk("quillfox", rounds=3, ago=2 * DAY)
    town.says("quillfox", "Does the export keep the tags?", naming=["mira"], ago=HOUR)
    mine = town.says("mira", "The map is on the wall now.", ago=3 * HOUR)
    town.notices(NoticeKind.FAVOURITE, "odile", about=mine, ago=2 * MINUTE)
    fetcher = FakeFetcher()
    services = Services(
        reader=Reader(town.store),
        ctx=town.context,
        fetcher=fetcher,
        subscribe=news.subscribe,
        now=town.clock.now,
        monotonic=lambda: seconds[0],
    )
    app = InboxApp(services)
    try:
        async with app.run_test(size=(100, 40)) as pilot:
            stage = Stage(app, pilot, PreparedTown(), fetcher, [], news.listeners, seconds)
            await stage.settle()
            yield stage, town
    finally:
        town.close()


async def test_a_favourite_comes_into_the_open_list_and_leads_to_its_thread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        await opened(stage, ActivityPage, "g", "a")
        assert "odile likes your post" in stage.text
        mine = next(
            said
            for said in town.said.values()
            if said.post.author.name == "mira" and "wall" in said.post.text
        )
        stage.wait(1)
        town.notices(NoticeKind.FAVOURITE, "wren", about=mine, ago=MINUTE)
        await stage.settle()
        assert "wren, odile like your post" in stage.text
        await stage.press("enter")
        thread = stage.app.here
        assert isinstance(thread, ThreadPage)
        assert thread.post == mine.id


async def test_a_person_is_pinned_noted_and_the_card_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        page = await opened(stage, PersonPage, "p")
        assert page.heading.words == "quillfox · q goes back"
        assert "they asked" in stage.text
        stage.wait(1)
        await stage.press("P")
        assert "pinned" in stage.text
        stage.wait(1)
        await stage.press("i", *"alto", "enter")
        assert "note     alto" in stage.text
        card = town.ask(person_card.card, 1, town.id_of("quillfox"), now=town.now)
        assert card is not None
        assert (card.pinned, card.note) == (True, "alto")


async def test_the_trace_of_a_real_turn_adds_up_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _):
        await opened(stage, WhyPage, "w")
        assert "Why quillfox is first of 1" in stage.text
        points = re.findall(r"[+−]\d+\.\d{3}(?=  )", stage.text)
        (total,) = re.findall(r"(?<![+−\d])\d+\.\d{3}(?=  nobody stands below)", stage.text)
        assert sum(map(thousandths, points)) == thousandths(total) > 0
        await stage.press("enter", "enter")
        assert isinstance(here(stage), ThreadPage)


def thousandths(shown: str) -> int:
    """Points as the trace shows them."""
    return int(shown.replace("−", "-").replace(".", ""))


async def test_a_draft_is_found_again_thrown_away_and_brought_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        await stage.press("r", *"Yes", "escape", "q")
        page = await opened(stage, DraftsPage, "g", "d")
        assert "reply to quillfox" in stage.text
        stage.wait(1)
        await stage.press("d")
        assert town.ask(draft_queries.rows, town.scope()) == ()
        assert "No draft is kept." in stage.text
        stage.wait(1)
        await stage.press("u")
        assert len(page.rows.rows) == 1
        await stage.press("enter")
        assert "Yes" in stage.text
        assert stage.app.composer.has_hand


async def test_a_held_reply_is_reopened_from_the_outbox(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        await stage.press("r", *"Yes", "ctrl+s", "q")
        await opened(stage, OutboxPage, "g", "o")
        assert "reply to quillfox" in stage.text
        assert "leaves in 10 s, U stops it" in stage.text
        await stage.press("r")
        assert town.ask(outbox_queries.rows, town.scope()) == ()
        assert "Yes" in stage.text
        assert stage.app.composer.has_hand


async def test_what_is_held_back_goes_from_the_open_outbox(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _):
        await stage.press("r", *"Yes", "ctrl+s", "q")
        page = await opened(stage, OutboxPage, "g", "o")
        assert len(page.rows.rows) == 1
        stage.wait(1)
        await stage.press("U")
        assert stage.app.composer.has_hand
        await stage.press("escape", "q")
        assert here(stage) is page
        assert "Everything has left." in stage.text


async def test_a_search_is_kept_and_stands_among_the_searches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        page = await opened(stage, SearchPage, "slash")
        await typed(stage, "export tags")
        assert page.heading.words.startswith("Search · 1 found, newest first")
        await stage.press("enter")
        stage.wait(1)
        await stage.press("S")
        (kept,) = town.ask(searches.view, town.scope(), now=town.now)
        assert kept.query == "export tags"
        await stage.press("enter")
        assert isinstance(here(stage), ThreadPage)


async def test_a_query_in_the_making_is_pointed_at_by_the_real_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, _):
        await opened(stage, SearchPage, "slash")
        await typed(stage, "name:value")
        assert "^ expected" in stage.text, stage.text


async def test_catch_up_counts_what_waits_and_leads_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        stage.app.away_since = town.now - 6 * HOUR
        page = await opened(stage, CatchUpPage, "g", "c")
        assert page.heading.words == "While you were away, 6 h · Enter opens a line"
        assert "1  person you talk with waits for you" in stage.text
        await stage.press("enter")
        inbox = stage.app.main.inbox
        assert here(stage) is inbox
        target = inbox.target()
        assert target is not None
        assert target.person is not None
        assert target.person.name == "quillfox"


async def test_what_has_lapsed_is_found_among_what_is_done_today(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        town.pass_time(31 * DAY)
        town.write(lambda w: wake_due(w, town.now))
        stage.app.away_since = town.now - HOUR
        await opened(stage, CatchUpPage, "g", "c")
        assert "1  text lapsed after 30 days" in stage.text
        await stage.press("enter")
        assert "Done today · 1" in stage.text
        assert "30 days without an answer of yours" in stage.text
