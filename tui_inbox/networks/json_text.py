"""JSON from outside, read so that no single value in it spoils the rest."""

from __future__ import annotations

import json

_LONGEST_NUMBER = 400
"""Digits. Python refuses to read integers of more than some thousand, and with them the whole text."""


def from_json(text: str | bytes) -> object:
    """Decode JSON; an integer of unreasonable length is None.

    Raises:
        ValueError: it is no JSON, or nested so deeply that only malice explains it.
    """
    try:
        data: object = _decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return data


def _decode(text: str | bytes) -> object:
    data: object
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        data = json.loads(text, parse_int=_integer)
    return data


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None
