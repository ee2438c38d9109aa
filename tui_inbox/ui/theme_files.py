"""The owner's own themes: files `themes/NAME.toml` in the folder of the settings.

A theme needs two colours, `ground` and `text`; what else it says is taken, and the rest is made of that. A mistake in
one is told with file and key. It stops nothing: the key is left out, or the theme cannot be put on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.text import clean_line
from tui_inbox.ui.colours import AUTO, OWN, Colours
from tui_inbox.ui.contrast import is_hex

NEEDED = ("ground", "text")
COLOURS = (*NEEDED, "picked", "bright", "dim", "rule", "yours", "on_account")
"""Keys whose value is a colour."""

ACCOUNTS, MEND = "accounts", "mend"

LARGEST = 64 * 1024
"""Bytes of a file that is read; a theme has some hundred."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

Wrong: TypeAlias = tuple[str, str]
"""A key, or nothing for the file as a whole; and what is wrong, and what was kept."""

LEFT_OUT = "The key was left out, and the rest of the theme is kept."
NOT_ON = "This theme cannot be put on; every other one can."


class OwnTheme(Struct, frozen=True):
    """What a file says.

    Attributes:
        colours: its colours; None where it cannot be put on.
        mistakes: what is wrong in it, one sentence each.
    """

    colours: Colours | None
    mistakes: tuple[str, ...] = ()


class ThemeFolder:
    """The owner's themes. Files are read when they are asked for, so that they can be written while one looks.

    Args:
        folder: where they are; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """Names of all files that may be themes, in the order of letters."""
        return tuple(sorted(path.stem for path in self._files()))

    def read(self, name: str) -> OwnTheme | None:
        """What a theme says; None if there is no such file."""
        if not _NAME.fullmatch(name):
            return None
        path = self._folder / f"{name}.toml"
        return read_theme(path) if path.is_file() else None

    def mistakes(self) -> tuple[str, ...]:
        """Everything that is wrong in any of them, one sentence each."""
        found = (read_theme(path).mistakes for path in sorted(self._files()))
        return tuple(sentence for sentences in found for sentence in sentences)

    def _files(self) -> Iterator[Path]:
        try:
            yield from self._folder.glob("*.toml")
        except OSError:
            return


def read_theme(path: Path) -> OwnTheme:
    """A theme of a file. Nothing that stands in it raises an error."""
    import tomllib  # most owners have no such file

    name = path.stem
    if not _NAME.fullmatch(name) or name in (AUTO, *(one.name for one in OWN)):
        why = "this name belongs to the program" if _NAME.fullmatch(name) else _NAME_WORDS
        return OwnTheme(None, _sentences(path, [("", f"{why}. {NOT_ON}")]))
    try:
        with path.open("rb") as file:
            raw = tomllib.loads(file.read(LARGEST).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = clean_line(str(getattr(error, "strerror", None) or error)).rstrip(".")
        return OwnTheme(None, _sentences(path, [("", f"it cannot be read: {why}. {NOT_ON}")]))
    return theme_of(path, raw)


_NAME_WORDS = "a theme's name has letters, digits, - and _ only, and 40 of them at most"


def theme_of(path: Path, raw: Mapping[str, Any]) -> OwnTheme:
    """A theme of what its file says.

    Args:
        path: the file, for its name and for what is said of mistakes.
        raw: keys and values.
    """
    from tui_inbox.ui.mended import Seeds, mended

    wrong: list[Wrong] = []
    given = dict(_given(raw, wrong))
    for key in NEEDED:
        if key not in given and key not in raw:
            wrong.append((key, f"it is missing. {NOT_ON}"))
    if any(key not in given for key in NEEDED):
        return OwnTheme(None, _sentences(path, wrong))
    mends = given.pop(MEND, True)
    colours = mended(Seeds(name=path.stem, chosen=True, **given))
    if not mends:
        colours = replace(colours, **given)
    return OwnTheme(colours, _sentences(path, wrong))


def _given(raw: Mapping[str, Any], wrong: list[Wrong]) -> Iterator[tuple[str, Any]]:
    """What can be used, by key; what cannot is noted in `wrong`."""
    for key, value in raw.items():
        kept = NOT_ON if key in NEEDED else LEFT_OUT
        if key in COLOURS:
            if isinstance(value, str) and is_hex(value):
                yield key, value
            else:
                wrong.append((key, f'this must be a colour as "#1a2b3c". {kept}'))
        elif key == ACCOUNTS:
            if value and isinstance(value, list) and all(map(_is_colour, value)):
                yield key, tuple(value)
            else:
                wrong.append((key, f'this must be a list of colours as "#1a2b3c". {kept}'))
        elif key == MEND:
            if isinstance(value, bool):
                yield key, value
            else:
                wrong.append((key, f"this must be true or false. {kept}"))
        else:
            known = ", ".join((*COLOURS, ACCOUNTS, MEND))
            wrong.append((key, f"there is no colour of that name, only {known}. {kept}"))


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and is_hex(value)


def _sentences(path: Path, wrong: list[Wrong]) -> tuple[str, ...]:
    where = f"The theme file {clean_line(str(path))}"
    return tuple(
        f"{where}{f', key {clean_line(key)}' if key else ''}: {what}" for key, what in wrong
    )
