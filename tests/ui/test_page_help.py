"""The key table of a place, and the palette."""

from __future__ import annotations

import pytest
from textual.command import CommandInput, CommandList
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option
from ui.page_stage import here, opened, pages_on_stage, typed
from ui.stage import Stage

from tui_inbox.ui import keys
from tui_inbox.ui.keys import PLACES, STRIPS
from tui_inbox.ui.render.key_table import ContextHead, KeyLine
from tui_inbox.ui.screens.help import HelpPage, key_rows
from tui_inbox.ui.screens.palette import (
    BEGINS,
    INSIDE,
    WORDS,
    Palette,
    beside_key,
    commands,
    word_match,
)
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import Look


def lines_of(place: str, remapped: dict[str, str] | None = None) -> dict[str, KeyLine]:
    """The lines of the key table by id."""
    rows = key_rows(place, remapped or {})
    return {row.key: row.data for row in rows if isinstance(row.data, KeyLine)}


@pytest.mark.parametrize("place", PLACES)
def test_the_table_holds_every_key_of_the_place_and_no_other(place: str) -> None:
    expected = {key.id for key in keys.keys_in(place)}
    for key in list(keys.keys_in(place)):
        expected |= {pressed[-1].id for pressed in keys.behind(key)}
    assert set(lines_of(place)) == expected


def test_what_is_most_the_places_own_comes_first() -> None:
    heads = [row.data.words for row in key_rows("people", {}) if isinstance(row.data, ContextHead)]
    assert heads == ["People", "Any item", "Lists", "Everywhere"]


def test_keys_are_written_as_they_are_pressed() -> None:
    lines = lines_of("inbox")
    assert lines["list.down"].keys == "j, down"
    assert lines["open.help"].keys == "?, f1"
    assert lines["later.tomorrow"].keys == "z z"
    assert lines["later.typed"].keys == "z 0…9"
    assert lines["open.activity"].keys == "g a"
    assert lines["mute.day"].keys == "m p d"


def test_a_key_of_the_owners_own_stands_in_the_place_of_ours() -> None:
    lines = lines_of("inbox", {"item.later": "Z,ctrl+z", "item.done": "D", "mute.person": "P"})
    assert lines["mute.day"].keys == "m P d"
    assert lines["item.done"].keys == "D"
    assert lines["item.later"].keys == "Z, ctrl+z"
    assert lines["later.tomorrow"].keys == "Z z"


async def test_the_question_mark_shows_the_keys_of_where_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await opened(stage, HelpPage, "question_mark")
        assert "let a stranger in for this thread only" in stage.text
        await stage.press("question_mark")
        assert here(stage) is page
        await stage.press("q")
        assert here(stage) is stage.app.main.inbox
        await stage.press("4", "question_mark")
        assert "met elsewhere: no longer going quiet" in stage.text


async def test_remapped_keys_are_shown_and_work(monkeypatch: pytest.MonkeyPatch) -> None:
    look = Look(keymap=(("item.done", "D"),))
    async with pages_on_stage(monkeypatch, look=look) as stage:
        await stage.press("question_mark")
        assert any(line.split()[:2] == ["D", "off"] for line in middle(stage))
        await stage.press("q", "D")
        assert [call.name for call in stage.called("items.done")] == ["items.done"]


def middle(stage: Stage) -> list[str]:
    """The lines of the reading column."""
    return [line[54:116] for line in stage.lines()]


# The palette


@pytest.mark.parametrize("place", PLACES)
def test_the_palette_offers_what_the_keys_of_the_place_do(place: str) -> None:
    offered = {command.id for command in commands(place)}
    known = set(lines_of(place))
    every = (*keys.KEYS, *(key for strip in STRIPS.values() for key in strip))
    prefixes = {key.id for key in every if key.prefix}
    without_key = {key.id for key in keys.PALETTE if key.context in PLACES[place]}
    assert offered == known - prefixes - {"later.typed"} | without_key


async def test_a_name_that_is_typed_finds_its_key_and_enter_does_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        assert isinstance(stage.app.screen, Palette)
        await typed(stage, "off my plate")
        await stage.pilot.pause(0.4)  # Textual gathers what it found for a quarter of a second
        assert options(stage) == ["e       off my plate"]
        await stage.press("enter")
        assert [call.args for call in stage.called("items.done")] == [(1,)]


def test_words_that_begin_so_stand_before_letters_that_are_scattered() -> None:
    assert word_match("und", "undo my last action") == (BEGINS, range(3))
    assert word_match("last und", "undo my last action") == (WORDS, [8, 9, 10, 11, 0, 1, 2])
    assert word_match("ast my", "undo my last action") == (0, ())
    assert word_match("ast", "undo my last action") == (INSIDE, range(9, 12))
    assert word_match("uma", "undo my last action") == (0, ())
    assert word_match(" ", "undo my last action") == (0, ())
    assert word_match("8:0", "until Monday 8:00")[0] == WORDS


