"""The tables `[[rules]]` of the settings file: what a rule says there, what is wrong with it, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tui_inbox.core.own_rules import MOST_POINTS, OwnRule, Reasoned, RuleLane
from tui_inbox.core.text import clean_line

_MOST = MOST_POINTS // 1000
_POINT = 1000


class RuleSettings(Struct, frozen=True):
    """One table `[[rules]]`. Of what it is about, everything that is there must fit."""

    person: Annotated[
        str, Meta(description='About a person: their full handle, as `"@odile@town.example"`.')
    ] = ""
    tag: Annotated[str, Meta(description='About texts with a hashtag, as `"#acorn"`.')] = ""
    word: Annotated[
        str,
        Meta(description="About texts that a query of the search language finds, as `crm -demo`."),
    ] = ""
    lane: Annotated[
        Literal["", "people", "newcomers"],
        Meta(description="Only what stands in this lane of the Inbox."),
    ] = ""
    reason: Annotated[
        Literal["", "question", "waiting", "thanks", "others"],
        Meta(
            description="About texts that have this reason on the page that `w` opens: they ask, they wait, they "
            "only say thanks, others have spoken since."
        ),
    ] = ""
    points: Annotated[
        float, Meta(description="What it adds, as `0.5` or `-1`.", ge=-_MOST, le=_MOST)
    ] = 0.0
    not_at_all: Annotated[
        bool,
        Meta(
            description="Instead of points: a reason counts nothing, anything else stands below everybody of its "
            "lane."
        ),
    ] = False
    until: Annotated[
        date | None, Meta(description="The last day on which it holds, as `2026-12-07`.")
    ] = None


def own_rule(rule: RuleSettings) -> OwnRule:
    """What a table means."""
    return OwnRule(
        person=_bare(rule.person, "@"),
        tag=_bare(rule.tag, "#"),
        word=clean_line(rule.word),
        lane=RuleLane(rule.lane) if rule.lane else None,
        reason=Reasoned(rule.reason) if rule.reason else None,
        points=0 if rule.not_at_all else round(rule.points * _POINT),
        not_at_all=rule.not_at_all,
        until=rule.until,
    )


def as_table(rule: OwnRule) -> dict[str, str | float | bool | date]:
    """A rule as the keys of its table, in their order; what says nothing is left out."""
    points = rule.points / _POINT
    told: dict[str, str | float | bool | date | None] = {
        "person": f"@{rule.person}" if rule.person else "",
        "tag": f"#{rule.tag}" if rule.tag else "",
        "word": rule.word,
        "lane": str(rule.lane or ""),
        "reason": str(rule.reason or ""),
        "points": int(points) if points.is_integer() else points,
        "not_at_all": rule.not_at_all,
        "until": rule.until,
    }
    return {key: value for key, value in told.items() if value}


def mistakes_in(rule: RuleSettings) -> Iterator[tuple[str, str]]:
    """What is wrong with a rule as a whole: keys of its table (empty for all of it), and what to say of each."""
    own = own_rule(rule)
    for key, value in (("person", own.person), ("tag", own.tag)):
        if any(character.isspace() for character in value):
            yield key, "there can be no blanks in this"
    if own.word:
        yield from _mistakes_in_query(own.word)
    if own.about == OwnRule():
        yield "", "a rule says what it is about: person, tag, word, lane or reason"
    if not -_MOST <= rule.points <= _MOST:  # where it does not come from the file
        yield "points", f"this must be from -{_MOST} to {_MOST}"
    elif rule.not_at_all and rule.points:
        yield "points", "this does not go with not_at_all"
    elif not (rule.not_at_all or own.points):
        yield "", "a rule has points, at least 0.001 either way, or not_at_all = true"


def _mistakes_in_query(word: str) -> Iterator[tuple[str, str]]:
    from tui_inbox.core.query_text import QueryError, parse  # most owners have no such rule

    try:
        parse(word)
    except (QueryError, ValueError) as error:
        yield "word", f"this cannot be searched for: {error}"


def _bare(value: str, sign: str) -> str:
    return clean_line(value).removeprefix(sign)
