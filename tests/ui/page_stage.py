"""Pages on the stage: opened as their keys open them."""

from __future__ import annotations

from typing import TypeVar

from ui.stage import Stage

from tui_inbox.ui.screens.openers import HANDLERS
from tui_inbox.ui.screens.page import Page

T = TypeVar("T", bound=Page)

SIZES = [(160, 45), (120, 36), (80, 24), (40, 20)]
"""Wide, medium, narrow, and a corner of the screen."""

RULES = "│┃┆┊|║"
"""Signs that draw a vertical line. `▌` and `▏` are the focus bar."""


async def opened(stage: Stage, id_: str, kind: type[T]) -> T:
    """Do what the key with this id does; the page that it opened."""
    HANDLERS[id_](stage.app, stage.app.here)
    await stage.settle()
    page = stage.app.here
    assert isinstance(page, kind)
    return page


async def typed(stage: Stage, text: str) -> None:
    """Type a text, letter by letter, and let what it asks for be answered."""
    for letter in text:
        await stage.pilot.press("space" if letter == " " else letter)
    await stage.pilot.pause(0.1)
    await stage.settle()


def selected(page: Page) -> str:
    """Key of the selected row."""
    assert page.rows is not None
    assert page.rows.selected is not None
    return page.rows.selected.key
