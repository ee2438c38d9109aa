"""The owner's rules: more of something, less of it, not at all, for a week only. All of it can be undone.

The settings file is the truth and is changed first; what queries read follows in the same transaction, which other
processes wait for, so that two of them never write the file at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import msgspec
from msgspec import Struct

from tui_inbox.commands.context import Context, NotNow, NotPossible
from tui_inbox.commands.journal import Step, log
from tui_inbox.commands.searches import take_ask_rules
from tui_inbox.core.moment import DAY, Millis, to_datetime
from tui_inbox.core.own_rules import (
    OwnRule,
    RuleChange,
    RuleFile,
    RuleFileTrouble,
    RulesNotChanged,
    about_words,
    day_words,
    lasting,
    moved,
    points_words,
    rule_for,
    silenced,
)
from tui_inbox.store.own_rules import put_rules
from tui_inbox.store.store import Writing

WEEK = 7
"""Days for which `for a week only` lets a change last, today not counted."""

NO_FILE = "There is no settings file here to write a rule into."


class RuleOutcome(Struct, frozen=True):
    """What became of a rule.

    Attributes:
        sentence: what was done, without a full stop; or why it was not.
        change: what was done; None where nothing was.
        action: its entry in the action log.
    """

    sentence: str
    change: RuleChange | None = None
    action: int | None = None


def move(
    ctx: Context, about: OwnRule, step: int, *, rule: OwnRule | None = None
) -> Future[RuleOutcome]:
    """More of something, or less of it.

    Args:
        about: what it is about.
        step: thousandths that are added, negative for less.
        rule: the rule that is meant, where it is one rather than whatever is in force about it.
    """

    def change(rules: Sequence[OwnRule]) -> RuleChange:
        return moved(about, rule or rule_for(rules, about, ctx.clock.now()), step)

    return _change(ctx, change)


def silence(ctx: Context, about: OwnRule) -> Future[RuleOutcome]:
    """Not at all."""

    def change(rules: Sequence[OwnRule]) -> RuleChange:
        return silenced(about, rule_for(rules, about, ctx.clock.now()))

    return _change(ctx, change)


def add(ctx: Context, rule: OwnRule) -> Future[RuleOutcome]:
    """Write a rule; one in force about the same is replaced."""

    def change(rules: Sequence[OwnRule]) -> RuleChange:
        return RuleChange(rule_for(rules, rule, ctx.clock.now()), rule)

    return _change(ctx, change)


def remove(ctx: Context, rule: OwnRule) -> Future[RuleOutcome]:
    """Take a rule out of the file."""
    return _change(ctx, lambda rules: RuleChange(rule, None))


def last_a_week(ctx: Context, change: RuleChange) -> Future[RuleOutcome]:
    """Let what a change did last a week only; what stood there before holds on."""
    now = ctx.clock.now()
    until = to_datetime(now + WEEK * DAY).astimezone().date()

    def job(w: Writing) -> RuleOutcome:
        changes = lasting(change, until)
        became = change.became
        if became is None:
            return RuleOutcome("Nothing was added that could end.")
        if became.until is not None and became.until <= until:
            return RuleOutcome(f"It lasts until {day_words(became.until, now)} already.")
        if not changes:
            return RuleOutcome("Nothing was added that could end.")
        what = f"{about_words(became, full=False)} until {day_words(until, now)} only"
        action = _apply(ctx, w, changes, f"the rule {what}")
        last = changes[-1]
        return RuleOutcome(what, RuleChange(last.became, last.became), action)

    return ctx.change(job)


def reread(ctx: Context) -> Future[str]:
    """Read the rules anew after somebody has changed the file, those for what looks for something too.

    Returns:
        what is wrong with it; empty if nothing is.
    """

    def job(w: Writing) -> str:
        try:
            put_rules(w, _file(ctx).read(), ctx.clock.now())
            take_ask_rules(w, _file(ctx).ask_rules(), ctx.clock.now())
        except RulesNotChanged as reason:
            return str(reason)
        return ""

    return ctx.change(job)


def change_back(ctx: Context, w: Writing, told: Sequence[Any]) -> None:
    """Take changes back, the last first.

    Args:
        told: the changes as the action log has them.

    Raises:
        NotPossible: the file has other rules meanwhile.
        NotNow: it cannot be read or written.
    """
    made = msgspec.convert(told, list[RuleChange])
    back = [RuleChange(one.became, one.was, one.place) for one in reversed(made)]
    _write(ctx, w, back)


def _change(ctx: Context, find: Callable[[Sequence[OwnRule]], RuleChange]) -> Future[RuleOutcome]:
    def job(w: Writing) -> RuleOutcome:
        change = find(_read(ctx))
        if change.was == change.became:
            return RuleOutcome("It stands so already.")
        sentence = _sentence(change, ctx.clock.now())
        what = f"the rule {sentence}"
        if change.became is None and change.was is not None:
            what = f"deleting the rule {about_words(change.was, full=False)}"
        return RuleOutcome(sentence, change, _apply(ctx, w, [change], what))

    return ctx.change(job)


def _apply(ctx: Context, w: Writing, changes: Sequence[RuleChange], what: str) -> int:
    """Change file and store, and note what takes it back, with the places of the rules that go."""
    rules = _read(ctx)
    placed = [
        RuleChange(one.was, None, rules.index(one.was))
        if one.became is None and one.was in rules
        else one
        for one in changes
    ]
    _write(ctx, w, changes)
    step: Step = {"step": "rules", "changes": msgspec.to_builtins(placed)}
    return log(w, ctx.clock.now(), None, what, [step])


def _write(ctx: Context, w: Writing, changes: Sequence[RuleChange]) -> None:
    try:
        put_rules(w, _file(ctx).change(changes), ctx.clock.now())
    except RuleFileTrouble as trouble:
        raise NotNow(str(trouble)) from None
    except RulesNotChanged as reason:
        raise NotPossible(str(reason)) from None


def _read(ctx: Context) -> tuple[OwnRule, ...]:
    try:
        return _file(ctx).read()
    except RulesNotChanged as reason:
        raise NotPossible(str(reason)) from None


def _file(ctx: Context) -> RuleFile:
    if ctx.rules is None:
        raise NotPossible(NO_FILE)
    return ctx.rules


def _sentence(change: RuleChange, now: Millis) -> str:
    became, was = change.became, change.was
    if became is None:
        assert was is not None, "a change has a rule before or after"
        return f"no rule any more about {about_words(was, full=False)}"
    about = about_words(became, full=False)
    ends = f" until {day_words(became.until, now)}" if became.until else ""
    return f"{about} {points_words(became)}{ends}"
