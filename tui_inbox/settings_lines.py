"""Settings as lines of TOML, as `tui-inbox config` prints them and the page about settings shows them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import fields

from tui_inbox.rule_settings import RuleSettings
from tui_inbox.settings import Settings
from tui_inbox.settings_reading import RULES, known_settings


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