async def test_scattered_letters_count_only_where_no_word_matches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        await typed(stage, "tour")
        await stage.pilot.pause(0.4)
        assert [option.strip(" ·") for option in options(stage)] == [
            "take the tour of the demo town, in five steps"
        ]


def test_what_a_command_does_goes_on_in_its_own_column() -> None:
    told = Content("until they write again · Inbox")
    assert beside_key("z p", told, 24).plain.splitlines() == [
        "z p     until they write",
        "        again · Inbox",
    ]
    assert beside_key("", told, 60).plain == "·       until they write again · Inbox"


async def test_the_open_palette_wears_another_theme_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        field = stage.app.screen.query_one(CommandInput)
        before = field.styles.background
        stage.app.look_changed(Look(theme="inbox-light"))
        await stage.until(lambda: field.styles.background != before)


async def test_the_palette_shows_the_keys_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    look = Look(keymap=(("item.done", "D"), ("item.later", "K"), ("item.reply", "")))
    async with pages_on_stage(monkeypatch, look=look) as stage:
        await stage.press("colon")
        await stage.pilot.pause(0.4)
        offered = options(stage)
        assert "D       off my plate" in offered
        assert "K m     until Monday 8:00" in offered
        assert "·       reply to all in it, the card above" in offered


async def test_what_another_pane_does_is_found_and_the_way_leads_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        await typed(stage, "its hits count")
        await stage.pilot.pause(0.4)
        found = "*       mark the search: its hits count for n · Searches"
        assert options(stage)[0] == found
        await stage.press("enter")
        assert here(stage) is stage.app.main.searches
        assert stage.called("searches.mark") == []
        assert "Searches: choose a row, then *." in stage.text


async def test_what_was_chosen_last_stands_on_top(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        for words in ("off my plate", "half a page down"):
            await stage.press("colon")
            await typed(stage, words)
            await stage.pilot.pause(0.4)
            await stage.press("enter")
        await stage.press("colon")
        await stage.pilot.pause(0.4)
        assert [line[8:] for line in options(stage)[:2]] == ["half a page down", "off my plate"]


async def test_the_short_word_of_a_key_finds_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        await typed(stage, "outbox")
        await stage.pilot.pause(0.4)
        assert options(stage)[0] == "g o     what waits to leave"


async def test_odd_matches_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("colon")
        await typed(stage, "person")
        await stage.pilot.pause(0.4)
        told = options(stage)
        words = ["person" in option for option in told]
        assert words == sorted(words, reverse=True)
        assert any(words)


@pytest.mark.parametrize("size", [(160, 45), (120, 36)])
async def test_the_palette_stands_over_the_reading_column_and_never_over_the_inbox(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with pages_on_stage(monkeypatch, size=size) as stage:
        column = stage.app.main.timeline.heading.region
        assert column.x > 40
        before = [line[: column.x].rstrip() for line in stage.lines()]
        await stage.press("colon")
        await stage.pilot.pause(0.4)
        assert [line[: column.x].rstrip() for line in stage.lines()] == before
        assert stage.app.screen.query_one(Input).region.x >= column.x
        assert stage.app.screen.query_one(CommandList).region.right <= column.right
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert stage.app.screen.query_one(CommandList).region.right <= 80


async def test_what_follows_a_prefix_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("ctrl+p")
        await typed(stage, "until monday")
        await stage.pilot.pause(0.4)
        assert options(stage)[0] == "z m     until Monday 8:00"
        await stage.press("enter")
        assert len(stage.called("items.later")) == 1


async def test_signs_of_markup_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("3", "colon")
        await stage.pilot.pause(0.4)
        assert "[       previous search" in options(stage)
        assert "]       next search" in options(stage)


async def test_letters_are_text_in_the_palette_and_escape_leaves_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await stage.press("enter")
        assert isinstance(here(stage), ThreadPage)
        await stage.press("colon", "q", "e")
        assert stage.app.screen.query_one(Input).value == "qe"
        await stage.press("escape")
        assert stage.called("items.done") == []
        assert isinstance(here(stage), ThreadPage)
        assert stage.app.focused is here(stage).rows


def options(stage: Stage) -> list[str]:
    """What the palette offers."""
    found: list[Option] = list(stage.app.screen.query_one(CommandList).options)
    return [str(option.prompt) for option in found]


async def test_all_of_the_table_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await opened(stage, HelpPage, "question_mark")
        last = list(lines_of("inbox").values())[-1].does
        assert last not in stage.text
        await stage.press("G")
        await stage.until(lambda: last in stage.text)
