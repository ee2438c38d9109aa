"""What is left after a kill, compared with what was typed and with what the server has."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.crashes import texts

from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.store import drafts, outbox
from tui_inbox.store.database import open_database
from tui_inbox.store.outbox import OutboxRow

Written = Sequence[dict[str, Any]]
"""What the server has, see `FakeServer.written`."""


@dataclass(slots=True)
class Left:
    """What a store holds."""

    drafts: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[OutboxRow]] = field(default_factory=lambda: defaultdict(list))
    damage: str = ""


def what_is_left(store: Path) -> Left:
    """Read a store whose program has ended."""
    left = Left()
    db = open_database(store, read_only=True)
    try:
        (told,) = db.execute("PRAGMA quick_check(1)").fetchone()
        left.damage = "" if told == "ok" else told
        for draft in drafts.drafts(db):
            left.drafts[texts.name_in(draft.text) or ""].append(draft)
        for row in outbox.rows(db):
            if row.is_text and row.state is not OutboxState.DISCARDED:
                name = texts.name_in(Draft.from_json(row.content).text)
                left.rows[name or ""].append(row)
    finally:
        db.close()
    return left


@dataclass(slots=True)
class Judge:
    """Knows all that was ever typed.

    Attributes:
        limit: seconds of typing that a kill may cost.
        counts: what was found, by its name in words.
        faults: what must not be.
        worst: seconds before a kill at which the oldest key was pressed that was lost.
    """

    limit: float
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    worst: float = 0.0
    _typed: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    _read: int = 0

    def read_journal(self, journal: Path) -> None:
        """Take in what was typed since it was read last."""
        lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
        for line in lines[self._read :]:
            told = json.loads(line)
            self.note(told["name"], told["at"], told["typed"])
        self._read = len(lines)

    def note(self, name: str, at: float, length: int) -> None:
        """Somebody typed the text of that name, so far."""
        self._typed[name].append((at, length))

    def after_a_kill(self, at: float, left: Left, written: Written) -> None:
        """Find everything that was typed before."""
        self.counts["kills"] += 1
        if left.damage:
            self.faults.append(f"the store is damaged: {left.damage}")
        on_server = _marks(one["form"]["status"] for one in written)
        for mark, count in on_server.items():
            if count > 1:
                self._fault(f"{mark} was posted {count} times")
        for name in list(self._typed):
            self._find(name, at, left, on_server)
            self._typed[name] = self._typed[name][-1:] if name in self._typed else []
            if not self._typed[name]:
                del self._typed[name]

    def _find(self, name: str, at: float, left: Left, on_server: Counter[str]) -> None:
        kept, rows = left.drafts.get(name, []), left.rows.get(name, [])
        if len(kept) > 1 or (kept and rows):
            self._fault(f"{name} stands twice: {len(kept)} drafts, {len(rows)} rows")
        in_rows = _marks(Draft.from_json(row.content).text for row in rows)
        if any(count > 1 for count in in_rows.values()):
            self._fault(f"{name} is in the outbox twice")
        if rows and set(in_rows) != set(texts.marks(name)):
            self._fault(f"{name} is in the outbox, but not all of it")
        if kept and any(on_server[mark] for mark in texts.marks(name)):
            self._fault(f"{name} is a draft, and on the server")
        for row in rows:
            for mark in texts.marks_in(Draft.from_json(row.content).text):
                if row.state is OutboxState.SENT and not on_server[mark]:
                    self._fault(f"{mark} is said to be sent, and is not on the server")
        if not rows:
            self._lost(name, at, len(kept[0].text) if kept else 0)

    def _lost(self, name: str, at: float, length: int) -> None:
        """What was typed of a text and is not in its draft must have been typed in the last moment."""
        ages = [at - moment for moment, typed in self._typed[name] if typed > length]
        if not ages:
            return
        self.worst = max(self.worst, *ages)
        if max(ages) > self.limit:
            self._fault(f"{name} has lost what was typed {max(ages):.2f} s before the kill")
        self.counts["kills that cost a last moment of typing"] += 1
        if not length:
            self.counts["texts that were begun in that moment only"] += 1
            del self._typed[name]
        else:
            self._typed[name] = [(at, length)]

    def at_the_end(self, left: Left, written: Written, *, exactly_once: bool) -> None:
        """After a calm life: everything is sent, or shown as what it is."""
        on_server = _marks(one["form"]["status"] for one in written)
        for name in self._typed:
            for row in left.rows.get(name, []):
                self._settled(row, on_server, exactly_once=exactly_once)
            if not left.rows.get(name):
                self._fault(f"{name} is not in the outbox at the end")
        self._check_threads(written, left)
        self._check_pictures(written)

    def _settled(self, row: OutboxRow, on_server: Counter[str], *, exactly_once: bool) -> None:
        marks = texts.marks_in(Draft.from_json(row.content).text)
        is_there = all(on_server[mark] == 1 for mark in marks)
        is_shown = row.state in (OutboxState.UNKNOWN, OutboxState.WAITING)
        if exactly_once and not (is_there and row.state is OutboxState.SENT):
            self._fault(f"{marks[0]} is {row.state} at the end ({row.reason}), there: {is_there}")
        elif not is_there and not is_shown:
            self._fault(f"{marks[0]} is not on the server, and shown as {row.state}")

    def _check_threads(self, written: Written, left: Left) -> None:
        """Each part of a thread answers the one above it."""
        of_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in written:
            name = texts.name_in(one["form"]["status"]) or ""
            if texts.kind_of(name) == "thread":
                of_name[name].append(one)
        for name, parts in of_name.items():
            parents = [one["parent"] for one in parts]
            if parents != [None, *(one["id"] for one in parts[:-1])]:
                self._fault(f"the parts of {name} do not answer one another: {parents}")
            found = [mark for one in parts for mark in texts.marks_in(one["form"]["status"])]
            if found != texts.marks(name)[: len(found)]:
                self._fault(f"the parts of {name} are out of order")

    def _check_pictures(self, written: Written) -> None:
        for one in written:
            name = texts.name_in(one["form"]["status"]) or ""
            has_picture = any("media_ids" in key for key in one["form"])
            if (texts.kind_of(name) == "picture") != has_picture:
                self._fault(f"{name} was posted {'with' if has_picture else 'without'} a picture")

    def count_ends(self, left: Left, written: Written) -> None:
        """Count what became of everything."""
        on_server = _marks(one["form"]["status"] for one in written)
        self.counts["posts on the server"] += len(written)
        for rows in left.rows.values():
            for row in rows:
                mark = texts.marks_in(Draft.from_json(row.content).text)[0]
                there = "on the server" if on_server[mark] else "not there"
                self.counts[f"texts {row.state}, {there}"] += 1

    def _fault(self, what: str) -> None:
        if what not in self.faults:
            self.faults.append(what)


def _marks(found: Iterable[str]) -> Counter[str]:
    return Counter(mark for text in found for mark in texts.marks_in(text))
