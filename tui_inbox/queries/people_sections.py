"""Who fits which section of the People pane, and why. One function for each section, in the order of the pane."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.conversation import Lane
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.priority import phrases
from tui_inbox.priority.model import Question
from tui_inbox.priority.ranking import Ranked, rank_people
from tui_inbox.priority.rhythm import QUIET_AFTER, SHORTEST_GAP, Verdict, rhythm
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import short_reason
from tui_inbox.queries import words
from tui_inbox.queries.accounts import Viewer
from tui_inbox.queries.exchanges import exchanges
from tui_inbox.queries.lane_order import in_order, scores, spoken_in, waiting
from tui_inbox.queries.lanes import placed
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.queries.ties import circle
from tui_inbox.store import batches, ledger, notices, people, posts
from tui_inbox.store.database import Connection

MONTH: Millis = 30 * DAY
FORTNIGHT: Millis = 14 * DAY
LOOKED_AT_FOR_QUIET = 40
"""So many silent ties are looked at for a rhythm, those of most days of writing first."""
STARTED = 2
"""Who opened so many conversations in a month and is not followed "started it"."""


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
    """What the sections of one account are made from, read once.

    Attributes:
        ties: everybody the account has had to do with.
        ranking: those of them with whom text went both ways, best first for the week ahead.
        exchanged: how many texts went either way with each person in the last month.
        silenced: whom the account has muted or blocked; they stand nowhere.
    """

    viewer: Viewer
    now: Millis
    zone: tzinfo
    ties: Mapping[int, Tie]
    ranking: Sequence[Ranked[int]]
    exchanged: Mapping[int, int]
    silenced: frozenset[int]

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


Members: TypeAlias = Callable[[Connection, Known], Iterator[Candidate]]
"""Everybody who fits a section, best first. It is read only as far as the section goes."""


def read_circle(db: Connection, viewer: Viewer, now: Millis, zone: tzinfo) -> Known:
    """What an account knows of everybody."""
    everybody = circle(db, viewer.account)
    return Known(
        viewer=viewer,
        now=now,
        zone=zone,
        ties=everybody.ties,
        ranking=rank_people(everybody, now, Question.WEEK, among=lambda tie: tie.exchanged),
        exchanged=batches.exchanged_since(db, viewer.account, now - MONTH),
        silenced=frozenset(batches.silenced(db, viewer.account)),
    )


def _wait_for_you(db: Connection, known: Known) -> Iterator[Candidate]:
    """A pointer into the Inbox, in its order."""
    account = known.viewer.account
    rows = [row for row in placed(db, [account]) if row.lane is Lane.TALK]
    scored = scores(rows, waiting(db, rows, spoken_in(db, rows)), known.now)
    for row in in_order(Lane.TALK, rows, scored):
        yield Candidate(
            account,
            row.item.person,
            PeopleSection.WAIT_FOR_YOU,
            f"since {phrases.since(row.item.since, known.now, known.zone)}",
            item=row.item.id,
            post=row.item.post,
        )


def _you_wait_for(db: Connection, known: Known) -> Iterator[Candidate]:
    """Whom the owner asked something and has not heard of since, latest first."""
    account = known.viewer.account
    asked = [
        one
        for one in batches.asked(db, account, known.now - MONTH)
        if known.tie(one.person).last_in < one.since and one.person not in known.silenced
    ]
    texts = batches.texts_of(db, {one.post for one in asked})
    for one in asked:
        text = texts.get(one.post, "")
        # Looking for a question takes 0.2 ms; without its mark the owner hardly asked one.
        if "?" in text and is_question(text):
            yield Candidate(
                account,
                one.person,
                PeopleSection.YOU_WAIT_FOR,
                f"you asked {phrases.since(one.since, known.now, known.zone)}",
                detail=words.said(text),
                post=one.post,
            )


def _pinned(db: Connection, known: Known) -> Iterator[Candidate]:
    """The owner's favourites with what they did last, latest first."""
    account = known.viewer.account
    pinned = batches.pinned(db, account)
    latest = batches.latest_posts(db, account, pinned)
    stored = posts.posts(db, account, latest.values())
    found = []
    for person in pinned:
        post = stored.get(latest.get(person, 0))
        at = post.post.created_at if post else 0
        if post:
            said = words.said(post.post.text, 48)
            reason = f"{said}, {phrases.last(at, known.now, known.zone)}"
        else:
            reason = known.reason(person)
        found.append((at, Candidate(account, person, PeopleSection.PINNED, reason)))
    for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].person)):
        yield one


