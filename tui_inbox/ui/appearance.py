"""What a look makes of Textual: its theme, what it animates, and what becomes of drawn lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import constants
from textual.app import App
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor

from tui_inbox.ui.themes import Colours, textual_theme


def put_on(app: App[Any], colours: Colours, *, still: bool) -> None:
    """Let the application wear some colours.

    Args:
        app: the application.
        colours: those of a theme.
        still: whether nothing may move by itself.
    """
    app.animation_level = "none" if still else constants.TEXTUAL_ANIMATIONS
    theme, is_on = textual_theme(colours), app.theme == colours.name
    if is_on and app.current_theme == theme:
        return
    app.register_theme(theme)
    if is_on:  # its file was written anew
        app.refresh_css(animate=False)
    else:
        app.theme = theme.name


def filters_of_lines(usual: Sequence[LineFilter], *, no_colour: bool) -> list[LineFilter]:
    """Filters of drawn lines. ANSI colours are only in themes that mean them, so none is translated.

    Args:
        usual: what Textual would do. Where no colour is wanted it would turn all into shades of grey, which are
            colours, too.
        no_colour: whether none is wanted (NO_COLOR).
    """
    kept = [one for one in usual if not isinstance(one, (ANSIToTruecolor, Monochrome, NoColor))]
    return [*kept, _NO_COLOUR] if no_colour else kept


_NO_COLOUR = NoColor()
