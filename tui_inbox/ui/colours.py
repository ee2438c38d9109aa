"""Colours by meaning, and the program's own sets of them.

There are two accents only: the account's colour, and one for "yours to answer". Everything else is a
shade of the text colour, and no shade of text has less than 4.5:1 contrast on any ground it stands on
(WCAG 2.1, success criterion 1.4.3); a test computes it.
"""

from __future__ import annotations

from msgspec import Struct


class Colours(Struct, frozen=True):
    """The colours of one theme, as `#rrggbb` or as Textual's `ansi_…` names.

    Attributes:
        ground: behind everything; `picked` behind the selected row of the pane with the focus.
        text: what people wrote; `bright` for those you talk with; `dim` for ages, reasons and hints.
        rule: lines under titles: the only colour that carries no text.
        yours: marks what is yours to answer.
        accounts: one colour per account, in their order.
        on_account: text on an account's colour.
        ansi: whether they are those of the terminal, whatever it shows for them.
    """

    name: str
    dark: bool
    ground: str
    picked: str
    text: str
    bright: str
    dim: str
    rule: str
    yours: str
    accounts: tuple[str, ...]
    on_account: str
    ansi: bool = False


DARK = Colours(
    name="inbox-dark",
    dark=True,
    ground="#15171c",
    picked="#272c36",
    text="#b9bfca",
    bright="#eceff4",
    dim="#9198a6",
    rule="#3d4350",
    yours="#f2b661",
    accounts=("#74b3f5", "#93cc80", "#bda0f5", "#5ecac4", "#ee9abb"),
    on_account="#15171c",
)

LIGHT = Colours(
    name="inbox-light",
    dark=False,
    ground="#fbfaf7",
    picked="#e8e5dd",
    text="#434850",
    bright="#14171c",
    dim="#5d636d",
    rule="#c3bfb5",
    yours="#8f4f00",
    accounts=("#1a5ba6", "#2f6b2a", "#6a3fb5", "#0b6562", "#a0305f"),
    on_account="#ffffff",
)

CONTRAST = Colours(
    name="inbox-contrast",
    dark=True,
    ground="#000000",
    picked="#303030",
    text="#e6e6e6",
    bright="#ffffff",
    dim="#cccccc",
    rule="#9a9a9a",
    yours="#ffd75f",
    accounts=("#87d7ff", "#afff87", "#d7afff", "#5fffff", "#ffafd7"),
    on_account="#000000",
)

CONTRAST_LIGHT = Colours(
    name="inbox-contrast-light",
    dark=False,
    ground="#ffffff",
    picked="#d9d9d9",
    text="#262626",
    bright="#000000",
    dim="#3d3d3d",
    rule="#767676",
    yours="#6b3000",
    accounts=("#003f87", "#0d4a0d", "#4b1d94", "#004746", "#7a0f45"),
    on_account="#ffffff",
)

# Which of the sixteen can be read depends on the terminal. As xterm, the Linux console, Windows Terminal, GNOME's
# terminal and that of macOS show them, these have 4.5:1 on black or on white (tests/ui/test_themes.py): on black no
# blue, red or magenta has, and on white no green, yellow or cyan.
SIXTEEN = Colours(
    name="inbox-16",
    dark=True,
    ground="ansi_default",
    picked="ansi_default",
    text="ansi_default",
    bright="ansi_default",
    dim="ansi_default",
    rule="ansi_default",
    yours="ansi_bright_yellow",
    accounts=("ansi_bright_cyan", "ansi_bright_green", "ansi_cyan", "ansi_green"),
    on_account="ansi_black",
    ansi=True,
)

SIXTEEN_LIGHT = Colours(
    name="inbox-16-light",
    dark=False,
    ground="ansi_default",
    picked="ansi_default",
    text="ansi_default",
    bright="ansi_default",
    dim="ansi_default",
    rule="ansi_default",
    yours="ansi_red",
    accounts=("ansi_blue", "ansi_magenta"),
    on_account="ansi_bright_white",
    ansi=True,
)

OWN = (DARK, LIGHT, CONTRAST, CONTRAST_LIGHT, SIXTEEN, SIXTEEN_LIGHT)
"""The program's own, in the order in which they are offered."""

AUTO = "auto"
"""What stands in the settings for "by the terminal"."""

TEXTUALS = (
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""Names of the themes that Textual brings, so that they can be told apart from slips without loading it."""
