"""The key line: of what does not fit, the least useful goes; `?` and the way back never do."""

from __future__ import annotations

import pytest
from ui.compose_stage import answering, type_text
from ui.stage import on_stage
from ui.town import NOW, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries.overviews import OutboxItem, StatusView
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


def test_one_key_stands_in_it_once() -> None:
    line = words(("help.change", "help.find", "close"), 159)
    assert "/ find" in line
    assert "/ search" not in line


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


# What one types into has a key line of its own


async def test_the_key_line_is_that_of_what_one_types_into(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        assert stage.lines()[-1].strip().startswith("ctrl+s send  ctrl+o options")
        for letter in "wk":
            await stage.press("ctrl+o", letter)
            assert stage.lines()[-1].strip() == "Enter takes  esc leaves"
            await stage.press("escape")
            assert stage.lines()[-1].strip().startswith("ctrl+s send")
        await stage.press("ctrl+o", "p")
        assert stage.lines()[-1].strip() == "Enter next  ↑ ↓ other lines  esc back to the text"
        await stage.press("escape", "ctrl+o", "v")
        assert stage.lines()[-1].strip() == "j k scroll  any other key goes back"
        await stage.press("x")
        assert stage.lines()[-1].strip().startswith("ctrl+s send")


async def test_a_question_elsewhere_has_its_keys_in_the_line_and_keeps_them_on_tab(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m", "w")
        assert stage.lines()[-1].strip() == "Enter takes  esc leaves"
        await stage.press(*"ca", "tab", "shift+tab", "e", "enter")
        assert [done.args[1] for done in stage.called("silencing.hide_word")] == ["cae"]
        assert stage.called("items.done") == []
        assert stage.lines()[-1].strip().startswith("r reply")


async def test_a_strip_says_how_to_go_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("X")
        await stage.until(lambda: stage.app.main.which_key.is_open)
        await stage.until(lambda: stage.lines()[-1].strip() == "any other key leaves")
        await stage.press("escape")
        await stage.until(lambda: stage.lines()[-1].strip().startswith("r reply"))


@pytest.mark.parametrize("size", [(60, 15), (40, 10)])
async def test_in_a_corner_the_one_line_says_how_to_send_and_how_to_go(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with answering(monkeypatch, size=size) as stage:
        assert stage.lines()[-1].endswith("ctrl+s send  esc keep")
        await stage.press("escape")
        assert stage.lines()[-1].endswith("q back")


async def test_no_letter_that_would_be_typed_is_offered_while_one_types(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    held = OutboxItem(1, 2, "ac", "post", "Yes.", OutboxState.HELD, "", NOW + 7 * SECOND, NOW)
    live = Health(HealthState.LIVE, NOW)
    async with answering(monkeypatch, town=town) as stage:
        town.status = StatusView(town.accounts[:1], ((1, live),), (held,), 0, 0)
        await stage.tell(Change(Topic.OUTBOX, 2))
        await stage.until(lambda: "leaves in" in stage.text)
        assert "U stops it" not in stage.text
        stage.app.say("draft thrown away, u brings it back")
        await stage.settle()
        assert "draft thrown away" in stage.text
        assert "u brings it back" not in stage.text
        await type_text(stage, "Yes")
        await stage.press("escape")
        assert "U stops it" in stage.text


def test_what_has_no_key_is_not_offered() -> None:
    keymap = (("item.done", ""), ("open.search", ""))
    assert "e done" in words(("item.reply", "item.done"), 200)
    told = key_line(("item.reply", "item.done:not now"), 200, keymap=keymap).plain
    assert told.split() == ["r", "reply", "n", "next", "c", "write", "?", "keys"]
