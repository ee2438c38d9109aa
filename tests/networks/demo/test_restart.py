"""The town after a restart: the same people, the same posts, and nothing forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from networks.demo.visits import HOME, NOON, OWN, Visit
from networks.memory_state import MemoryState

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.moment import SECOND
from tui_inbox.core.ports import PageOf, Refused
from tui_inbox.core.post import FeedEntry, Post


class Killed(Exception):
    """The end of a program that nobody warned."""


class DyingState(MemoryState):
    """A state whose program is killed at a write: that write and all later ones never happen."""

    def __init__(self, survives: int) -> None:
        super().__init__()
        self._survives = survives

    async def put(self, name: str, value: str) -> None:
        """Keep a value, or die."""
        if self.writes >= self._survives:
            raise Killed
        await super().put(name, value)


def known(entries: Sequence[FeedEntry]) -> dict[str, str]:
    """The texts of entries by the posts' ids."""
    return {entry.seen.view.server_id: entry.seen.post.text for entry in entries}


async def still_there(visit: Visit, heard: dict[str, str]) -> tuple[dict[str, Post], int]:
    """The posts of these ids that can still be read, and how many cannot."""
    there: dict[str, Post] = {}
    gone = 0
    for post_id in heard:
        try:
            there[post_id] = (await visit.network.thread(post_id)).focus.post
        except Refused:
            gone += 1
    return there, gone


async def restarted(visit: Visit, after: float = 2.0) -> Visit:
    """The program is killed and started again a little later."""
    return Visit(visit.state, at=visit.clock.now() + round(after * SECOND))


async def test_a_restart_finds_the_same_posts_under_the_same_ids() -> None:
    first = Visit()
    await first.watch(20 * 60)
    before, told = await first.entries(), await first.notices()
    second = await restarted(first)
    after = await second.entries()
    assert known(before[:380]).items() <= known(after).items()
    assert [one.notice_id for one in told][:50] == [
        one.notice_id for one in await second.notices()
    ][:50]


async def test_the_owners_posts_and_doings_are_still_there() -> None:
    first = Visit()
    said = await first.say("Still here after the storm?")
    liked = (await first.mentions_by("odile"))[0]
    await first.network.act(Act(ActKind.FAVOURITE, liked.view.server_id))
    await first.network.act(Act(ActKind.BOOKMARK, liked.view.server_id))
    await first.network.act(Act(ActKind.NOTE, "person-odile", "owes me a bun"))
    await first.network.act(Act(ActKind.FOLLOW, "person-mossygate"))

    second = await restarted(first)
    assert said.post in await second.posts(OWN)
    view = (await second.network.thread(liked.view.server_id)).focus.view
    assert view.favourited
    assert view.bookmarked
    odile, mossygate = await second.network.relationships(["person-odile", "person-mossygate"])
    assert odile.note == "owes me a bun"
    assert mossygate.following


async def test_a_pending_answer_still_comes() -> None:
    first = Visit()
    asked = (await first.mentions_by("odile"))[0]
    said = await first.say("@odile I'll look up this time.", asked)
    assert await first.answers(said) == []

    second = await restarted(first)
    await second.clock.sleep(30)
    assert [post.author.name for post in await second.answers(said)] == ["odile fenn"]


async def test_a_key_posts_once_across_restarts() -> None:
    first = Visit()
    one = await first.say("Only once, please.", key="the same")
    second = await restarted(first)
    two = await second.say("Only once, please.", key="the same")
    assert two.post == one.post
    assert [post.text for post in await second.posts(OWN)].count("Only once, please.") == 1


async def test_a_key_whose_post_was_deleted_does_not_bring_it_back() -> None:
    visit = Visit()
    said = await visit.say("Never mind.", key="gone")
    await visit.network.act(Act(ActKind.DELETE, said.view.server_id))
    again = await visit.say("Never mind.", key="gone")
    assert again.post.ref == said.post.ref
    assert said.post.ref not in [post.ref for post in await visit.posts(OWN)]


@pytest.mark.parametrize("survives", range(0, 40, 3))
async def test_killed_at_any_write_the_town_tells_nothing_differently(survives: int) -> None:
    dying = Visit(DyingState(survives))
    heard: dict[str, str] = {}
    said: list[str] = []
    with suppress(Killed):
        for number in range(30):
            for _ in range(6):
                await dying.clock.sleep(13)
                heard |= known((await dying.network.feed(HOME, PageOf())).entries)
            await dying.say(f"Line {number}.")
            said.append(f"Line {number}.")
    assert len(said) < 30

    state = MemoryState()
    state.kept = dying.state.kept
    second = Visit(state, at=dying.clock.now() + 5 * SECOND)
    own = [post.text for post in await second.posts(OWN)]
    assert [text for text in reversed(own) if text.startswith("Line")] == said
    there, gone = await still_there(second, heard)
    assert all(post.text == heard[post_id] for post_id, post in there.items() if not post.edited_at)
    assert gone <= 2  # people do think better of what they wrote


async def test_many_sessions_and_many_lines_are_all_told_again() -> None:
    state = MemoryState()
    at = NOON
    for session in range(5):
        visit = Visit(state, at=at)
        for number in range(26):
            await visit.say(f"Entry {session}.{number} of the log.")
        at = visit.clock.now() + 2 * SECOND
    own = [post.text for post in await Visit(state, at=at).posts(OWN)]
    assert sum(text.startswith("Entry") for text in own) == 130
    assert {"demo.journal.0", "demo.journal.1", "demo.journal.2"} <= set(state.kept)


async def test_a_founded_town_keeps_its_seed() -> None:
    first = Visit(seed=3)
    before = known(await first.entries())
    assert known(await Visit(first.state, seed=4).entries()) == before


async def test_nothing_is_made_before_the_first_call() -> None:
    visit = Visit()
    assert visit.state.kept == {}
    await visit.network.identify()
    assert visit.state.kept
