"""The owner's rules: which of them are about whom and what. The one place that applies them.

They stand in the store as the settings file had them last (`store.own_rules`), so whatever reads an order reads
them in the same moment, and the Inbox, `n`, the People and every verb agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.conversation import Lane
from tui_inbox.core.matching import Matcher, Subject, TooSlow, matcher
from tui_inbox.core.moment import Millis
from tui_inbox.core.narrowing import narrowing
from tui_inbox.core.own_rules import MOST_POINTS, OwnRule, Reasoned, RuleLane, about_words
from tui_inbox.core.query_text import parse
from tui_inbox.core.tokens import fold
from tui_inbox.priority.model import Item as Waiting
from tui_inbox.priority.model import Rule, TermName, rule_terms
from tui_inbox.priority.ranking import Ranked
from tui_inbox.queries.lanes import Placed
from tui_inbox.store import accounts, posts, word_index
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import linked
from tui_inbox.store.own_rules import own_rules, people_called
from tui_inbox.store.post_rows import StoredPost
from tui_inbox.store.subjects import NOTHING_BESIDE, Beside, asks_beside, beside, subject_of

LANES = {RuleLane.PEOPLE: Lane.TALK, RuleLane.NEWCOMERS: Lane.NEWCOMERS}
TERMS = {
    Reasoned.QUESTION: TermName.QUESTION,
    Reasoned.WAITING: TermName.WAITING,
    Reasoned.THANKS: TermName.ONLY_THANKS,
    Reasoned.OTHERS: TermName.OTHER_SPEAKERS,
}
"""The term of the model that each reason is."""

REASONS = {term: reason for reason, term in TERMS.items()}


def rules_of_items(
    db: Connection, rows: Sequence[Placed], facts: Mapping[int, Waiting], now: Millis
) -> dict[int, tuple[Rule, ...]]:
    """The rules about some items, by the items' ids; those that are over too, which count nothing.

    Args:
        rows: the items in their lanes.
        facts: what is known of each besides.
        now: the moment from which queries count days.
    """
    compared = _compared(db)
    if not compared:
        return {}
    texts = _texts(db, rows, compared, now)
    found = {}
    for row in rows:
        known, said = facts[row.item.id], texts.get((row.item.account, row.item.post or 0))
        mine = [one.rule for one in compared if one.is_about(row, known, said)]
        if mine:
            found[row.item.id] = tuple(mine)
    return found


def rules_of_people(db: Connection) -> dict[int, tuple[Rule, ...]]:
    """The rules about people alone, by the people's local ids."""
    found: dict[int, list[Rule]] = defaultdict(list)
    for one in _compared(db):
        if one.own.is_of_person and one.people is not None:
            for person in one.people:
                found[person].append(one.rule)
    return {person: tuple(rules) for person, rules in found.items()}


def ranked_by_rules(
    ranked: Sequence[Ranked[int]], rules: Mapping[int, tuple[Rule, ...]], now: Millis
) -> list[Ranked[int]]:
    """People in the order that the owner's rules give, from that of the model. Equal ones stay as they stood."""
    if not rules:
        return list(ranked)
    added = [
        replace(one, points=one.points + sum(term.points for term in rule_terms(own, now)))
        if (own := rules.get(one.key))
        else one
        for one in ranked
    ]
    return sorted(added, key=lambda one: -one.points)


def as_rule(number: int, own: OwnRule) -> Rule:
    """A rule as the prioritizer wants it. `number`: its place among all."""
    name = about_words(own, full=False)
    if not own.not_at_all:
        return Rule(name, own.points, own.ends, number=number)
    name += ", not at all"
    if own.reason is not None:
        return Rule(name, 0, own.ends, TERMS[own.reason], number)
    return Rule(name, -MOST_POINTS, own.ends, number=number)


