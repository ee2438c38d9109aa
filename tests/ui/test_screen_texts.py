"""A handful of screens as they stand, cell by cell: what a change of the program changes on them is seen in its diff.

After a change that is meant, `WRITE_SCREENS=1 python -m pytest tests/ui/test_screen_texts.py` writes them anew.
Then read the diff.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ui.stage import on_stage

from tui_inbox.ui.services import Look

FOLDER = Path(__file__).parent / "screen_texts"
NARROW, MEDIUM, WIDE, CORNER = (80, 24), (110, 32), (160, 45), (40, 14)

SCREENS: dict[str, tuple[tuple[int, int], Look, tuple[str, ...]]] = {
    "narrow": (NARROW, Look(), ()),
    "medium": (MEDIUM, Look(), ()),
    "wide": (WIDE, Look(), ()),
    "corner": (CORNER, Look(), ()),
    "dense-and-plain": (MEDIUM, Look(dense=True, plain=True), ()),
    "thread": (NARROW, Look(), ("enter",)),
    "answering": (NARROW, Look(), ("enter", "r")),
    "people": (NARROW, Look(), ("4",)),
    "searches": (NARROW, Look(), ("3",)),
}
"""By name: the size, the look, and the keys that lead there."""


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times of day are those of nobody's machine."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    size, look, keys = SCREENS[name]
    async with on_stage(monkeypatch, size=size, look=look) as stage:
        await stage.press(*keys)
        text = stage.text.rstrip("\n") + "\n"
    compare(name, text)


def compare(name: str, text: str) -> None:
    """A screen and its file."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("WRITE_SCREENS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_each_text_is_that_of_a_screen() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == SCREENS.keys()
