"""Writing the owner's keys into the settings file, which is theirs: nothing else in it is touched.

tomlkit writes the table `[keys]` and keeps comments and the owner's manner of writing. What came out is read again
before it replaces the file: unless everything else says the same, and the keys say what they should, nothing is
written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tui_inbox.core.own_keys import KeysNotChanged
from tui_inbox.file_text import read_text, replace_text
from tui_inbox.settings_reading import SettingsError, read_settings

_TRIES = 3
"""So often a change is begun anew because somebody wrote the file in the same moment."""

BUSY = "Another program is writing the settings file; no key was changed, try again."
OTHER_MANNER = (
    "The keys in the settings file are not written as a table [keys]; nothing was changed."
)
UNREADABLE = "The settings file is no readable text; nothing was changed."


class KeyLines:
    """The table `[keys]` of a settings file. Fulfils `core.own_keys.KeyFile`.

    Args:
        path: the settings file; it need not exist.
        below: a settings file whose lines hold where this one is silent, as the owner's own is for the demo's.
        wrote: called before the file is written.
    """

    def __init__(
        self, path: Path, below: Path | None = None, *, wrote: Callable[[], object] = lambda: None
    ) -> None:
        self._path = path
        self._below = below
        self._wrote = wrote

    def read(self) -> dict[str, str]:
        """See `KeyFile.read`."""
        below = _keys(self._below, _text(self._below)) if self._below is not None else {}
        return {**below, **self.lines()}

    def lines(self) -> dict[str, str]:
        """See `KeyFile.lines`."""
        return _keys(self._path, _text(self._path))

    def change(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        """See `KeyFile.change`."""
        try:
            for _ in range(_TRIES):
                before = _text(self._path)
                text = self._changed(before, changes)
                if text == before:
                    return self.read()
                self._wrote()
                if replace_text(self._path, before, text):
                    return self.read()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise KeysNotChanged(
                f"The settings file cannot be written ({reason}); no key was changed."
            ) from error
        raise KeysNotChanged(BUSY)

    def _changed(self, text: str, changes: Mapping[str, str | None]) -> str:
        """The text with other lines."""
        was = _keys(self._path, text)
        wanted = {**was, **{id_: keys for id_, keys in changes.items() if keys is not None}}
        for id_ in [id_ for id_, keys in changes.items() if keys is None]:
            wanted.pop(id_, None)
        if wanted == was:
            return text
        changed = _rewritten(text, wanted, was)
        try:
            same = _others(text) == _others(changed)
            told = read_settings(self._path, changed).keys
        except SettingsError:
            same, told = False, {}
        if not same or told != wanted:
            raise KeysNotChanged(OTHER_MANNER)
        return changed


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except UnicodeDecodeError:
        raise KeysNotChanged(UNREADABLE) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise KeysNotChanged(f"The settings file cannot be read ({reason}).") from error


def _keys(path: Path, text: str) -> dict[str, str]:
    try:
        return dict(read_settings(path, text).keys)
    except SettingsError as error:
        # In a status line there is no room for the path.
        first = error.mistakes[0].replace(f"The settings file {path}", "Settings file", 1)
        raise KeysNotChanged(first) from None


def _others(text: str) -> dict[str, Any]:
    """What the text says besides keys."""
    import tomllib  # at start nothing is written

    return {key: value for key, value in tomllib.loads(text).items() if key != "keys"}


def _rewritten(text: str, wanted: Mapping[str, str], was: Mapping[str, str]) -> str:
    """The text with other lines in its table of keys; comments and the order of what stays are kept."""
    import tomlkit

    document: Any = tomlkit.parse(text)
    if "keys" not in document:
        document["keys"] = tomlkit.table()
    table = document["keys"]
    for id_ in was.keys() - wanted.keys():
        _take_out(table, id_)
    for id_, keys in wanted.items():
        if id_ not in was or id_ in table:
            if was.get(id_) != keys:
                table[id_] = keys
        elif was[id_] != keys:
            _take_out(table, id_)
            table[id_] = keys
    return tomlkit.dumps(document)


def _take_out(table: Any, id_: str) -> None:
    """Take a line out, whether its id is one key in quotes or, as `item.done = …`, a table in a table."""
    if id_ in table:
        del table[id_]
        return
    head, _, rest = id_.partition(".")
    if rest and head in table:
        _take_out(table[head], rest)
