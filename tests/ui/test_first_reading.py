"""While servers are still being read: what an empty screen may say, and what is no news."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from msgspec.structs import replace
from ui.fakes import FakeFetcher
from ui.stage import Stage, on_stage
from ui.town import CAT, FERN, NOW, Town, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.panes import pane, timeline
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.render.item import Note
from tui_inbox.ui.services import STILL_CONNECTING

STARTING = Health(HealthState.STARTING, NOW)
LIVE = Health(HealthState.LIVE, NOW - HOUR, NOW - 4 * SECOND)
OFFLINE = Health(HealthState.OFFLINE, NOW - HOUR, next_try=NOW + 20 * SECOND)

READING = "Reading from the server …"
NOBODY = "Nobody waits for you."


def new_town() -> Town:
    """Three accounts, and nothing stored of them yet."""
    return Town(unread=frozenset({1, 2, 3}))


async def become(stage: Stage, *health: Health) -> None:
    """The accounts stand so now."""
    stage.fetcher.states.clear()
    stage.fetcher.states.update(enumerate(health, 1))
    stage.wait(1)
    await stage.tell(Change(Topic.HEALTH, 1))


def inbox_says(stage: Stage) -> str:
    """The first sentence of the Inbox."""
    said = stage.app.main.inbox.rows.rows[0].data
    assert isinstance(said, Note)
    return said.words


def timeline_says(stage: Stage) -> str:
    """What the Timeline says in the place of posts."""
    rows = stage.app.main.timeline.rows
    assert not rows.rows
    return str(rows.empty_text[0]).strip()


# What an empty screen may say


async def test_nobody_waits_is_not_said_before_everything_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, new_town()) as stage:
        await become(stage)
        assert inbox_says(stage) == READING
        await become(stage, STARTING, STARTING, STARTING)
        assert inbox_says(stage) == READING
        await become(stage, LIVE, LIVE, LIVE)
        assert inbox_says(stage) == READING
        assert NOBODY not in stage.text
        await stage.press("n")
        assert NOBODY not in stage.text
        stage.town.unread = frozenset()
        await become(stage, LIVE, LIVE, LIVE)
        assert inbox_says(stage) == NOBODY


async def test_the_end_of_a_first_reading_is_noticed_though_nobody_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pane, "LOOK_AGAIN", 0.01)
    async with on_stage(monkeypatch, new_town()) as stage:
        assert inbox_says(stage) == READING
        stage.town.unread = frozenset()
        await stage.until(lambda: NOBODY in stage.text)


async def test_a_first_reading_that_cannot_go_on_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, new_town()) as stage:
        await become(stage, OFFLINE, OFFLINE, OFFLINE)
        since = f"Offline since {clock(NOW - HOUR)}: not everything has been read yet."
        assert inbox_says(stage) == since
        assert timeline_says(stage) == since


async def test_nobody_waits_stays_true_while_the_line_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, Town()) as stage:
        await become(stage, OFFLINE, OFFLINE, OFFLINE)
        assert inbox_says(stage) == NOBODY


async def test_an_empty_timeline_says_how_things_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, new_town()) as stage:
        await become(stage)
        assert timeline_says(stage) == READING
        await become(stage, LIVE, STARTING, LIVE)
        assert timeline_says(stage) == READING
        await become(stage, LIVE, LIVE, LIVE)
        assert timeline_says(stage) == "Nothing here yet."
        await stage.press("2", "t", "t")
        assert timeline_says(stage) == READING
        stage.town.unread = frozenset()
        stage.town.timeline.append(entry(post(1, CAT, MINUTE, "Rain."), 1))
        await become(stage, LIVE, LIVE, LIVE)
        assert timeline_says(stage) == "Nothing from people you talk with yet."
        await stage.press("t", "a")
        assert "Rain." in stage.text


async def test_people_and_the_corner_do_not_say_nobody_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, new_town(), size=(40, 20)) as stage:
        assert READING in stage.text
        assert NOBODY not in stage.text
        await stage.pilot.resize_terminal(80, 24)
        await stage.press("4")
        assert READING in stage.text
        assert "Nobody yet." not in stage.text


# Marks


async def test_who_you_talk_with_is_marked_when_that_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timeline, "PEOPLE_AFTER", 0.01)
    async with on_stage(monkeypatch) as stage:
        assert "    4m mi night ferry news" in stage.text
        place = stage.town.timeline[1]
        assert isinstance(place, EntryRow)
        friend = replace(place.post, author=replace(place.post.author, partner=True))
        stage.town.timeline[1] = EntryRow(place.key, place.seq, friend)
        await stage.tell(Change(Topic.PEOPLE, 1))
        await stage.until(lambda: "◆  4m mi night ferry news" in stage.text)


async def test_marks_are_not_read_again_at_every_single_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timeline, "PEOPLE_AFTER", 3600)
    async with on_stage(monkeypatch) as stage:
        stage.town.asked.clear()
        for account in (1, 2, 3):
            stage.wait(1)
            await stage.tell(Change(Topic.PEOPLE, account))
        assert "people_view" in stage.town.asked
        assert "timeline_window" not in stage.town.asked


# What is no news


def from_the_past(first: int, count: int) -> list[EntryRow]:
    """Posts that have just come into the store and were written between those that are there."""
    return [
        entry(post(800 + n, FERN, (13 * 60 + n) * SECOND, "An old one."), 3000 + first + n)
        for n in range(first, first + count)
    ]


async def arrive(stage: Stage, posts: list[EntryRow]) -> None:
    """They come into the store."""
    stage.town.timeline += posts
    stage.wait(1)
    await stage.tell(Change(Topic.FEED, 1))


async def test_a_first_past_is_not_news(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.unread = frozenset({3})
    async with on_stage(monkeypatch, town) as stage:
        await become(stage, LIVE, LIVE, LIVE)
        await arrive(stage, from_the_past(0, 20))
        assert "arrived below" not in stage.text
        stage.town.unread = frozenset()
        await arrive(stage, from_the_past(20, 5))  # may have been on its way when the past was read
        await arrive(stage, from_the_past(30, 2))
        assert "2 arrived below" in stage.text


async def test_what_fills_a_hole_is_not_news(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await become(stage, LIVE, LIVE, LIVE)
        filled: Future[str] = Future()
        monkeypatch.setattr(stage.fetcher, "fill_gap", lambda gap: filled)
        await stage.press("2")
        stage.app.main.timeline.rows.select_key("gap:7")
        await stage.press("enter")
        await arrive(stage, from_the_past(0, 10))
        assert "arrived below" not in stage.text
        stage.town.timeline += from_the_past(10, 10)
        filled.set_result("")
        await stage.settle()
        assert "arrived below" not in stage.text
        await arrive(stage, from_the_past(30, 1))
        assert "1 arrived below" in stage.text


async def test_older_posts_between_those_of_other_accounts_are_not_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: list[Future[str]] = []

    def slowly(self: FakeFetcher, account: int, feed: object) -> Future[str]:
        answers.append(Future())
        return answers[-1]

    monkeypatch.setattr(FakeFetcher, "read_older", slowly)
    town = usual_town()
    town.timeline = town.timeline[:20]
    async with on_stage(monkeypatch, town) as stage:
        await become(stage, LIVE, LIVE, LIVE)
        await stage.press("2", "G")
        assert len(answers) == 3
        await arrive(stage, from_the_past(0, 8))
        for answer in answers:
            answer.set_result("")
        await stage.settle()
        assert "arrived below" not in stage.text


# Asking before there is anybody to ask, and what was not asked for


@pytest.mark.parametrize("keys", [("enter",), ("p",)])
async def test_before_the_hub_is_ready_keys_say_that_it_connects(
    monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with on_stage(monkeypatch) as stage:
        await become(stage)
        await stage.press(*keys)
        assert STILL_CONNECTING in stage.text
        assert stage.fetcher.asked == []


END = "That is all the server keeps of this feed."


async def test_the_end_of_a_feed_is_told_to_who_asks_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: Future[str] = Future()
    said.set_result(END)
    monkeypatch.setattr(FakeFetcher, "read_older", lambda self, account, feed: said)
    town = usual_town()
    town.timeline = town.timeline[:3]
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        assert END not in stage.text
        await stage.press("j", "j")
        assert END not in stage.text
        await stage.press("j")
        assert END in stage.text


async def test_one_account_at_its_end_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def older(self: FakeFetcher, account: int, feed: object) -> Future[str]:
        answer: Future[str] = Future()
        answer.set_result(END if account == 1 else "")
        return answer

    monkeypatch.setattr(FakeFetcher, "read_older", older)
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "G", "G")
        assert END not in stage.text


async def test_an_account_with_people_who_wait_is_not_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = new_town()
    town.lanes = {Lane.TALK: usual_town().lanes[Lane.TALK]}
    async with on_stage(monkeypatch, town) as stage:
        assert "Inbox · 3 wait for you" in stage.text
        assert READING not in inbox_text(stage)


def inbox_text(stage: Stage) -> str:
    """What the left third of the screen says."""
    return "\n".join(line[:50] for line in stage.lines())