class _Compared(Struct, frozen=True):
    """A rule with all that can be prepared. `people`: whom it is about; None for anybody."""

    own: OwnRule
    rule: Rule
    people: frozenset[int] | None
    tag: str
    matches: Matcher | None

    @property
    def needs_text(self) -> bool:
        """Whether only the text tells if it fits."""
        return bool(self.tag) or self.matches is not None

    def is_about(self, row: Placed, known: Waiting, said: _Said | None) -> bool:
        """Whether all that it says fits an item."""
        own = self.own
        if self.people is not None and row.item.person not in self.people:
            return False
        if own.lane is not None and row.lane is not LANES[own.lane]:
            return False
        if own.reason is not None and not _has(known, own.reason):
            return False
        if not self.needs_text:
            return True
        if said is None or (self.tag and self.tag not in said.tags):
            return False
        if self.matches is None:
            return True
        try:
            return self.rule.number in said.may_match and self.matches(said.subject())
        except TooSlow:
            return False


def _compared(db: Connection) -> list[_Compared]:
    rules = own_rules(db)
    if not rules:
        return []
    meant = _meant(db, {own.person for own in rules if own.person})
    return [
        _Compared(
            own,
            as_rule(number, own),
            frozenset(meant[own.person.lower()]) if own.person else None,
            fold(own.tag) if own.tag else "",
            matcher(parse(own.word)) if own.word else None,
        )
        for number, own in enumerate(rules)
    ]


def _meant(db: Connection, handles: Collection[str]) -> Mapping[str, set[int]]:
    """Whom handles mean, by the handle in small letters: all who are called so, under every name that they have."""
    meant: dict[str, set[int]] = defaultdict(set)
    for person, handle in people_called(db, handles).items() if handles else ():
        meant[handle].add(person)
    if meant:
        for person, ids in linked(db).items():
            for people in meant.values():
                if not people.isdisjoint(ids):
                    people.add(person)
    return meant


def _has(known: Waiting, reason: Reasoned) -> bool:
    match reason:
        case Reasoned.QUESTION:
            return known.question is not None
        case Reasoned.WAITING:
            return known.waiting_since is not None
        case Reasoned.THANKS:
            return known.only_thanks
        case Reasoned.OTHERS:
            return known.other_speakers > 0


class _Said:
    """The text of an item. What a matcher sees of it takes half a millisecond, so it is made when one asks."""

    def __init__(
        self, post: StoredPost, may_match: frozenset[int], owner: int, known: Beside, now: Millis
    ) -> None:
        self.tags = frozenset(map(fold, post.post.tags))
        self.may_match = may_match
        self._post = post
        self._owner = owner
        self._known = known
        self._now = now
        self._subject: Subject | None = None

    def subject(self) -> Subject:
        """The text as queries see it."""
        if self._subject is None:
            self._subject = subject_of(
                self._post, now=self._now, owners=(self._owner,), known=self._known
            )
        return self._subject


def _texts(
    db: Connection, rows: Sequence[Placed], compared: Sequence[_Compared], now: Millis
) -> dict[tuple[int, int], _Said]:
    """The texts of some items, by account and local id of the post; nothing where no rule needs one."""
    if not any(one.needs_text for one in compared):
        return {}
    wanted: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.item.post is not None:
            wanted[row.item.account].append(row.item.post)
    every = {post for ids in wanted.values() for post in ids}
    may: dict[int, set[int]] = defaultdict(set)
    for one in compared:
        if one.matches is not None:
            narrow = narrowing(parse(one.own.word))
            for post in word_index.indexed_among(db, narrow, every) if narrow else every:
                may[post].add(one.rule.number)
    wants_more = any(asks_beside(parse(one.own.word)) for one in compared if one.matches)
    found = {}
    for account, ids in wanted.items():
        owner = accounts.owner(db, account)
        known = beside(db, account, ids) if wants_more else NOTHING_BESIDE
        for id, stored in posts.posts(db, account, ids).items():
            found[account, id] = _Said(stored, frozenset(may[id]), owner, known, now)
    return found
