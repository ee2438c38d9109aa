"""Polls that count votes and posts that remember what they were, in the demo town."""

from __future__ import annotations

import pytest
from networks.demo.visits import Visit

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import PostEdited
from tui_inbox.core.moment import DAY
from tui_inbox.core.ports import Refused, Unsupported
from tui_inbox.core.post import SeenPost


async def open_poll(visit: Visit) -> SeenPost:
    """A post of somebody else with a poll that is open."""
    now = visit.clock.now()
    for entry in await visit.entries():
        poll = entry.seen.post.poll
        if poll is not None and not poll.is_over(now):
            return entry.seen
    raise AssertionError("nobody asks with a poll at the moment")


async def again(visit: Visit, seen: SeenPost) -> SeenPost:
    return (await visit.network.thread(seen.view.server_id)).focus


def counts(seen: SeenPost) -> list[int | None]:
    assert seen.post.poll is not None
    return [option.votes for option in seen.post.poll.options]


async def test_counts_are_kept_back_until_one_has_voted() -> None:
    visit = Visit()
    asked = await open_poll(visit)
    assert asked.view.voted is None
    assert set(counts(asked)) == {None}
    await visit.network.act(Act(ActKind.VOTE, asked.view.server_id, options=(1,)))
    voted = await again(visit, asked)
    assert voted.view.voted == (1,)
    assert all(counts(voted))
    assert voted.post.poll is not None
    assert not voted.post.poll.closed


async def test_a_vote_counts_once_and_is_remembered_by_the_next_run() -> None:
    visit = Visit()
    asked = await open_poll(visit)
    vote = Act(ActKind.VOTE, asked.view.server_id, options=(1,))
    await visit.network.act(vote)
    first = counts(await again(visit, asked))
    await visit.network.act(vote)
    assert counts(await again(visit, asked)) == first, "the same vote again changes nothing"
    with pytest.raises(Refused, match="cannot be changed"):
        await visit.network.act(Act(ActKind.VOTE, asked.view.server_id, options=(0,)))
    next_run = Visit(visit.state, at=visit.clock.now())
    assert (await again(next_run, asked)).view.voted == (1,)
    assert counts(await again(next_run, asked)) == first


async def test_a_vote_that_makes_no_sense_is_refused() -> None:
    visit = Visit()
    asked = await open_poll(visit)
    target = asked.view.server_id
    for options in ((), (0, 1), (99,)):
        with pytest.raises(Refused, match=r"\.$"):
            await visit.network.act(Act(ActKind.VOTE, target, options=options))
    own = await visit.say("No poll here")
    with pytest.raises(Refused, match="nothing to vote on"):
        await visit.network.act(Act(ActKind.VOTE, own.view.server_id, options=(0,)))
    with pytest.raises(Refused, match="not there"):
        await visit.network.act(Act(ActKind.VOTE, "nowhere", options=(0,)))
    late = Visit(visit.state, at=visit.clock.now() + DAY)
    with pytest.raises(Refused, match="over"):
        await late.network.act(Act(ActKind.VOTE, target, options=(0,)))


async def test_an_edited_post_remembers_what_it_was() -> None:
    visit = Visit()
    before = {entry.seen.post.ref: entry.seen.post for entry in await visit.entries()}
    edited: SeenPost | None = None
    while edited is None:
        for event in await visit.watch(120):
            if isinstance(event, PostEdited):
                edited = event.seen
    first, *_, last = await visit.network.versions(edited.view.server_id)
    assert (last.text, last.at) == (edited.post.text, edited.post.edited_at)
    assert first.text != last.text
    assert first.at == edited.post.created_at
    assert before.get(edited.post.ref) is None, "it was written while somebody watched"


async def test_what_was_never_changed_has_one_version() -> None:
    visit = Visit()
    asked = await open_poll(visit)
    (only,) = await visit.network.versions(asked.view.server_id)
    assert (only.text, only.at) == (asked.post.text, asked.post.created_at)
    assert asked.post.poll is not None
    assert only.options == tuple(option.title for option in asked.post.poll.options)
    with pytest.raises(Refused, match="not there"):
        await visit.network.versions("nowhere")


async def test_nobody_translates() -> None:
    visit = Visit()
    asked = await open_poll(visit)
    with pytest.raises(Unsupported, match="translator"):
        await visit.network.translation(asked.view.server_id, "de")
