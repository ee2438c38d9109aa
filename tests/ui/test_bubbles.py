"""Bubbles on the stage: when the owner looks elsewhere, over a new start, in every place of the screen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from ui.stage import Stage, on_stage
from ui.town import NOW, item, usual_town
from ui.town_posts import SPAM
from ui.town_store import Town

from tui_inbox.core.bubbles import About, News, Rules, Wishes
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.ui import bubbles, desktop, terminal

WISHES = Wishes(way="osc9")


def asks(who: str, at: Millis = NOW, *, text: str = "") -> News:
    return News(f"turn:{who}:1", About.TALK, who, "asks", text, at)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to the terminal, but for the title of its window."""
    out: list[str] = []

    def write(app: object, sequence: str) -> None:
        if not sequence.startswith(("\x1b]2;", "\x1b[22;2t")):
            out.append(sequence)

    monkeypatch.setattr(terminal, "write", write)
    monkeypatch.setattr(bubbles, "LOOK_AFTER", 0.01)
    monkeypatch.delenv("TMUX", raising=False)
    return out


@pytest.fixture
def town() -> Town:
    """The town, in which nothing was told yet."""
    town = usual_town()
    town.positions["bubbles"] = "[]"
    return town


@asynccontextmanager
async def desk(
    monkeypatch: pytest.MonkeyPatch, town: Town, wishes: Wishes = WISHES, **more: Any
) -> AsyncIterator[Stage]:
    async with on_stage(monkeypatch, town, bubbles=wishes, **more) as stage:
        yield stage


async def looks_away(stage: Stage) -> None:
    stage.app.post_message(events.AppBlur())
    await stage.settle()


async def comes(stage: Stage, *news: News) -> None:
    """Something comes, and some seconds pass."""
    stage.town.bubbles = (*stage.town.bubbles, *news)
    await look(stage)
    stage.moment[0] += 20 * SECOND
    await look(stage)


def on_screen(town: Town) -> News:
    """What waits and stands in the Inbox."""
    row = town.lanes[Lane.TALK][0]
    assert row.post is not None
    return News(f"turn:{row.id}:{row.post.id}", About.TALK, row.person.name, "asks", "", NOW)


async def look(stage: Stage) -> None:
    before = stage.town.asked.count("bubbles_waiting")
    stage.wait(1)
    await stage.tell(Change(Topic.INBOX, 1))
    await stage.until(lambda: stage.town.asked.count("bubbles_waiting") > before)
    await stage.settle()


