"""The settings file: TOML in, frozen structs out, and errors that name line and key.

Reading uses only the standard library, because it happens before the first frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields

from tui_inbox.core.text import clean_line

T = TypeVar("T", bound=Struct)


class SettingsError(Exception):
    """The settings file cannot be used. `str()` is one sentence with file, line and key."""


class LookSettings(Struct, frozen=True):
    """The table `[look]`."""

    theme: Annotated[
        Literal["inbox-dark", "inbox-light", "inbox-contrast", "inbox-16"],
        Meta(description="Name of the colour theme."),
    ] = "inbox-dark"
    density: Annotated[Literal["normal", "dense"], Meta(description="`normal` or `dense`.")] = (
        "normal"
    )
    plain_glyphs: Annotated[
        bool, Meta(description="Marks from ASCII only: `*` and `o` for `●` and `○`.")
    ] = False


class SendingSettings(Struct, frozen=True):
    """The table `[sending]`."""

    hold_seconds: Annotated[
        int, Meta(description="How long a send can be taken back, in seconds.", ge=0, le=600)
    ] = 10


class Settings(Struct, frozen=True):
    """Everything that can be set, with the values that hold where the file is silent.

    Attributes:
        look: the table `[look]`.
        sending: the table `[sending]`.
        keys: the table `[keys]`, by the id of what is done: the keys that shall do it, parted by spaces.
            Only the screen knows which ids there are; see `mistake_in_keys`.
    """

    look: LookSettings = LookSettings()
    sending: SendingSettings = SendingSettings()
    keys: dict[str, str] = {}


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
    import tomllib  # most owners have no such file

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


class Known(Struct, frozen=True):
    """What is known of one setting.

    Attributes:
        kind: its Python type; a struct for a table.
        choices: the texts it may be, if only some.
        meta: what it is for, and its limits.
        default: what holds where the file is silent.
    """

    kind: Any
    choices: tuple[str, ...]
    meta: Meta
    default: Any


def known_settings(table: type[Struct]) -> dict[str, Known]:
    """The settings of a table, by their names in the file."""
    hints = get_type_hints(table, include_extras=True)
    return {field.name: _known(hints[field.name], field.default) for field in fields(table)}


def _known(hint: Any, default: Any) -> Known:
    hint, meta = get_args(hint) if get_origin(hint) is Annotated else (hint, Meta())
    if get_origin(hint) is Literal:
        return Known(str, get_args(hint), meta, default)
    return Known(hint, (), meta, default)


def _read(kind: type[T], raw: dict[str, Any], text: str, path: Path, prefix: str) -> T:
    known = known_settings(kind)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name = prefix + key
        if key not in known:
            raise _error(path, text, name, f"there is no setting of that name{_near(key, known)}")
        wanted = known[key].kind
        if wanted == dict[str, str]:
            values[key] = dict(_flat(value, text, path, name))
        elif issubclass(wanted, Struct):
            if not isinstance(value, dict):
                raise _error(path, text, name, f"this is a table, written [{name}]")
            values[key] = _read(wanted, value, text, path, name + ".")
        elif wrong := _wrong(known[key], value):
            raise _error(path, text, name, wrong)
        else:
            values[key] = value
    return kind(**values)


def _wrong(known: Known, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    if type(value) is not known.kind:
        return f"this must be {_TYPE_WORDS[known.kind]}"
    if known.choices and value not in known.choices:
        return "this must be one of " + ", ".join(known.choices)
    least, most = known.meta.ge, known.meta.le
    if isinstance(value, int) and least is not None and most is not None:
        return "" if least <= value <= most else f"this must be from {least} to {most}"
    return ""


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
