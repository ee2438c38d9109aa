"""What is wrong with what the owner says of the look: a theme that nobody has, and files of themes.

Nothing of it stops the screen: it begins in its usual colours, and says why.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from tui_inbox.settings import LookSettings
from tui_inbox.settings_reading import mistake_in
from tui_inbox.ui.colours import AUTO, OWN, TEXTUALS
from tui_inbox.ui.theme_files import ThemeFolder


def mistakes_in_look(settings: Path, themes: Path, look: LookSettings) -> tuple[str, ...]:
    """Everything that is wrong, one sentence each.

    Args:
        settings: the settings file.
        themes: the folder of the owner's themes.
        look: what the file says.
    """
    return (*unknown_theme(settings, themes, look), *ThemeFolder(themes).mistakes())


def unknown_theme(
    settings: Path, themes: Path, look: LookSettings, text: str | None = None
) -> tuple[str, ...]:
    """A sentence, if nobody has a theme of that name.

    Args:
        settings: the settings file.
        themes: the folder of the owner's themes.
        look: what the file says.
        text: what is to stand in the file, if that is something else than what stands in it.
    """
    names = (AUTO, *(colours.name for colours in OWN), *ThemeFolder(themes).names(), *TEXTUALS)
    if look.theme in names:
        return ()
    near = get_close_matches(look.theme, names, n=1)
    meant = f" (is {near[0]} meant?)" if near else ""
    usual = LookSettings().theme
    what = f"there is no theme of that name{meant}. {usual} is on; mend that line."
    return (mistake_in(settings, "look.theme", what, text),)
