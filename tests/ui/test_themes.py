"""Colours: everything that is written can be read, in every theme, on every ground, and on every kind of terminal."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from textual.command import CommandList
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget
from ui.stage import on_stage

from tui_inbox.ui import themes
from tui_inbox.ui.colours import AUTO, DARK, LIGHT, OWN, SIXTEEN, SIXTEEN_LIGHT, TEXTUALS, Colours
from tui_inbox.ui.contrast import ENOUGH, contrast, hues_apart, least
from tui_inbox.ui.in_256 import in_256
from tui_inbox.ui.mended import Seeds, mended
from tui_inbox.ui.render.palette import palette_of
from tui_inbox.ui.services import Look, Range
from tui_inbox.ui.theme_files import ThemeFolder, read_theme
from tui_inbox.ui.themes import Themes

OURS = [colours for colours in OWN if not colours.ansi]
TEXTUAL = [colours for colours in map(themes.of_textual, TEXTUALS) if not colours.ansi]
TRUE_COLOUR = [*OURS, *TEXTUAL]
IN_256 = [in_256(colours) for colours in TRUE_COLOUR]

FULL = 7.0
"""What a theme of high contrast has at least (WCAG 2.1, 1.4.6)."""


def name_of(colours: Colours) -> str:
    """A theme's name."""
    return colours.name


def texts_of(colours: Colours) -> tuple[str, ...]:
    """Everything that text has as its colour."""
    return (colours.text, colours.bright, colours.dim, colours.yours, *colours.accounts)


def as_shown(colour: str) -> str:
    """What a terminal of 256 colours shows for one."""
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_all_themes_of_textual_are_known() -> None:
    assert set(TEXTUALS) == set(BUILTIN_THEMES)


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=name_of)
def test_all_text_can_be_read_on_every_ground(colours: Colours) -> None:
    for text in texts_of(colours):
        assert least(text, (colours.ground, colours.picked)) >= ENOUGH, text


@pytest.mark.parametrize("colours", IN_256, ids=name_of)
def test_all_text_can_be_read_in_256_colours(colours: Colours) -> None:
    grounds = as_shown(colours.ground), as_shown(colours.picked)
    for text in texts_of(colours):
        assert least(as_shown(text), grounds) >= ENOUGH, text
    for account in colours.accounts:
        assert contrast(as_shown(colours.on_account), as_shown(account)) >= ENOUGH, account
    assert grounds[0] != grounds[1]
    assert len(set(map(as_shown, colours.accounts))) == len(colours.accounts)


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=name_of)
def test_the_composers_first_line_can_be_read_on_every_account(colours: Colours) -> None:
    for account in colours.accounts:
        assert contrast(colours.on_account, account) >= ENOUGH, account


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=name_of)
def test_who_you_talk_with_is_a_step_brighter_than_the_rest(colours: Colours) -> None:
    steps = [contrast(text, colours.ground) for text in (colours.dim, colours.text, colours.bright)]
    assert all(more > 1.1 * less for less, more in pairwise(steps))


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=name_of)
def test_no_account_has_the_colour_of_what_is_yours_to_answer(colours: Colours) -> None:
    assert colours.yours not in colours.accounts
    assert len(set(colours.accounts)) == len(colours.accounts)
    assert all(hues_apart(colours.yours, account) > 0.05 for account in colours.accounts)


@pytest.mark.parametrize("colours", TRUE_COLOUR, ids=name_of)
def test_the_selected_row_has_a_ground_of_its_own(colours: Colours) -> None:
    assert contrast(colours.ground, colours.picked) >= 1.12


@pytest.mark.parametrize("name", ["inbox-contrast", "inbox-contrast-light"])
def test_the_themes_of_high_contrast_have_more(name: str) -> None:
    colours = Themes().colours(name)
    for text in texts_of(colours):
        assert least(text, (colours.ground, colours.picked)) >= FULL, text


