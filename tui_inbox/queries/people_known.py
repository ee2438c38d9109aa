"""What the sections of the People pane are made from: everybody an account has to do with, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.priority import phrases
from tui_inbox.priority.model import Question
from tui_inbox.priority.ranking import Ranked, rank_people
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import short_reason
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.own_rules import ranked_by_rules, rules_of_people
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.queries.ties import circle
from tui_inbox.store import batches, identities, set_aside
from tui_inbox.store.database import Connection
from tui_inbox.store.set_aside import Aside

MONTH: Millis = 30 * DAY


class Candidate(Struct, frozen=True):
    """A person who fits a section, before names are looked up; see `rows.PersonRow`."""

    account: int
    person: int
    section: PeopleSection
    reason: str
    detail: str = ""
    item: int | None = None
    post: int | None = None
    points: int = 0


class Known(Struct, frozen=True):
    """What one account knows of everybody.

    Attributes:
        ties: everybody the account has had to do with.
        ranking: those of them with whom text went both ways, best first for the week ahead and by the owner's
            rules.
        exchanged: how many texts went either way with each person in the last month.
        left_out: the owner's own accounts, and whom the account has muted or blocked; they stand nowhere.
        aside: whom the owner has set aside, and for what.
    """

    viewer: Viewer
    now: Millis
    zone: tzinfo
    ties: Mapping[int, Tie]
    ranking: Sequence[Ranked[int]]
    exchanged: Mapping[int, int]
    left_out: frozenset[int]
    aside: Mapping[tuple[int, Suggestion], Aside]

    @property
    def account(self) -> int:
        """Local id of the account."""
        return self.viewer.account

    def tie(self, person: int) -> Tie:
        """The tie with somebody, all zero where there is none."""
        return self.ties.get(person) or Tie()

    def reason(self, person: int) -> str:
        """How much the two talk, as short as a narrow column wants it: `14 in 30 d, last 5 h ago`."""
        tie, texts = self.tie(person), self.exchanged.get(person, 0)
        if not tie.exchanged:
            return short_reason(tie, texts, self.now, self.zone)
        last = f"last {phrases.last(tie.last_contact, self.now, self.zone)}"
        return f"{texts} in 30 d, {last}" if texts else last

    def is_aside(self, person: int, suggestion: Suggestion, anew: Millis = 0) -> bool:
        """Whether the owner has set somebody aside, and nothing they did `anew` has ended that."""
        found = self.aside.get((person, suggestion))
        return found is not None and found.holds(self.now, anew)

    def is_let_go(self, person: int) -> bool:
        """Whether nobody is to be reminded of them, unless they write anew."""
        found = self.aside.get((person, Suggestion.QUIET))
        return found is not None and found.until is None and self.is_aside_quiet(person)

    def is_aside_quiet(self, person: int) -> bool:
        """Whether a silence is not to be spoken of: not now, or let go. Who writes anew is no longer set aside."""
        return self.is_aside(person, Suggestion.QUIET, self.tie(person).last_in)


def read_circle(db: Connection, viewer: Viewer, now: Millis, zone: tzinfo) -> Known:
    """What an account knows of everybody."""
    everybody = circle(db, viewer.account)
    ranking = rank_people(everybody, now, Question.WEEK, among=lambda tie: tie.exchanged)
    return Known(
        viewer=viewer,
        now=now,
        zone=zone,
        ties=everybody.ties,
        ranking=ranked_by_rules(ranking, rules_of_people(db), now),
        exchanged=batches.exchanged_since(db, viewer.account, now - MONTH),
        left_out=frozenset(
            batches.silenced(db, viewer.account) | {owner for _, owner in batches.owners(db)}
        ),
        aside=_aside(db, viewer.account),
    )


def _aside(db: Connection, account: int) -> dict[tuple[int, Suggestion], Aside]:
    """Whom the owner has set aside; of somebody with several names whichever was set aside last counts for all."""
    aside = set_aside.all_aside(db, account)
    if several := identities.linked(db):
        every = [
            aside,
            *(set_aside.all_aside(db, id) for id, _ in batches.owners(db) if id != account),
        ]
        for person, ids in several.items():
            for why in Suggestion:
                told = [one[id, why] for one in every for id in ids if (id, why) in one]
                if told:
                    aside[person, why] = max(told, key=lambda one: one.at)
    return aside