def _going_quiet(db: Connection, known: Known) -> Iterator[Candidate]:
    """Whom the owner used to talk with in a rhythm that has stopped, those of most days of writing first."""
    account, now = known.viewer.account, known.now
    silent = [
        (person, tie)
        for person, tie in known.ties.items()
        if tie.exchanged
        and person not in known.silenced
        and now - tie.last_contact > QUIET_AFTER * SHORTEST_GAP
    ]
    silent.sort(key=lambda pair: (-pair[1].days, pair[0]))
    silent = silent[:LOOKED_AT_FOR_QUIET]
    met = batches.met(db, account, [person for person, _ in silent])
    for person, tie in silent:
        moments = ledger.times_with(db, account, person)
        met_at = [met[person]] if person in met else []
        told = rhythm([*moments, *met_at], now)
        if told.verdict is Verdict.QUIET:
            yield Candidate(
                account,
                person,
                PeopleSection.GOING_QUIET,
                told.words,
                detail=_last_words(db, known, person),
                points=tie.days,
            )


def _last_words(db: Connection, known: Known, person: int) -> str:
    """How it ended: `last: you said “wow”`."""
    talk = [
        event
        for event in ledger.with_person(db, known.viewer.account, person, limit=5)
        if event.kind.is_talk
    ]
    told = exchanges(db, known.viewer, talk[:1])
    if not told or not told[0].text:
        return ""
    return f"last: {'you' if told[0].outgoing else 'they'} said “{words.said(told[0].text, 60)}”"


def _they_started_it(db: Connection, known: Known) -> Iterator[Candidate]:
    """Who opened several conversations this month and is not followed, most first."""
    account = known.viewer.account
    opened = {
        person: count
        for person, count in batches.opened_since(db, account, known.now - MONTH).items()
        if count >= STARTED and known.tie(person).exchanged and person not in known.silenced
    }
    views = batches.person_views(db, account, opened)
    often = [person for person in opened if person not in views or not views[person].following]
    often.sort(key=lambda person: (-opened[person], person))
    for person in often:
        yield Candidate(
            account,
            person,
            PeopleSection.THEY_STARTED_IT,
            f"{opened[person]} talks, not followed",
            points=opened[person],
        )


def _new_around_you(db: Connection, known: Known) -> Iterator[Candidate]:
    """Who began to follow the account lately and has never been talked with, latest first. No programs."""
    account, now = known.viewer.account, known.now
    followed = {
        notice.person: notice.at
        for notice in reversed(notices.notices(db, [account], kinds=[NoticeKind.FOLLOW]))
        if notice.person is not None and now - notice.at < FORTNIGHT
    }
    views = batches.person_views(db, account, followed)
    for person, at in sorted(followed.items(), key=lambda pair: (-pair[1], pair[0])):
        profile = people.person(db, person)
        if known.tie(person).sent or person in known.silenced or profile is None or profile.bot:
            continue
        reason = f"follows you since {words.day(at, now, known.zone)}"
        if person in views and views[person].following:
            reason += ", you follow them"
        detail = words.clip(profile.bio, 120)
        yield Candidate(account, person, PeopleSection.NEW_AROUND_YOU, reason, detail)


def _regulars(db: Connection, known: Known) -> Iterator[Candidate]:
    """The people one talks with, as the prioritizer ranks them for the week ahead."""
    for one in known.ranking:
        if one.key not in known.silenced:
            yield Candidate(
                known.viewer.account,
                one.key,
                PeopleSection.REGULARS,
                known.reason(one.key),
                points=one.points,
            )


SECTIONS: dict[PeopleSection, Members] = {
    PeopleSection.WAIT_FOR_YOU: _wait_for_you,
    PeopleSection.YOU_WAIT_FOR: _you_wait_for,
    PeopleSection.PINNED: _pinned,
    PeopleSection.GOING_QUIET: _going_quiet,
    PeopleSection.THEY_STARTED_IT: _they_started_it,
    PeopleSection.NEW_AROUND_YOU: _new_around_you,
    PeopleSection.REGULARS: _regulars,
}
"""The sections in the order in which a person is looked for in them."""

MOST: dict[PeopleSection, int] = {
    PeopleSection.YOU_WAIT_FOR: 50,
    PeopleSection.GOING_QUIET: 5,
    PeopleSection.THEY_STARTED_IT: 10,
    PeopleSection.NEW_AROUND_YOU: 5,
    PeopleSection.REGULARS: 50,
}
"""So many of each account stand in a section at most: short lists are right, open ties are few."""
