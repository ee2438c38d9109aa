"""Settings as lines of TOML, as `tui-inbox config` prints them and the page about settings shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import fields

from tui_inbox.rule_settings import RuleSettings
from tui_inbox.settings import Settings
from tui_inbox.settings_reading import RULES, known_settings


def lines_of(settings: Settings, lines: Mapping[str, int] | None = None) -> Iterator[str]:
    """The settings in force as lines of TOML; what the file does not say is marked as default.

    Args:
        settings: those in force.
        lines: by dotted name, the line of the file that says it, as `settings_origin` finds it.
    """
    lines = lines or {}
    for table, held in known_settings(Settings).items():
        own = getattr(settings, table)
        if held.kind == RULES:
            for rule in own:
                yield from ("[[rules]]", *_lines_of_rule(rule), "")
            continue
        yield f"[{table}]"
        if isinstance(own, dict):
            for key, value in own.items():
                yield f"{_text(key)} = {_text(value)}{_remark(lines.get(f'{table}.{key}'))}"
        else:
            for name, each in known_settings(held.kind).items():
                value, line = getattr(own, name), lines.get(f"{table}.{name}")
                usual = line is None and value == each.default
                yield from assigned(name, value, "  # default" if usual else _remark(line))
        yield ""


def _remark(line: int | None) -> str:
    return "" if line is None else f"  # line {line}"


LONG_LINE = 100
"""A list that would take more characters than that stands on several lines."""


def assigned(name: str, value: object, remark: str = "") -> Iterator[str]:
    """A setting with its value, as lines of TOML."""
    line = f"{name} = {as_toml(value)}"
    if isinstance(value, tuple) and len(line) > LONG_LINE:
        yield f"{name} = [{remark}"
        yield from (f"    {as_toml(one)}," for one in value)
        yield "]"
    else:
        yield line + remark


def _lines_of_rule(rule: RuleSettings) -> Iterator[str]:
    """What a rule says; nothing of it is usual."""
    for name, each in known_settings(RuleSettings).items():
        if (value := getattr(rule, name)) != each.default:
            yield f"{name} = {as_toml(value)}"


def as_toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Struct):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, dict):
        inner = (f"{name} = {as_toml(one)}" for name, one in value.items())
        return f"{{ {', '.join(inner)} }}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(as_toml, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    """A text in quotes; TOML escapes as JSON does, and in single quotes not at all."""
    import json

    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)
