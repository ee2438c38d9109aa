"""The owner's rules as a list: each in words, and what waits at this moment and is moved by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

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


def _touched(db: Connection, shown: Mapping[int, Viewer], now: Millis) -> dict[int, list[Touched]]:
    """What waits and is moved, by the number of the rule."""
    rows = [row for row in placed(db, list(shown)) if row.lane in RANKED]
    scored = scores(rows, waiting(db, rows, spoken_in(db, rows), now), now)
    moved = {
        row.item.id: [
            term.rule.number for term in scored[row.item.id].terms if term.rule is not None
        ]
        for row in rows
    }
    told = _told(db, shown, [row for row in rows if moved[row.item.id]])
    found: dict[int, list[Touched]] = defaultdict(list)
    for lane in RANKED:
        for row in in_order(lane, rows, scored):
            for number in moved[row.item.id]:
                found[number].append(told[row.item.id])
    return found


def _told(
    db: Connection, shown: Mapping[int, Viewer], rows: Sequence[Placed]
) -> dict[int, Touched]:
    """What is told of some items, by their ids."""
    found = {}
    for account, eyes in shown.items():
        own = [row.item for row in rows if row.item.account == account]
        stored = posts.posts(db, account, [item.post for item in own if item.post is not None])
        names = labels(db, account, [item.person for item in own])
        for item in own:
            post = stored.get(item.post or 0)
            found[item.id] = Touched(
                account=account,
                letters=eyes.letters,
                item=item.id,
                at=item.since,
                name=names.get(item.person, SOMEBODY).name,
                text=words.said(post.post.text) if post else "",
                post=post.id if post else None,
            )
    return found


def _names(
    db: Connection, shown: Mapping[int, Viewer], rules: tuple[OwnRule, ...]
) -> dict[str, str]:
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
