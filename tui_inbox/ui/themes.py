"""The program's own themes: one set of colours each for Textual and for the lines of the lists.

There are two accents only: the account's colour, and one for "yours to answer". Everything else is a
shade of the text colour, and no shade of text has less than 4.5:1 contrast on any ground it stands on
(WCAG 2.1, success criterion 1.4.3); a test computes it.
"""

from __future__ import annotations

from msgspec import Struct
from textual.theme import Theme


class Colours(Struct, frozen=True):
    """The colours of one theme, as `#rrggbb` or as Textual's `ansi_…` names.

    Attributes:
        ground: behind everything; `picked` behind the selected row of the pane with the focus.
        text: what people wrote; `bright` for those you talk with; `dim` for ages, reasons and hints.
        rule: lines under titles: the only colour that carries no text.
        yours: marks what is yours to answer.
        accounts: one colour per account, in their order.
        on_account: text on an account's colour.
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

SIXTEEN = Colours(
    name="inbox-16",
    dark=True,
    ground="ansi_default",
    picked="ansi_default",
    text="ansi_default",
    bright="ansi_default",
    dim="ansi_default",
    rule="ansi_default",
    yours="ansi_yellow",
    accounts=("ansi_blue", "ansi_green", "ansi_magenta", "ansi_cyan", "ansi_red"),
    on_account="ansi_black",
    ansi=True,
)

ALL = (DARK, LIGHT, CONTRAST, SIXTEEN)
NAMES = tuple(colours.name for colours in ALL)


def colours_named(name: str) -> Colours:
    """The colours of a theme; the dark ones for a name that is not ours."""
    return next((colours for colours in ALL if colours.name == name), DARK)


def textual_theme(colours: Colours) -> Theme:
    """The theme as Textual wants it. Our style sheets use the variables that begin with `inbox-`."""
    return Theme(
        name=colours.name,
        primary=colours.accounts[0],
        secondary=colours.dim,
        accent=colours.yours,
        warning=colours.yours,
        error=colours.yours,
        success=colours.accounts[1],
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
