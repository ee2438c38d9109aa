"""Rows as JSON, for the verbs' `--json`. The form is stable: scripts are written against it.

A row becomes an object with all its fields under their own names, also those that are empty. Words from a fixed
set (lanes, states, audiences) are the words shown on screen. Moments are ISO 8601 in UTC, with milliseconds,
days are ISO 8601; None stays null. A labelled line is `{"label", "text"}`, a place in a feed `{"at", "identity"}`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis, to_datetime, to_millis

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"

# Moments are plain integers; how a field is annotated tells them from counts and ids.
_MOMENTS = ("Millis", "Millis | None")
_LAST = to_millis(datetime(9999, 12, 31, tzinfo=UTC))
"""What waits for the owner is put off to a moment behind all that a calendar knows."""
_PAIRS = {
    "EntryKey": ("at", "identity"),
    "tuple[Millis, str] | None": ("at", "text"),
}
_LABELLED = "tuple[tuple[str, str], ...]"


def rows_json(value: object) -> JSON:
    """Any row, view or tuple of them as JSON.

    Raises:
        TypeError: the value is none of the program's rows.
    """
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [rows_json(one) for one in value]
    if isinstance(value, dict):
        return {str(key): rows_json(one) for key, one in value.items()}
    if isinstance(value, Struct):
        annotations = type(value).__annotations__
        return {
            name: _field(annotations[name], getattr(value, name))
            for name in value.__struct_fields__
        }
    raise TypeError(f"{type(value).__name__} is no row")


def moment_json(moment: Millis | None) -> str | None:
    """A moment as `2025-11-21T09:12:00.000Z`; null where there is none, or where it does not come by itself."""
    if moment is None or moment > _LAST:
        return None
    return to_datetime(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _field(annotation: str, value: object) -> JSON:
    if isinstance(value, int) and annotation in _MOMENTS:
        return moment_json(value)
    if isinstance(value, tuple) and (names := _PAIRS.get(annotation)):
        at, text = value
        return {names[0]: moment_json(at), names[1]: text}
    if isinstance(value, tuple) and annotation == _LABELLED:
        return [{"label": label, "text": text} for label, text in value]
    return rows_json(value)
