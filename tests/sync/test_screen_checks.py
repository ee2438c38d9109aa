"""What stands on the screen is asked about where it may have changed unheard: seldom, once, and last of all."""

from __future__ import annotations

import pytest
from support.scripted_network import HOME
from support.sync_desk import Desk, stored

from tui_inbox.core.events import PostEdited
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.ports import SignedOut, Throttled, Unreachable
from tui_inbox.core.post import SeenPost
from tui_inbox.sync.screen_checks import AT_ONCE, EVERY, LOOKS_ON, TRUE_FOR, ScreenChecks
from tui_inbox.sync.sightings import MOST, Sightings
from tui_inbox.sync.standing import Standing


@pytest.fixture
def checks(desk: Desk) -> ScreenChecks:
    standing = Standing(desk.ingest, desk.network, desk.account.id)
    return ScreenChecks(desk.store, desk.clock, standing, desk.ingest.sightings)


async def yesterday(desk: Desk, count: int = 1) -> list[SeenPost]:
    """Posts that were read in a session which is over since long, oldest first."""
    seen = [desk.network.write("ann", f"number {n}") for n in range(count)]
    await desk_takes(desk, seen)
    desk.clock.time += 12 * HOUR
    return seen


async def desk_takes(desk: Desk, seen: list[SeenPost]) -> None:
    for one in seen:
        desk.network.home(one)
    desk.ingest.take_posts(desk.account.id, seen).result()


def reads(desk: Desk, checks: ScreenChecks, seen: list[SeenPost]) -> None:
    """The owner looks at posts for more than a minute."""
    on_screen = [stored(desk, one).id for one in seen]
    checks.stand(on_screen)
    desk.clock.time += MINUTE
    checks.stand(on_screen)


async def test_what_was_deleted_or_edited_while_the_line_was_down_shows_where_one_looks(
    desk: Desk, checks: ScreenChecks
) -> None:
    seen = await yesterday(desk, 3)
    desk.network.delete(seen[0])
    desk.network.edit(seen[1], "edited")
    checks.begin()
    reads(desk, checks, seen)
    await checks.look()
    assert stored(desk, seen[0]).deleted
    assert stored(desk, seen[1]).post.text == "edited"
    assert desk.network.calls.count("posts") == 1


async def test_what_only_passes_over_the_screen_is_not_asked_about(
    desk: Desk, checks: ScreenChecks
) -> None:
    first, second = await yesterday(desk, 2)
    checks.begin()
    checks.stand([stored(desk, first).id])
    await checks.look()
    desk.clock.time += MINUTE
    checks.stand([stored(desk, second).id])
    await checks.look()
    desk.clock.time += LOOKS_ON
    checks.stand([stored(desk, second).id])
    await checks.look()
    assert desk.network.calls == [], "nobody has looked at either for a whole minute on end"


async def test_nothing_is_asked_when_nobody_looks_any_more(
    desk: Desk, checks: ScreenChecks
) -> None:
    seen = await yesterday(desk)
    checks.begin()
    reads(desk, checks, seen)
    desk.clock.time += LOOKS_ON
    await checks.look()
    assert desk.network.calls == []


@pytest.mark.parametrize("by", ["page", "stream", "thread"])
async def test_what_a_server_has_shown_since_the_line_was_opened_is_not_asked_about(
    desk: Desk, checks: ScreenChecks, by: str
) -> None:
    seen = await yesterday(desk)
    checks.begin()
    if by == "page":
        await desk.backfill.catch_up(HOME)
    elif by == "stream":
        desk.ingest.take_events(desk.account.id, [PostEdited(seen[0])]).result()
    else:
        thread = await desk.network.thread(seen[0].view.server_id)
        desk.ingest.take_thread(desk.account.id, thread).result()
    reads(desk, checks, seen)
    await checks.look()
    assert "posts" not in desk.network.calls


async def test_one_account_is_no_witness_for_another(desk: Desk, checks: ScreenChecks) -> None:
    seen = await yesterday(desk)
    checks.begin()
    desk.ingest.sightings.saw(desk.account.id + 1, stored(desk, seen[0]).id, desk.clock.now())
    reads(desk, checks, seen)
    await checks.look()
    assert desk.network.asked_about == [seen[0].view.server_id]


async def test_a_screenful_is_asked_about_in_some_minutes_the_newest_first_and_none_twice(
    desk: Desk, checks: ScreenChecks
) -> None:
    seen = await yesterday(desk, AT_ONCE + 5)
    names = [one.view.server_id for one in seen[::-1]]
    checks.begin()
    reads(desk, checks, seen)
    await checks.look()
    await checks.look()
    assert desk.network.asked_about == names[:AT_ONCE]
    for _ in range(5):
        desk.clock.time += EVERY
        reads(desk, checks, seen)
        await checks.look()
    assert desk.network.asked_about == names


async def test_a_line_that_comes_and_goes_costs_no_more(desk: Desk, checks: ScreenChecks) -> None:
    seen = await yesterday(desk)
    for _ in range(5):
        checks.begin()
        reads(desk, checks, seen)
        await checks.look()
    assert desk.network.calls.count("posts") == -(-5 * MINUTE // EVERY)


async def test_what_no_line_tells_of_is_asked_about_once_in_an_hour(
    desk: Desk, checks: ScreenChecks
) -> None:
    seen = await yesterday(desk)
    checks.begin()
    asked = []
    for _ in range(2 * TRUE_FOR // MINUTE):
        reads(desk, checks, seen)
        await checks.look()
        asked.append(desk.network.calls.count("posts"))
    assert asked[-1] == 2


async def test_what_the_server_says_nothing_of_is_not_asked_about_again_and_again(
    desk: Desk, checks: ScreenChecks
) -> None:
    seen = await yesterday(desk)
    on_screen = stored(desk, seen[0]).id
    desk.store.write(
        lambda w: w.db.execute("DELETE FROM post_views WHERE post = ?", (on_screen,))
    ).result()
    checks.begin()
    for _ in range(10):
        checks.stand([on_screen])
        desk.clock.time += MINUTE
        await checks.look()
    assert desk.network.calls == []


@pytest.mark.parametrize(
    "trouble", [Unreachable("No line."), Throttled("Enough.", until=0), SignedOut("Sign in.")]
)
async def test_what_could_not_be_asked_changes_nothing_and_is_asked_later(
    desk: Desk, checks: ScreenChecks, trouble: Exception
) -> None:
    seen = await yesterday(desk)
    desk.network.delete(seen[0])
    desk.network.fail("posts", trouble)
    checks.begin()
    reads(desk, checks, seen)
    with pytest.raises(type(trouble)):
        await checks.look()
    assert not stored(desk, seen[0]).deleted
    desk.clock.time += EVERY
    reads(desk, checks, seen)
    await checks.look()
    assert stored(desk, seen[0]).deleted


def test_of_sightings_the_latest_are_remembered() -> None:
    sightings = Sightings()
    for post in range(MOST):
        sightings.saw(1, post, post)
    sightings.saw(1, 0, 7)
    sightings.saw(1, MOST, 9)
    assert [sightings.last(1, post) for post in (0, 1, 2, MOST)] == [7, None, 2, 9]
