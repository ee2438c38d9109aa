"""States of inbox items, and the lanes they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.conversation import (
    Door,
    ItemEvent,
    ItemState,
    Lane,
    Relation,
    Turn,
    after,
    lane_of,
    merged,
    relation_of,
)

states, events = st.sampled_from(ItemState), st.sampled_from(ItemEvent)

# The table of the product page, row by row: relation, then my turn, not my turn.
LANES = {
    Relation.PARTNER: Lane.TALK,
    Relation.NEWCOMER: Lane.NEWCOMERS,
    Relation.STRANGER: Lane.STRANGERS,
}


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("state", [ItemState.NEW, ItemState.SEEN])
def test_an_open_item_stands_in_the_lane_of_the_person(
    relation: Relation, state: ItemState
) -> None:
    assert lane_of(state, Turn.MINE, relation) is LANES[relation]
    assert lane_of(state, Turn.THEIRS, relation) is Lane.NONE
    assert lane_of(state, Turn.NOBODY, relation) is Lane.NONE


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("turn", Turn)
def test_put_off_closed_and_junk_do_not_ask_who_it_is(relation: Relation, turn: Turn) -> None:
    assert lane_of(ItemState.LATER, turn, relation) is Lane.LATER
    assert lane_of(ItemState.DONE, turn, relation) is Lane.DONE
    assert lane_of(ItemState.ANSWERED, turn, relation) is Lane.DONE
    assert lane_of(ItemState.JUNK, turn, relation) is Lane.NONE


@given(states, events)
def test_every_event_has_an_answer_in_every_state(state: ItemState, event: ItemEvent) -> None:
    assert after(state, event) in ItemState


@given(st.lists(events))
def test_junk_stays_junk(happened: list[ItemEvent]) -> None:
    state = ItemState.JUNK
    for event in happened:
        state = after(state, event)
    assert state is ItemState.JUNK


@given(states.filter(lambda state: state is not ItemState.JUNK))
def test_text_that_opens_a_turn_reopens_whatever_was_closed(state: ItemState) -> None:
    assert after(state, ItemEvent.OPENED).is_open


def test_looking_at_something_that_came_back_later_does_not_close_it() -> None:
    assert after(after(ItemState.LATER, ItemEvent.WOKE), ItemEvent.LOOKED_AT) is ItemState.SEEN


def test_a_lapse_leaves_what_was_put_off_alone() -> None:
    assert after(ItemState.LATER, ItemEvent.LAPSED) is ItemState.LATER


@given(states, states)
def test_merging_keeps_whatever_asks_for_more(one: ItemState, other: ItemState) -> None:
    both = merged(one, other)
    assert both == merged(other, one)
    assert both in (one, other)
    assert both.is_open == (one.is_open or other.is_open)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from(Door))
def test_whoever_has_exchanged_text_is_a_partner(
    accepted: bool, following: bool, answers: bool, person: bool, door: Door
) -> None:
    relation = relation_of(
        exchanged=True,
        accepted=accepted,
        following=following,
        answers_my_post=answers,
        looks_like_a_person=person,
        door=door,
    )
    assert relation is Relation.PARTNER


@pytest.mark.parametrize(
    ("door", "answers", "accepted", "expected"),
    [
        (Door.OPEN, False, False, Relation.NEWCOMER),
        (Door.CHECK, False, False, Relation.STRANGER),
        (Door.CHECK, True, False, Relation.NEWCOMER),
        (Door.CLOSED, True, False, Relation.STRANGER),
        (Door.CLOSED, False, True, Relation.NEWCOMER),
    ],
)
def test_the_door_decides_about_people_one_never_spoke_with(
    door: Door, answers: bool, accepted: bool, expected: Relation
) -> None:
    relation = relation_of(
        exchanged=False,
        accepted=accepted,
        following=False,
        answers_my_post=answers,
        looks_like_a_person=False,
        door=door,
    )
    assert relation is expected
