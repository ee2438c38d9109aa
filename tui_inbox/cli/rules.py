"""`tui-inbox rules`: the owner's rules, listed, added and removed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tui_inbox.cli.exit_codes import DONE, FAILED, WRONG_CALL
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import own_rules as commands
from tui_inbox.commands.context import NotPossible
from tui_inbox.commands.own_rules import RuleOutcome
from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import OwnRule, points_words
from tui_inbox.queries import rule_rows
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.rule_rows import RuleRow, facts_of
from tui_inbox.rule_settings import RuleSettings, mistakes_in, own_rule

NO_RULE = "Name a rule by its number: tui-inbox rules remove 2."
NONE = "No rule yet. `w` on anything on the screen makes one, or: tui-inbox rules add --tag '#acorn' --points 0.5"


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """List the rules, or change them and list them then."""
    try:
        match options.action:
            case "add":
                code = _add(program, options, scope)
            case "remove":
                code = _remove(program, options.words, scope)
            case _:
                code = DONE
    except NotPossible as reason:
        code = _fail(str(reason))
    if code == DONE:
        _list(program, options, scope)
    return code


def _list(program: Program, options: argparse.Namespace, scope: Scope) -> None:
    rows = _rows(program, scope)
    if options.json:
        print_json(rows)
    else:
        print_lines(_lines(rows, program.now()))


def _rows(program: Program, scope: Scope) -> tuple[RuleRow, ...]:
    return program.reader.ask(rule_rows.view, scope, now=program.now()).result()


def _lines(rows: Sequence[RuleRow], now: Millis) -> Iterator[str]:
    if not rows:
        yield NONE
    for row in rows:
        facts = " · ".join([row.about, *facts_of(row, now)])
        yield f"{row.number:>4}  {points_words(row.rule):>10}  {facts}"


def _add(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    said = RuleSettings(
        person=options.person or "",
        tag=options.tag or "",
        word=options.word or "",
        lane=options.lane or "",
        reason=options.reason or "",
        points=options.points or 0.0,
        not_at_all=options.not_at_all,
        until=options.until,
    )
    if wrong := next(mistakes_in(said), None):
        key, what = wrong
        sentence = f"--{key.replace('_', '-')}: {what}" if key else what[0].upper() + what[1:]
        return _fail(sentence, WRONG_CALL)
    code = _told(commands.add(program.context, rule := own_rule(said)).result())
    if code == DONE and rule.person:
        _say_if_unknown(program, rule, scope)
    return code


def _say_if_unknown(program: Program, rule: OwnRule, scope: Scope) -> None:
    """A handle may be mistyped, and may be right before its owner was ever seen: the rule is kept, and that is said."""
    added = [row for row in _rows(program, scope) if row.rule.about == rule.about]
    if added and not added[-1].name:
        print(
            f"Nobody called @{rule.person} is known here yet. The rule is kept, and counts as soon as somebody is.",
            file=sys.stderr,
        )


def _remove(program: Program, words: Sequence[str], scope: Scope) -> int:
    if len(words) != 1:
        return _fail(NO_RULE, WRONG_CALL)
    found = [row for row in _rows(program, scope) if str(row.number) == words[0]]
    if not found:
        return _fail(f"There is no rule {words[0]!r}. {NO_RULE}")
    return _told(commands.remove(program.context, found[0].rule).result())


def _told(outcome: RuleOutcome) -> int:
    """What the list that follows does not show is said here: that nothing was changed, and why."""
    return DONE if outcome.change is not None else _fail(outcome.sentence)


def _fail(sentence: str, code: int = FAILED) -> int:
    print(f"{sentence.rstrip('.')}.", file=sys.stderr)
    return code
