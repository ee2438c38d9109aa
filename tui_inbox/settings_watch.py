"""Takes the settings file over while the program runs: what changed, and who has to be told of it.

Part of the composition root. The screen asks now and then whether the file is another one (`ui/settings_news.py`);
everything here but that question is done on a thread that nobody waits for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui_inbox.core.own_rules import RulesNotChanged, about_words
from tui_inbox.file_mark import Mark, mark_of
from tui_inbox.file_text import replace_text
from tui_inbox.settings import Settings
from tui_inbox.settings_file import SettingsFile
from tui_inbox.settings_reading import (
    SettingsError,
    load_settings,
    read_settings,
    settings_text,
)
from tui_inbox.ui.services import Services, Taken

if TYPE_CHECKING:
    from tui_inbox.program import Inbox
    from tui_inbox.sync.hub import Hub

log = logging.getLogger(__name__)

BY_THE_SCREEN = frozenset(
    {"look", "timeline", "sending", "watching", "notifications", "mix", "keys"}
)
"""Tables that the screen takes over with its services, and nobody else needs."""

_NO_TOML = " is not valid TOML: "
_BROUGHT_BACK = "An editor saved over the rule {rule}; it was written again."


class SettingsWatch:
    """Fulfils `ui.services.OwnSettings`.

    Args:
        program: the object graph of this run, which keeps the settings in force.
        hub: the running hub.
        services: makes what the screen is given, of the settings in force.
    """

    def __init__(self, program: Inbox, hub: Hub, services: Callable[[], Services]) -> None:
        self._program = program
        self._services = services
        self._marks = (
            program.seen
        )  # of before they were read, so that what is saved during the start is seen, too
        self._in_force = program.in_force
        self._take_over: Mapping[str, Callable[[], None]] = {
            "reading": program.keep_own_choice,
            "priority": program.keep_own_choice,
            "rules": lambda: program.keep_own_rules(program.stored_rules().result()),
            "asks": program.keep_ask_rules,
            "listening": hub.hear_anew,
        }

    @property
    def told(self) -> frozenset[str]:
        """The tables that others than the screen are told of."""
        return frozenset(self._take_over)

    def has_changed(self) -> bool:
        """See `OwnSettings.has_changed`: one look at each file, which costs some microseconds."""
        return self._look() != self._marks

    def begun(self) -> Path:
        """See `OwnSettings.begun`."""
        from tui_inbox.settings_template import explained

        path = self._program.paths.settings
        if not path.exists():
            replace_text(path, "", explained())
        return path

    def take(self) -> Taken:
        """See `OwnSettings.take`."""
        self._marks = self._look()
        try:
            return self._take()
        except SettingsError as error:
            return Taken(_in_short(error.mistakes))

    def _look(self) -> tuple[Mark, ...]:
        return tuple(map(mark_of, self._program.files))

    def _take(self) -> Taken:
        program, rules = self._program, self._program.rules
        text = settings_text(Path(rules.path))
        is_own = rules.wrote(text)
        again = "" if is_own else _bring_back(rules, text)
        self._marks = self._look()  # before it is read, so that nothing written later is missed
        for path in program.files:
            _check(path)
        program.settings = load_settings(program.paths.settings)
        before, self._in_force = self._in_force, program.in_force
        changed = changed_tables(before, self._in_force)
        own = program.own_writes(changed)
        for take_over in dict.fromkeys(
            self._take_over[table] for table in changed if table in self._take_over
        ):
            take_over()
        if not changed:
            return Taken(again)
        log.info("settings were read again: %s", ", ".join(changed))
        if is_own and changed == ("rules",):
            return Taken("")
        services, news = self._services(), [table for table in changed if table not in own]
        wrong = services.first_words if "keys" in news else ""
        said = again or said_of(news, self._take_over)
        return Taken(" ".join(filter(None, (said, wrong))), services)


def changed_tables(before: Settings, after: Settings) -> tuple[str, ...]:
    """Which tables of the file say something else now, in the order of the model."""
    return tuple(
        table
        for table in Settings.__struct_fields__
        if getattr(before, table) != getattr(after, table)
    )


def said_of(changed: Sequence[str], taken: Mapping[str, object]) -> str:
    """What was taken over, and what holds from the next start."""
    known = BY_THE_SCREEN | taken.keys()
    now = [table for table in changed if table in known]
    later = [table for table in changed if table not in known]
    said = [f"Settings read again: {', '.join(now)}."] if now else []
    if later:
        said.append(f"From the next start: {', '.join(later)}.")
    return " ".join(said)


def _bring_back(rules: SettingsFile, text: str) -> str:
    """Write rules again that an editor has saved over without knowing of them. Returns a sentence, or nothing."""
    try:
        lost = [change.became or change.was for change in rules.bring_back(text)]
    except RulesNotChanged as reason:
        return str(reason)
    names = [about_words(rule, full=False) for rule in lost if rule is not None]
    return _BROUGHT_BACK.format(rule=" and ".join(names)) if names else ""


def _check(path: Path) -> None:
    """See that nothing is wrong in a file, but for keys, of which lines are left out.

    Raises:
        SettingsError: something is.
    """
    read_settings(path, settings_text(path))


def _in_short(mistakes: Sequence[str]) -> str:
    """The first mistake for a status line, which has no room for the path, and how many there are besides."""
    _, of_a_line, where = mistakes[0].partition(", line ")
    _, of_all, why = mistakes[0].partition(_NO_TOML)
    first = f"line {where}" if of_a_line else f"the file{_NO_TOML}{why}" if of_all else mistakes[0]
    first = first.partition(" Nothing was changed")[0]
    more = f" {len(mistakes) - 1} more." if len(mistakes) > 1 else ""
    return f"The old settings stay: {first}{more}"
