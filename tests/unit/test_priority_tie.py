"""What is remembered of people: how events change it, and that it can be stored and made again."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.priority.circle import Circle, Event, circle_of
from tui_inbox.priority.tie import AccountState, Tie, UnknownPacking, unpack_ties

NOW: Millis = 1_700_000_000_000


def mine(at: Millis, kind: InteractionKind = InteractionKind.REPLY) -> Event:
    return Event(True, kind, at)


def theirs(at: Millis, kind: InteractionKind = InteractionKind.MENTION) -> Event:
    return Event(False, kind, at)


events = st.builds(
    Event,
    outgoing=st.booleans(),
    kind=st.sampled_from(InteractionKind),
    at=st.integers(1, 4_000_000_000_000),
)
histories = st.lists(st.tuples(st.sampled_from("abc"), events), max_size=60).map(
    lambda history: sorted(history, key=lambda told: told[1].at)
)


def told(history: list[tuple[str, Event]]) -> Circle[str]:
    return circle_of(history)


def test_an_answer_within_a_day_counts_for_person_and_account() -> None:
    circle = told([("a", theirs(NOW)), ("a", theirs(NOW + MINUTE)), ("a", mine(NOW + 5 * HOUR))])
    tie = circle.ties["a"]
    assert (tie.asked, tie.answered, tie.unanswered) == (1, 1, 0)
    assert (circle.account.asked, circle.account.answered) == (1, 1)
    assert circle.account.last_out == NOW + 5 * HOUR


def test_a_late_answer_ends_the_waiting_but_is_no_answer_within_a_day() -> None:
    circle = told([("a", theirs(NOW)), ("a", mine(NOW + DAY + 1))])
    assert (circle.ties["a"].asked, circle.ties["a"].answered) == (1, 0)
    assert circle.ties["a"].unanswered == 0


def test_one_answer_counts_for_each_day_whose_first_text_is_not_older_than_a_day() -> None:
    evening = NOW // DAY * DAY + 22 * HOUR
    asked = [
        ("a", theirs(evening - DAY)),
        ("a", theirs(evening)),
        ("a", theirs(evening + 5 * HOUR)),
    ]
    tie = told([*asked, ("a", mine(evening + 6 * HOUR))]).ties["a"]
    assert (tie.asked, tie.answered) == (3, 2)


def test_texts_sent_lose_half_their_weight_in_each_half_life() -> None:
    tie = told([("a", mine(NOW)), ("a", mine(NOW + 30 * DAY))]).ties["a"]
    assert tie.sent_long == pytest.approx(1.5)
    assert tie.sent_short == pytest.approx(1 + 2 ** (-30 / 7))


def test_texts_received_lose_half_their_weight_in_a_month() -> None:
    tie = told([("a", theirs(NOW)), ("a", theirs(NOW + 30 * DAY))]).ties["a"]
    assert tie.received_long == pytest.approx(1.5)


def test_days_are_counted_in_utc_and_once() -> None:
    midnight = NOW // DAY * DAY
    tie = told([("a", mine(midnight - 1)), ("a", mine(midnight)), ("a", mine(midnight + 9))]).ties[
        "a"
    ]
    assert tie.days == 2


def test_likes_and_boosts_touch_and_leave_everything_else_alone() -> None:
    kinds = (InteractionKind.FAVOURITE, InteractionKind.BOOST, InteractionKind.FOLLOW)
    circle = told([("a", mine(NOW, kind)) for kind in kinds])
    assert circle.ties["a"] == Tie(touched=NOW)
    assert circle.account == AccountState()


def test_a_like_of_theirs_changes_nothing() -> None:
    circle = told([("a", theirs(NOW, InteractionKind.FAVOURITE))])
    assert circle.ties["a"] == Tie()


def test_somebody_is_a_partner_once_text_went_both_ways() -> None:
    circle = told([("a", theirs(NOW))])
    assert not circle.ties["a"].exchanged
    circle.observe("a", mine(NOW + 1))
    assert circle.ties["a"].exchanged


def test_an_event_that_comes_late_is_refused_and_changes_nothing() -> None:
    circle = told([("a", mine(NOW))])
    before = circle.ties["a"].pack()
    assert not circle.observe("a", theirs(NOW - 1))
    assert circle.ties["a"].pack() == before


@given(histories)
def test_replaying_anybody_and_learning_anew_gives_the_state_that_was(
    history: list[tuple[str, Event]],
) -> None:
    circle, again = told(history), told(history)
    for person in list(again.ties):
        again.replay(person, [event for name, event in history if name == person])
    assert again.ties == circle.ties
    again.relearn(history)
    assert again.account == circle.account


@given(histories, st.sampled_from("abc"))
def test_a_person_without_events_leaves_no_trace(
    history: list[tuple[str, Event]], gone: str
) -> None:
    circle = told(history)
    circle.replay(gone, [])
    rest = [entry for entry in history if entry[0] != gone]
    circle.relearn(rest)
    expected = told(rest)
    assert (circle.ties, circle.account) == (expected.ties, expected.account)


@given(histories, st.randoms(use_true_random=False))
def test_events_that_come_late_give_what_a_rebuild_gives(
    history: list[tuple[str, Event]], random: Random
) -> None:
    history = list({event.at: (person, event) for person, event in history}.values())
    arrived: list[tuple[str, Event]] = []
    circle: Circle[str] = Circle()
    for person, event in random.sample(history, len(history)):
        arrived.append((person, event))
        if not circle.observe(person, event):
            known = sorted(arrived, key=lambda entry: history.index(entry))
            circle.replay(person, [own for name, own in known if name == person])
    rebuilt = told(history)
    if circle.account.late:
        circle.relearn(history)
    assert circle.account == rebuilt.account


@given(histories, st.integers(0, 60))
def test_who_was_stored_on_the_way_learns_on_as_if_nothing_had_been(
    history: list[tuple[str, Event]], stored_after: int
) -> None:
    history = list({event.at: (person, event) for person, event in history}.values())
    before = told(history[:stored_after])
    circle = Circle(
        AccountState.unpack(before.account.pack()),
        {person: Tie.unpack(tie.pack()) for person, tie in before.ties.items()},
    )
    circle.look_for_latest()
    for person, event in history[stored_after:]:
        circle.observe(person, event)
    assert circle.account == told(history).account


def test_whoever_answers_those_who_write_last_is_leant_towards_them() -> None:
    answering: list[tuple[str, Event]] = []
    for turn in range(20):
        hour = NOW + turn * HOUR
        answering += [("a", mine(hour)), ("b", theirs(hour + 1)), ("b", mine(hour + 2))]
    assert told(answering).account.leaning != 0
    only_answers = [(who, event) for who, event in answering if who == "b"]
    others = [("a", mine(NOW + turn * HOUR + 9)) for turn in range(20)]
    answers_nobody = sorted(
        [*(entry for entry in only_answers if not entry[1].outgoing), *others, ("a", mine(NOW))],
        key=lambda entry: entry[1].at,
    )
    assert told(answers_nobody).account.leaning < 0 < told(only_answers).account.leaning


@given(histories, st.integers(1, 4_000_000_000_000))
def test_what_is_older_than_the_moment_to_learn_from_teaches_nothing(
    history: list[tuple[str, Event]], since: Millis
) -> None:
    circle = circle_of(history, since)
    taught = [entry for entry in history if entry[1].at >= since]
    assert circle.account.asked <= len(taught)
    if not taught:
        assert (circle.account.leaning, circle.account.asked, circle.account.answered) == (0, 0, 0)


@given(histories)
def test_a_state_survives_being_stored_in_at_most_a_hundred_bytes(
    history: list[tuple[str, Event]],
) -> None:
    circle = told(history)
    for tie in circle.ties.values():
        assert Tie.unpack(tie.pack()) == tie
        assert len(tie.pack()) <= 100
    assert AccountState.unpack(circle.account.pack()) == circle.account


@pytest.mark.parametrize("packed", [b"", b"\x00" * 89, Tie().pack()[:-1], AccountState().pack()])
def test_bytes_of_another_version_are_refused(packed: bytes) -> None:
    with pytest.raises(UnknownPacking):
        Tie.unpack(packed)


@given(histories)
def test_all_ties_are_read_at_once_without_those_of_another_version(
    history: list[tuple[str, Event]],
) -> None:
    circle = told(history)
    packed = {person: tie.pack() for person, tie in circle.ties.items()}
    assert unpack_ties({"old": b"\x00" * 89, **packed, "cut": b"\x01"}) == circle.ties
