"""The settings file: TOML in, frozen structs out, and errors that name line and key.

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
from msgspec.structs import asdict, fields

from tui_inbox.core.ask_rules import LOOKS_FOR, AskRules
from tui_inbox.core.text import clean_line
from tui_inbox.rule_settings import RuleSettings, mistakes_in

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


class TimelineSettings(Struct, frozen=True):
    """The table `[timeline]`."""

    fold_floods: Annotated[
        bool,
        Meta(
            description="Three and more posts by one person in a row become one row; `l` unfolds."
        ),
    ] = True


class SendingSettings(Struct, frozen=True):
    """The table `[sending]`."""

    hold_seconds: Annotated[
        int, Meta(description="How long a send can be taken back, in seconds.", ge=0, le=600)
    ] = 10


class WatchingSettings(Struct, frozen=True):
    """The table `[watching]`."""

    quiet_days: Annotated[
        int,
        Meta(
            description="Watching a thread (`W`) ends by itself after so many days without anything new.",
            ge=1,
            le=30,
        ),
    ] = 3


class NotificationSettings(Struct, frozen=True):
    """The table `[notifications]`."""

    talk: Annotated[
        bool, Meta(description="Tell when it is your turn with somebody you talk with.")
    ] = True
    newcomers: Annotated[bool, Meta(description="Tell of newcomers who address you.")] = False
    strangers: Annotated[bool, Meta(description="Tell of strangers who address you.")] = False
    searches: Annotated[
        Literal["marked", "all", "none"],
        Meta(description="Whose new hits are told: `marked` searches' (`*`), `all`, or `none`."),
    ] = "marked"
    groups: Annotated[
        tuple[str, ...],
        Meta(description="Groups of yours (`t g`) whose people's posts are told, by name."),
    ] = ()
    accounts: Annotated[
        tuple[str, ...],
        Meta(description="Only these accounts are told of, by letters or handle; empty for all."),
    ] = ()
    text: Annotated[
        Literal["public", "none"],
        Meta(
            description="Whether a bubble shows the text: of what everybody may read, or of nothing. What is "
            "private, to followers or behind a warning is never shown."
        ),
    ] = "public"
    quiet: Annotated[
        str,
        Meta(
            description="Hours without a bubble by your clock, as `22:00-07:00`; empty for none.",
            pattern=r"(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?",
            examples=["22:00-07:00"],
        ),
    ] = ""
    when: Annotated[
        Literal["unfocused", "always"],
        Meta(description="Only while the terminal is `unfocused`, or `always`."),
    ] = "unfocused"
    way: Annotated[
        Literal["auto", "osc9", "osc777", "osc99", "desktop", "none"],
        Meta(description="How it is shown; `none` shows nothing at all. See notifications.md."),
    ] = "auto"
    bell: Annotated[bool, Meta(description="Ring the terminal's bell as well.")] = False


Percent = Annotated[int, Meta(ge=0, le=100)]


class MixTargets(Struct, frozen=True):
    """The table `[mix.target]`."""

    broadcast: Percent = 0
    chat: Percent = 0
    engage: Percent = 0


class MixSettings(Struct, frozen=True):
    """The table `[mix]`."""

    show: Annotated[
        bool, Meta(description="Whether `g m` counts your own posts over 7 and 30 days.")
    ] = False
    target: Annotated[
        MixTargets,
        Meta(description="What you would like the shares to be, in percent; 0 says nothing."),
    ] = MixTargets()


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


class AskSettings(Struct, frozen=True):
    """The table `[asks]`: what looks for something, for searches that show nothing else. See `core.ask_rules`."""

    looks_for: Annotated[
        tuple[str, ...],
        Meta(
            description="Queries of the search language: a post that one of them finds looks for something. What you "
            "write takes the place of all of them; `tui-inbox config` shows those in force."
        ),
    ] = LOOKS_FOR
    never: Annotated[
        tuple[str, ...],
        Meta(description="Queries: what one of them finds never counts, as `is:reply` or `#job`."),
    ] = ()
    skip_links: Annotated[bool, Meta(description="Leave out posts of nothing but links.")] = True
    skip_boosts: Annotated[
        bool, Meta(description="Leave out what came only because somebody boosted it.")
    ] = True
    skip_bots: Annotated[
        bool, Meta(description="Leave out accounts that call themselves bots.")
    ] = True
    skip_repeats: Annotated[
        bool, Meta(description="Leave out a text that its author has said before.")
    ] = True

    @property
    def rules(self) -> AskRules:
        """What that means."""
        return AskRules(**asdict(self))


class ListeningSettings(Struct, frozen=True):
    """The table `[listening]`."""

    jetstream: Annotated[
        tuple[str, ...],
        Meta(
            description="Servers that tell all public posts of Bluesky, asked in this order when one falls silent; "
            "none are asked before a search listens. See search.md."
        ),
    ] = (
        "jetstream.us-west.bsky.network",
        "jetstream.us-east.bsky.network",
        "jetstream2.us-east.bsky.network",
        "jetstream1.us-west.bsky.network",
    )
    appview: Annotated[
        str,
        Meta(
            description="Who is asked for the names of people whose posts that stream brings; empty for nobody.",
            pattern=r"(https://[^\s/]+|http://(127\.0\.0\.1|localhost)(:\d+)?)?",
            examples=["https://public.api.bsky.app"],
        ),
    ] = "https://public.api.bsky.app"


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
        timeline: the table `[timeline]`.
        sending: the table `[sending]`.
        watching: the table `[watching]`.
        reading: the table `[reading]`.
        asks: the table `[asks]`.
        listening: the table `[listening]`.
        priority: the table `[priority]`.
        notifications: the table `[notifications]`.
        mix: the table `[mix]`.
        keys: the table `[keys]`, by the id of what is done: the keys that shall do it, parted by spaces.
            Only the screen knows which ids there are; see `mistakes_in_keys`.
        rules: the tables `[[rules]]`; `rule_settings.own_rule` says what each means.
    """

    look: LookSettings = LookSettings()
    timeline: TimelineSettings = TimelineSettings()
    sending: SendingSettings = SendingSettings()
    watching: WatchingSettings = WatchingSettings()
    reading: ReadingSettings = ReadingSettings()
    asks: AskSettings = AskSettings()
    listening: ListeningSettings = ListeningSettings()
    priority: PrioritySettings = PrioritySettings()
    notifications: NotificationSettings = NotificationSettings()
    mix: MixSettings = MixSettings()
    keys: dict[str, str] = {}
    rules: tuple[RuleSettings, ...] = ()


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
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from None
    return read_settings(path, text)


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


