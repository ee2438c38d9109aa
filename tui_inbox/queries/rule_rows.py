"""The owner's rules as a list: each in words, and what waits at this moment and is moved by it."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.own_rules import OwnRule, about_words, day_words
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.lane_order import RANKED, in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import Placed, placed
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.rows import Scope
from tui_inbox.store import posts
from tui_inbox.store.database import Connection
from tui_inbox.store.own_rules import own_rules, people_called


class Touched(Struct, frozen=True):
    """Something that waits and that a rule is about. `post` opens its thread, where it is stored."""

    account: int
    letters: str
    item: int
    at: Millis
    name: str
    text: str
    post: int | None


class RuleRow(Struct, frozen=True):
    """One rule.

    Attributes:
        number: its place in the file, from 1.
        about: what it is about, in words; `name` is the person's, where it is about a known one.
        ends: its last moment, None where it has none; `over` once that has passed.
        remark: what else has to be known of it, or empty.
        touches: what waits now and is moved by it, in the order of the lanes.
    """

    number: int
    rule: OwnRule
    about: str
    name: str
    ends: Millis | None
    over: bool
    remark: str
    touches: tuple[Touched, ...] = ()


def view(db: Connection, scope: Scope, *, now: Millis) -> tuple[RuleRow, ...]:
    """All rules in the order of the file.

    Args:
        scope: whose waiting texts are counted.
    """
    rules = own_rules(db)
    shown = viewers(db, scope)
    touched = _touched(db, shown, now) if rules else {}
    names = _names(db, shown, rules)
    return tuple(
        RuleRow(
            number=number + 1,
            rule=rule,
            about=about_words(rule),
            name=names.get(rule.person.lower(), ""),
            ends=rule.ends,
            over=rule.is_over(now),
            remark=_remark(rule, names),
            touches=tuple(touched.get(number, ())),
        )
        for number, rule in enumerate(rules)
    )


def _touched(db: Connection, shown: dict[int, Viewer], now: Millis) -> dict[int, list[Touched]]:
    rows = [row for row in placed(db, list(shown)) if row.lane in RANKED]
    facts = waiting(db, rows, spoken_in(db, rows))
    scored = scores(rows, facts, now)
    found: dict[int, list[Touched]] = defaultdict(list)
    for lane in RANKED:
        for row in in_order(lane, rows, scored):
            in_force = [
                term.rule.number for term in scored[row.item.id].terms if term.rule is not None
            ]
            if in_force:
                told = _told(db, shown[row.item.account], row)
                for number in in_force:
                    found[number].append(told)
    return found


def _told(db: Connection, eyes: Viewer, row: Placed) -> Touched:
    item = row.item
    stored = posts.post(db, eyes.account, item.post) if item.post is not None else None
    label = labels(db, eyes.account, [item.person]).get(item.person, SOMEBODY)
    text = words.said(stored.post.text) if stored else ""
    return Touched(eyes.account, eyes.letters, item.id, item.since, label.name, text, item.post)


def _names(db: Connection, shown: dict[int, Viewer], rules: tuple[OwnRule, ...]) -> dict[str, str]:
    """The names of the people whom rules are about, by their handles in small letters."""
    called = people_called(db, {rule.person for rule in rules if rule.person})
    found: dict[str, str] = {}
    for account in shown:
        for person, label in labels(db, account, list(called)).items():
            found.setdefault(called[person], label.name)
    return found


def _remark(rule: OwnRule, names: dict[str, str]) -> str:
    if rule.person and rule.person.lower() not in names:
        return "nobody of that handle is known here"
    if rule.lane is not None and rule.about == OwnRule(lane=rule.lane):
        return "alike for all of the lane, so it moves nobody in it"
    return ""


def facts_of(row: RuleRow, now: Millis) -> list[str]:
    """What else is told of a rule: whose handle it is, until when it holds, what it moves now."""
    facts = [row.name] if row.name else []
    if row.rule.until is not None:
        day = day_words(row.rule.until, now)
        facts.append(f"ended on {day}" if row.over else f"until {day}")
    if not row.over:
        count = len(row.touches)
        waits = f"{count} {'waits' if count == 1 else 'wait'} now"
        facts.append(waits if count else "nothing waits now")
    return [*facts, row.remark] if row.remark else facts
