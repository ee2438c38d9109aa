"""Who came by themselves: people who began conversations with the owner, and people who are new around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_inbox.core.act import ActKind
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.interaction import Interaction
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import Person
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.queries import words
from tui_inbox.queries.exchanges import exchanges
from tui_inbox.queries.people_known import MONTH, Candidate, Known
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches, groups, laid_over, ledger, notices, people
from tui_inbox.store.database import Connection
from tui_inbox.store.post_reading import posts_by

FORTNIGHT: Millis = 14 * DAY
STARTED = 2
"""Who opened so many conversations in a month and is not followed "started it"."""
READ = 20
"""So many stored posts of somebody new are read for what they do."""
BIO = 60
"""Characters of what they say of themselves, beside what they do."""


# They started it


def they_started_it(db: Connection, known: Known) -> Iterator[Candidate]:
    """Who opened several conversations this month and is not followed, most first.

    Whom the owner follows by now, or has put into a group, was thought of. On lists stand only people one follows.
    """
    account, now = known.account, known.now
    opened = {
        person: count
        for person, count in batches.opened_since(db, account, now - MONTH).items()
        if count >= STARTED
        and known.tie(person).exchanged
        and person not in known.silenced
        and not known.is_aside(person, Suggestion.STARTED)
    }
    kept = _followed(db, account, opened) | groups.in_any(db, opened)
    for person in sorted(opened.keys() - kept, key=lambda person: (-opened[person], person)):
        yield Candidate(
            account,
            person,
            PeopleSection.THEY_STARTED_IT,
            f"{opened[person]} talks, not followed",
            detail=_began(db, known, person),
            points=opened[person],
        )


def _began(db: Connection, known: Known, person: int) -> str:
    """With what they last began, and when: `Monday: “Anyone know a crm …”`."""
    first: dict[int | None, Interaction] = {}
    for event in ledger.all_with_person(db, known.account, person):
        if event.kind.is_talk:
            first.setdefault(event.conversation, event)
    began = [event for event in first.values() if event.actor == person]
    told = exchanges(db, known.viewer, began[-1:])
    if not told or not told[0].text:
        return ""
    day = words.day(told[0].at, known.now, known.zone)
    return f"{day}: “{words.said(told[0].text, 80)}”"


def _followed(db: Connection, account: int, wanted: Iterable[int]) -> set[int]:
    """Whom the account follows or has asked to, acts on their way included."""
    wanted = list(wanted)
    views = batches.person_views(db, account, wanted)
    pending = laid_over.pending_acts_on_people(db, account, wanted)
    found = {person for person, view in views.items() if view.following or view.requested}
    for person, acts in pending.items():
        told = [act for act in acts if act in (ActKind.FOLLOW, ActKind.UNFOLLOW)]
        if told:
            (found.add if told[-1] is ActKind.FOLLOW else found.discard)(person)
    return found


# New around you


def new_around_you(db: Connection, known: Known) -> Iterator[Candidate]:
    """Who began to follow the account lately, or was followed back, and was never written to; latest first."""
    account, now = known.account, known.now
    since = now - FORTNIGHT
    followed = {
        notice.person: notice.at
        for notice in reversed(notices.notices(db, [account], kinds=[NoticeKind.FOLLOW]))
        if notice.person is not None
    }
    lately = {person: at for person, at in followed.items() if at > since}
    views = batches.person_views(db, account, followed)
    back = laid_over.followed_since(db, account, since)
    mutual = {
        person: at for person, at in back.items() if person in views and views[person].followed_by
    }
    moments = {
        person: max(lately.get(person, 0), mutual.get(person, 0)) for person in lately | mutual
    }
    following = _followed(db, account, moments)
    for person, at in sorted(moments.items(), key=lambda pair: (-pair[1], pair[0])):
        profile = people.person(db, person)
        if (
            profile is None
            or known.tie(person).sent
            or person in known.silenced
            or known.is_aside(person, Suggestion.NEW)
            or not looks_like_a_person(profile)
        ):
            continue
        reason = f"follows you since {words.day(followed.get(person, at), now, known.zone)}"
        if person in following:
            reason += ", you follow them"
        detail = _what_they_do(db, known, profile, person)
        yield Candidate(account, person, PeopleSection.NEW_AROUND_YOU, reason, detail, points=at)


def looks_like_a_person(profile: Person) -> bool:
    """Whether somebody new is worth a thought, as far as a profile tells: no program, and says something of itself.

    What a check of their posts found out about them is to be asked here, too.
    """
    return not profile.bot and bool(profile.bio or profile.fields)


def _what_they_do(db: Connection, known: Known, profile: Person, person: int) -> str:
    """What they say of themselves, and what their posts show: `Bakes at night., asks, answers people`."""
    said = _first_sentence(profile.bio) or ", ".join(field.label for field in profile.fields)
    read = posts_by(db, known.account, person, READ)
    asks = any("?" in one.post.text and is_question(one.post.text) for one in read)
    answers = any(
        one.post.reply_to is not None and any(named != person for named in one.mentioned)
        for one in read
    )
    facts = [word for word, holds in (("asks", asks), ("answers people", answers)) if holds]
    return " · ".join(filter(None, [words.clip(said, BIO), ", ".join(facts)]))


def _first_sentence(text: str) -> str:
    """The beginning of a text up to its first full stop or line break."""
    line = text.strip().partition("\n")[0]
    head, stop, _ = line.partition(". ")
    return head if stop else line.removesuffix(".")