def lines_of(settings: Settings) -> Iterator[str]:
    """The settings in force as lines of TOML; what nobody has changed is marked as default."""
    for table, held in known_settings(Settings).items():
        own = getattr(settings, table)
        if held.kind == RULES:
            for rule in own:
                yield from ("[[rules]]", *_lines_of_rule(rule), "")
            continue
        yield f"[{table}]"
        if isinstance(own, dict):
            yield from (f"{_text(key)} = {_text(value)}" for key, value in own.items())
        else:
            for name, each in known_settings(held.kind).items():
                value = getattr(own, name)
                yield from assigned(name, value, "  # default" if value == each.default else "")
        yield ""


LONG_LINE = 100
"""A list that would take more characters than that stands on several lines."""


def assigned(name: str, value: object, remark: str = "") -> Iterator[str]:
    """A setting with its value, as lines of TOML."""
    line = f"{name} = {_toml(value)}"
    if isinstance(value, tuple) and len(line) > LONG_LINE:
        yield f"{name} = [{remark}"
        yield from (f"    {_toml(one)}," for one in value)
        yield "]"
    else:
        yield line + remark


def _lines_of_rule(rule: RuleSettings) -> Iterator[str]:
    """What a rule says; nothing of it is usual."""
    for name, each in known_settings(RuleSettings).items():
        if (value := getattr(rule, name)) != each.default:
            yield f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Struct):
        inner = (f"{field.name} = {_toml(getattr(value, field.name))}" for field in fields(value))
        return f"{{ {', '.join(inner)} }}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    """A text in quotes; TOML escapes as JSON does, and in single quotes not at all."""
    import json

    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)
