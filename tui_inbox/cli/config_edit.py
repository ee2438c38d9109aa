"""`tui-inbox config edit`: the settings file in the owner's editor; the old one holds until the new one is right."""

from __future__ import annotations

import sys
from pathlib import Path

from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.program import Program
from tui_inbox.core.own_rules import RulesNotChanged
from tui_inbox.editor import NoEditor, edit_file
from tui_inbox.file_text import read_text, replace_text
from tui_inbox.rule_settings import own_rule
from tui_inbox.settings_file import SettingsFile, rule_changes
from tui_inbox.settings_reading import read_settings
from tui_inbox.settings_template import explained

AS_IT_WAS = "Nothing was changed."
SAVED = "Saved to {path}. An open tui-inbox takes it over by itself."
AGAIN = "Edit again? [Y/n] "
KEPT = "The settings are as they were; what you wrote is kept in {draft}."
MEANWHILE = "Somebody else has changed {path} meanwhile."


def edit(program: Program) -> int:
    """Let the owner edit the settings until nothing is wrong in them, or they give up."""
    path = Path(program.installation().settings)
    draft = path.with_name("settings-edit.toml")
    try:
        before = read_text(path)
        begun = before or explained()
        _write(draft, begun)
        text = _edited(program, draft)
    except (OSError, UnicodeDecodeError, NoEditor) as error:
        draft.unlink(missing_ok=True)
        print(f"{str(error).rstrip('.')}. {AS_IT_WAS}", file=sys.stderr)
        return FAILED
    if text is None:
        print(KEPT.format(draft=draft), file=sys.stderr)
        return FAILED
    if text == begun and before:
        draft.unlink()
        print(AS_IT_WAS)
        return DONE
    if not _saved(path, before, text):
        print(f"{MEANWHILE.format(path=path)} {KEPT.format(draft=draft)}", file=sys.stderr)
        return FAILED
    draft.unlink()
    print(SAVED.format(path=path))
    return DONE


def _write(draft: Path, text: str) -> None:
    """Put the text where the editor finds it, for the owner only; it stays there if the machine fails meanwhile."""
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _edited(program: Program, draft: Path) -> str | None:
    """What the owner made of it; None if they gave up with mistakes in it.

    Raises:
        NoEditor: the editor failed.
        OSError, UnicodeDecodeError: it left nothing that can be read.
    """
    line = 1
    while True:
        edit_file(draft, line)
        text = read_text(draft)
        mistakes = program.mistakes(text)
        if not mistakes:
            return text
        for sentence in mistakes:
            print(sentence, file=sys.stderr)
        if not _again():
            return None
        line = _line_of(mistakes[0])


def _again() -> bool:
    """Whether to go on; nobody is asked where nobody can answer."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(AGAIN).strip().lower() not in ("n", "no")
    except EOFError:
        return False


def _line_of(sentence: str) -> int:
    """The line that a mistake names."""
    _, _, rest = sentence.partition("line ")
    number = rest.split(",")[0].split(")")[0]
    return int(number) if number.isdigit() else 1


def _saved(path: Path, before: str, text: str) -> bool:
    """Put the new text in the place of the old one; rules that the program wrote meanwhile are in it, too."""
    if replace_text(path, before, text):
        return True
    now = read_text(path)
    kept = [tuple(map(own_rule, read_settings(path, one).rules)) for one in (before, now)]
    changes = rule_changes(*kept)
    try:
        # What else has changed was no rule of the program's: nobody can tell what is meant.
        if SettingsFile(path).changed(before, changes) != now:
            return False
        merged = SettingsFile(path).changed(text, changes)
    except RulesNotChanged:
        return False
    return replace_text(path, now, merged)
