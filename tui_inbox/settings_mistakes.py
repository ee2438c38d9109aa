"""Everything that is wrong in the settings file, the keys included, which only the screen knows.

Part of the composition root (`program.py`).
"""

from __future__ import annotations

from pathlib import Path

from tui_inbox.settings import Settings
from tui_inbox.settings_reading import (
    LEFT_OUT,
    SettingsError,
    mistakes_in_keys,
    read_settings,
    settings_text,
)


def mistakes_in_file(path: Path) -> tuple[str, ...]:
    """What is wrong in a settings file, one sentence each, in the order of the lines."""
    try:
        return mistakes_in_text(path, settings_text(path))
    except SettingsError as error:
        return error.mistakes


def mistakes_in_text(path: Path, text: str) -> tuple[str, ...]:
    """What would be wrong if a text stood in the settings file.

    Args:
        path: the settings file, for what is said of mistakes.
        text: TOML.
    """
    try:
        return wrong_keys(path, text, read_settings(path, text))
    except SettingsError as error:
        return (*error.mistakes, *wrong_keys(path, text, error.rest))


def wrong_keys(path: Path, text: str, settings: Settings) -> tuple[str, ...]:
    """What is wrong with the owner's keys, one sentence for each line; looked for only where there are some."""
    if not settings.keys:
        return ()
    from tui_inbox.ui.keymap import in_force

    wrong = {one.id: one.what for one in in_force(settings.keys).wrong}
    return mistakes_in_keys(path, text, wrong, LEFT_OUT)
