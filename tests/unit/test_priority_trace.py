"""The trace: every point of a score in a sentence, and nothing beside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis, to_millis
from tui_inbox.priority import phrases
from tui_inbox.priority.model import (
    Item,
    Question,
    Rule,
    Score,
    Term,
    TermName,
    explain,
    mention_score,
)
from tui_inbox.priority.tie import Tie
from tui_inbox.priority.trace import (
    Evidence,
    Facts,
    behind,
    compare,
    likelihood,
    reasons,
    short_reason,
    standing,
)

NOW: Millis = to_millis(datetime(2025, 11, 21, 14, 12, tzinfo=UTC))

moments = st.one_of(st.just(0), st.integers(NOW - 500 * DAY, NOW))
counts = st.integers(0, 40)
ties = st.builds(
    Tie,
    sent_short=st.floats(0, 50),
    sent_long=st.floats(0, 200),
    received_long=st.floats(0, 100),
    last_out=moments,
    last_in=moments,
    touched=moments,
    days=counts,
    unanswered=counts,
    sent=counts,
    received=counts,
    asked=st.integers(20, 40),
    answered=st.integers(0, 19),
)
rules = st.builds(
    Rule,
    name=st.sampled_from(["tag #acorn", "client"]),
    points=st.integers(-2000, 2000),
    until=st.one_of(st.none(), moments),
)
items = st.builds(
    Item,
    question=st.one_of(st.none(), st.just("Does it?")),
    only_thanks=st.booleans(),
    waiting_since=st.one_of(st.none(), st.integers(NOW - 60 * DAY, NOW)),
    other_speakers=st.integers(0, 5),
    rules=st.lists(rules, max_size=3).map(tuple),
)


@given(ties, items, st.integers(0, 40))
def test_the_lines_of_a_waiting_text_add_up_to_its_score(
    tie: Tie, item: Item, exchanges: int
) -> None:
    score = mention_score(tie, item, NOW)
    lines = reasons(score, Facts(tie, NOW, UTC, exchanges, item=item))
    assert sum(line.points for line in lines) == score.points
    assert all(line.points and line.sentence for line in lines)


@given(ties, st.integers(0, 40), st.sampled_from(Question))
def test_the_lines_of_a_person_add_up_to_their_score(
    tie: Tie, order: int, question: Question
) -> None:
    score = explain(tie, order, NOW, question)
    lines = reasons(score, Facts(tie, NOW, UTC, order=order))
    assert sum(line.points for line in lines) == score.points
    assert all(line.points and line.sentence for line in lines)


def test_a_friends_question_is_explained_in_words() -> None:
    tie = Tie(
        sent_short=6.0,
        last_out=NOW - 2 * DAY,
        last_in=NOW - 5 * HOUR,
        days=9,
        unanswered=1,
        sent=20,
        received=21,
    )
    item = Item(
        question="Does the export keep the tags?",
        waiting_since=NOW - 5 * HOUR,
        other_speakers=2,
        rules=(Rule("tag #acorn", 500, until=NOW + 7 * DAY),),
    )
    score = mention_score(tie, item, NOW)
    lines = reasons(score, Facts(tie, NOW, UTC, exchanges=14, item=item))
    assert [(line.sentence, line.evidence) for line in lines] == [
        ("you two talk: 14 exchanges in 30 days, the last 5 h ago", Evidence.EXCHANGES),
        ("they wrote 1 d after your last text to them", Evidence.SENT),
        ("they wrote once since your last text to them", Evidence.RECEIVED),
        ('it is a question ("Does the export keep the tags?")', Evidence.ITEM),
        ("it is your turn, since 09:12 today", Evidence.ITEM),
        ("two other people have spoken in this thread since", Evidence.THREAD),
        ("your rule: tag #acorn, until 28 Nov", Evidence.RULE),
    ]
    assert [line.points > 0 for line in lines] == [True, False, False, True, True, False, True]


def test_a_newcomers_thanks_are_explained_in_words() -> None:
    tie = Tie(last_in=NOW - HOUR, unanswered=2, received=2)
    score = mention_score(tie, Item(only_thanks=True, other_speakers=1), NOW)
    lines = reasons(score, Facts(tie, NOW, UTC, item=Item(other_speakers=1)))
    assert [line.sentence for line in lines] == [
        "what everybody starts with",
        "you have never written to them",
        "they wrote to you twice, you never answered",
        "it only says thanks",
        "one other person has spoken in this thread since",
    ]


def test_what_the_owner_said_to_others_in_the_thread_is_not_taken_for_a_text_to_them() -> None:
    tie = Tie(last_out=NOW - 3 * DAY, last_in=NOW - 5 * HOUR, unanswered=1, sent=2, received=2)
    lines = reasons(mention_score(tie, Item(), NOW), Facts(tie, NOW, UTC, said_here=NOW - DAY))
    assert lines[1].sentence == (
        "they wrote 2 d after your last text to them (what you said here 1 d ago did not name them)"
    )


def test_the_silence_before_a_text_does_not_grow_while_it_waits() -> None:
    tie = Tie(last_out=NOW - 3 * DAY, last_in=NOW - DAY, unanswered=1, sent=1, received=1)
    now, later = (
        reasons(mention_score(tie, Item(), at), Facts(tie, at, UTC))[1] for at in (NOW, NOW + DAY)
    )
    assert now == later


def test_a_persons_place_is_explained_in_words() -> None:
    tie = Tie(sent_long=5.0, last_out=NOW - DAY, last_in=NOW - 3 * HOUR, days=6, sent=9, received=9)
    score = explain(tie, 3, NOW)
    lines = reasons(score, Facts(tie, NOW, UTC, exchanges=8, order=3))
    assert [line.sentence for line in lines] == [
        "you two talk: 8 exchanges in 30 days, the last 3 h ago",
        "you were in contact with three others more recently",
        "the last contact was 3 h ago",
        "they wrote last, 3 h ago",
    ]


def test_the_fact_is_told_before_the_points() -> None:
    assert standing(Score(True, ())) == "somebody you have written to"
    assert standing(Score(False, ())) == "somebody you have never written to"


def test_a_lively_talk_is_explained_in_words() -> None:
    tie = Tie(
        sent_long=3.0,
        last_out=NOW - 9 * MINUTE,
        last_in=NOW - 2 * MINUTE,
        touched=NOW - 3 * DAY,
        days=3,
        sent=9,
        received=9,
    )
    lines = reasons(explain(tie, 0, NOW, leaning=0.4), Facts(tie, NOW, UTC, exchanges=8))
    assert [line.sentence for line in lines] == [
        "you two talk: 8 exchanges in 30 days, the last 2 min ago",
        "the last contact was 2 min ago",
        "they wrote last, 2 min ago",
        "you two are in the middle of talking",
        "you have liked, boosted or followed them too",
        "learnt from whom you write to: you mostly answer those who wrote last",
    ]


def test_what_was_learnt_from_ones_answers_has_a_line_of_its_own() -> None:
    tie = Tie(
        last_in=NOW, last_out=NOW - DAY, unanswered=1, sent=4, asked=6, answered=5, opened=NOW
    )
    told = [
        line.sentence for line in reasons(mention_score(tie, Item(), NOW), Facts(tie, NOW, UTC))
    ]
    assert told[-1] == (
        "learnt from what you answer: they wrote on 5 days, you answered on five within a day"
    )


def test_strangers_at_once_are_explained_in_words() -> None:
    tie = Tie(last_in=NOW - 5 * MINUTE, unanswered=1, received=1)
    lines = reasons(explain(tie, 2, NOW, at_once=29), Facts(tie, NOW, UTC, order=2, at_once=29))
    assert lines[-1].sentence == "29 other strangers wrote within an hour of them"
    assert lines[-1].points == -7483


@pytest.mark.parametrize(
    ("tie", "exchanges", "reason"),
    [
        (
            Tie(sent=9, received=8, days=5, last_in=NOW - 5 * HOUR, last_out=1),
            14,
            "14 exchanges in 30 days, last 5 h ago",
        ),
        (
            Tie(sent=9, received=8, days=5, last_in=NOW - 5 * HOUR, last_out=1),
            1,
            "1 exchange in 30 days, last 5 h ago",
        ),
        (
            Tie(sent=9, received=8, days=5, last_in=NOW - 250 * DAY, last_out=1),
            0,
            "you wrote to them on 5 days, last contact in March",
        ),
        (Tie(sent=2, last_out=NOW - 250 * DAY), 2, "you wrote to them twice, last in March"),
        (Tie(sent=1, last_out=NOW - 20 * MINUTE), 1, "you wrote to them once, last 20 min ago"),
        (Tie(received=3, last_in=NOW - 2 * DAY), 3, "they wrote to you 3 times, last 2 d ago"),
        (Tie(received=1, last_in=NOW), 1, "first time they write to you"),
        (Tie(touched=NOW), 0, "you two have never talked"),
    ],
)
def test_everybody_has_a_reason_of_one_short_line(tie: Tie, exchanges: int, reason: str) -> None:
    assert short_reason(tie, exchanges, NOW, UTC) == reason


def test_the_probability_is_told_with_the_habit_where_there_is_one() -> None:
    words = "you answer a text like this within a day about 7 times in 10"
    assert likelihood(0.68, Tie(asked=2, answered=2)) == words
    assert likelihood(0.68, Tie(asked=10, answered=9)) == f"{words} (theirs: 9 of 10)"


def score(**terms: int) -> Score:
    return Score(True, tuple(Term(TermName[name], points) for name, points in terms.items()))


def test_the_next_one_is_compared_by_what_it_lacks_most() -> None:
    mine = score(SENT_SHORT=1000, QUESTION=800, WAITING=600, RULE=10)
    other = score(SENT_SHORT=1500, WAITING=100)
    assert compare(mine, other, "odile fenn") == (
        "next is odile fenn with 1.600: not a question, shorter wait"
    )


def test_the_next_one_may_differ_in_nothing() -> None:
    known = score(QUESTION=1)
    assert compare(known, known, "papercrane").endswith("the later contact goes first")


def test_a_next_one_with_more_points_lacks_nothing() -> None:
    assert compare(score(BASE=1), score(BASE=1, QUESTION=800), "wren") == "next is wren with 0.801"


@given(st.integers(-99_999, 99_999))
def test_points_are_shown_to_their_last_digit(value: int) -> None:
    shown = phrases.points(value)
    assert int(shown.replace("−", "-").replace(".", "")) == value
    assert shown[0] == ("−" if value < 0 else "+")
    assert phrases.total(value) == shown.lstrip("+")


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-HOUR, "just now"),
        (59_000, "just now"),
        (40 * MINUTE, "40 min ago"),
        (23 * HOUR, "23 h ago"),
        (DAY, "1 d ago"),
        (29 * DAY, "29 d ago"),
        (31 * DAY, "in October"),
        (400 * DAY, "in October 2024"),
    ],
)
def test_last_times_are_told_as_people_tell_them(passed: Millis, words: str) -> None:
    assert phrases.last(NOW - passed, NOW, UTC) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (30_000, "less than a minute"),
        (40 * MINUTE, "40 min"),
        (47 * HOUR, "1 d"),
        (30 * DAY, "4 weeks"),
        (800 * DAY, "2 years"),
    ],
)
def test_a_length_of_time_is_told_in_full_units(passed: Millis, words: str) -> None:
    assert phrases.span(passed) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-HOUR, "15:12 today"),
        (5 * HOUR, "09:12 today"),
        (15 * HOUR, "23:12 yesterday"),
        (4 * DAY, "Monday 14:12"),
        (9 * DAY, "12 Nov"),
        (400 * DAY, "17 Oct 2024"),
    ],
)
def test_beginnings_are_told_as_people_tell_them(passed: Millis, words: str) -> None:
    assert phrases.since(NOW - passed, NOW, UTC) == words


def test_words_follow_the_owners_own_clock() -> None:
    zone = timezone(timedelta(hours=10))
    assert phrases.since(NOW - 5 * HOUR, NOW, zone) == "19:12 yesterday"


def test_small_numbers_are_words_and_large_ones_digits() -> None:
    assert [phrases.number(n) for n in (0, 2, 12, 13)] == ["no", "two", "twelve", "13"]
    assert [phrases.times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]


def test_the_one_above_is_compared_by_what_this_one_lacks() -> None:
    tie = Tie(sent_short=3, last_out=NOW - DAY, last_in=NOW - HOUR, sent=5, received=5)
    asks = mention_score(tie, Item(question="Does it?", waiting_since=NOW - HOUR), NOW)
    says = mention_score(tie, Item(waiting_since=NOW - HOUR), NOW)
    assert behind(says, asks, "odile fenn") == (
        f"before it is odile fenn with {phrases.total(asks.points)}; here: not a question"
    )
    assert behind(says, says, "odile fenn").endswith(": the same, the later contact goes first")


@given(ties, items)
def test_what_a_rule_takes_away_is_taken_exactly_and_once(tie: Tie, item: Item) -> None:
    plain = replace(item, rules=())
    cancels = [
        Rule("waiting, not at all", cancels=TermName.WAITING, number=number) for number in (0, 1)
    ]
    before = mention_score(tie, plain, NOW)
    after = mention_score(tie, replace(plain, rules=tuple(cancels)), NOW)
    waiting = sum(term.points for term in before.terms if term.name is TermName.WAITING)
    assert after.points == before.points - waiting
    assert sum(term.rule is not None for term in after.terms) == bool(waiting)


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd")],
)
def test_places_are_said_in_digits(place: int, words: str) -> None:
    assert phrases.ordinal(place) == words
