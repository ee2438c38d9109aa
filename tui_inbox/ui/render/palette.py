"""The styles of list lines, made once from a theme's colours."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from rich.style import Style

from tui_inbox.ui.themes import Colours


class Palette(Struct, frozen=True):
    """Styles by meaning. `on` gives the same styles on the ground of the selected row.

    Attributes:
        text: what others wrote; `bright` what people you talk with wrote.
        name: a name; `partner` the name of somebody you talk with.
        dim: ages, reasons, hints.
        yours: the mark of what is yours to answer.
        bar: the bar in front of the selected row; in panes without focus it is thin and dim.
        link: a link in a text; `bright_link` in the text of somebody you talk with.
        letters: style of each account's two letters.
    """

    text: Style
    bright: Style
    name: Style
    partner: Style
    dim: Style
    yours: Style
    bar: Style
    link: Style
    bright_link: Style
    heading: Style
    rule: Style
    ground: Style
    letters: dict[str, Style] = field(default_factory=dict)
    picked: Palette | None = None

    def on(self, *, picked: bool) -> Palette:
        """The palette of a row; `picked` if it is selected in the pane with the focus."""
        return self.picked or self if picked else self

    def account(self, letters: str) -> Style:
        """The style of an account's letters; plain text for one that is not known."""
        return self.letters.get(letters, self.text)


def palette_of(colours: Colours, accounts: Sequence[str]) -> Palette:
    """The palette of a theme.

    Args:
        colours: the theme's colours.
        accounts: letters of all accounts, in their order; colours repeat after the last.
    """
    picked = _on_ground(colours, accounts, colours.picked)
    return replace(
        _on_ground(colours, accounts, None),
        picked=replace(picked, bar=picked.bright),
    )


def _on_ground(colours: Colours, accounts: Sequence[str], ground: str | None) -> Palette:
    base = Style(bgcolor=_rich(ground) if ground else None)
    faint = Style(dim=True) if colours.ansi else Style.null()
    text = base + Style(color=_rich(colours.text))
    bright = base + Style(color=_rich(colours.bright))
    dim = base + Style(color=_rich(colours.dim)) + faint
    letters = {
        letter: base + Style(color=_rich(colours.accounts[place % len(colours.accounts)]))
        for place, letter in enumerate(accounts)
    }
    return Palette(
        text=text,
        bright=bright,
        name=text,
        partner=bright + Style(bold=True),
        dim=dim,
        yours=base + Style(color=_rich(colours.yours)),
        bar=dim,
        link=text + Style(underline=True),
        bright_link=bright + Style(underline=True),
        heading=bright,
        rule=base + Style(color=_rich(colours.rule)) + faint,
        ground=base,
        letters=letters,
    )


def _rich(colour: str) -> str:
    """Textual's name of a colour as Rich knows it."""
    return colour.removeprefix("ansi_")
