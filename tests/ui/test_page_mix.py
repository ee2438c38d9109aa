"""The page that shows how one's own posts are spread."""

from __future__ import annotations

import pytest
from ui.page_stage import SIZES
from ui.stage import on_stage
from ui.town import post, usual_town
from ui.town_posts import TAGS, YOU
from ui.town_store import Town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.mix import MixKind, MixTarget
from tui_inbox.core.moment import HOUR
from tui_inbox.ui.screens.mix import OFF, MixPage, MixPostsPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import Look


@pytest.fixture
def town() -> Town:
    """The town, where the owner has posted a little."""
    town = usual_town()
    town.own_mix = {
        MixKind.BROADCAST: tuple(
            post(700 + n, YOU, n * HOUR, f"Good morning {n}.", mine=True) for n in range(3)
        ),
        MixKind.CHAT: (TAGS,),
    }
    return town


async def test_it_is_off_until_the_settings_ask_for_it(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("g", "m")
        assert OFF in stage.text
        assert not isinstance(stage.app.here, MixPage)
        assert "mix_view" not in town.asked


async def test_a_bar_leads_to_the_posts_and_a_post_to_its_thread(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, mix=MixTarget(30, 50, 20)) as stage:
        await stage.press("g", "m")
        assert "Mix of your posts" in stage.text
        assert "7 days · 4 posts" in stage.text
        assert "30 days · 4 posts" in stage.text
        assert "3   75 %  broadcast" in stage.text
        assert "no reply · you would like 30 %" in stage.text
        assert "▆▆▆▆" in stage.text
        await stage.press("enter")
        assert isinstance(stage.app.here, MixPostsPage)
        assert "broadcast, no reply · 7 days · 3" in stage.text
        assert "Good morning 0." in stage.text
        await stage.press("q", "j", "enter", "enter")
        assert isinstance(stage.app.here, ThreadPage)
        await stage.press("q", "q", "j", "enter")
        assert "Nothing of that kind." in stage.text


async def test_without_a_wish_nothing_is_said_of_one(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, mix=MixTarget()) as stage:
        await stage.press("g", "m")
        assert "you would like" not in stage.text


async def test_an_account_alone_is_counted_alone(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, mix=MixTarget()) as stage:
        await stage.press("g", "m")
        town.asked.clear()
        await stage.press("6")
        assert "mix_view" in town.asked


async def test_what_is_posted_meanwhile_is_counted(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, mix=MixTarget()) as stage:
        await stage.press("g", "m")
        town.own_mix[MixKind.ENGAGE] = (post(800, YOU, 0, "Hello!", mine=True),)
        await stage.tell(Change(Topic.OUTBOX, 1))
        await stage.until(lambda: "7 days · 5 posts" in stage.text)


async def test_who_has_posted_nothing_is_told_so(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.own_mix = {}
    async with on_stage(monkeypatch, town, mix=MixTarget()) as stage:
        await stage.press("g", "m")
        assert "You have posted nothing in thirty days." in stage.text


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_screen(
    monkeypatch: pytest.MonkeyPatch, town: Town, size: tuple[int, int]
) -> None:
    plain = Look(plain=True)
    async with on_stage(monkeypatch, town, size=size, mix=MixTarget(), look=plain) as stage:
        await stage.press("g", "m")
        assert "broadcast" in stage.text
        assert "###" in stage.text
