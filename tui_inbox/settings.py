"""The settings file: TOML in, frozen dataclasses out, and errors that name line and key.

Reading uses only the standard library, because it happens before the first frame.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from tui_inbox.core.text import clean_line

T = TypeVar("T")


class SettingsError(Exception):
    """The settings file cannot be used. `str()` is one sentence with file, line and key."""


@dataclass(frozen=True, slots=True)
class LookSettings:
    """The table `[look]`."""

    theme: str = field(
        default="", metadata={"doc": "Name of the colour theme; empty to choose by the terminal."}
    )
    density: str = field(
        default="normal",
        metadata={"doc": "`normal` or `dense`.", "one_of": ("normal", "dense")},
    )
    plain_glyphs: bool = field(
        default=False, metadata={"doc": "Marks from ASCII only: `*` and `o` for `●` and `○`."}
    )


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """The table `[sending]`."""

    hold_seconds: int = field(
        default=10,
        metadata={"doc": "How long a send can be taken back, in seconds.", "range": (0, 600)},
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with the values that hold where the file is silent.

    Attributes:
        look: the table `[look]`.
        sending: the table `[sending]`.
        keys: the table `[keys]`, by the id of what is done: the keys that shall do it, parted by spaces.
            Only the screen knows which ids there are; see `mistake_in_keys`.
    """

    look: LookSettings = field(default_factory=LookSettings)
    sending: SendingSettings = field(default_factory=SendingSettings)
    keys: dict[str, str] = field(default_factory=dict)


_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_ASSIGNED = re.compile(r"""\s*([\w.\-"' ]+?)\s*=""")
_TYPE_WORDS = {bool: "true or false", int: "a whole number", str: "a text in quotes"}


def load_settings(path: Path) -> Settings:
    """The settings of a file; all defaults where there is no file.

    Raises:
        SettingsError: the file is not TOML, or has an unknown key or a value of the wrong kind.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The settings file {path} is not valid TOML: {error}. Nothing was changed; mend that line."
        ) from None
    return _read(Settings, raw, text, path, "")


def mistake_in_keys(path: Path, id_: str, what: str) -> SettingsError:
    """What to raise when a line of the table `[keys]` cannot be used.

    Args:
        path: the settings file.
        id_: the id in that line.
        what: what is wrong with it, without a full stop.
    """
    return _error(path, path.read_text(encoding="utf-8"), f"keys.{id_}", what)


def _read(kind: type[T], raw: dict[str, Any], text: str, path: Path, prefix: str) -> T:
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # only called with dataclasses
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name = prefix + key
        if key not in known:
            raise _error(path, text, name, f"there is no setting of that name{_near(key, known)}")
        wanted = hints[key]
        if hasattr(wanted, "__dataclass_fields__"):
            if not isinstance(value, dict):
                raise _error(path, text, name, f"this is a table, written [{name}]")
            values[key] = _read(wanted, value, text, path, name + ".")
            continue
        if wanted == dict[str, str]:
            values[key] = dict(_flat(value, text, path, name))
            continue
        if type(value) is not wanted:
            raise _error(path, text, name, f"this must be {_TYPE_WORDS[wanted]}")
        _check(known[key].metadata, value, path, text, name)
        values[key] = value
    return kind(**values)


def _flat(value: object, text: str, path: Path, name: str) -> Iterator[tuple[str, str]]:
    """The texts of a free table. `a.b = "x"` is a table in a table to TOML, and means what `"a.b" = "x"` means."""
    if not isinstance(value, dict):
        raise _error(path, text, name, f"this is a table, written [{name}]")
    for key, inner in value.items():
        if isinstance(inner, dict):
            for rest, own in _flat(inner, text, path, f"{name}.{key}"):
                yield f"{key}.{rest}", own
        elif isinstance(inner, str):
            yield key, inner
        else:
            raise _error(path, text, f"{name}.{key}", "this must be a text in quotes")


def _check(metadata: Any, value: Any, path: Path, text: str, name: str) -> None:
    if (choices := metadata.get("one_of")) and value not in choices:
        raise _error(path, text, name, "this must be one of " + ", ".join(choices))
    if (limits := metadata.get("range")) and not limits[0] <= value <= limits[1]:
        raise _error(path, text, name, f"this must be from {limits[0]} to {limits[1]}")


def _near(key: str, known: dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    return f" (is {near[0]} meant?)" if near else ""


def _error(path: Path, text: str, name: str, what: str) -> SettingsError:
    return SettingsError(
        f"The settings file {path}, line {_line_of(text, name)}, key {clean_line(name)}: {what}. "
        "Nothing was changed; mend that line."
    )


def _line_of(text: str, name: str) -> int:
    """The line on which a dotted key stands; its table's header if it has no line of its own."""
    table, header = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        opened, assigned = _TABLE.match(line), _ASSIGNED.match(line)
        if opened:
            table = _plain(opened[1])
            header = number if f"{name}.".startswith(f"{table}.") else header
        key = f"{table}.{_plain(assigned[1])}" if assigned else table
        if key.removeprefix(".") == name:
            return number
    return header


def _plain(dotted: str) -> str:
    """A dotted key as it is called: without quotes and blanks."""
    return re.sub(r"[\"'\s]", "", dotted)
