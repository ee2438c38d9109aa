"""Who is named in a text that is being written: found, added and taken out, without touching the rest of it."""

from __future__ import annotations

import re

# A server that is tried out on one's own machine has a port in its handles.
_NAME = re.compile(r"(?<![\w@/.])@([\w-]+(?:\.[\w-]+)*(?:@[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?)?)")
_HEAD = re.compile(rf"(?:{_NAME.pattern}[ ]*)*")


def named(text: str) -> tuple[str, ...]:
    """The handles that a text names, without their `@`, each once, as they are written first."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(text):
        found.setdefault(match[1].casefold(), match[1])
    return tuple(found.values())


def names(text: str, handle: str) -> bool:
    """Whether a text names somebody.

    Args:
        handle: as `quillfox` or `quillfox@town.example`, in any case.
    """
    return any(match[1].casefold() == handle.casefold() for match in _NAME.finditer(text))


def with_name(text: str, handle: str) -> str:
    """The text with somebody named behind those it begins with; as it is where it names them."""
    if names(text, handle):
        return text
    head = _HEAD.match(text)
    at = head.end() if head else 0
    before = text[:at].rstrip(" ")
    return f"{before}{' ' if before else ''}@{handle} {text[at:].lstrip(' ')}"


def without_name(text: str, handle: str) -> str:
    """The text without somebody's name, wherever it stands, and without the blank behind it."""
    pieces, at = [], 0
    for match in _NAME.finditer(text):
        if match[1].casefold() == handle.casefold():
            pieces.append(text[at : match.start()])
            at = match.end() + text[match.end() :].startswith(" ")
    return "".join([*pieces, text[at:]])
