"""Who came by themselves: people who began conversations with the owner, and people who are new around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import ItemState, Turn
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import Person
from tui_inbox.core.suggestion import Suggestion
from tui_inbox.queries import words
from tui_inbox.queries.favourites import told
from tui_inbox.queries.lanes import OPEN, PERSON, SAME
from tui_inbox.queries.people_known import MONTH, Candidate, Known
from tui_inbox.queries.questions import is_question
from tui_inbox.queries.rows import PeopleSection
from tui_inbox.store import batches, doings, groups, items, laid_over, notices, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.post_rows import StoredPost

FORTNIGHT: Millis = 14 * DAY
STARTED = 2
"""Who opened so many conversations in a month and is not followed "started it"."""
AROUND = 5
"""So many new people are suggested at most."""
READ = 20
"""So many stored posts of somebody new are read for what they do."""
BEGAN = 80
"""Characters of the text with which they began."""
BIO = 60
"""Characters of what they say of themselves, beside what they do."""


# They started it


def they_started_it(db: Connection, known: Known) -> Iterator[Candidate]:
    """Who opened several conversations this month and is not followed, most first.

    Whom the owner follows by now, or has put into a group, was thought of. On lists stand only people one follows.
    """
    account, now = known.account, known.now
    opened = {
        person: began
        for person, began in batches.opened_since(db, account, now - MONTH).items()
        if began.talks >= STARTED
        and known.tie(person).exchanged
        and person not in known.left_out
        and not known.is_aside(person, Suggestion.STARTED)
    }
    kept = _followed(db, account, opened) | groups.in_any(db, opened)
    order = sorted(
        opened.keys() - kept, key=lambda person: (-opened[person].talks, -opened[person].at)
    )
    uris = {opened[person].uri for person in order}
    ids = batches.posts_by_uri(db, known.viewer.network, uris)
    stored = posts.posts(db, account, ids.values())
    for person in order:
        began = opened[person]
        post = stored.get(ids.get(began.uri, 0))
        yield Candidate(
            account,
            person,
            PeopleSection.THEY_STARTED_IT,
            f"{began.talks} talks, not followed",
            detail=_how_it_began(known, began.at, post) if post else "",
            points=began.talks,
        )


def _how_it_began(known: Known, at: Millis, post: StoredPost) -> str:
    """With what they last began: `Monday: “Anyone know a crm …”`."""
    if not post.post.text:
        return ""
    return f"{words.day(at, known.now, known.zone)}: “{told(post.post.text, post.post.warning, BEGAN)}”"


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
    """Who began to follow the account lately, or was followed back, and was never written to; latest first.

    Who waits in the Inbox is met there.
    """
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
    profiles = people.profiles(db, moments)
    verdicts = batches.verdicts(db, account, moments)
    waits = {
        one.person
        for one in items.items(db, [account], states=(*OPEN, ItemState.LATER))
        if one.turn is Turn.MINE
    }
    new = [
        person
        for person in moments
        if not known.tie(person).sent
        and person not in known.left_out
        and person not in waits
        and not known.is_aside(person, Suggestion.NEW)
        and looks_like_a_person(profiles[person], verdicts.get(person, ""))
    ]
    new.sort(key=lambda person: (-moments[person], person))
    del new[AROUND:]
    did = doings.doings(db, account, new, since=now, limit=READ)
    said = posts.posts(db, account, {one.post for theirs in did.values() for one in theirs})
    for person in new:
        reason = f"follows you since {words.day(followed.get(person, now), now, known.zone)}"
        if person in following:
            reason += ", you follow them"
        asks = any(_asks(said[one.post].post.text) for one in did[person] if one.post in said)
        answers = any(one.is_answer and one.answers != person for one in did[person])
        yield Candidate(
            account,
            person,
            PeopleSection.NEW_AROUND_YOU,
            reason,
            _what_they_do(profiles[person], asks=asks, answers=answers),
            points=moments[person],
        )


def _asks(text: str) -> bool:
    return "?" in text and is_question(text)


def looks_like_a_person(profile: Person, verdict: str) -> bool:
    """Whether somebody new is worth a thought.

    What the check of their posts has found decides. Where nobody has looked, or nobody could tell, their profile does:
    it is no program's, and says something.

    Args:
        verdict: of the check, empty where nobody has looked.
    """
    if verdict in (PERSON, SAME):
        return verdict == PERSON
    return not profile.bot and bool(profile.bio or profile.fields)


def _what_they_do(profile: Person, *, asks: bool, answers: bool) -> str:
    """What they say of themselves, and what their posts show: `Bakes at night · asks, answers people`."""
    said = _first_sentence(profile.bio) or ", ".join(field.label for field in profile.fields)
    facts = [word for word, holds in (("asks", asks), ("answers people", answers)) if holds]
    return " · ".join(filter(None, [words.clip(said, BIO), ", ".join(facts)]))


def _first_sentence(text: str) -> str:
    """The beginning of a text up to its first full stop or line break."""
    line = text.strip().partition("\n")[0]
    head, stop, _ = line.partition(". ")
    return head if stop else line.removesuffix(".")
