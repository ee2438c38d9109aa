"""Rules that hold for the whole room: no markup, no early imports, nothing that is kept alive."""

from __future__ import annotations

import ast
import gc
import re
import subprocess
import sys
import weakref
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from ui.stage import on_stage
from ui.town import HARBOUR, ODILE, entry, post, usual_town

import tui_inbox.ui
from tui_inbox.core.changes import Change, Topic
from tui_inbox.ui.layout import Area
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.widgets.pad import Pad

ROOM = Path(tui_inbox.ui.__file__).parent
MODULES = sorted(ROOM.rglob("*.py"))

READ_AS_MARKUP = {"Static", "Label", "Button", "LoadingIndicator", "Markdown", "Tooltip"}
"""Widgets that parse strings as markup, or that cost CPU for as long as they are mounted."""

READING_CALLS = {"notify", "from_markup", "border_title", "border_subtitle"}
"""Calls and attributes that do."""


def names(tree: ast.AST) -> Iterator[str]:
    """Every name that a module imports, calls or sets."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom():
                yield from (alias.name for alias in node.names)
            case ast.Name():
                yield node.id
            case ast.Attribute():
                yield node.attr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_text_is_ever_read_as_markup(module: Path) -> None:
    used = set(names(ast.parse(module.read_text())))
    assert not used & READ_AS_MARKUP
    assert not used & READING_CALLS


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOM)))
def test_nobody_starts_a_task_that_nobody_owns(module: Path) -> None:
    used = set(names(ast.parse(module.read_text())))
    assert not used & {"create_task", "ensure_future"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_handler_of_a_message_runs_twice(module: Path) -> None:
    """Textual calls the handlers of all classes of a widget, so one that calls its `super` doubles that."""
    for function in ast.walk(ast.parse(module.read_text())):
        if isinstance(function, ast.FunctionDef) and function.name.startswith("on_"):
            doubled = {f"super().{function.name}"} & {
                ast.unparse(call.func) for call in ast.walk(function) if isinstance(call, ast.Call)
            }
            assert not doubled


async def test_a_thread_is_read_once_when_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        never: Future[str] = Future()
        monkeypatch.setattr(stage.fetcher, "read_thread", lambda account, post: never)
        stage.town.asked.clear()
        await stage.press("enter")
        assert stage.town.asked.count("thread_view") == 1


async def test_what_people_write_is_shown_as_they_wrote_it(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    nasty = "[bold]shout[/bold] [@click=app.quit]here[/] [/]"
    town.timeline.insert(0, entry(post(900, ODILE, 0, nasty), 2000))
    async with on_stage(monkeypatch, town) as stage:
        assert nasty in stage.text
        stage.app.say(nasty)
        await stage.settle()
        assert stage.text.count(nasty) == 2
        stage.app.start(_ask(stage.app.ask_line(nasty)))
        await stage.settle()
        assert stage.text.count(nasty) == 3


async def _ask(question: Coroutine[Any, Any, str | None]) -> None:
    await question


def test_the_first_picture_needs_no_network_no_commands_and_no_text_field() -> None:
    late = (
        "httpx",
        "websockets",
        "tui_inbox.networks",
        "tui_inbox.sync",
        "tui_inbox.ui.acts",
        "tui_inbox.commands.sending",
        "textual.widgets._text_area",
        "tui_inbox.ui.screens.thread",
        "tui_inbox.ui.screens.openers",
        "tui_inbox.ui.pictures",
        "textual_image",
        "PIL",
        "tui_inbox.ui.contrast",
        "tui_inbox.ui.render.emoji",
        "tui_inbox.ui.theme_files",
    )
    program = f"import sys, tui_inbox.ui.app; print([n for n in {late!r} if n in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"


def test_what_keys_need_is_no_page_that_one_key_alone_opens() -> None:
    late = (
        "rich._emoji_codes",
        "tui_inbox.ui.screens.accounts",
        "tui_inbox.ui.screens.catch_up",
        "tui_inbox.ui.screens.door",
        "tui_inbox.ui.screens.help",
        "tui_inbox.ui.screens.outbox",
        "tui_inbox.ui.screens.pictures",
        "tui_inbox.ui.pictures.painter",
        "textual_image",
        "PIL",
        "tui_inbox.ui.screens.search",
        "tui_inbox.ui.screens.theme_list",
        "tui_inbox.ui.screens.why",
    )
    program = f"import sys, tui_inbox.ui.acts, tui_inbox.ui.greeting; print([n for n in {late!r} if n in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"


async def test_pages_that_were_closed_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        pages = []
        for _ in range(5):
            await stage.press("enter")
            pages.append(weakref.ref(stage.app.here))
            await stage.press("q")
        await stage.press("enter", "q")  # what the last key left behind is not of interest

        def forgotten() -> bool:
            gc.collect()
            return not [page for page in pages if page() is not None]

        await stage.until(
            forgotten
        )  # a timer that was stopped keeps what it was begun in until its time
        assert len(stage.app.query(Pad)) == 1


async def test_an_arrival_paints_nothing_but_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.activate(Area.READING)
        await stage.settle()
        before = stage.lines()
        for n in range(5):
            stage.town.timeline.insert(0, entry(post(900 + n, ODILE, 0, "new"), 2000 + n))
            await stage.tell(Change(Topic.FEED, 1), Change(Topic.POST, 900 + n))
        await stage.until(lambda: "5 new above" in stage.text)
        changed = [new for old, new in zip(before, stage.lines(), strict=True) if old != new]
        assert len(changed) == 1
        assert "Timeline · people and the rest · 5 new above, . shows them" in changed[0]


async def test_an_idle_screen_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.until(lambda: bool(stage.called("items.looked_at")))
        stage.town.asked.clear()
        for _ in range(20):
            await stage.pilot.pause(0.01)
        assert stage.town.asked == []


async def test_ages_are_drawn_again_only_when_they_read_differently(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        timeline = stage.app.main.timeline
        drawn: list[str] = []
        monkeypatch.setattr(type(timeline.rows), "invalidate", lambda self: drawn.append(self.id))
        timeline.minute_passed()
        drawn.clear()
        timeline.minute_passed()
        assert drawn == []
        stage.moment[0] += 60_000
        timeline.minute_passed()
        assert len(drawn) == 1


async def test_a_thread_opened_from_a_post_is_closed_with_the_timeline_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.open_page(ThreadPage(1, HARBOUR.id))
        await stage.settle()
        await stage.press("2")
        assert stage.app.main.reading.pages == ()


CLAIMS = re.compile(
    r"(?:nobody|no one)(?: has| yet)? (?:answered|replied)|no (?:answer|reply) yet", re.I
)
"""What cannot be known where threads are incomplete: only that no answer was seen."""


@pytest.mark.parametrize("room", ["ui", "queries", "commands", "cli", "priority"])
def test_no_sentence_claims_that_nobody_answered(room: str) -> None:
    for module in (ROOM.parent / room).rglob("*.py"):
        texts = [
            node.value
            for node in ast.walk(ast.parse(module.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if CLAIMS.search(text)], module
