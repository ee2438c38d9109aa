"""What is kept of the town between runs: when it was founded, when it was looked at, what the owner did.

Everything else is told again from these. All of it goes through the `AccountState` port as JSON text; the
list of what the owner did is cut into pieces, so that a new line rewrites little.
"""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from msgspec import Struct, convert, field, to_builtins

from tui_inbox.core.act import Act
from tui_inbox.core.draft import Outgoing
from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import AccountState
from tui_inbox.core.post import MediaKind

_FOUNDED = "demo.town"
_LIVED_UNTIL = "demo.lived-until"
_PIECE = "demo.journal.{}"
_LINES_A_PIECE = 50


class Opened(Struct, frozen=True):
    """A session began.

    Attributes:
        left_at: up to when the session before was lived.
    """

    left_at: Millis
    at: Millis
    speed: float


class Published(Struct, frozen=True):
    """The owner posted, changed a post, or left a text to the town until its moment (`Outgoing.send_at`)."""

    at: Millis
    outgoing: Outgoing


class Uploaded(Struct, frozen=True):
    """The owner handed over a file, or said something else of it: what it is, and what can be seen in it."""

    at: Millis
    name: str
    kind: MediaKind
    alt: str


class Acted(Struct, frozen=True):
    """The owner did something to a post or person."""

    at: Millis
    act: Act


Line: TypeAlias = Opened | Published | Uploaded | Acted


class Record(Struct):
    """All that is kept.

    Attributes:
        lived_until: up to when the last session was lived; nothing later has been told to anybody.
    """

    seed: int
    founded_at: Millis
    lived_until: Millis
    lines: list[Line] = field(default_factory=list)


class Journal:
    """The record on disk. A line is there when the method that writes it returns."""

    def __init__(self, state: AccountState) -> None:
        self._state = state
        self._piece = 0
        self._lines: list[Line] = []

    async def read(self) -> Record | None:
        """What was kept, or None when no town was founded yet."""
        founded = await self._state.get(_FOUNDED)
        if founded is None:
            return None
        told = json.loads(founded)
        record = Record(told["seed"], told["founded_at"], told["founded_at"])
        self._piece = 0
        while (piece := await self._state.get(_PIECE.format(self._piece))) is not None:
            self._lines = [_line(line) for line in json.loads(piece)]
            record.lines += self._lines
            self._piece += 1
        self._piece = max(0, self._piece - 1)
        until = int(await self._state.get(_LIVED_UNTIL) or 0)
        record.lived_until = max(until, *(line.at for line in record.lines), record.founded_at)
        return record

    async def found(self, seed: int, founded_at: Millis) -> Record:
        """Keep that a town was founded."""
        await self._state.put(_FOUNDED, json.dumps({"seed": seed, "founded_at": founded_at}))
        return Record(seed, founded_at, founded_at)

    async def add(self, line: Line) -> None:
        """Keep one more line."""
        if len(self._lines) >= _LINES_A_PIECE:
            self._lines = []
            self._piece += 1
        lines = [*self._lines, line]
        text = json.dumps([_told(line) for line in lines], ensure_ascii=False)
        await self._state.put(_PIECE.format(self._piece), text)
        self._lines = lines

    async def live_until(self, moment: Millis) -> None:
        """Keep that everything up to a moment has happened, before anybody is told of it."""
        await self._state.put(_LIVED_UNTIL, str(moment))


def _told(line: Line) -> dict[str, Any]:
    return {"what": type(line).__name__.lower(), **to_builtins(line)}


def _line(told: dict[str, Any]) -> Line:
    match told["what"]:
        case "opened":
            return convert(told, Opened)
        case "published":
            return convert(told, Published)
        case "uploaded":
            return convert(told, Uploaded)
        case _:
            return convert(told, Acted)
