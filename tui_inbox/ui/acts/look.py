"""How the screen looks, changed while it is open and kept in the settings file."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.keeping import keep
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.services import Emoji

_NEXT: Mapping[Emoji, Emoji] = {"pictures": "words", "words": "none", "none": "pictures"}
_EMOJI: Mapping[Emoji, str] = {
    "pictures": "Emoji are pictures.",
    "words": "Emoji are told in words.",
    "none": "Emoji are left out.",
}


def turn_density(desk: Desk, here: Pane) -> None:
    """One line for each, or room between them again."""
    look = desk.services.look
    desk.look_changed(replace(look, dense=not look.dense))
    density = "normal" if look.dense else "dense"
    desk.start(keep(desk, "density", density, f"Density {density}."))


def turn_plain(desk: Desk, here: Pane) -> None:
    """Marks from ASCII only, or the usual ones again."""
    look = desk.services.look
    desk.look_changed(replace(look, plain=not look.plain))
    done = "The usual marks." if look.plain else "Marks from ASCII only."
    desk.start(keep(desk, "plain_glyphs", not look.plain, done))


def turn_emoji(desk: Desk, here: Pane) -> None:
    """Emoji as pictures, in words, left out, and again."""
    look = desk.services.look
    emoji = _NEXT[look.emoji]
    desk.look_changed(replace(look, emoji=emoji))
    desk.start(keep(desk, "emoji", emoji, _EMOJI[emoji]))


def turn_motion(desk: Desk, here: Pane) -> None:
    """Let nothing move by itself, or follow what arrives and count seconds again."""
    look = desk.services.look
    desk.look_changed(replace(look, still=not look.still))
    done = "What arrives is followed again." if look.still else "Nothing moves by itself any more."
    desk.start(keep(desk, "reduced_motion", not look.still, done))


def choose_theme(desk: Desk, here: Pane) -> None:
    """Show all themes, each put on while it is selected."""
    from tui_inbox.ui.screens.theme_list import ThemesPage

    if not isinstance(here, ThemesPage):
        desk.open_page(ThemesPage())


HANDLERS: dict[str, Handler] = {
    "look.theme": choose_theme,
    "look.density": turn_density,
    "look.plain": turn_plain,
    "look.emoji": turn_emoji,
    "look.motion": turn_motion,
}
