"""Writing the owner's rules into the settings file, which is theirs: nothing else in it is touched.

Only the lines of the rule that changes are written anew, by tomlkit, which keeps comments and the owner's manner of
writing. What came out is read again before it replaces the file: unless everything else says the same, and the rules
say what they should, nothing is written.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.own_rules import OwnRule, RuleChange, RuleFileTrouble, RulesNotChanged
from tui_inbox.file_text import read_text, replace_text
from tui_inbox.rule_settings import as_table, own_rule
from tui_inbox.settings import Settings
from tui_inbox.settings_reading import SettingsError, load_settings, read_settings

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_RULE = re.compile(r"""^[ \t]*\[\[[ \t]*(?:rules|"rules"|'rules')[ \t]*\]\]""", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TRIES = 3
"""So often a change is begun anew because somebody wrote the file in the same moment."""


LATELY_SECONDS = 3600.0
"""For so long an editor may have been open that saves over what the program has written."""


class _Written(Struct, frozen=True):
    """What this program has written: the text before it began to, the text since then, and when (monotonic)."""

    before: str
    after: str
    at: float


class SettingsFile:
    """The file in which the rules stand. Fulfils `core.own_rules.RuleFile`.

    Args:
        path: the settings file; it need not exist.
        now: seconds that nobody sets back.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._now = now
        self._taken_out: dict[OwnRule, str] = {}
        self._written: _Written | None = None

    @property
    def path(self) -> str:
        """Where it is."""
        return str(self._path)

    def read(self) -> tuple[OwnRule, ...]:
        """See `RuleFile.read`."""
        return _rules(self._settings())

    def ask_rules(self) -> AskRules:
        """See `RuleFile.ask_rules`."""
        return self._settings().asks.rules

    def change(self, changes: Sequence[RuleChange]) -> tuple[OwnRule, ...]:
        """See `RuleFile.change`."""
        try:
            for _ in range(_TRIES):
                before = self._text()
                text, rules = self._changed(before, changes)
                if text == before:
                    return rules
                if replace_text(self._path, before, text):
                    self._note(before, text)
                    return rules
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise RuleFileTrouble(
                f"The settings file cannot be written ({reason}); no rule was changed."
            ) from error
        raise RuleFileTrouble(
            "Another program is writing the settings file; no rule was changed, try again."
        )

    def changed(self, text: str, changes: Sequence[RuleChange]) -> str:
        """A text with changes made to the rules in it; nothing is written.

        Raises:
            RulesNotChanged: as `change`.
        """
        return self._changed(text, changes)[0]

    def wrote(self, text: str) -> bool:
        """Whether a text is what this program has written last."""
        return self._written is not None and text == self._written.after

    def bring_back(self, text: str) -> tuple[RuleChange, ...]:
        """Write again, once, what somebody has saved over without knowing of it. Returns what that was.

        Args:
            text: what stands in the file now, and was written by somebody else.

        Raises:
            RulesNotChanged: as `change`.
        """
        changes = self.overwritten(text)
        if changes:
            self.change(changes)
        self._written = None  # whoever takes it out again means it
        return changes

    def overwritten(self, text: str) -> tuple[RuleChange, ...]:
        """What this program has done to the rules lately, and somebody has undone without knowing of it.

        An editor that was opened before the program wrote a rule saves the file without it. That is told from a rule
        that was deleted on purpose by all rules being those of the time before, and by how long ago it was.

        Args:
            text: as for `bring_back`.
        """
        written = self._written
        if written is None or self._now() - written.at > LATELY_SECONDS:
            return ()
        try:
            before, after, now = (
                _rules(read_settings(self._path, one))
                for one in (written.before, written.after, text)
            )
        except SettingsError:
            return ()
        return rule_changes(before, after) if now == before else ()

    def _note(self, before: str, text: str) -> None:
        """Keep what was there before this program wrote, until somebody else has written."""
        known = self._written
        first = known.before if known is not None and known.after == before else before
        self._written = _Written(first, text, self._now())

    def line_of(self, rule: OwnRule | None) -> int:
        """See `RuleFile.line_of`."""
        try:
            text = self._text()
            place = _rules(self._settings()).index(rule) if rule else -1
        except (OSError, ValueError, RulesNotChanged):
            return 1
        tables = _tables(text)
        return 1 + text.count("\n", 0, tables[place].start) if 0 <= place < len(tables) else 1

    def _settings(self, text: str | None = None) -> Settings:
        """What the file says, or a text that could stand in it."""
        try:
            return load_settings(self._path) if text is None else read_settings(self._path, text)
        except SettingsError as error:
            # In a status line there is no room for the path, which E shows.
            first = error.mistakes[0].replace(f"The settings file {self._path}", "Settings file", 1)
            raise RuleFileTrouble(first) from None

    def _text(self) -> str:
        try:
            return read_text(self._path)
        except UnicodeDecodeError:
            raise RuleFileTrouble(
                "The settings file is no readable text; nothing was changed."
            ) from None

    def _changed(self, text: str, changes: Sequence[RuleChange]) -> tuple[str, tuple[OwnRule, ...]]:
        """The text with changes made, and the rules that stand in it then."""
        rules = list(_rules(self._settings(text)))
        expected, before = list(rules), text
        for change in changes:
            text = self._with(text, expected, change)
        try:
            told = _rules(read_settings(self._path, text))
            same = _others(before) == _others(text)
        except SettingsError:
            same, told = False, ()
        if not same or told != tuple(expected):
            raise self._in_another_manner()
        return text, told

    def _with(self, text: str, rules: list[OwnRule], change: RuleChange) -> str:
        """The text with one change made; `rules` follow it."""
        tables = _tables(text)
        was, became = change.was, change.became
        if was is None:
            if became is None:
                return text
            place = len(rules) if change.place is None else min(change.place, len(rules))
            rules.insert(place, became)
            return _put(text, tables, place, self._taken_out.pop(became, "") or _written(became))
        if was not in rules:
            raise RulesNotChanged(
                "This rule has changed in the settings file meanwhile; nothing was done to it."
            )
        place = rules.index(was)
        if place >= len(tables):
            raise self._in_another_manner()
        table = tables[place]
        if became is None:
            del rules[place]
            self._taken_out[was] = text[table.start : table.keys_end]
            return _without(text, table)
        rules[place] = became
        return (
            text[: table.start]
            + _rewritten(text[table.start : table.keys_end], became)
            + text[table.keys_end :]
        )

    def _in_another_manner(self) -> RulesNotChanged:
        return RulesNotChanged(
            "The rules in the settings file are not written as tables [[rules]]; nothing was changed."
        )


