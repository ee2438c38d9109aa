"""What arrives, changes and is deleted while the Timeline is read."""

from __future__ import annotations

import pytest
from ui.stage import on_stage
from ui.town import FERN, NOW, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import MINUTE
from tui_inbox.queries.rows import EntryRow


async def test_an_arrival_above_moves_nothing_and_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        before = stage.lines()
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        after = stage.lines()
        assert "Just arrived." not in stage.text
        assert "1 new above, . shows them" in stage.text
        assert [line for line in before if "Timeline" not in line] == [
            line for line in after if "Timeline" not in line
        ]


async def test_the_dot_shows_what_is_new_and_the_comma_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "j", "j", "j", "j", "j", "j", "space")
        place = stage.app.main.timeline.rows.position()
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        await stage.press("full_stop")
        assert "Just arrived." in stage.text
        assert "new above" not in stage.text
        await stage.press("comma")
        assert stage.app.main.timeline.rows.position() == place


async def test_the_head_is_followed_when_nobody_touches_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.wait(11)
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        assert "Just arrived." in stage.text
        assert "new above" not in stage.text


async def test_a_late_post_below_is_put_in_its_place_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        late = post(901, FERN, 13 * MINUTE, "Sorry, I was held up.")
        stage.town.timeline.append(entry(late, 2001))
        await stage.tell(Change(Topic.FEED, 1))
        assert "1 arrived below" in stage.text
        text = stage.text
        assert text.index("grumble goose") < text.index("Sorry, I was held up.")


async def test_an_edit_changes_the_row_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        place = next(
            n
            for n, row in enumerate(stage.town.timeline)
            if isinstance(row, EntryRow) and row.post.id == 102
        )
        old = stage.town.timeline[place]
        assert isinstance(old, EntryRow)
        edited = post(102, old.post.author, NOW - old.post.at, "From Monday it leaves at 22:30.")
        stage.town.timeline[place] = EntryRow(old.key, old.seq, edited)
        await stage.tell(Change(Topic.POST, 102))
        assert "From Monday it leaves at 22:30." in stage.text
        assert "22:25" not in stage.text


async def test_news_of_other_things_ask_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.town.asked.clear()
        await stage.tell(Change(Topic.DRAFTS, 1))
        assert stage.town.asked == []


async def test_older_posts_that_were_asked_for_are_not_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.timeline = town.timeline[:20]
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "G")
        await stage.until(lambda: ("older", 1) in stage.fetcher.asked)
        older = [
            entry(post(700 + n, FERN, (900 + n) * MINUTE, "Long ago."), 3000 + n) for n in range(9)
        ]
        stage.town.timeline += older
        await stage.tell(Change(Topic.FEED, 1))
        assert "arrived below" not in stage.text