async def test_who_looks_elsewhere_is_told(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        await looks_away(stage)
        await comes(stage, asks("quillfox", text="Does it?"))
        assert written == ["\x1b]9;quillfox asks: Does it?\x07"]
        await look(stage)
        assert len(written) == 1


async def test_who_writes_in_the_moment_in_which_one_looks_away_is_told(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        moment = stage.moment[0]
        town.bubbles = (on_screen(town), asks("quillfox", moment), asks("wren", moment + 1))
        await looks_away(stage)
        await comes(stage)
        assert written == ["\x1b]9;quillfox, wren wait for you\x07"]


async def test_what_came_as_it_was_looked_at_is_seen_when_the_panes_have_drawn_it(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    monkeypatch.setattr(bubbles, "LOOK_AFTER", 3600.0)
    async with desk(monkeypatch, town) as stage:
        assert stage.app._bubbles is not None
        town.bubbles = (on_screen(town), asks("wren"))
        stage.app._bubbles._look_now()  # while one looks at the terminal
        await stage.settle()
        await looks_away(stage)
        stage.moment[0] += 20 * SECOND
        stage.app._bubbles._look_again()
        await stage.settle()
        assert written == ["\x1b]9;wren asks\x07"]


async def test_where_bubbles_are_always_told_the_focus_takes_none_away(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town, Wishes(Rules(always=True), way="osc9")) as stage:
        town.bubbles = (on_screen(town),)
        await look(stage)
        await looks_away(stage)
        await comes(stage)
        assert len(written) == 1


async def test_who_looks_at_the_terminal_is_not(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        await comes(stage, asks("quillfox"))
        await looks_away(stage)
        await comes(stage)
        assert written == []


async def test_where_the_terminal_tells_of_no_focus_two_minutes_without_a_key_count(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        stage.wait(bubbles.IDLE)
        await comes(stage, asks("quillfox"))
        assert written == ["\x1b]9;quillfox asks\x07"]


async def test_nothing_is_told_twice_over_a_new_start(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        await looks_away(stage)
        await comes(stage, asks("quillfox"))
        kept = [done.args for done in stage.called("places.keep") if done.args[0] == "bubbles"]
    assert json.loads(kept[-1][1]) == ["turn:quillfox:1"]
    town.positions.update([kept[-1]])
    town.positions["looked"] = str(NOW - 4 * MINUTE)
    async with desk(monkeypatch, town, Wishes(Rules(always=True), way="osc9")) as stage:
        await comes(stage)
        assert len(written) == 1


async def test_what_was_there_when_one_last_looked_is_not_told_after_a_start(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    town.positions["looked"] = str(NOW - 4 * MINUTE)
    town.bubbles = (asks("odile fenn", NOW - 5 * MINUTE), asks("quillfox", NOW - MINUTE))
    async with desk(monkeypatch, town, Wishes(Rules(always=True), way="osc9")) as stage:
        await comes(stage)
        assert written == ["\x1b]9;quillfox asks\x07"]


async def test_the_first_run_of_all_tells_nothing_of_what_it_finds(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    del town.positions["bubbles"]
    town.bubbles = tuple(asks(f"n{number}") for number in range(50))
    async with desk(monkeypatch, town, Wishes(Rules(always=True), way="osc9")) as stage:
        await comes(stage)
        assert written == []


async def test_it_works_over_a_thread_and_while_one_writes(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        await stage.press("1", "enter", "r")
        await looks_away(stage)
        await comes(stage, asks("odile fenn"))
        assert written == ["\x1b]9;odile fenn asks\x07"]


async def test_what_is_gone_before_it_is_shown_is_not_told(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        await looks_away(stage)
        town.bubbles = (asks("quillfox"),)
        await look(stage)
        town.bubbles = ()
        stage.moment[0] += MINUTE
        await look(stage)
        assert written == []


async def test_a_timer_tells_it_though_nothing_else_changes(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    monkeypatch.setattr("tui_inbox.core.bubbles.GATHER", 50)
    async with desk(monkeypatch, town) as stage:
        await looks_away(stage)
        town.bubbles = (asks("quillfox"),)
        await look(stage)
        stage.moment[0] += SECOND
        await stage.until(lambda: bool(written))


async def test_a_notification_can_be_tried_and_says_which_way_it_takes(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    async with desk(monkeypatch, town) as stage:
        stage.app.act("bubble.try")
        await stage.settle()
        assert "Sent by the terminal (OSC 9)." in stage.text
        assert written[0].startswith("\x1b]9;tui-inbox: This is how")
    monkeypatch.setenv("TMUX", "/tmp/tmux-1/default,1,0")
    async with desk(monkeypatch, town, size=(80, 24)) as stage:
        stage.app.act("bubble.try")
        await stage.settle()
        assert "(OSC 9). tmux: allow-passthrough, focus-events on." in stage.text, "it fits"
        await looks_away(stage)
        stage.app.act("bubble.try")
        await stage.settle()
        assert "tmux: allow-passthrough on." in stage.text
        assert written[-1].startswith("\x1bPtmux;")
    async with desk(monkeypatch, town, Wishes(way="none")) as stage:
        stage.app.act("bubble.try")
        await stage.settle()
        assert "Notifications are off" in stage.text


async def test_the_desktop_is_asked_where_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    sent: list[tuple[str, str]] = []

    class Desktop:
        def __init__(self, app_name: str) -> None:
            assert app_name == "tui-inbox"

        async def send(self, *, title: str, message: str) -> None:
            sent.append((title, message))

    class Package:
        DesktopNotifier = Desktop

    monkeypatch.setattr(desktop, "import_module", lambda name: Package)
    async with desk(monkeypatch, town, Wishes(way="desktop")) as stage:
        await looks_away(stage)
        await comes(stage, asks("quillfox", text="Does\x07 it?"))
        assert sent == [("quillfox asks", "Does it?")]
        assert written == []


async def test_thirty_strangers_in_an_hour_are_a_number_in_a_heading(
    monkeypatch: pytest.MonkeyPatch, town: Town, written: list[str]
) -> None:
    def inbox(stage: Stage) -> list[str]:
        """The column of the Inbox, but for the heading of the Strangers."""
        column = [line[:50].rstrip() for line in stage.lines()[2:-2]]
        return [line for line in column if "Strangers" not in line]

    async with desk(monkeypatch, town) as stage:
        await looks_away(stage)
        before = inbox(stage)
        rows = [row.key for row in stage.app.main.inbox.rows.rows]
        for number in range(30):
            stage.wait(120)
            spam = replace(SPAM, id=9000 + number, at=NOW - (60 - 2 * number) * MINUTE)
            town.lanes[Lane.STRANGERS].append(item(9000 + number, spam, Lane.STRANGERS))
            await stage.tell(Change(Topic.INBOX, 1))
        await stage.until(lambda: "Strangers · 36" in stage.text)
        await comes(stage)
        assert written == []
        assert [row.key for row in stage.app.main.inbox.rows.rows] == rows
        assert inbox(stage) == before
        assert stage.app.title == "3 wait · tui-inbox"
