"""The model: exact sums, one order, strangers who come at once, and the formulas number by number."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log, log1p
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.person import PersonRef
from tui_inbox.priority.circle import Circle, Event
from tui_inbox.priority.harness import Ranker
from tui_inbox.priority.model import (
    Item,
    Question,
    Rule,
    TermName,
    answer_probability,
    explain,
    mention_score,
)
from tui_inbox.priority.ranking import rank_people, scores
from tui_inbox.priority.tie import AccountState, Tie

NOW: Millis = 1_700_000_000_000
TALK = InteractionKind.REPLY

histories = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.builds(
            Event,
            outgoing=st.booleans(),
            kind=st.sampled_from(InteractionKind),
            at=st.integers(NOW - 400 * DAY, NOW),
        ),
    ),
    max_size=60,
)


def told(history: list[tuple[int, Event]]) -> Circle[int]:
    circle: Circle[int] = Circle()
    for person, event in sorted(history, key=lambda entry: entry[1].at):
        circle.observe(person, event)
    return circle


@given(histories, st.sampled_from(Question), st.floats(-3, 3))
def test_every_place_is_the_exact_sum_of_its_terms(
    history: list[tuple[int, Event]], question: Question, leaning: float
) -> None:
    circle = told(history)
    circle.account.leaning = leaning
    for row in rank_people(circle, NOW, question):
        tie = circle.ties[row.key]
        score = explain(tie, row.order, NOW, question, at_once=row.at_once, leaning=leaning)
        assert sum(term.points for term in score.terms) == score.points == row.points
    ranked = [(row.key, row.points) for row in rank_people(circle, NOW, question)]
    assert scores(circle, NOW, question) == ranked


@given(histories, st.sampled_from(Question))
def test_who_else_is_asked_for_changes_nobodys_place(
    history: list[tuple[int, Event]], question: Question
) -> None:
    circle = told(history)
    some = rank_people(circle, NOW, question, among=lambda tie: tie.exchanged)
    everybody = rank_people(circle, NOW, question)
    assert some == [row for row in everybody if circle.ties[row.key].exchanged]


@given(histories, st.randoms(use_true_random=False), st.sampled_from(Question))
def test_the_same_people_always_come_in_the_same_order(
    history: list[tuple[int, Event]], random: Random, question: Question
) -> None:
    circle = told(history)
    shuffled = list(circle.ties.items())
    random.shuffle(shuffled)
    other = Circle(circle.account, dict(shuffled))
    assert rank_people(other, NOW, question) == rank_people(circle, NOW, question)


@given(histories, st.sampled_from(Question))
def test_nobody_stands_after_somebody_with_fewer_points(
    history: list[tuple[int, Event]], question: Question
) -> None:
    circle = told(history)
    for one, next_one in pairwise(rank_people(circle, NOW, question)):
        contacts = [circle.ties[row.key].last_contact for row in (one, next_one)]
        assert (one.points, contacts[0], next_one.key) > (next_one.points, contacts[1], one.key)


def test_equal_people_stand_by_their_names() -> None:
    names = [PersonRef("demo", uri) for uri in ("c", "a", "b")]
    circle = Circle(AccountState(), {name: Tie() for name in names})
    assert [row.key.uri for row in rank_people(circle, NOW)] == ["a", "b", "c"]


def test_one_newcomer_may_stand_first_and_thirty_at_once_stand_after_all_partners() -> None:
    partners = [(person, Event(True, TALK, NOW - person * HOUR)) for person in range(1, 6)]
    wave = [(100 + n, Event(False, TALK, NOW - n * MINUTE)) for n in range(1, 31)]
    with_one = rank_people(told(partners + wave[:1]), NOW)
    with_all = rank_people(told(partners + wave), NOW)
    assert with_one[0].key == 101
    assert [row.key for row in with_all[:5]] == [1, 2, 3, 4, 5]
    assert with_all[0].points == rank_people(told(partners), NOW)[0].points


def test_only_strangers_of_the_same_hour_take_points_from_each_other() -> None:
    moments = [NOW - 5 * HOUR, NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - 80 * MINUTE]
    circle = told([(place, Event(False, TALK, at)) for place, at in enumerate(moments)])
    circle.observe(1, Event(True, InteractionKind.FAVOURITE, NOW))
    at_once = {row.key: row.at_once for row in rank_people(circle, NOW)}
    assert at_once == {0: 0, 1: 0, 2: 1, 3: 1}


def test_now_is_the_published_formula() -> None:
    tie = Tie(sent_long=3.0, last_out=NOW - 30 * DAY, last_in=NOW - 12 * HOUR, days=4, sent=3)
    terms = {term.name: term.points for term in explain(tie, 6, NOW, leaning=-0.5).terms}
    assert terms == {
        TermName.ORDER: round(-550 * log(7)),
        TermName.SINCE_CONTACT: round(-313 * log(1 + 720)),
        TermName.SENT_LONG: round(450 * log(1 + 1.5)),
        TermName.DAYS: round(300 * log(5)),
        TermName.WROTE_LAST: round(550 * 2**-0.5),
        TermName.JUST_WROTE: 0,
        TermName.TOUCHED: 0,
        TermName.LEARNT: round(-0.5 * 1600 * 2**-0.5),
        TermName.AT_ONCE: 0,
    }


def test_week_is_the_published_formula() -> None:
    tie = Tie(received_long=8.0, last_in=NOW - 60 * DAY, last_out=NOW - DAY, days=9, sent=9)
    terms = {term.name: term.points for term in explain(tie, 2, NOW, Question.WEEK).terms}
    assert terms == {
        TermName.ORDER: round(-350 * log(3)),
        TermName.SINCE_CONTACT: round(-210 * log(1 + 1440)),
        TermName.DAYS: round(530 * log(10)),
        TermName.RECEIVED_LONG: round(520 * log(1 + 2.0)),
    }


def test_mention_order_is_the_published_formula_as_of_the_latest_contact() -> None:
    tie = Tie(
        sent_short=4.0,
        last_out=NOW - 9 * DAY,
        last_in=NOW - 2 * DAY,
        opened=NOW - 2 * DAY,
        unanswered=2,
        sent=4,
        asked=6,
        answered=3,
    )
    expected = {
        TermName.BASE: 136,
        TermName.SENT_SHORT: round(675 * log(3)),
        TermName.SINCE_SENT: round(-60 * log1p(7 * 1440)),
        TermName.UNANSWERED: round(-617 * log(3)),
        TermName.ANSWERED: round(250 * log(4 / 3)),
    }
    for now in (NOW - 2 * DAY, NOW, NOW + 90 * DAY):
        terms = mention_score(tie, Item(), now).terms
        assert {term.name: term.points for term in terms} == expected


def test_the_printed_probability_is_the_published_formula() -> None:
    tie = Tie(
        sent_short=2.0,
        last_out=NOW - HOUR,
        last_in=NOW,
        opened=NOW,
        unanswered=1,
        sent=2,
        asked=4,
        answered=2,
    )
    share = 8 / 12
    theirs = (2 + 2 * share) / 5
    log_odds = (
        0.66 * log(share / (1 - share))
        + 0.145 * (log(theirs / (1 - theirs)) - log(share / (1 - share)))
        + 0.40 * log1p(2 * 2 ** (-1 / 168))
        - 0.36 * log(2)
    )
    found = answer_probability(tie, AccountState(asked=11, answered=7), NOW)
    assert found == pytest.approx(1 / (1 + exp(-log_odds)))


def test_a_clock_that_runs_behind_harms_no_score() -> None:
    tie = Tie(sent_long=1.0, sent_short=1.0, last_out=NOW, last_in=NOW + 1, days=1, sent=1)
    earlier = explain(tie, 0, NOW - DAY)
    assert earlier == explain(tie, 0, NOW)
    assert 0 < answer_probability(tie, AccountState(), NOW - DAY) < 1


def test_a_question_goes_before_the_same_text_without_one() -> None:
    tie = Tie(last_in=NOW, unanswered=1, received=1)
    asks, tells = mention_score(tie, Item(question="Why?"), NOW), mention_score(tie, Item(), NOW)
    assert asks.points - tells.points == 800


def test_waiting_grows_gently_and_not_for_ever() -> None:
    tie = Tie(last_in=NOW, unanswered=1, received=1)

    def waited(hours: int) -> int:
        score = mention_score(tie, Item(waiting_since=NOW), NOW + hours * HOUR)
        return score.points - mention_score(tie, Item(), NOW).points

    grown = [waited(hours) for hours in (0, 1, 5, 24, 100, 1000)]
    assert grown == sorted(grown)
    assert grown[0] == 0
    assert grown[-2:] == [1000, 1000]


@given(histories)
def test_a_mere_thank_you_stands_after_every_other_text(
    history: list[tuple[int, Event]],
) -> None:
    ties = list(told(history).ties.values())
    thanks = Item(question="Why?", only_thanks=True, waiting_since=NOW - 30 * DAY)
    for one in ties:
        for other in ties:
            last = mention_score(one, thanks, NOW)
            assert last.points < mention_score(other, Item(other_speakers=9), NOW).points


def test_other_speakers_make_it_less_urgent_up_to_a_point() -> None:
    tie = Tie(last_in=NOW, unanswered=1, received=1)
    cost = [mention_score(tie, Item(other_speakers=n), NOW).points for n in (0, 1, 2, 3, 50)]
    assert [one - cost[0] for one in cost] == [0, -100, -200, -300, -300]


def test_a_rule_counts_until_its_last_moment() -> None:
    rules = (Rule("tag #acorn", 500, until=NOW), Rule("client", -250))
    tie = Tie(last_in=NOW, unanswered=1, received=1)

    def of_rules(now: Millis) -> list[tuple[str, int]]:
        score = mention_score(tie, Item(rules=rules), now)
        return [(t.rule.name, t.points) for t in score.terms if t.rule is not None]

    assert of_rules(NOW - 1) == [("tag #acorn", 500), ("client", -250)]
    assert of_rules(NOW) == [("client", -250)]


def test_the_harness_answers_every_question_of_an_evaluation() -> None:
    ranker = Ranker(1)
    ranker.observe(1_600_000_000, 1, 2, "reply")
    ranker.observe(1_600_000_060, 2, 1, "reply")
    assert [person for person, _ in ranker.catch_up(1, 1_600_000_100)] == [2]
    assert ranker.p_reply(1_600_000_060, 2, 1, "reply")
    assert 0 < ranker.p_display(1_600_000_060, 2, 1, "reply") < 1


def test_the_harness_wants_events_in_order() -> None:
    ranker = Ranker(1)
    ranker.observe(1_600_000_000, 1, 2, "reply")
    with pytest.raises(ValueError, match="after a newer one"):
        ranker.observe(1_599_999_999, 2, 1, "reply")
