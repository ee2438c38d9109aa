"""Colours: everything that is written can be read, in every theme and on every ground."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual.color import Color
from ui.stage import on_stage

from tui_inbox.ui import themes
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.services import Look
from tui_inbox.ui.themes import Colours

ENOUGH = 4.5
"""WCAG 2.1, 1.4.3: the least contrast of text."""

TRUE_COLOUR = [colours for colours in themes.ALL if not colours.ansi]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(colour).normalized
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=lambda colours: colours.name)
def test_all_text_can_be_read_on_every_ground(colours: Colours) -> None:
    for ground in (colours.ground, colours.picked):
        for text in (colours.text, colours.bright, colours.dim, colours.yours, *colours.accounts):
            assert contrast(text, ground) >= ENOUGH, (text, ground)


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=lambda colours: colours.name)
def test_the_composers_first_line_can_be_read_on_every_account(colours: Colours) -> None:
    for account in colours.accounts:
        assert contrast(colours.on_account, account) >= ENOUGH, account


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=lambda colours: colours.name)
def test_who_you_talk_with_is_a_step_brighter_than_the_rest(colours: Colours) -> None:
    steps = [contrast(text, colours.ground) for text in (colours.dim, colours.text, colours.bright)]
    assert all(more > 1.1 * less for less, more in pairwise(steps))


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=lambda colours: colours.name)
def test_no_account_has_the_colour_of_what_is_yours_to_answer(colours: Colours) -> None:
    assert colours.yours not in colours.accounts
    assert len(set(colours.accounts)) == len(colours.accounts)


@pytest.mark.parametrize("colours", themes.ALL, ids=lambda colours: colours.name)
def test_accounts_keep_their_colour_on_the_selected_row(colours: Colours) -> None:
    palette = palette_of(colours, ["mi", "ac"])
    picked = palette.on(picked=True)
    assert picked.account("ac").color == palette.account("ac").color
    assert picked.account("ac").bgcolor != palette.account("ac").bgcolor
    assert palette.account("mi").color != palette.account("ac").color


def test_an_unknown_theme_falls_back_on_the_dark_one() -> None:
    assert themes.colours_named("no such theme") is themes.DARK


@pytest.mark.parametrize("colours", themes.ALL, ids=lambda colours: colours.name)
async def test_every_theme_can_be_put_on(monkeypatch: pytest.MonkeyPatch, colours: Colours) -> None:
    async with on_stage(monkeypatch, look=Look(theme=colours.name), size=(120, 40)) as stage:
        await stage.press("r", "ctrl+o")
        assert "ACORN CRM" in stage.text


async def test_another_theme_draws_every_row_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        dark = stage.app.palette
        stage.app.theme = themes.LIGHT.name
        await stage.settle()
        assert stage.app.palette != dark
        assert "quillfox asks" in stage.text
