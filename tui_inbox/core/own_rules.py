"""The owner's own rules: what they want more of, less of, or not at all.

A rule stands in the settings file and says what it is about: a person, a tag, words, a lane, a reason of the
program's, or several of these together, which then must all fit. It adds points wherever order is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.ask_rules import AskRules
from tui_inbox.core.moment import Millis, to_datetime, to_millis

STEP = 500
"""By so many thousandths of a point `+` and `-` change what a rule adds."""

MOST_POINTS = 50_000
"""More than all other terms of a score together: who has so many less stands below everybody of their lane."""


class Reasoned(StrEnum):
    """A reason of the program's that a rule can be about: it then holds for every text that has it."""

    QUESTION = "question"
    WAITING = "waiting"
    THANKS = "thanks"
    OTHERS = "others"


class RuleLane(StrEnum):
    """A lane that stands by points."""

    PEOPLE = "people"
    NEWCOMERS = "newcomers"


class OwnRule(Struct, frozen=True, omit_defaults=True):
    """One rule. What is empty or None says nothing; at least one thing it is about is there.

    Attributes:
        person: somebody's full handle, without the sign.
        tag: a hashtag, without the sign.
        word: a query of the search language (`core.query`).
        lane: only what stands in this lane.
        reason: texts that have this reason.
        points: thousandths that are added.
        not_at_all: instead of points: a reason counts nothing, anything else stands below everybody of its lane.
        until: the last day on which it holds, by the owner's calendar; None for ever.
    """

    person: str = ""
    tag: str = ""
    word: str = ""
    lane: RuleLane | None = None
    reason: Reasoned | None = None
    points: int = 0
    not_at_all: bool = False
    until: date | None = None

    @property
    def about(self) -> OwnRule:
        """What it is about, without what it does: equal for rules that speak of the same."""
        return replace(self, points=0, not_at_all=False, until=None)

    @property
    def is_of_person(self) -> bool:
        """Whether it is about a person alone, so that it moves them among people, too."""
        return bool(self.person) and self.about == OwnRule(person=self.person)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: it does nothing, or is about nothing."""
        return self.about == OwnRule() or not (self.points or self.not_at_all)

    @property
    def ends(self) -> Millis | None:
        """The last moment of its last day, by the machine's clock on the wall; None where it has none."""
        if self.until is None:
            return None
        midnight = datetime.combine(self.until + timedelta(days=1), time.min)  # made aware below
        return to_millis(midnight.astimezone()) - 1

    def is_over(self, now: Millis) -> bool:
        """Whether its last day has passed."""
        ends = self.ends
        return ends is not None and now >= ends

    def same_as(self, other: OwnRule) -> bool:
        """Whether two rules are about the same: handles and tags are compared in any case."""
        return _folded(self.about) == _folded(other.about)


def _folded(about: OwnRule) -> OwnRule:
    return replace(about, person=about.person.lower(), tag=about.tag.lower())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_REASONS = {
    Reasoned.QUESTION: "questions",
    Reasoned.WAITING: "waiting",
    Reasoned.THANKS: "thank-yous",
    Reasoned.OTHERS: "others in the thread",
}


def about_words(rule: OwnRule, *, full: bool = True) -> str:
    """What a rule is about: `@odile@town.example`, `tag #acorn`, `words anyone know, in newcomers`.

    Args:
        rule: the rule.
        full: whether handles have their server.
    """
    person = rule.person if full else rule.person.partition("@")[0]
    parts = (
        f"@{person}" if person else "",
        f"tag #{rule.tag}" if rule.tag else "",
        f"words {rule.word}" if rule.word else "",
        _REASONS[rule.reason] if rule.reason else "",
        f"in {rule.lane}" if rule.lane else "",
    )
    return ", ".join(filter(None, parts))


def points_words(rule: OwnRule) -> str:
    """What a rule does: `+0.5`, `−1` (with a real minus sign), `not at all`."""
    if rule.not_at_all:
        return "not at all"
    whole = f"{abs(rule.points) / 1000:.3f}".rstrip("0").rstrip(".")
    return f"{'−' if rule.points < 0 else '+'}{whole}"


def day_words(day: date, now: Millis) -> str:
    """A rule's last day: `7 Dec`, with its year if that is not this one."""
    this_year = to_datetime(now).astimezone().year
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == this_year else f"{words} {day.year}"


class RuleChange(Struct, frozen=True):
    """One rule of the file as it was and as it became; None where there was or is none.

    Attributes:
        place: where among the rules one that was not there is put; None for the end.
    """

    was: OwnRule | None
    became: OwnRule | None
    place: int | None = None


class RulesNotChanged(Exception):
    """The rules are as they were. `str()` is one sentence for the user: what happened, and what to do."""


class RuleFileTrouble(RulesNotChanged):
    """The file cannot be read or written as it is; the same may go well once that is mended."""


class RuleFile(Protocol):
    """The file in which the rules stand. Whoever changes it has read it anew in the same moment."""

    @property
    def path(self) -> str:
        """Where it is."""
        ...

    def read(self) -> tuple[OwnRule, ...]:
        """The rules in it, in their order.

        Raises:
            RulesNotChanged: the file has a mistake, which is named, or cannot be read.
        """
        ...

    def ask_rules(self) -> AskRules:
        """What counts as looking for something, by the file.

        Raises:
            RulesNotChanged: as `read`.
        """
        ...

    def change(self, changes: Sequence[RuleChange]) -> tuple[OwnRule, ...]:
        """Make changes, and leave everything else in the file as it is. Returns the rules that stand there then.

        Raises:
            RulesNotChanged: nothing was written.
        """
        ...

    def line_of(self, rule: OwnRule | None) -> int:
        """The line on which a rule begins; the first one where it is not there."""
        ...


def rule_for(rules: Sequence[OwnRule], about: OwnRule, now: Millis) -> OwnRule | None:
    """The rule in force about something; of several the one that lasts, else the last of them."""
    same = [rule for rule in rules if rule.same_as(about) and not rule.is_over(now)]
    lasting = [rule for rule in same if rule.until is None]
    found = lasting or same
    return found[-1] if found else None


def moved(about: OwnRule, rule: OwnRule | None, step: int) -> RuleChange:
    """More of something, or less: so many thousandths on top of what its rule adds.

    What counts not at all counts again by *more*. A rule that would add nothing goes.

    Args:
        about: what it is about.
        rule: the rule in force, None if there is none.
        step: thousandths, negative for less.
    """
    if rule is not None and rule.not_at_all:
        return RuleChange(rule, None if step > 0 else rule)
    before = rule or about
    points = max(-MOST_POINTS, min(MOST_POINTS, before.points + step))
    return RuleChange(rule, replace(before, points=points) if points else None)


def silenced(about: OwnRule, rule: OwnRule | None) -> RuleChange:
    """Not at all, instead of what its rule adds."""
    return RuleChange(rule, replace(rule or about, points=0, not_at_all=True))


def lasting(change: RuleChange, until: date) -> list[RuleChange]:
    """Let what a change did last until a day only: what stood there before stands there again, the rest ends.

    Returns:
        What has to be changed for it, nothing where the change left no rule.
    """
    was, became = change.was, change.became
    if became is None or became == was:
        return []
    if was is None:
        return [RuleChange(became, replace(became, until=until))]
    more = became if became.not_at_all else replace(became, points=became.points - was.points)
    if was.not_at_all or not (more.points or more.not_at_all):
        return [RuleChange(became, replace(became, until=until))]
    return [RuleChange(became, was), RuleChange(None, replace(more, until=until))]
