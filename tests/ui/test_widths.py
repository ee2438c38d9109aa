"""What terminals think of a character is seen in its own line: columns, gaps and what stands beside it stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from support.odd_terminal import OddTerminal, Widths, blind, narrow, wide
from support.widths import CORPUS
from textual.color import Color
from textual.events import Key
from textual.strip import Strip
from ui.stage import on_stage

from tui_inbox.core.text import clean_line, is_clean
from tui_inbox.ui import themes
from tui_inbox.ui.render import reach
from tui_inbox.ui.render.anchored import Anchored
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.widgets.field import Field

COLUMN, GAP = 40, 3
TEXTS = st.lists(
    st.one_of(st.sampled_from(sorted(CORPUS.values())), st.text("ab 漢 é", max_size=8)),
    min_size=1,
    max_size=5,
).map(lambda parts: clean_line(" ".join(parts)))
TERMINALS = [narrow, wide, blind]


def written(strip: Strip) -> str:
    """A line as it goes to the terminal."""
    filtered = strip.apply_filter(Anchored(), Color(0, 0, 0))
    return filtered.render(Console(color_system="truecolor"))


def drawn(strip: Strip, widths: Widths) -> OddTerminal:
    """The line in the first column of a terminal where every cell holds something old."""
    terminal = OddTerminal(COLUMN + GAP + COLUMN, widths)
    terminal.write(written(strip))
    return terminal


@pytest.mark.parametrize("widths", TERMINALS)
@given(text=TEXTS, name=TEXTS)
def test_a_line_of_a_list_keeps_to_its_column(widths: Widths, text: str, name: str) -> None:
    drawing = Drawing(palette_of(themes.DARK, ["ac"]), lambda: 0)
    brush = drawing.on(selected=True, focused=True)
    style = brush.palette
    strip = brush.head(
        mark="●",
        mark_style=style.yours,
        at=0,
        letters="ac",
        parts=[(name, style.name), (" · ", style.dim), (text, style.text)],
        width=COLUMN,
    )
    terminal = drawn(strip, widths)
    assert strip.cell_length == COLUMN
    assert terminal.at == COLUMN, "the next column begins where it should"
    assert set(terminal.cells[COLUMN:]) == {"."}, "nothing is written over what stands there"
    assert "." not in terminal.cells[:COLUMN], "nothing old is left"
    assert "".join(terminal.cells[:10]) == "▌● now ac "


@pytest.mark.parametrize("widths", TERMINALS)
@given(signs=st.lists(st.sampled_from(["👩🏽‍🚀", "❤️", "🇩🇪", "🫩", "1️⃣"]), max_size=6))
def test_what_stands_behind_an_emoji_stands_where_textual_believes(
    widths: Widths, signs: list[str]
) -> None:
    """So the cursor of a field, a click and marked text are where they are seen."""
    text = "".join(f"{sign}x" for sign in signs)
    strip = Strip([Segment(text, Style(bold=True)), Segment(" " * (COLUMN - 3 * len(signs)))])
    cells = drawn(strip, widths).cells
    assert [cells[place * 3 + 2] for place in range(len(signs))] == ["x"] * len(signs)


def test_a_line_of_which_all_think_alike_is_written_as_it_was() -> None:
    strip = Strip([Segment("▌● 5h ac "), Segment("Zoë Жук, “fine”… 漢字"), Segment("  ")])
    assert written(strip) == strip.text


def test_what_is_taken_for_sure_is_one_cell() -> None:
    assert [one for one in reach._KNOWN if cell_len(one) != 1 or not is_clean(one)] == []


async def test_a_family_can_be_typed_into_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        asked: list[str | None] = []

        async def ask() -> None:
            asked.append(await stage.app.ask_line("who?"))

        stage.app.start(ask())
        await stage.until(lambda: isinstance(stage.app.focused, Field))
        for character in "👨‍👩‍👧":
            stage.app.screen.post_message(Key(character, character))
        await stage.press("enter")
        assert asked == ["👨‍👩‍👧"]
