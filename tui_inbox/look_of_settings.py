"""What the settings say of how the screen looks, as the screen wants it."""

from __future__ import annotations

from tui_inbox.settings import Settings
from tui_inbox.ui.keymap import InForce
from tui_inbox.ui.services import Look


def look_of(settings: Settings, keys: InForce) -> Look:
    """The look that the settings ask for.

    Args:
        settings: what is in force.
        keys: those in force.
    """
    look = settings.look
    return Look(
        theme=look.theme,
        dense=look.density == "dense",
        plain=look.plain_glyphs,
        emoji=look.emoji,
        still=look.reduced_motion,
        folds_floods=settings.timeline.fold_floods,
        pictures=settings.reading.pictures,
        picture_protocol=look.picture_protocol,
        keymap=keys.keymap,
        preset=keys.preset,
    )
