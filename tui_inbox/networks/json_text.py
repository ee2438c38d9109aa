"""JSON from outside, read so that no single value in it spoils the rest."""

from __future__ import annotations

import json
import re

_HALF = re.compile(r"[\ud800-\udfff]")
_MAY_HOLD_HALVES = re.compile(rb"\\u[dD][89abcdefABCDEF]")
_LONGEST_NUMBER = 400
"""Digits. Python refuses to read integers of more than some thousand, and with them the whole text."""


def from_json(text: str | bytes) -> object:
    """Decode JSON; an integer of unreasonable length is None, half of a character U+FFFD.

    Raises:
        ValueError: it is no JSON, or nested so deeply that only malice explains it.
    """
    try:
        data = _decode(text)
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return _without_halves(data) if _MAY_HOLD_HALVES.search(raw) else data
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _without_halves(data: object) -> object:
    """The data without surrogates that stand alone: no text with one can be encoded again."""
    match data:
        case str():
            return _HALF.sub("\ufffd", data)
        case list():
            return [_without_halves(one) for one in data]
        case dict():
            return {_HALF.sub("\ufffd", name): _without_halves(one) for name, one in data.items()}
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
