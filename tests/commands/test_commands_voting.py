"""Voting: seen at once, held as long as it can be taken back, counted once, and never changed."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import acts
from tui_inbox.commands.sending import retry, stop_held
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR
from tui_inbox.core.outbox_state import HOLD, OutboxState
from tui_inbox.core.post import Poll, PollOption, PostView
from tui_inbox.core.text import is_clean
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow

LOAF = (PollOption("rye"), PollOption("spelt"), PollOption("the one with walnuts"))


def asks(town: Town, name: str = "quillfox", **poll: bool) -> Said:
    """Somebody asks with a poll that is open for five hours."""
    said = town.says(name, "Which loaf?")
    asked = Poll("p1", LOAF, closes_at=town.now + 5 * HOUR, **poll)
    return town.shows(replace(said.post, poll=asked))


def voted(town: Town, said: Said) -> tuple[int, ...] | None:
    eyes = town.ask(viewer, 1)
    assert eyes is not None
    return town.ask(rows_of, eyes, [said.id], context=None)[said.id].voted


def vote(town: Town, said: Said, *options: int) -> str:
    return acts.vote(town.context, 1, said.id, options).result().sentence


def only_row(town: Town) -> OutboxRow:
    (row,) = town.ask(outbox.rows)
    return row


def become(town: Town, state: OutboxState, reason: str = "") -> None:
    """The outbox has come so far with the vote."""
    row = only_row(town).id
    town.write(partial(outbox.set_row, id=row, state=state, at=town.now, reason=reason))


def test_a_vote_is_seen_at_once_and_held(town: Town) -> None:
    said = asks(town)
    assert voted(town, said) is None
    town.changes.clear()
    assert vote(town, said, 1) == "your vote leaves in 10 s, u takes it back"
    assert voted(town, said) == (1,)
    row = only_row(town)
    assert (row.kind, row.state, row.release_at) == (
        ActKind.VOTE,
        OutboxState.HELD,
        town.now + HOLD,
    )
    assert Change(Topic.POST, said.id) in town.changes
    (item,) = town.ask(outbox_queries.rows, town.scope())
    assert item.what == "vote in a poll of quillfox"
    assert is_clean(item.what)


def test_undo_takes_a_held_vote_back_and_one_can_vote_otherwise(town: Town) -> None:
    said = asks(town)
    vote(town, said, 1)
    assert undo(town.context).result().sentence == "undone: your vote"
    assert voted(town, said) is None
    assert only_row(town).state is OutboxState.DISCARDED
    assert vote(town, said, 0).startswith("your vote leaves")
    assert voted(town, said) == (0,)


def test_stopping_what_is_held_stops_a_vote(town: Town) -> None:
    said = asks(town)
    vote(town, said, 1)
    assert stop_held(town.context).result() is None
    assert voted(town, said) is None


@pytest.mark.parametrize("state", [OutboxState.SENDING, OutboxState.SENT])
def test_a_vote_that_has_left_cannot_be_undone(town: Town, state: OutboxState) -> None:
    said = asks(town)
    vote(town, said, 1)
    become(town, state)
    assert undo(town.context).result().sentence == (
        "not undone: your vote; a vote that has left cannot be taken back"
    )
    assert len(town.ask(outbox.rows)) == 1, "nothing is sent against it"


def test_a_refused_vote_is_no_vote_and_can_be_tried_again(town: Town) -> None:
    said = asks(town)
    vote(town, said, 2)
    become(town, OutboxState.REFUSED, "The poll has already ended.")
    assert voted(town, said) is None
    (item,) = town.ask(outbox_queries.rows, town.scope())
    assert item.reason == "The poll has already ended."
    assert retry(town.context, only_row(town).id).result().sentence == "trying again"
    assert voted(town, said) == (2,)


def test_several_may_be_chosen_where_the_poll_says_so(town: Town) -> None:
    said = asks(town, multiple=True)
    vote(town, said, 2, 0, 2)
    assert voted(town, said) == (0, 2)


def test_where_no_vote_would_count_the_reason_is_said_and_nothing_leaves(town: Town) -> None:
    assert vote(town, town.says("quillfox", "No poll"), 0) == "There is no poll in this."
    assert vote(town, asks(town, "mira"), 0) == "Nobody votes in a poll of their own."
    assert vote(town, asks(town, closed=True), 0) == "This poll is over."
    said = asks(town)
    assert vote(town, said) == "Nothing was chosen, so nothing was voted."
    assert vote(town, said, 0, 1) == "Only one can be chosen in this poll."
    assert vote(town, said, 3) == "The poll has changed; look at it again."
    town.pass_time(5 * HOUR)
    assert vote(town, said, 0) == "This poll is over."
    assert acts.vote(town.context, 1, 99, (0,)).result() == acts.NOT_HERE
    assert town.ask(outbox.rows) == []


def test_nobody_votes_twice_here_or_elsewhere(town: Town) -> None:
    said = asks(town)
    vote(town, said, 1)
    assert vote(town, said, 1) == "You have voted in this poll; a vote cannot be changed."
    elsewhere = asks(town)
    view = PostView(f"1:{elsewhere.post.ref.uri}", voted=(2,))
    town.shows(elsewhere.post, view=view)
    assert voted(town, elsewhere) == (2,)
    assert vote(town, elsewhere, 1) == "You have voted in this poll; a vote cannot be changed."


def test_each_account_votes_for_itself(town: Town) -> None:
    acorn = town.account("acorn")
    said = asks(town)
    assert acts.vote(town.context, acorn, said.id, (0,)).result() == acts.NOT_SHOWN
    town.shows(said.post, account=acorn)
    vote(town, said, 1)
    assert acts.vote(town.context, acorn, said.id, (0,)).result().action is not None
    assert voted(town, said) == (1,)
