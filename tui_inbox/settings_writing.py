"""Writing one setting into the settings file, which is the owner's: nothing else in it is touched.

tomlkit keeps comments and the owner's manner of writing. What came out is read again before it replaces the file:
unless everything else says the same, nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui_inbox.core.not_kept import NotKept
from tui_inbox.file_text import read_text, replace_text

_TRIES = 3
"""So often it is begun anew because somebody wrote the file in the same moment."""


def write_setting(path: Path, table: str, key: str, value: str | bool) -> None:
    """Write a setting; a file that says so already is left alone.

    Args:
        path: the settings file; it need not exist.
        table: name of its table, as `look`.
        key: name of the setting.
        value: what it shall be.

    Raises:
        NotKept: nothing was written.
    """
    try:
        for _ in range(_TRIES):
            before = _text(path)
            text = with_setting(before, table, key, value)
            if text == before or replace_text(path, before, text):
                return
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NotKept(
            f"It holds until the end: the settings file cannot be written ({reason})."
        ) from error
    raise NotKept("It holds until the end: another program is writing the settings file.")


def with_setting(text: str, table: str, key: str, value: str | bool) -> str:
    """The text of a settings file in which a setting has another value.

    Raises:
        NotKept: the text is not TOML, or so written that other things would change with it.
    """
    import tomllib

    import tomlkit  # at start nothing is written
    from tomlkit.exceptions import TOMLKitError

    try:
        before = tomllib.loads(text)
        held = before.get(table, {})
        if isinstance(held, dict) and key in held and held[key] == value:
            return text
        document: Any = tomlkit.parse(text)
        if table not in document:
            if text.strip():
                document.add(tomlkit.nl())
            document.add(table, tomlkit.table())
        document[table][key] = value
        written = tomlkit.dumps(document)
        same = tomllib.loads(written) == {**before, table: {**held, key: value}}
    except (tomllib.TOMLDecodeError, TOMLKitError, TypeError, ValueError):
        same, written = False, ""
    if not same:
        raise NotKept(
            f"It holds until the end: the settings file is not written so that [{table}] can be changed."
        )
    return written


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except UnicodeDecodeError:
        raise NotKept("It holds until the end: the settings file is no readable text.") from None
