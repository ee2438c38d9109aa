"""What the check found, in words: on its page, on cards, in lanes, counts and the catch-up."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.town_builder import Town

from tui_inbox.core.conversation import Door, Lane, Opening
from tui_inbox.core.findings import (
    About,
    Account,
    Check,
    Conversation,
    Finding,
    Knows,
    Links,
    Quoted,
    SameLink,
    SameText,
    ToYou,
    Verdict,
    YouTwo,
)
from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.queries import catch_up, glance, inbox, lanes, needs_you, person_card, strangers
from tui_inbox.store import accounts, checks

SAME = Check(
    Verdict.SAME,
    posts=40,
    first=0,
    last=0,
    findings=(SameText(14, 0, ("u1", "u2")), Links("panel.example", 31, 33, ()), YouTwo()),
)
PERSON = Check(Verdict.PERSON, posts=38, findings=(Conversation(29, 38, 17, 0, ()), About(2, 1)))
UNSURE = Check(Verdict.UNKNOWN, "3 posts only", posts=3)


def found(town: Town, name: str, check: Check, *quoted: Quoted, ago: Millis = 0) -> int:
    """Somebody was looked at."""
    person, at = town.id_of(name), town.now - ago
    town.write(lambda w: checks.put_check(w, 1, person, check, quoted, at=at, due_at=at + 7 * DAY))
    return person


def lane_of(town: Town, name: str) -> Lane | None:
    view = town.ask(inbox.view, town.scope(), now=town.now)
    rows = (row for lane in view.lanes for row in lane.rows)
    return next((row.lane for row in rows if row.person.name == name), None)


def say(town: Town, finding: Finding) -> str:
    """The sentence of a finding."""
    town.says("somebody", "Hello")
    person = found(town, "somebody", Check(Verdict.PERSON, findings=(finding,)))
    view = town.ask(strangers.check_view, 1, person, now=town.now, zone=UTC)
    assert view is not None
    return " / ".join(f"{line.label}: {line.words}" for line in view.lines)


@pytest.mark.parametrize(
    ("ago", "words"), [(0, "today"), (DAY, "yesterday"), (2 * DAY, "Monday"), (23 * DAY, "3 Nov")]
)
def test_since_when_is_said_by_its_day(town: Town, ago: Millis, words: str) -> None:
    since = town.now - ago
    assert say(town, SameText(14, since, ())) == f"same text: to 14 people since {words}"
    assert say(town, SameLink("a.example", 5, since, ())) == (
        f"same link: a.example, to 5 people since {words}"
    )


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (Links("panel.example", 31, 33, ()), "links: 31 of 33 go to panel.example"),
        (Conversation(0, 40, 0, 0, ()), "conversation: 0 of 40 answer somebody"),
        (Conversation(0, 1, 0, 0, ()), "conversation: 0 of 1 answers somebody"),
        (Conversation(1, 9, 1, 0, ()), "conversation: 1 of 9 answers somebody, one person"),
        (
            Conversation(29, 38, 17, 3, ()),
            "conversation: 29 of 38 answer somebody, 17 different people, 3 of them to somebody who wrote first",
        ),
        (Account(None, False, False), "account: no description, no picture"),
        (Account(None, True, True, True), "account: says that it is a bot"),
        (Account(None, True, True), ""),
        (Knows(("odile fenn", "hollow reed"), ()),
         "knows: odile fenn, hollow reed (they write to each other)"),
        (About(1, 0), "about: one field filled in"),
        (About(2, 1), "about: two fields filled in, a site that links back"),
        (YouTwo(), "you two: never talked, nobody you talk with has either"),
        (ToYou(Opening.NAMED, False, None, ()), "to you: names you, asks nothing"),
        (ToYou(Opening.ANSWER, True, None, ()), "to you: answers you, asks a question"),
        (ToYou(Opening.DIRECT, True, None, ()), "to you: writes to you alone, asks a question"),
    ],
)  # fmt: skip
def test_each_finding_is_a_sentence(town: Town, finding: Finding, sentence: str) -> None:
    assert say(town, finding) == sentence


def test_moments_are_counted_from_now(town: Town) -> None:
    at = town.now - 2 * DAY
    assert say(town, Account(at, True, False)) == "account: 2 days old, no picture"
    assert say(town, Account(town.now - HOUR, True, True)) == "account: less than a day old"
    assert say(town, Account(town.now - 90 * DAY, True, True)) == ""
    assert say(town, Account(town.now - 90 * DAY, False, True)) == (
        "account: 12 weeks old, no description"
    )
    assert say(town, ToYou(Opening.ANSWER, True, at, ())) == (
        "to you: answers your post of Monday, asks a question"
    )


def test_behind_a_sentence_stand_the_posts_as_they_were_read(town: Town) -> None:
    told = town.says("rocket", "Hi! Grow your business")
    quoted = [
        Quoted(uri, f"1:{uri}", town.now - HOUR, "Hi! Grow your business")
        for uri in (told.post.ref.uri, "u2")
    ]
    posts = tuple(one.uri for one in (*quoted, Quoted("lost", "", 0, "")))
    check = Check(Verdict.SAME, posts=3, findings=(SameText(14, town.now, posts),))
    person = found(town, "rocket", check, *quoted)
    view = town.ask(strangers.check_view, 1, person, now=town.now, zone=UTC)
    assert view is not None
    (line,) = view.lines
    assert [(one.server_id, one.post) for one in line.evidence] == [
        (f"1:{told.post.ref.uri}", told.id),
        ("1:u2", None),
    ]
    assert line.shows == "shows them"


def test_what_is_old_says_when_it_was_found(town: Town) -> None:
    town.says("rocket", "Hello")
    person = found(town, "rocket", UNSURE, ago=3 * DAY)
    view = town.ask(strangers.check_view, 1, person, now=town.now, zone=UTC)
    assert view is not None
    assert view.basis.startswith("from 3 posts, ")
    assert view.basis.endswith(", looked at Sunday")
    assert town.ask(strangers.check_view, 1, 99, now=town.now) is None


# Cards


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (SAME, "sends everyone the same · to 14 people since 1 Jan 1970 · 31 of 33 go to panel.example"),
        (PERSON, "looks like a person · 29 of 38 answer somebody, 17 different people"),
        (UNSURE, "can’t tell: 3 posts only"),
    ],
)  # fmt: skip
def test_the_cards_of_somebody_new_say_the_verdict(town: Town, check: Check, line: str) -> None:
    town.says("rocket", "Hi!", naming=["mira"])
    person = found(town, "rocket", check)
    card = town.ask(person_card.card, 1, person, now=town.now, zone=UTC)
    assert card is not None
    assert dict(card.lines)["check"] == f"{line} · first time they write to you"


def test_the_card_of_somebody_one_talks_with_says_none(town: Town) -> None:
    town.talk("odile")
    person = found(town, "odile", PERSON)
    card = town.ask(person_card.card, 1, person, now=town.now, zone=UTC)
    assert card is not None
    assert "check" not in dict(card.lines)


# Lanes and counts


def test_who_looks_like_a_person_is_a_newcomer_everywhere(town: Town) -> None:
    """In the Inbox, for `n` and in the status bar alike."""
    for name in ("rocket", "mossygate", "shy"):
        town.says(name, "Hello there", naming=["mira"])
    found(town, "rocket", SAME)
    person = found(town, "mossygate", PERSON)
    found(town, "shy", UNSURE)
    assert [lane_of(town, name) for name in ("rocket", "mossygate", "shy")] == [
        Lane.STRANGERS,
        Lane.NEWCOMERS,
        Lane.STRANGERS,
    ]
    view = town.ask(inbox.view, town.scope(), now=town.now)
    assert (view.newcomers, view.strangers) == (1, 2)
    assert [lane.people for lane in view.lanes] == [0, 0], (
        "those who look like people are not there"
    )
    assert town.ask(glance.glance, town.scope(), now=town.now).newcomers == 1
    (need,) = town.ask(needs_you.queue, town.scope(), now=town.now)
    (newcomers,) = [lane for lane in view.lanes if lane.lane is Lane.NEWCOMERS]
    (row,) = newcomers.rows
    assert (need.key, row.person.id, row.reason) == (str(row.id), person, "looks like a person")
    (others,) = [lane for lane in view.lanes if lane.lane is Lane.STRANGERS]
    assert {one.person.name: one.reason for one in others.rows} == {
        "rocket": "sends everyone the same",
        "shy": "first time",
    }
    assert (lanes.PERSON, lanes.SAME) == (Verdict.PERSON, Verdict.SAME)


@pytest.mark.parametrize(
    ("door", "lane"),
    [(Door.OPEN, Lane.NEWCOMERS), (Door.CHECK, Lane.NEWCOMERS), (Door.CLOSED, Lane.STRANGERS)],
)
def test_the_door_decides_what_a_verdict_means(town: Town, door: Door, lane: Lane) -> None:
    town.says("mossygate", "Hello there", naming=["mira"])
    found(town, "mossygate", PERSON)
    town.write(lambda w: accounts.set_door(w, 1, door))
    assert lane_of(town, "mossygate") is lane


def test_behind_a_closed_door_every_place_counts_those_who_look_like_people(town: Town) -> None:
    town.write(lambda w: accounts.set_door(w, 1, Door.CLOSED))
    for name in ("rocket", "mossygate", "shy"):
        town.says(name, "Hello there", naming=["mira"])
    town.says("mossygate", "And another thing", naming=["mira"])
    found(town, "rocket", SAME)
    found(town, "mossygate", PERSON)
    view = town.ask(inbox.view, town.scope(), now=town.now)
    (lane,) = view.lanes
    assert (lane.lane, len(lane.rows), lane.people) == (Lane.STRANGERS, 4, 1)
    told = town.ask(catch_up.since, town.scope(), now=town.now, away_since=town.now - DAY)
    (line,) = [line for line in told.lines if line.goes_to == "strangers"]
    assert (line.count, line.words, line.detail) == (
        1,
        "stranger looks like a person",
        "2 more do not",
    )
