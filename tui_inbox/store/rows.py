"""Small things that every module of this room needs to read and write rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import json

from tui_inbox.store.database import Connection


def encoded(value: object) -> str:
    """A value as compact JSON, the way columns hold it."""
    return json.encode(value).decode()


def listed(values: Iterable[int | str]) -> str:
    """Values as a JSON array, for `IN (SELECT value FROM json_each(?))`: one SQL text for any number of them."""
    return encoded(list(values))


def scalar(
    db: Connection, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
) -> Any:
    """The first column of the first row, or None."""
    row = db.execute(sql, parameters).fetchone()
    return None if row is None else row[0]


def inserted(db: Connection, sql: str, parameters: Iterable[object]) -> int:
    """Insert a row and return its number."""
    number = db.execute(sql, tuple(parameters)).lastrowid
    if number is None:
        raise AssertionError("an insert into a table with row numbers gave none")
    return number
