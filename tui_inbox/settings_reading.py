"""The settings file read: TOML in, frozen structs out, and errors that name line and key.

Reading uses only the standard library, because it happens before the first frame.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields

from tui_inbox.core.text import clean_line
from tui_inbox.file_text import read_text
from tui_inbox.rule_settings import RuleSettings, mistakes_in
from tui_inbox.settings import Settings

T = TypeVar("T", bound=Struct)

Wrong: TypeAlias = tuple[str, str]
"""A dotted key, and what is wrong with it."""


LEFT_OUT = "It is left out, the usual key holds."
"""What becomes of a line of the table `[keys]` that cannot be used."""
MEND_IT = "Nothing was changed; mend that line."
"""What to do about a mistake that keeps the file from being used."""


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


_TABLE = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_ASSIGNED = re.compile(r"""\s*([\w.\-"' ]+?)\s*=""")
TEXTS = tuple[str, ...]
"""The kind of a setting that is a list of texts."""

QUERIES = frozenset({"asks.looks_for", "asks.never"})
"""The lists of texts that are queries of the search language."""

RULES = tuple[RuleSettings, ...]
"""The kind of a setting that is a list of tables."""
DAY = date | None
"""The kind of a setting that is a day."""

_TYPE_WORDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    DAY: "a day without quotes, as 2026-12-07",
    str: "a text in quotes",
    TEXTS: "a list of texts in quotes",
}


def load_settings(path: Path) -> Settings:
    """The settings of a file; all defaults where there is no file.

    Raises:
        SettingsError: the file is not TOML, or has an unknown key or a value of the wrong kind.
    """
    text = settings_text(path)
    return read_settings(path, text) if text else Settings()


def settings_text(path: Path) -> str:
    """What stands in the settings file; nothing where there is none.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from None


def read_settings(path: Path, text: str) -> Settings:
    """The settings of a text.

    Args:
        path: the file whose text it is, for what is said of mistakes.
        text: TOML.

    Raises:
        SettingsError: as `load_settings`.
    """
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


def mistakes_in_keys(
    path: Path, text: str, wrong: Mapping[str, str], then: str = MEND_IT
) -> tuple[str, ...]:
    """What to say of lines of the table `[keys]` that cannot be used, one sentence each.

    Args:
        path: the settings file.
        text: what stands in it.
        wrong: by the id in the line, what is wrong with it, without a full stop.
        then: what became of the line, as a sentence.
    """
    return _sentences(path, text, [(f"keys.{id_}", what) for id_, what in wrong.items()], then)


def mistake_in(path: Path, name: str, what: str, text: str | None = None) -> str:
    """A sentence about a line of the file that could be read, and yet cannot be used.

    Args:
        path: the settings file.
        name: the dotted key.
        what: what is wrong, what was kept, and what to do.
        text: what is to stand in the file; what stands in it where this is left out.
    """
    line = line_of(path.read_text(encoding="utf-8") if text is None else text, name)
    return f"The settings file {path}, line {line}, key {name}: {what}"


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
        elif known[key].kind == RULES:
            values[key] = tuple(_rules(value, wrong, name))
        elif not isinstance(value, dict) and _is_table(known[key].kind):
            wrong.append((name, f"this is a table, written [{name}]"))
        elif known[key].kind == dict[str, str]:
            values[key] = dict(_flat(value, wrong, name))
        elif _is_table(known[key].kind):
            values[key] = _read(known[key].kind, value, wrong, name + ".")
        elif what := _wrong(known[key], value) or _wrong_queries(name, value):
            wrong.append((name, what))
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _rules(raw: object, wrong: list[Wrong], name: str) -> Iterator[RuleSettings]:
    """The rules of a list of tables, counted from 1 as they stand in the file; those with mistakes are left out."""
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        wrong.append((name, f"these are tables, each written [[{name}]]"))
        return
    for number, table in enumerate(raw, 1):
        own: list[Wrong] = []
        rule = _read(RuleSettings, table, own, f"{name}[{number}].")
        if not own:
            own += [
                (f"{name}[{number}].{key}".removesuffix("."), what)
                for key, what in mistakes_in(rule)
            ]
        wrong += own
        if not own:
            yield rule


def _is_table(kind: Any) -> bool:
    return kind == dict[str, str] or (isinstance(kind, type) and issubclass(kind, Struct))


def _wrong(known: Known, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    if not _is_of_kind(known.kind, value):
        return f"this must be {_TYPE_WORDS[known.kind]}"
    choices = [choice for choice in known.choices if choice]
    if choices and value not in choices:
        return "this must be one of " + ", ".join(choices)
    if known.meta.pattern and not re.fullmatch(known.meta.pattern, str(value)):
        return f"this must be empty, or as {known.meta.examples[0] if known.meta.examples else 'described'}"
    least, most = known.meta.ge, known.meta.le
    if isinstance(value, int | float) and least is not None and most is not None:
        return "" if least <= value <= most else f"this must be from {least} to {most}"
    return ""


def _wrong_queries(name: str, value: Any) -> str:
    """What is wrong with a list of queries; empty if nothing is, or it is none."""
    if name not in QUERIES:
        return ""
    from tui_inbox.core.query_text import QueryError, parse  # most owners have none of their own

    for query in value:
        try:
            parse(query)
        except QueryError as error:
            return f"{clean_line(query)} cannot be searched for: {error}"
    return ""


def _is_of_kind(kind: Any, value: object) -> bool:
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if kind == DAY:
        return type(value) is date
    return type(value) is kind or (kind is float and type(value) is int)


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


def _sentences(
    path: Path, text: str, wrong: Iterable[Wrong], then: str = MEND_IT
) -> tuple[str, ...]:
    """One sentence for each mistake, in the order of the lines."""
    placed = sorted((line_of(text, name), name, what) for name, what in wrong)
    return tuple(
        f"The settings file {path}, line {line}, key {clean_line(name)}: {what}. {then}"
        for line, name, what in placed
    )


def line_of(text: str, name: str) -> int:
    """The line on which a dotted key stands; its table's header if it has no line of its own."""
    table, header = "", 1
    lists: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        opened, assigned = _TABLE.match(line), _ASSIGNED.match(line)
        if opened:
            table = _plain(opened[2])
            if opened[1] == "[[":
                lists[table] += 1
                table = f"{table}[{lists[table]}]"
            header = number if f"{name}.".startswith(f"{table}.") else header
        key = f"{table}.{_plain(assigned[1])}" if assigned else table
        if key.removeprefix(".") == name:
            return number
    return header


def _plain(dotted: str) -> str:
    """A dotted key as it is called: without quotes and blanks."""
    return re.sub(r"[\"'\s]", "", dotted)
