"""One setting read or changed by its dotted name, as `tui-inbox config get` and `set` do.

As with rules (`settings_file.py`), only the line of the setting changes: comments and the owner's manner of writing
stay, and what came out is read again before anybody writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui_inbox.settings import Settings
from tui_inbox.settings_lines import assigned
from tui_inbox.settings_reading import (
    RULES,
    TEXTS,
    Known,
    known_settings,
    read_settings,
)

_HEADER = re.compile(r"\s*\[")
_ANY_KEY = r'"[\w.]+"'
RULES_ELSEWHERE = (
    "Rules are added with tui-inbox rules add, and changed with tui-inbox config edit."
)


class NoSuchSetting(Exception):
    """There is no setting of that name, or not with that value. `str()` is one sentence for the user."""


class Place(Struct, frozen=True):
    """Where a setting stands.

    Attributes:
        table: its table, `look`.
        name: its name in it, `theme`; in `[keys]` an id, which may have dots.
        known: what is known of it.
    """

    table: str
    name: str
    known: Known

    @property
    def key(self) -> str:
        """Its dotted name."""
        return f"{self.table}.{self.name}"


def place_of(key: str) -> Place:
    """Where a setting stands.

    Raises:
        NoSuchSetting: there is none of that name.
    """
    table, _, name = key.partition(".")
    held = known_settings(Settings).get(table)
    if held is not None and held.kind == RULES:
        raise NoSuchSetting(RULES_ELSEWHERE)
    if held is not None and held.kind == dict[str, str] and name:
        from msgspec import Meta

        return Place(table, name, Known(str, (), Meta(), ""))
    if held is not None and held.kind != dict[str, str]:
        known = known_settings(held.kind).get(name)
        if known is not None:
            return Place(table, name, known)
    near = get_close_matches(key, list(keys()), n=1)
    meant = f" (is {near[0]} meant?)" if near else ""
    raise NoSuchSetting(
        f"There is no setting {key!r}{meant}; tui-inbox config show lists all of them."
    )


def keys() -> Iterator[str]:
    """The dotted names of all settings but rules and keys."""
    for table, held in known_settings(Settings).items():
        if held.kind not in (RULES, dict[str, str]):
            yield from (f"{table}.{name}" for name in known_settings(held.kind))


def value_in(settings: Settings, place: Place) -> Any:
    """The value in force; of a key that is as the program has it, an empty text."""
    own = getattr(settings, place.table)
    return own.get(place.name, "") if isinstance(own, dict) else getattr(own, place.name)


def value_meant(place: Place, words: Sequence[str]) -> Any:
    """What is meant by the words of a call.

    A text needs no quotes, and of a list each word is one: `config set reading.languages en de`. Everything else is
    TOML; whether it fits is found out by `with_value`.

    Raises:
        NoSuchSetting: no value can be made of it.
    """
    import tomllib

    said = " ".join(words)
    try:
        value = tomllib.loads(f"value = {said}")["value"]
    except tomllib.TOMLDecodeError:
        value = None
    if place.known.kind is str and not isinstance(value, str):
        return said
    if place.known.kind == TEXTS and not isinstance(value, list):
        return [value] if isinstance(value, str) else list(words)
    if value is None:
        raise NoSuchSetting(f"{said!r} is no value for {place.key}; nothing was changed.")
    return value


def with_value(path: Path, text: str, place: Place, value: Any) -> str:
    """The text of the settings file with a setting in it.

    Args:
        path: the file, for what is said of mistakes.
        text: what stands in it.
        place: which setting.
        value: its value, as TOML knows it.

    Raises:
        SettingsError: the value is wrong, or the text is not TOML.
        NoSuchSetting: the file is written in a manner in which that cannot be changed.
    """
    read_settings(path, _alone(place, value))
    held = _others(path, text, place)
    changed = _beside_its_comment(text, place, value) or _changed(text, place, value)
    if _others(path, changed, place) != held or _held(changed, place) != value:
        raise _in_another_manner(place)
    return changed


def without(path: Path, text: str, place: Place) -> str:
    """The text of the settings file without a setting: then its default holds.

    Raises:
        SettingsError: the text is not TOML.
        NoSuchSetting: as `with_value`.
    """
    held = _others(path, text, place)
    document = _document(text)
    document.get(place.table, {}).pop(place.name, None)
    changed = _dumped(document)
    if _others(path, changed, place) != held or _held(changed, place) is not None:
        raise _in_another_manner(place)
    return changed


def _in_another_manner(place: Place) -> NoSuchSetting:
    return NoSuchSetting(
        f"{place.key} is written in a manner that cannot be changed from here; nothing was changed. "
        "tui-inbox config edit opens the file."
    )


def _alone(place: Place, value: Any) -> str:
    """A file with nothing but this."""
    import tomlkit

    document = tomlkit.document()
    document[place.table] = {place.name: value}
    return tomlkit.dumps(document)


def _changed(text: str, place: Place, value: Any) -> str:
    import tomlkit

    document = _document(text)
    if place.table not in document:
        document[place.table] = tomlkit.table()
    document[place.table][place.name] = value
    return _dumped(document)


def _document(text: str) -> Any:
    import tomlkit

    return tomlkit.parse(text)


def _dumped(document: Any) -> str:
    import tomlkit

    return tomlkit.dumps(document)


def _beside_its_comment(text: str, place: Place, value: Any) -> str:
    """The text with the setting below the line that says in a comment what holds without it; empty where none does."""
    if _held(text, place) is not None:
        return ""
    lines = text.splitlines(keepends=True)
    header = re.compile(rf"\s*\[\s*{re.escape(place.table)}\s*\]")
    is_key = place.table == "keys"  # there an example stands for all of them
    comment = re.compile(rf"#\s*{_ANY_KEY if is_key else re.escape(place.name)}\s*=")
    begun = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if begun is None:
        return ""
    for number in range(begun + 1, len(lines)):
        if _HEADER.match(lines[number]):
            return ""
        if comment.match(lines[number]):
            below = _end_of_comment(lines, number)
            name = f'"{place.name}"' if is_key else place.name
            own = "\n".join(assigned(name, tuple(value) if isinstance(value, list) else value))
            return "".join([*lines[:below], f"{own}\n", *lines[below:]])
    return ""


def _end_of_comment(lines: Sequence[str], number: int) -> int:
    """The line below a setting in a comment, which may be a list on several lines."""
    if lines[number].rstrip().endswith("["):
        while number + 1 < len(lines) and lines[number].startswith("#"):
            if lines[number].rstrip().endswith("# ]"):
                break
            number += 1
    return number + 1


def _held(text: str, place: Place) -> Any:
    """What the file says of a setting; None if nothing."""
    import tomllib

    own = tomllib.loads(text).get(place.table, {})
    return _flat(own).get(place.name) if place.table == "keys" else own.get(place.name)


def _flat(table: dict[str, Any], before: str = "") -> dict[str, Any]:
    """`a.b = "x"` is a table in a table to TOML, and means what `"a.b" = "x"` means."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        own = _flat(value, f"{before}{key}.") if isinstance(value, dict) else {before + key: value}
        found |= own
    return found


def _others(path: Path, text: str, place: Place) -> dict[str, Any]:
    """What the file says besides that setting.

    Raises:
        SettingsError: it is not TOML.
    """
    import tomllib

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        read_settings(path, text)
        raise
    told = _flat(raw)
    told.pop(place.key, None)
    for name in [name for name in told if name.startswith(f"{place.key}.")]:
        if place.table != "keys":
            del told[name]
    return told