# The sixteen colours of a terminal, as some come with them: black, red, green, yellow, blue, magenta, cyan, white, and
# the same bright.
SIXTEENS = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    "gnome": "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
    "5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff",
    "macos": "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf "
    "666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
}
NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]


@pytest.mark.parametrize("terminal", SIXTEENS)
def test_sixteen_colours_can_be_read_on_dark_and_on_light_terminals(terminal: str) -> None:
    names = [*NAMES, *(f"bright_{name}" for name in NAMES)]
    shown = dict(zip(names, SIXTEENS[terminal].split(), strict=True))
    for colours, ground in ((SIXTEEN, f"#{shown['black']}"), (SIXTEEN_LIGHT, "#ffffff")):
        on_account = f"#{shown[colours.on_account.removeprefix('ansi_')]}"
        for colour in (colours.yours, *colours.accounts):
            assert contrast(f"#{shown[colour.removeprefix('ansi_')]}", ground) >= 4.4, colour
        for colour in colours.accounts:
            assert contrast(f"#{shown[colour.removeprefix('ansi_')]}", on_account) >= ENOUGH


colours_of_any = st.builds(lambda number: f"#{number:06x}", st.integers(0, 0xFFFFFF))


@given(
    st.builds(
        Seeds,
        name=st.just("any"),
        ground=colours_of_any,
        text=colours_of_any,
        picked=st.none() | colours_of_any,
        bright=st.none() | colours_of_any,
        dim=st.none() | colours_of_any,
        yours=st.none() | colours_of_any,
        accounts=st.lists(colours_of_any, max_size=3).map(tuple),
        chosen=st.booleans(),
    )
)
def test_of_any_colours_a_theme_is_made_that_can_be_read(seeds: Seeds) -> None:
    colours = mended(seeds)
    for text in texts_of(colours):
        assert least(text, (colours.ground, colours.picked)) >= ENOUGH, text
    for account in colours.accounts:
        assert contrast(colours.on_account, account) >= ENOUGH, account
    assert colours.ground != colours.picked
    assert colours.accounts


# Which theme is on


@pytest.mark.parametrize("colours", OWN, ids=name_of)
def test_accounts_keep_their_colour_on_the_selected_row(colours: Colours) -> None:
    palette = palette_of(colours, ["mi", "ac"])
    picked = palette.on(picked=True)
    assert picked.account("ac").color == palette.account("ac").color
    assert picked.account("ac").bgcolor != palette.account("ac").bgcolor
    assert palette.account("mi").color != palette.account("ac").color


def test_an_unknown_theme_falls_back_on_the_dark_one_and_says_so() -> None:
    assert Themes().colours("no-such-theme") is DARK
    assert "no-such-theme" in Themes().trouble("no-such-theme")
    assert Themes().trouble("nord") == ""


def test_auto_is_dark_or_light_as_the_terminal_is() -> None:
    assert Themes(dark=True).colours(AUTO) is DARK
    assert Themes(dark=False).colours(AUTO) is LIGHT


@pytest.mark.parametrize("range_", ["16", "none"])
def test_a_terminal_of_few_colours_shows_its_own(range_: Range) -> None:
    assert Themes(range_=range_).colours("nord") is SIXTEEN
    assert Themes(range_=range_, dark=False).colours("inbox-contrast") is SIXTEEN_LIGHT
    assert Themes(range_=range_).colours("inbox-16-light") is SIXTEEN_LIGHT


# Themes of the owner


def folder_with(path: Path, **files: str) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def test_two_colours_make_a_theme(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, harbour='ground = "#0f1a20"\ntext = "#c8d2d6"\n')
    shown = Themes(folder)
    assert "harbour" in shown.names()
    colours = shown.colours("harbour")
    assert (colours.name, colours.ground, colours.text) == ("harbour", "#0f1a20", "#c8d2d6")
    assert contrast(colours.bright, colours.ground) > contrast(colours.text, colours.ground)
    assert shown.trouble("harbour") == ""