def rule_changes(before: Sequence[OwnRule], after: Sequence[OwnRule]) -> tuple[RuleChange, ...]:
    """What was done to the rules between two moments: of two about the same, one became the other."""
    gone = [rule for rule in before if rule not in after]
    changes = []
    for place, rule in enumerate(after):
        if rule not in before:
            was = next((one for one in gone if one.same_as(rule)), None)
            if was is not None:
                gone.remove(was)
            changes.append(RuleChange(was, rule, None if was is not None else place))
    return (*(RuleChange(rule, None) for rule in gone), *changes)


class _Table(Struct, frozen=True):
    """Where a table `[[rules]]` stands in the text: its header's line, and the end of the line of its last key."""

    start: int
    keys_end: int


def _rules(settings: Settings) -> tuple[OwnRule, ...]:
    return tuple(map(own_rule, settings.rules))


def _others(text: str) -> dict[str, Any]:
    """What the text says besides rules."""
    import tomllib  # at start nothing is written

    return {key: value for key, value in tomllib.loads(text).items() if key != "rules"}


def _tables(text: str) -> list[_Table]:
    """Where the rules stand, if each is a table."""
    found = []
    for header in _RULE.finditer(text):
        below = _HEADER.search(text, header.end())
        end = below.start() if below else len(text)
        found.append(_Table(header.start(), _keys_end(text, header.start(), end)))
    return found


def _keys_end(text: str, start: int, end: int) -> int:
    """Comments and blank lines below the last key may belong to what follows."""
    last = start
    at = start
    for line in text[start:end].splitlines(keepends=True):
        at += len(line)
        if line.strip() and not line.lstrip().startswith("#"):
            last = at
    return last


def _put(text: str, tables: Sequence[_Table], place: int, rule: str) -> str:
    """The text with a rule more: below the one before it, above the first one, or at the end."""
    if place and tables:
        at = tables[min(place, len(tables)) - 1].keys_end
    elif tables:
        at = _above_comments(text, tables[0].start)
        return f"{text[:at]}{rule}\n{text[at:]}"
    else:
        at = len(text.rstrip()) and len(text)
    head = text[:at]
    if head and not head.endswith("\n"):
        head += "\n"
    return f"{head}{chr(10) if head.strip() else ''}{rule}{text[at:]}"


def _above_comments(text: str, at: int) -> int:
    """The beginning of the comments that stand directly above a line."""
    while at:
        line_at = text.rfind("\n", 0, at - 1) + 1
        if not text[line_at:at].lstrip().startswith("#"):
            return at
        at = line_at
    return at


def _without(text: str, table: _Table) -> str:
    """The text without a rule, and without the blank line that parted it from what follows."""
    head, tail = text[: table.start], text[table.keys_end :]
    if not head.strip() or head.endswith(("\n\n", "\r\n\r\n")):
        tail = tail.removeprefix("\r\n").removeprefix("\n")
    return head + tail


def _written(rule: OwnRule) -> str:
    """A new table."""
    import tomlkit

    table = tomlkit.table()
    for key, value in as_table(rule).items():
        table[key] = value
    return f"[[rules]]\n{table.as_string()}"


def _rewritten(text: str, rule: OwnRule) -> str:
    """A table with other values; its comments, its order and its manner stay."""
    import tomlkit

    document: TOMLDocument = tomlkit.parse(text)
    table: Any = document["rules"][0]
    wanted: dict[str, str | float | bool | date] = as_table(rule)
    held = dict(table.unwrap())
    for key in held.keys() - wanted.keys():
        del table[key]
    for key, value in wanted.items():
        if key not in held or held[key] != value:
            table[key] = value
    return tomlkit.dumps(document)
