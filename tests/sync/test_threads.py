"""A conversation that is opened stands as the server has it: what was deleted meanwhile is gone."""

from __future__ import annotations

import pytest
from support.scripted_network import HOME
from support.sync_desk import Desk, stored

from tui_inbox.core.ports import Refused, SignedOut, Throttled
from tui_inbox.core.post import SeenPost
from tui_inbox.sync.finding import NOT_FOR_IT, Finding
from tui_inbox.sync.threads import ASKED_FOR, GONE, QUESTIONS, Threads


@pytest.fixture
def threads(desk: Desk) -> Threads:
    finding = Finding(desk.store, desk.ingest, desk.network, desk.account.id)
    return Threads(
        desk.store, desk.ingest, desk.clock, desk.network, desk.backfill.standing, finding
    )


async def conversation(desk: Desk, answers: int = 2) -> tuple[SeenPost, list[SeenPost]]:
    """A post with answers, all of them stored."""
    above = desk.network.write("ann", "Who comes along?")
    told = [desk.network.write("ben", f"Me, {number}.", to=above) for number in range(answers)]
    for seen in (above, *told):
        desk.network.home(seen)
    desk.network.page_size = 100
    await desk.backfill.catch_up(HOME)
    return above, told


async def test_a_post_that_is_gone_when_it_is_opened_becomes_a_tombstone(
    desk: Desk, threads: Threads
) -> None:
    above, _ = await conversation(desk)
    desk.network.delete(above)
    assert await threads.read(stored(desk, above).id) == GONE
    assert stored(desk, above).deleted


async def test_an_answer_deleted_while_nobody_listened_is_gone_when_its_thread_is_opened(
    desk: Desk, threads: Threads
) -> None:
    above, (kept, lost) = await conversation(desk)
    desk.network.delete(lost)
    edited = desk.network.edit(kept, "Me, after all.")
    assert await threads.read(stored(desk, above).id) == ""
    assert stored(desk, lost).deleted
    assert stored(desk, kept).post.text == edited.post.text


async def test_what_stands_beside_a_thread_is_asked_about_once_an_hour_and_not_all_of_it(
    desk: Desk, threads: Threads
) -> None:
    above, told = await conversation(desk, answers=QUESTIONS + 5)
    opened = stored(desk, above).id
    await threads.read(opened)
    newest = [seen.view.server_id for seen in told[-QUESTIONS:]]
    assert desk.network.asked_about == newest
    await threads.read(opened)
    await threads.read(opened)
    assert len(desk.network.asked_about) == len(told)
    desk.clock.time += ASKED_FOR
    await threads.read(opened)
    assert len(desk.network.asked_about) == len(told) + QUESTIONS


async def test_where_that_cannot_be_asked_the_thread_is_read_all_the_same(
    desk: Desk, threads: Threads
) -> None:
    above, (_, lost) = await conversation(desk)
    desk.network.delete(lost)
    opened = stored(desk, above).id
    desk.network.fail("posts", Throttled("Enough.", until=0), SignedOut("Sign in again."))
    assert await threads.read(opened) == ""
    assert not stored(desk, lost).deleted
    with pytest.raises(SignedOut):
        await threads.read(opened)
    await threads.read(opened)
    assert stored(desk, lost).deleted


async def test_a_refusal_is_told_in_the_servers_words_and_takes_nothing_away(
    desk: Desk, threads: Threads
) -> None:
    above, _ = await conversation(desk)
    desk.network.fail("thread", Refused("Not for you."))
    assert await threads.read(stored(desk, above).id) == "Not for you."
    assert not stored(desk, above).deleted
    assert await threads.read(999) == NOT_FOR_IT