def test_what_cannot_be_read_is_mended_unless_the_owner_wants_it_so(tmp_path: Path) -> None:
    faint = 'ground = "#101010"\ntext = "#505050"\ndim = "#303030"\n'
    folder = folder_with(tmp_path, faint=faint, asis=f"{faint}mend = false\n")
    assert least(Themes(folder).colours("faint").dim, ("#101010",)) >= ENOUGH
    assert Themes(folder).colours("asis").dim == "#303030"


@pytest.mark.parametrize(
    ("text", "key", "is_on"),
    [
        ('text = "#ffffff"', "key ground: it is missing", False),
        ('ground = "black"\ntext = "#ffffff"', "key ground: this must be a colour", False),
        ('ground = "#000"\ntext = "#fff"\ndim = 7', "key dim: this must be a colour", True),
        (
            'ground = "#000"\ntext = "#fff"\naccounts = []',
            "key accounts: this must be a list",
            True,
        ),
        ('ground = "#000"\ntext = "#fff"\nmend = "no"', "key mend: this must be true", True),
        ('ground = "#000"\ntext = "#fff"\nborder = "#fff"', "key border: there is no colour", True),
        ("ground = ", "it cannot be read", False),
    ],
)
def test_a_mistake_in_a_theme_is_told_with_file_and_key(
    tmp_path: Path, text: str, key: str, is_on: bool
) -> None:
    folder = folder_with(tmp_path, mine=text)
    (sentence,) = ThemeFolder(folder).mistakes()
    assert str(tmp_path / "mine.toml") in sentence
    assert key in sentence
    assert ("rest of the theme is kept" if is_on else "cannot be put on") in sentence
    assert Themes(folder).is_known("mine") is is_on
    assert (Themes(folder).colours("mine").name == "mine") is is_on


def test_a_theme_of_the_program_cannot_be_replaced_but_one_of_textual_can(tmp_path: Path) -> None:
    two = 'ground = "#0f1a20"\ntext = "#c8d2d6"\n'
    folder = folder_with(tmp_path, nord=two, **{"inbox-dark": two, "with blank": two})
    assert Themes(folder).colours("nord").ground == "#0f1a20"
    assert Themes(folder).colours("inbox-dark") is DARK
    assert Themes(folder).names().count("nord") == 1
    assert [name for name in Themes(folder).names() if "blank" in name] == ["with blank"]
    assert not Themes(folder).is_known("with blank")
    assert len(ThemeFolder(folder).mistakes()) == 2


def test_a_file_that_is_no_text_is_told_and_nothing_else_happens(tmp_path: Path) -> None:
    (tmp_path / "raw.toml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be put on" in read_theme(tmp_path / "raw.toml").mistakes[0]


# On the screen


@pytest.mark.parametrize("name", [*(colours.name for colours in OWN), "nord", "ansi-light"])
async def test_every_theme_can_be_put_on(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    async with on_stage(monkeypatch, look=Look(theme=name), size=(120, 40)) as stage:
        await stage.press("r", "ctrl+o")
        assert "ACORN CRM" in stage.text


async def test_no_colour_at_all_is_drawn_where_none_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_stage(monkeypatch) as stage:
        await stage.press("r")
        styles = [
            style
            for widget in stage.app.screen.walk_children(Widget)
            if widget.region
            for strip in widget.render_lines(widget.region.reset_offset)
            for _, style, _ in strip
            if style is not None
        ]
        assert styles
        for style in styles:
            assert style.color is None or style.color.is_default, style
            assert style.bgcolor is None or style.bgcolor.is_default, style


@pytest.mark.parametrize("name", ["inbox-dark", "inbox-16", "inbox-16-light"])
async def test_what_is_selected_in_the_palette_is_seen_in_every_theme(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with on_stage(monkeypatch, look=Look(theme=name), size=(120, 40)) as stage:
        await stage.press("colon", "down")
        looks = [
            [str(style) for text, style, _ in strip if text.strip()]
            for strip in stage.app.screen.query_one(CommandList).render_lines(Region(0, 0, 60, 4))
        ]
        assert looks[0] == looks[2] == looks[3]
        assert looks[1] != looks[0]
