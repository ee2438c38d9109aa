"""`tui-inbox config`: the settings in force, where their file is, and how it is changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tui_inbox.cli.exit_codes import DONE, FAILED, WRONG_CALL
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.core.own_rules import about_words
from tui_inbox.file_text import read_text, replace_text
from tui_inbox.queries import accounts, rule_rows
from tui_inbox.queries.rows import Scope
from tui_inbox.rule_settings import own_rule
from tui_inbox.settings import LookSettings, Settings
from tui_inbox.settings_change import (
    NoSuchSetting,
    Place,
    place_of,
    value_in,
    value_meant,
    with_value,
    without,
)
from tui_inbox.settings_lines import as_toml, lines_of
from tui_inbox.settings_origin import lines_by_setting
from tui_inbox.settings_reading import LEFT_OUT, SettingsError

ALL_WELL = "No mistake was found in {path}."
NO_FILE = "There is no {path}: all is default, and none is needed."
NOTHING_CHANGED = "Nothing was changed."
CHANGED_MEANWHILE = "Somebody else wrote {path} in the same moment; nothing was changed, try again."
TAKES_ONE_KEY = "Say which setting, as in: tui-inbox config {action} look.theme"
TAKES_A_VALUE = (
    "Say which setting, and what it shall be: tui-inbox config set look.theme inbox-light"
)


class Origin(Struct, frozen=True):
    """Where the value of a setting comes from. `line`: of the file, if it is from there."""

    source: Literal["default", "file"]
    line: int | None


class Config(Struct, frozen=True):
    """What is printed as JSON. `exists`: whether there is such a file; none is needed.

    Attributes:
        origins: where each setting that the file names comes from, by its dotted name; all others are default.
        mistakes: what is wrong in the file, one sentence each.
    """

    path: str
    exists: bool
    settings: Settings
    origins: dict[str, Origin]
    mistakes: tuple[str, ...]


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Do it. Fails where the file has mistakes: what could be read is printed all the same."""
    if options.action in _TAKE_WORDS:
        return _TAKE_WORDS[options.action](program, options.words)
    if options.words:
        return _fail(f"tui-inbox config {options.action} takes no more words.", WRONG_CALL)
    if options.action == "edit":
        from tui_inbox.cli.config_edit import edit

        return edit(program)
    return _ALONE[options.action](program, options)


def _show(program: Program, options: argparse.Namespace) -> int:
    """The settings in force, and which line of the file each comes from."""
    installation = program.installation()
    path, text = installation.settings, _text(program)
    exists = Path(path).exists()
    lines = lines_by_setting(text)
    if options.json:
        origins = {name: Origin("file", line) for name, line in lines.items()}
        print_json(Config(path, exists, program.settings, origins, installation.mistakes))
    else:
        print(f"# {path}{'' if exists else ' (there is no such file: all is default)'}\n")
        print_lines(lines_of(program.settings, lines))
    return _told(installation.mistakes)


def _path(program: Program, options: argparse.Namespace) -> int:
    if options.json:
        return _show(program, options)
    installation = program.installation()
    print(installation.settings)
    return _told(installation.mistakes)


def _check(program: Program, options: argparse.Namespace) -> int:
    """Everything that is wrong, and rules that do nothing, which is no mistake."""
    installation = program.installation()
    path = Path(installation.settings)
    if options.json:
        print_json(installation.mistakes)
        return FAILED if installation.mistakes else DONE
    code = _told(installation.mistakes)
    if code == DONE:
        print((ALL_WELL if path.exists() else NO_FILE).format(path=path))
        print_lines(_idle_rules(program, installation.store))
    return code


def _idle_rules(program: Program, store: str) -> Iterator[str]:
    """Rules that do nothing, as far as that is known without asking anybody."""
    rules = tuple(map(own_rule, program.settings.rules))
    for number, rule in enumerate(rules, 1):
        if rule.is_over(program.now()):
            yield f"Rule {number}, {about_words(rule)}: its last day has passed, so it counts nothing."
    if not rules or not Path(store).exists():
        return
    known = program.reader.ask(accounts.account_rows).result()
    everybody = Scope(tuple(account.id for account in known))
    for row in program.reader.ask(rule_rows.view, everybody, now=program.now()).result():
        if row.remark and row.rule in rules and not row.over:
            yield f"Rule {rules.index(row.rule) + 1}, {row.about}: {row.remark}."


def _get(program: Program, words: Sequence[str]) -> int:
    """One value: a text as it is, anything else as TOML."""
    if len(words) != 1:
        return _fail(TAKES_ONE_KEY.format(action="get"), WRONG_CALL)
    try:
        value = value_in(program.settings, place_of(words[0]))
    except NoSuchSetting as error:
        return _fail(str(error), WRONG_CALL)
    print(value if isinstance(value, str) else as_toml(value))
    return DONE


def _set(program: Program, words: Sequence[str]) -> int:
    """Write one setting."""
    if len(words) < 2:
        return _fail(TAKES_A_VALUE, WRONG_CALL)
    key, *value = words

    def change(path: Path, text: str, place: Place) -> str:
        return with_value(path, text, place, value_meant(place, value))

    return _change(program, key, change)


def _unset(program: Program, words: Sequence[str]) -> int:
    """Take one setting out of the file: its default holds again."""
    if len(words) != 1:
        return _fail(TAKES_ONE_KEY.format(action="unset"), WRONG_CALL)
    return _change(program, words[0], without)


def _change(program: Program, key: str, change: Callable[[Path, str, Place], str]) -> int:
    path = Path(program.installation().settings)
    try:
        place = place_of(key)
    except NoSuchSetting as error:
        return _fail(str(error), WRONG_CALL)
    try:
        before = read_text(path)
        text = change(path, before, place)
    except NoSuchSetting as error:
        return _fail(str(error))
    except SettingsError as error:
        about = list(error.mistakes)
        text = before
    except UnicodeDecodeError:
        return _fail(f"{path} is no readable text; nothing was changed.")
    else:
        known, wrong = program.mistakes(before), program.mistakes(text)
        about = [one for one in wrong if f"key {key}:" in one or len(wrong) > len(known)]
    if about:
        what = about[0].partition(f"key {key}: ")[2] or about[0]
        for instead in (LEFT_OUT, f"{LookSettings().theme} is on; mend that line."):
            what = what.replace(instead, NOTHING_CHANGED)
        what = what.replace("; mend that line", "")
        return _fail(f"{key}: {what}")
    if text == before:
        print(f"{key} stands so already.")
    elif not replace_text(path, before, text):
        return _fail(CHANGED_MEANWHILE.format(path=path))
    else:
        line = lines_by_setting(text).get(key)
        said = "is as it is by default again" if line is None else f"stands in line {line}"
        print(f"{key} {said} of {path}." if line is not None else f"{key} {said}.")
    return DONE


def _text(program: Program) -> str:
    """What stands in the file, as far as it can be read; mistakes are told apart."""
    try:
        return read_text(Path(program.installation().settings))
    except (OSError, UnicodeDecodeError):
        return ""


def _told(mistakes: Sequence[str]) -> int:
    for sentence in mistakes:
        print(sentence, file=sys.stderr)
    return FAILED if mistakes else DONE


def _fail(sentence: str, code: int = FAILED) -> int:
    print(sentence, file=sys.stderr)
    return code


_ALONE = {"show": _show, "path": _path, "check": _check}
_TAKE_WORDS = {"get": _get, "set": _set, "unset": _unset}
