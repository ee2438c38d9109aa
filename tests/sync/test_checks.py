"""What waits for the owner is asked about now and then: edits and deletions nobody heard of come true."""

from __future__ import annotations

import pytest
from support.scripted_network import HOME, somebody
from support.sync_desk import Desk, stored

from tui_inbox.core.conversation import ItemState
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.ports import SignedOut, Throttled, Unreachable
from tui_inbox.core.post import SeenPost
from tui_inbox.store import drafts, items, people
from tui_inbox.store.items import Item
from tui_inbox.sync.checks import A_ROUND, ABSENCE, AT_ONCE, Checks
from tui_inbox.sync.standing import Standing


@pytest.fixture
def checks(desk: Desk) -> Checks:
    checks = Checks(desk.store, desk.clock, Standing(desk.ingest, desk.network, desk.account.id))
    checks.begin()
    return checks


def waiting(desk: Desk) -> list[Item]:
    open_states = [state for state in ItemState if state.is_open]
    return desk.store.read(
        lambda db: items.items(db, [desk.account.id], states=open_states)
    ).result()


async def mentioned(desk: Desk, count: int = 1) -> list[SeenPost]:
    seen = [desk.network.mention(f"name{n}", f"Hello number {n}?") for n in range(count)]
    await desk.backfill.catch_up_notices()
    return seen


async def test_a_mention_deleted_while_nobody_listened_waits_no_longer(
    desk: Desk, checks: Checks
) -> None:
    (seen,) = await mentioned(desk)
    desk.network.delete(seen)
    assert len(waiting(desk)) == 1
    await checks.look()
    assert stored(desk, seen).deleted
    assert waiting(desk) == []


async def test_a_mention_edited_while_nobody_listened_reads_as_it_was_edited(
    desk: Desk, checks: Checks
) -> None:
    (seen,) = await mentioned(desk)
    desk.network.edit(seen, "Are you coming tomorrow?")
    await checks.look()
    assert stored(desk, seen).post.text == "Are you coming tomorrow?"


async def test_what_is_being_answered_is_asked_about(desk: Desk, checks: Checks) -> None:
    seen = desk.network.write("ann", "Who knows?")
    desk.network.home(seen)
    other = desk.network.write("ben", "Nobody answers this.")
    desk.network.home(other)
    await desk.backfill.catch_up(HOME)
    parent = stored(desk, seen).id
    desk.store.write(
        lambda w: drafts.put_draft(w, Draft(0, desk.account.id, "I", reply_to=parent))
    ).result()
    await checks.look()
    assert desk.network.asked_about == [seen.view.server_id]


async def test_what_pinned_people_wrote_last_is_asked_about(desk: Desk, checks: Checks) -> None:
    for text in ("first", "last"):
        desk.network.home(desk.network.write("ann", text))
    desk.network.home(desk.network.write("ben", "from somebody else"))
    await desk.backfill.catch_up(HOME)
    ann = desk.store.read(lambda db: people.find_by_ref(db, somebody("ann").ref)).result()
    assert ann is not None
    desk.store.write(lambda w: people.set_pinned(w, desk.account.id, ann, True)).result()
    await checks.look()
    assert desk.network.asked_about == [desk.network.entries[1].entry_id]


async def test_each_is_asked_about_once_in_a_round_and_a_bounded_number_at_once(
    desk: Desk, checks: Checks
) -> None:
    seen = await mentioned(desk, AT_ONCE + 5)
    for _ in range(4):
        await checks.look()
    names = [one.view.server_id for one in seen[::-1]]
    assert desk.network.asked_about == names, "the newest first, and none twice"
    assert desk.network.calls.count("posts") == 2
    desk.clock.time += A_ROUND
    await checks.look()
    assert desk.network.asked_about == [*names, *names[:AT_ONCE]]


async def test_after_an_absence_all_are_asked_about_again_but_not_at_every_short_one(
    desk: Desk, checks: Checks
) -> None:
    await mentioned(desk)
    await checks.look()
    desk.clock.time += MINUTE
    checks.begin()
    await checks.look()
    assert len(desk.network.asked_about) == 1
    desk.clock.time += ABSENCE
    checks.begin()
    await checks.look()
    assert len(desk.network.asked_about) == 2


@pytest.mark.parametrize(
    "trouble", [Unreachable("No line."), Throttled("Enough.", until=0), SignedOut("Sign in.")]
)
async def test_what_could_not_be_asked_changes_nothing_and_is_asked_later(
    desk: Desk, checks: Checks, trouble: Exception
) -> None:
    (seen,) = await mentioned(desk)
    desk.network.delete(seen)
    desk.network.fail("posts", trouble)
    with pytest.raises(type(trouble)):
        await checks.look()
    assert not stored(desk, seen).deleted
    await checks.look()
    assert stored(desk, seen).deleted


async def test_nothing_is_asked_where_nothing_waits(desk: Desk, checks: Checks) -> None:
    await checks.look()
    assert desk.network.calls == []


async def test_a_clock_that_was_set_back_begins_a_round(desk: Desk, checks: Checks) -> None:
    await mentioned(desk)
    await checks.look()
    desk.clock.time -= 3 * A_ROUND
    await checks.look()
    assert len(desk.network.asked_about) == 2
