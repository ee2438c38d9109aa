"""The quiet list of favourites, boosts and follows."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from ui.page_stage import here, opened, pages_on_stage, selected
from ui.page_town import MAP_OF_MINE, NEWS, PageTown, liked, page_town
from ui.town import MOSSYGATE, NOW, ODILE, PAPERCRANE, QUILLFOX, SIGNAL, TINBADGER

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.post import Media, MediaKind
from tui_inbox.ui.render.activity import Group, grouped, happened, quoted
from tui_inbox.ui.screens.activity import ActivityPage, activity_rows
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.thread import ThreadPage


def groups() -> dict[str, list[Group]]:
    """What happened, by day."""
    return dict(grouped(NEWS, NOW, UTC))


def test_favourites_of_one_post_stand_in_one_row_and_boosts_in_another() -> None:
    first, second, *_ = groups()["Today"]
    assert [person.name for person in first.people] == ["odile fenn", "tinbadger"]
    assert happened(first) == "like your post"
    assert happened(second) == "boosted your post"
    assert second.people == (SIGNAL,)


def test_follows_of_a_day_stand_in_one_row() -> None:
    follows = groups()["Today"][-1]
    assert follows.people == (MOSSYGATE, PAPERCRANE)
    assert happened(follows) == "follow you"


def test_days_part_what_is_alike() -> None:
    rows = (liked(ODILE, MAP_OF_MINE, HOUR), liked(TINBADGER, MAP_OF_MINE, DAY))
    assert [day for day, _ in grouped(rows, NOW, UTC)] == ["Today", "Yesterday"]


def test_who_likes_and_unlikes_and_likes_again_is_named_once() -> None:
    group = Group((liked(ODILE, MAP_OF_MINE, MINUTE), liked(ODILE, MAP_OF_MINE, HOUR)))
    assert group.people == (ODILE,)
    assert happened(group) == "likes your post"


def test_a_post_without_words_is_quoted_by_what_it_shows() -> None:
    picture = replace(MAP_OF_MINE, text="", media=(Media(MediaKind.PICTURE, None, "a map"),))
    assert quoted(Group((liked(ODILE, picture, MINUTE),))) == "“[picture: a map]”"


def test_a_row_keeps_its_key_when_somebody_joins() -> None:
    before = [row.key for row in activity_rows(NEWS, set(), NOW)]
    after = [
        row.key for row in activity_rows((liked(QUILLFOX, MAP_OF_MINE, MINUTE), *NEWS), set(), NOW)
    ]
    assert after == before


async def test_it_reads_like_a_quiet_newspaper(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        await opened(stage, ActivityPage, "g", "a")
        text = stage.text
        assert "12m mi odile fenn, tinbadger like your post" in text
        assert "“The map is on the wall now.”" in text
        assert "4h ti mossygate, papercrane follow you" in text
        assert "1d mi a poll you took part in has ended" in text


async def test_enter_opens_the_thread_of_the_post(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await opened(stage, ActivityPage, "g", "a")
        await stage.press("enter")
        thread = stage.app.here
        assert isinstance(thread, ThreadPage)
        assert (thread.account, thread.post) == (1, MAP_OF_MINE.id)
        await stage.press("q")
        assert here(stage) is page


async def test_enter_on_several_people_shows_each_and_then_the_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await opened(stage, ActivityPage, "g", "a")
        await stage.press("j", "j", "enter")
        assert "4h ti mossygate follows you" in stage.text
        assert "5h ti papercrane follows you" in stage.text
        await stage.press("j", "enter")
        assert isinstance(here(stage), PersonPage)
        assert stage.fetcher.asked[-1] == ("person", 3, PAPERCRANE.id)
        assert page in stage.app.main.reading.pages


async def test_what_has_nothing_behind_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.news = (replace(NEWS[5], post=None),)
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, ActivityPage, "g", "a")
        await stage.press("enter")
        assert "There is nothing behind it." in stage.text


async def test_more_of_it_comes_in_without_moving_the_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, ActivityPage, "g", "a")
        await stage.press("j")
        key = selected(page)
        town.news = (liked(QUILLFOX, MAP_OF_MINE, 0), *NEWS)
        await stage.tell(Change(Topic.ACTIVITY, 1))
        assert "quillfox, odile fenn, tinbadger like your post" in stage.text
        assert selected(page) == key


async def test_the_accounts_that_are_shown_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, ActivityPage, "g", "a")
        await stage.press("8")
        assert "mossygate, papercrane follow you" in stage.text
        assert "like your post" not in stage.text


async def test_an_empty_list_says_what_will_come(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown(news=())) as stage:
        await opened(stage, ActivityPage, "g", "a")
        assert "Favourites, boosts and follows come here, and nowhere else." in stage.text
