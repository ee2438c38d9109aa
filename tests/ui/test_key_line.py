"""The key line: of what does not fit, the least useful goes; `?` and the way back never do."""

from __future__ import annotations

import pytest
from ui.stage import on_stage

from tui_inbox.ui.panes import inbox, searches
from tui_inbox.ui.screens import thread
from tui_inbox.ui.widgets.key_line import ALWAYS, key_line


def words(ids: tuple[str, ...], width: int) -> str:
    return key_line(ids, width).plain


def test_with_room_everything_is_said() -> None:
    line = words(inbox.WORDS, 159)
    assert line.startswith("r reply  e done  z later  f favourite  p person  w why  x block ")
    assert line.endswith("  n next  c write  / search  ? keys")


def test_of_eighty_cells_the_row_gets_what_is_known_by_heart() -> None:
    assert words(inbox.WORDS, 79) == (
        "r reply  e done  z later  f favourite  p person  w why  x block  n next  ? keys"
    )


@pytest.mark.parametrize("ids", [thread.WORDS, inbox.WORDS, searches.HEADING_WORDS])
def test_at_every_width_help_stays_and_so_does_the_way_back(ids: tuple[str, ...]) -> None:
    for width in range(16, 160):
        line = words(ids, width)
        assert len(line) <= width
        assert line.endswith("? keys")
        assert ("q back" in line) == ("close" in ids)
    assert words(ids, 159).count("  ") >= len(ids) + len(ALWAYS) - 1


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24)])
async def test_in_a_thread_the_way_back_is_seen(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        await stage.press("enter")
        assert "q back" in stage.lines()[-1]
        assert stage.lines()[-1].endswith("? keys")


async def test_a_corner_names_one_key_in_its_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(40, 14)) as stage:
        assert stage.lines()[-1].strip() == "live · ti paused · n next"
        await stage.press("enter")
        assert stage.lines()[-1].strip() == "live · ti paused · q back"
        assert stage.lines()[0].endswith("… · q goes back")
        await stage.press("q")
        assert stage.lines()[-1].strip() == "live · ti paused · n next"
        await stage.pilot.resize_terminal(160, 45)
        await stage.settle()
        assert "n next" not in stage.lines()[-2]
