"""The settings file: TOML in, frozen structs out, and errors that name line and key.

Reading uses only the standard library, because it happens before the first frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields

from tui_inbox.core.text import clean_line

T = TypeVar("T", bound=Struct)

Wrong: TypeAlias = tuple[str, str]
"""A dotted key, and what is wrong with it."""


class SettingsError(Exception):
    """The settings file cannot be used. `str()` is one line for each mistake, with file, line and key.

    Attributes:
        mistakes: these lines.
        rest: what could be read all the same, with defaults for the rest.
    """

    def __init__(self, *mistakes: str, rest: Settings | None = None) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes
        self.rest = rest or Settings()


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


class ReadingSettings(Struct, frozen=True):
    """The table `[reading]`."""

    expand_warnings: Annotated[
        Literal["server", "always", "never"],
        Meta(
            description="Posts behind a warning: shown open `always`, `never`, or as your server says."
        ),
    ] = "server"
    expand_warnings_of: Annotated[
        tuple[str, ...],
        Meta(description="People whose warnings are always open, by their full handle."),
    ] = ()
    expand_warnings_with: Annotated[
        tuple[str, ...],
        Meta(description="Warnings with one of these words in them are always open."),
    ] = ()
    media: Annotated[
        Literal["server", "safe", "all", "none"],
        Meta(
            description="Attachments told at once: `safe` (all but sensitive ones), `all`, `none`, or as your "
            "server says."
        ),
    ] = "server"
    languages: Annotated[
        tuple[str, ...],
        Meta(
            description="Languages you read, as `en`: a post in another one says so. Without them, those you "
            "post in."
        ),
    ] = ()


class PrioritySettings(Struct, frozen=True):
    """The table `[priority]`."""

    learn: Annotated[
        bool,
        Meta(
            description="Whether the order learns from what you answer and whom you write to, on this machine."
        ),
    ] = True


class Settings(Struct, frozen=True):
    """Everything that can be set, with the values that hold where the file is silent.

    Attributes:
        look: the table `[look]`.
        sending: the table `[sending]`.
        reading: the table `[reading]`.
        priority: the table `[priority]`.
        keys: the table `[keys]`, by the id of what is done: the keys that shall do it, parted by spaces.
            Only the screen knows which ids there are; see `mistakes_in_keys`.
    """

    look: LookSettings = LookSettings()
    sending: SendingSettings = SendingSettings()
    reading: ReadingSettings = ReadingSettings()
    priority: PrioritySettings = PrioritySettings()
    keys: dict[str, str] = {}


_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_ASSIGNED = re.compile(r"""\s*([\w.\-"' ]+?)\s*=""")
TEXTS = tuple[str, ...]
"""The kind of a setting that is a list of texts."""

_TYPE_WORDS = {
    bool: "true or false",
    int: "a whole number",
    str: "a text in quotes",
    TEXTS: "a list of texts in quotes",
}


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
    wrong: list[Wrong] = []
    settings = _read(Settings, raw, wrong, "")
    if wrong:
        raise SettingsError(*_sentences(path, text, wrong), rest=settings)
    return settings


def mistakes_in_keys(path: Path, wrong: Mapping[str, str]) -> tuple[str, ...]:
    """What to say of lines of the table `[keys]` that cannot be used, one sentence each.

    Args:
        path: the settings file.
        wrong: by the id in the line, what is wrong with it, without a full stop.
    """
    text = path.read_text(encoding="utf-8")
    return _sentences(path, text, [(f"keys.{id_}", what) for id_, what in wrong.items()])


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


def _read(kind: type[T], raw: dict[str, Any], wrong: list[Wrong], prefix: str) -> T:
    """A table as its struct. What cannot be used is left out and noted in `wrong`."""
    known = known_settings(kind)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name = prefix + key
        if key not in known:
            wrong.append((name, f"there is no setting of that name{_near(key, known)}"))
        elif not isinstance(value, dict) and _is_table(known[key].kind):
            wrong.append((name, f"this is a table, written [{name}]"))
        elif known[key].kind == dict[str, str]:
            values[key] = dict(_flat(value, wrong, name))
        elif _is_table(known[key].kind):
            values[key] = _read(known[key].kind, value, wrong, name + ".")
        elif what := _wrong(known[key], value):
            wrong.append((name, what))
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _is_table(kind: Any) -> bool:
    return kind == dict[str, str] or (kind != TEXTS and issubclass(kind, Struct))


def _wrong(known: Known, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    if known.kind == TEXTS:
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "" if fits else f"this must be {_TYPE_WORDS[TEXTS]}"
    if type(value) is not known.kind:
        return f"this must be {_TYPE_WORDS[known.kind]}"
    if known.choices and value not in known.choices:
        return "this must be one of " + ", ".join(known.choices)
    least, most = known.meta.ge, known.meta.le
    if isinstance(value, int) and least is not None and most is not None:
        return "" if least <= value <= most else f"this must be from {least} to {most}"
    return ""


def _flat(table: dict[str, Any], wrong: list[Wrong], name: str) -> Iterator[tuple[str, str]]:
    """The texts of a free table. `a.b = "x"` is a table in a table to TOML, and means what `"a.b" = "x"` means."""
    for key, inner in table.items():
        if isinstance(inner, dict):
            for rest, own in _flat(inner, wrong, f"{name}.{key}"):
                yield f"{key}.{rest}", own
        elif isinstance(inner, str):
            yield key, inner
        else:
            wrong.append((f"{name}.{key}", "this must be a text in quotes"))


def _near(key: str, known: dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    return f" (is {near[0]} meant?)" if near else ""


def _sentences(path: Path, text: str, wrong: Iterable[Wrong]) -> tuple[str, ...]:
    """One sentence for each mistake, in the order of the lines."""
    placed = sorted((_line_of(text, name), name, what) for name, what in wrong)
    return tuple(
        f"The settings file {path}, line {line}, key {clean_line(name)}: {what}. "
        "Nothing was changed; mend that line."
        for line, name, what in placed
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


def lines_of(settings: Settings) -> Iterator[str]:
    """The settings in force as lines of TOML; what nobody has changed is marked as default."""
    for table, held in known_settings(Settings).items():
        own = getattr(settings, table)
        yield f"[{table}]"
        if isinstance(own, dict):
            yield from (f"{_text(key)} = {_text(value)}" for key, value in own.items())
        else:
            for name, each in known_settings(held.kind).items():
                value = getattr(own, name)
                yield f"{name} = {_toml(value)}{'  # default' if value == each.default else ''}"
        yield ""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    """A text in quotes; TOML escapes as JSON does."""
    import json

    return json.dumps(value, ensure_ascii=False)
