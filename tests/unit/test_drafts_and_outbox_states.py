"""Drafts, audiences, and the states of what leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.act import ActKind
from tui_inbox.core.capability import No, Yes, can
from tui_inbox.core.draft import Draft, reply_audience
from tui_inbox.core.outbox_state import OutboxEvent, OutboxState, after
from tui_inbox.core.post import Audience

audiences = st.sampled_from(Audience)
events = st.sampled_from(OutboxEvent)


@given(audiences, audiences)
def test_a_reply_is_never_wider_than_the_post_it_answers(parent: Audience, usual: Audience) -> None:
    audience = reply_audience(parent, usual)
    assert not audience.is_wider_than(parent)
    assert not audience.is_wider_than(usual)


@given(audiences)
def test_a_reply_to_a_direct_message_is_direct(usual: Audience) -> None:
    assert reply_audience(Audience.DIRECT, usual) is Audience.DIRECT


@given(audiences)
def test_an_audience_no_server_knows_is_never_asked_for(usual: Audience) -> None:
    assert reply_audience(Audience.LIMITED, usual) is not Audience.LIMITED


@given(st.lists(events, max_size=30))
def test_what_was_sent_or_thrown_away_stays_so(happened: list[OutboxEvent]) -> None:
    for final in (OutboxState.SENT, OutboxState.DISCARDED):
        state = final
        for event in happened:
            state = after(state, event)
        assert state is final


@given(st.sampled_from(OutboxState))
def test_nothing_is_sent_without_a_lease(state: OutboxState) -> None:
    assert (after(state, OutboxEvent.LEASED) is OutboxState.SENDING) == (
        state in (OutboxState.WAITING, OutboxState.SENDING)
    )


def test_a_lost_answer_is_never_simply_tried_again() -> None:
    lost = after(OutboxState.SENDING, OutboxEvent.LOST)
    assert lost is OutboxState.UNKNOWN
    assert after(lost, OutboxEvent.LEASED) is OutboxState.UNKNOWN
    assert after(lost, OutboxEvent.NOT_FOUND) is OutboxState.WAITING


def test_what_is_being_sent_cannot_be_stopped() -> None:
    assert after(OutboxState.SENDING, OutboxEvent.STOPPED) is OutboxState.SENDING


@given(st.text(), st.text(), audiences, st.none() | st.text(), st.none() | st.integers(1, 10**9))
def test_a_draft_survives_the_outbox(
    text: str, warning: str, audience: Audience, language: str | None, parent: int | None
) -> None:
    draft = Draft(7, 1, text, warning, audience, language, parent, None, 1_000)
    assert Draft.from_json(draft.to_json()) == draft


@pytest.mark.parametrize("kind", ActKind)
def test_taking_back_twice_is_doing_it_again(kind: ActKind) -> None:
    if kind.reverse is not None:
        assert kind.reverse.reverse is kind
        assert kind.reverse.on_person == kind.on_person


@pytest.mark.parametrize(
    ("audience", "mine", "possible"),
    [
        (Audience.PUBLIC, False, True),
        (Audience.UNLISTED, False, True),
        (Audience.FOLLOWERS, False, False),
        (Audience.FOLLOWERS, True, True),
        (Audience.LIMITED, True, False),
        (Audience.DIRECT, True, False),
    ],
)
def test_what_is_not_for_everybody_is_not_passed_on(
    audience: Audience, mine: bool, possible: bool
) -> None:
    answer = can(ActKind.BOOST, audience=audience, is_mine=mine)
    assert isinstance(answer, Yes if possible else No)


def test_only_its_author_deletes_a_post() -> None:
    assert isinstance(can(ActKind.DELETE, audience=Audience.PUBLIC, is_mine=False), No)
    assert isinstance(can(ActKind.DELETE, audience=Audience.PUBLIC, is_mine=True), Yes)
