"""A vote leaves with its choices, and comes back with the counts."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.scripted_network import HOME
from support.sync_desk import Desk, only_row

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import AnswerLost, Refused, Unreachable
from tui_inbox.core.post import Poll, PollOption, SeenPost
from tui_inbox.store import outbox, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.posts import StoredPost
from tui_inbox.sync.outbox import Door, Outbox


def sender(desk: Desk) -> Outbox:
    return Outbox(
        desk.store, desk.ingest, desk.clock, {desk.account.id: Door(desk.network, True)}, "test"
    )


async def asked(desk: Desk) -> SeenPost:
    """Ann asks with a poll, and it is in the store."""
    seen = desk.network.write("ann", "Which loaf?")
    poll = Poll("p1", (PollOption("rye", 4), PollOption("spelt", 1)), multiple=True)
    seen = replace(seen, post=replace(seen.post, poll=poll))
    desk.network.home(seen)
    await desk.backfill.catch_up(HOME)
    return seen


def stored(desk: Desk, seen: SeenPost) -> StoredPost:
    def read(db: Connection) -> StoredPost | None:
        found = posts.find(db, desk.account.id, seen.view.server_id)
        return posts.post(db, desk.account.id, found or 0)

    post = desk.store.read(read).result()
    assert post is not None
    return post


def put_vote(desk: Desk, seen: SeenPost, *options: int) -> None:
    post, now = stored(desk, seen).id, desk.clock.now()
    desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=ActKind.VOTE,
            state=OutboxState.HELD,
            key="v",
            content=outbox.vote_content(options),
            created_at=now,
            release_at=now,
            post=post,
        )
    ).result()


def stands(desk: Desk, seen: SeenPost) -> tuple[tuple[int, ...] | None, list[int | None]]:
    """What the account is known to have chosen, and the counts."""
    post = stored(desk, seen)
    assert post.view is not None
    assert post.post.poll is not None
    return post.view.voted, [option.votes for option in post.post.poll.options]


async def test_a_vote_leaves_with_its_choices_and_brings_the_counts(desk: Desk) -> None:
    seen = await asked(desk)
    put_vote(desk, seen, 0, 1)
    await sender(desk).work(desk.account.id)
    target = seen.view.server_id
    assert desk.network.acts == [Act(ActKind.VOTE, target, options=(0, 1))]
    assert only_row(desk).state is OutboxState.SENT
    assert stands(desk, seen) == ((0, 1), [5, 2])


async def test_a_vote_is_kept_although_the_counts_cannot_be_read(desk: Desk) -> None:
    seen = await asked(desk)
    put_vote(desk, seen, 1)
    desk.network.fail("thread", Unreachable("No line to scripted.example."))
    await sender(desk).work(desk.account.id)
    assert only_row(desk).state is OutboxState.SENT
    assert stands(desk, seen) == ((1,), [4, 1])


async def test_a_refused_vote_keeps_the_servers_words_and_changes_nothing(desk: Desk) -> None:
    seen = await asked(desk)
    put_vote(desk, seen, 1)
    desk.network.fail("act", Refused("The poll has already ended."))
    await sender(desk).work(desk.account.id)
    row = only_row(desk)
    assert (row.state, row.reason) == (OutboxState.REFUSED, "The poll has already ended.")
    assert stands(desk, seen) == (None, [4, 1])
    assert "thread" not in desk.network.calls


@pytest.mark.parametrize("error", [AnswerLost("The line broke."), Unreachable("No line.")])
async def test_a_vote_without_an_answer_is_tried_again(desk: Desk, error: Exception) -> None:
    seen = await asked(desk)
    put_vote(desk, seen, 1)
    desk.network.fail("act", error)
    box = sender(desk)
    await box.work(desk.account.id)
    assert only_row(desk).state is OutboxState.WAITING
    desk.clock.time = only_row(desk).release_at
    await box.work(desk.account.id)
    assert stands(desk, seen) == ((1,), [4, 2])


async def test_other_acts_cost_no_second_look(desk: Desk) -> None:
    seen = await asked(desk)
    post, now = stored(desk, seen).id, desk.clock.now()
    desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=ActKind.BOOKMARK,
            state=OutboxState.WAITING,
            key="b",
            content="",
            created_at=now,
            release_at=now,
            post=post,
        )
    ).result()
    await sender(desk).work(desk.account.id)
    assert only_row(desk).state is OutboxState.SENT
    assert "thread" not in desk.network.calls
