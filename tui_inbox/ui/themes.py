"""Which theme is on: by name the program's own, the owner's, or Textual's, and what the terminal makes of it.

Sets of colours stand in `colours.py`; `mended.py` makes one of a few colours. Nothing of that is loaded for the
first picture of one of the program's own themes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from textual import constants
from textual.theme import Theme

from tui_inbox.ui.colours import (
    AUTO,
    DARK,
    LIGHT,
    OWN,
    SIXTEEN,
    SIXTEEN_LIGHT,
    TEXTUALS,
    Colours,
)
from tui_inbox.ui.services import Range

if TYPE_CHECKING:
    from tui_inbox.ui.theme_files import OwnTheme, ThemeFolder

RANGES: Mapping[str | None, Range] = {
    None: "none",
    "standard": "16",
    "windows": "16",
    "256": "256",
    "truecolor": "all",
}
"""By Rich's name of the colours of a terminal."""


def range_here() -> Range:
    """How many colours the terminal shows, as Textual finds it in the environment (TERM, COLORTERM)."""
    console = Console(color_system=constants.COLOR_SYSTEM, force_terminal=True)  # type: ignore[arg-type]
    return RANGES[console.color_system]


class Themes:
    """The themes there are, by name. Each is made when it is asked for.

    Args:
        own: the folder of the owner's own; None where there can be none.
        dark: whether the terminal's own ground is dark.
        range_: how many colours the terminal shows.
    """

    def __init__(
        self, own: Path | None = None, *, dark: bool = True, range_: Range = "all"
    ) -> None:
        self._folder = own
        self._dark = dark
        self._range = range_

    def names(self) -> tuple[str, ...]:
        """All names, in the order in which they are offered: by the terminal, the program's, the owner's, Textual's."""
        own = self.own_names()
        return (
            AUTO,
            *(colours.name for colours in OWN),
            *own,
            *(name for name in TEXTUALS if name not in own),
        )

    @property
    def _own(self) -> ThemeFolder | None:
        from tui_inbox.ui.theme_files import ThemeFolder  # most owners have no theme of their own

        return ThemeFolder(self._folder) if self._folder is not None else None

    def own_names(self) -> tuple[str, ...]:
        """Names of the owner's files."""
        own = self._own
        return own.names() if own is not None else ()

    def own(self, name: str) -> OwnTheme | None:
        """What the owner's file of that name says; None if there is none."""
        own = self._own
        return own.read(name) if own is not None else None

    def is_known(self, name: str) -> bool:
        """Whether there is a theme of this name that can be put on."""
        return self._known(name) is not None

    def trouble(self, name: str) -> str:
        """Why a theme cannot be put on, in a sentence; empty if it can."""
        if self.is_known(name):
            return ""
        own = self.own(name)
        if own is not None and own.mistakes:
            return own.mistakes[0]
        return f"There is no theme called {name}; {DARK.name} is on. : theme lists all."

    def colours(self, name: str) -> Colours:
        """The colours of a theme as the terminal can show them; the dark ones for a name that nobody has.

        A terminal of sixteen colours shows for each colour whichever of them is nearest, which may be that of the
        ground: there every theme is `inbox-16`, or `inbox-16-light` on a light ground.
        """
        colours = self._known(name) or DARK
        if self._range in ("none", "16") and not colours.ansi:
            return SIXTEEN if self._dark else SIXTEEN_LIGHT
        if self._range == "256" and not colours.ansi:
            from tui_inbox.ui.in_256 import in_256

            return in_256(colours)
        return colours

    def _known(self, name: str) -> Colours | None:
        if not name:
            return DARK
        if name == AUTO:
            return DARK if self._dark else LIGHT
        ours = next((colours for colours in OWN if colours.name == name), None)
        if ours is not None:
            return ours
        if (own := self.own(name)) is not None:
            return own.colours
        return of_textual(name) if name in TEXTUALS else None


def of_textual(name: str) -> Colours:
    """Our colours made of one of Textual's themes.

    Raises:
        KeyError: Textual has no theme of that name.
    """
    from textual.theme import BUILTIN_THEMES

    from tui_inbox.ui.mended import Seeds, mended, renamed

    theme = BUILTIN_THEMES[name]
    if theme.ansi:
        return renamed(SIXTEEN if theme.dark else SIXTEEN_LIGHT, name)
    made = theme.to_color_system().generate()  # what the theme does not say itself
    accents = (theme.primary, theme.success, theme.secondary, theme.error, theme.accent)
    return mended(
        Seeds(
            name=name,
            ground=theme.background or made["background"],
            picked=theme.panel or made["panel"],
            bright=theme.foreground or made["foreground"],
            yours=theme.warning or theme.accent,
            accounts=tuple(one for one in accents if one),
        )
    )


def textual_theme(colours: Colours) -> Theme:
    """The theme as Textual wants it. Our style sheets use the variables that begin with `inbox-`."""
    return Theme(
        name=colours.name,
        primary=colours.accounts[0],
        secondary=colours.dim,
        accent=colours.yours,
        warning=colours.yours,
        error=colours.yours,
        success=colours.accounts[-1],
        foreground=colours.text,
        background=colours.ground,
        surface=colours.ground,
        panel=colours.picked,
        dark=colours.dark,
        ansi=colours.ansi,
        variables={
            "inbox-ground": colours.ground,
            "inbox-picked": colours.picked,
            "inbox-text": colours.text,
            "inbox-bright": colours.bright,
            "inbox-dim": colours.dim,
            "inbox-rule": colours.rule,
            "inbox-yours": colours.yours,
            "block-cursor-text-style": "none",
            "ansi-background": colours.ground,
            "ansi-foreground": colours.text,
        },
    )


__all__ = ["DARK", "Colours", "Themes", "of_textual", "textual_theme"]
