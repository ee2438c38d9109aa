"""Pages on the stage: opened as their keys open them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from ui.page_town import PageTown, page_town
from ui.stage import Stage, on_stage

from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.services import Look

T = TypeVar("T", bound=Page)

SIZES = [(160, 45), (120, 36), (80, 24), (40, 20)]
"""Wide, medium, narrow, and a corner of the screen."""

RULES = "│┃┆┊|║"
"""Signs that draw a vertical line. `▌` and `▏` are the focus bar."""


@asynccontextmanager
async def pages_on_stage(
    monkeypatch: pytest.MonkeyPatch,
    town: PageTown | None = None,
    *,
    size: tuple[int, int] = (160, 45),
    look: Look | None = None,
) -> AsyncIterator[Stage]:
    """Run the application on a town with pages."""
    async with on_stage(monkeypatch, town or page_town(), size=size, look=look) as stage:
        yield stage


async def opened(stage: Stage, kind: type[T], *keys: str) -> T:
    """Press keys; the page that is on top then."""
    await stage.press(*keys)
    page = stage.app.here
    assert isinstance(page, kind), f"{page} is on top"
    return page


async def typed(stage: Stage, text: str) -> None:
    """Type a text, letter by letter, and let what it asks for be answered."""
    for letter in text:
        await stage.pilot.press("space" if letter == " " else letter)
    await stage.pilot.pause(0.1)
    await stage.settle()


def here(stage: Stage) -> Pane:
    """The pane or page that keys act on, of whatever kind."""
    return stage.app.here


def selected(page: Page) -> str:
    """Key of the selected row."""
    assert page.rows is not None
    assert page.rows.selected is not None
    return page.rows.selected.key
