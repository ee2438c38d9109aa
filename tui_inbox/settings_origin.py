"""Where each setting in force comes from: a line of the owner's file, or the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui_inbox.settings import Settings
from tui_inbox.settings_reading import RULES, known_settings, line_of


def lines_by_setting(text: str) -> dict[str, int]:
    """The line on which each setting is set, by its dotted name; without those that the file does not name.

    Args:
        text: what stands in the settings file. If it is not TOML, nothing is set.
    """
    import tomllib

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    return {name: line_of(text, name) for name in _named(raw)}


def _named(raw: Mapping[str, Any]) -> Iterator[str]:
    for table, held in known_settings(Settings).items():
        own = raw.get(table)
        if held.kind == RULES or not isinstance(own, dict):
            continue
        if held.kind == dict[str, str]:
            yield from (f"{table}.{id_}" for id_ in _flat(own))
        else:
            yield from (f"{table}.{name}" for name in known_settings(held.kind) if name in own)


def _flat(table: Mapping[str, Any]) -> Iterator[str]:
    for key, inner in table.items():
        if isinstance(inner, dict):
            yield from (f"{key}.{rest}" for rest in _flat(inner))
        else:
            yield key
