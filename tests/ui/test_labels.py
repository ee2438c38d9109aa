"""Labels: every row on the screen is a letter or two away, and nothing moves for that."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from ui.page_stage import SIZES, pages_on_stage
from ui.stage import Stage, on_stage

from tui_inbox.ui.labels import labels_for
from tui_inbox.ui.layout import Area
from tui_inbox.ui.presets import HOME_ROW, PRESETS
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import Look
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.labelled import with_labels


@given(st.integers(0, 400), st.sampled_from([preset.letters for preset in PRESETS.values()]))
def test_no_label_begins_another_and_the_first_are_the_shortest(count: int, letters: str) -> None:
    labels = labels_for(count, letters)
    assert len(labels) == len(set(labels)) == count
    in_order = sorted(labels)
    assert not any(after.startswith(before) for before, after in pairwise(in_order))
    lengths = [len(label) for label in labels]
    assert lengths == sorted(lengths)
    assert set(lengths) <= {1, 2}
    if count <= len(letters):
        assert set(lengths) <= {1}


def test_as_few_letters_as_possible_are_typed() -> None:
    assert labels_for(9) == list(HOME_ROW)
    assert labels_for(10) == [*"asdfghjk", "la", "ls"]
    assert {len(label) for label in labels_for(81)} == {2}
    assert set("".join(labels_for(81))) == set(HOME_ROW)


def test_a_label_stands_in_front_of_the_first_line_that_says_something() -> None:
    lines = [
        Strip([Segment(text)])
        for text in ("▌● 5h quillfox", "▌  Does it", "", " People · 3", " 漢字")
    ]
    rows = [Row(key, 0, None) for key in "abc"]
    seen = [(rows[0], -1), (rows[1], 2), (rows[2], 4)]
    screen = with_labels(lines, seen, {"a": "s", "b": "d", "c": "ja"}, Style(bold=True))
    assert [strip.text for strip in screen] == [
        "s● 5h quillfox",
        "▌  Does it",
        "",
        "dPeople · 3",
        "ja 字",
    ]


async def labelled(stage: Stage) -> dict[str, str]:
    """By the key of a row, its label; in all panes that are seen."""
    found: dict[str, str] = {}
    for pane in stage.app.panes_seen:
        assert pane.rows is not None
        found |= pane.rows._labels[0]
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_that_is_seen_has_a_label_and_no_text_moves(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        before = stage.lines()
        await stage.press("apostrophe")
        labels = await labelled(stage)
        rows = [
            row.key
            for pane in stage.app.panes_seen
            if pane.rows is not None
            for row, _ in pane.rows.rows_on_screen()
            if row.selectable
        ]
        assert set(labels) == set(rows)
        for line, was in zip(stage.lines()[1:-3], before[1:-3], strict=True):
            assert len(line) >= len(was) - 2
        await stage.press("escape")
        assert stage.lines() == before


async def test_a_label_goes_to_its_row_in_whatever_pane_and_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("apostrophe")
        timeline = stage.app.main.timeline
        third = timeline.rows.rows_on_screen()[2][0].key
        label = (await labelled(stage))[third]
        assert len(label) == 2
        await stage.press(label[0])
        assert all(len(one) == 1 for one in (await labelled(stage)).values())
        await stage.press(label[1])
        assert stage.app.shown.active is Area.READING
        assert timeline.rows.selected is not None
        assert timeline.rows.selected.key == third
        assert await labelled(stage) == {}
        await stage.press("j")  # letters are keys again
        assert timeline.rows.selected.key != third


async def test_any_other_key_leaves_and_goes_to_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("apostrophe")
        assert "any other key leaves" in stage.lines()[-1]
        await stage.press("e")
        assert stage.called("items.done") == []
        assert await labelled(stage) == {}
        await stage.press("e")
        assert len(stage.called("items.done")) == 1


async def test_the_shifted_key_opens_the_row_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("quotation_mark", "s")
        assert isinstance(stage.app.here, ThreadPage)
        assert "Thread · odile fenn" in stage.text


async def test_labels_follow_their_rows_and_rows_that_go_take_theirs_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("apostrophe")
        rows = stage.app.main.inbox.rows
        gone = rows.rows[1]
        rows.show([row for row in rows.rows if row is not gone])
        await stage.press((await labelled(stage))[gone.key])
        assert "That row is gone." in stage.text


async def test_labels_stand_on_pages_and_over_a_cut_row(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24), look=Look(dense=True)) as stage:
        await stage.press("question_mark", "ctrl+e", "ctrl+e", "apostrophe")
        rows = stage.app.here.rows
        assert rows is not None
        last = [row for row, _ in rows.rows_on_screen() if row.selectable][-1]
        for letter in (await labelled(stage))[last.key]:
            await stage.press(letter)
        assert rows.selected is not None
        assert rows.selected.key == last.key


async def test_the_letters_are_those_of_the_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, look=Look(preset="one-hand")) as stage:
        await stage.press("apostrophe")
        assert set("".join((await labelled(stage)).values())) <= set(PRESETS["one-hand"].letters)
