"""One's own profile as a stranger sees it: gaps, a preview of what is changed, and nothing sent before it is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import opened, typed
from ui.page_town import PageTown, page_town
from ui.stage import Stage, on_stage
from ui.town import NOW

from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.person import Person, PersonRef, ProfileField
from tui_inbox.core.post import Audience, Media, MediaKind, Post, PostRef, PostView, SeenPost
from tui_inbox.core.profile import OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.ui.screens.profile import ProfilePage
from tui_inbox.ui.screens.thread import ThreadPage

WORDS = ProfileWords("mira", "Folds maps.", (ProfileField("site", "https://mira.example"),))
MIRA = Person(
    PersonRef("demo", "mira"),
    "1",
    "mira@town.example",
    "mira",
    url="https://town.example/@mira",
    bio=WORDS.text,
    fields=WORDS.fields,
    created_at=NOW - 900 * DAY,
)


def post(number: int, text: str, *alts: str) -> SeenPost:
    """A public post with pictures."""
    media = tuple(Media(MediaKind.PICTURE, None, alt) for alt in alts)
    ref = PostRef("demo", f"post:{number}")
    one = Post(ref, MIRA, NOW - number * HOUR, text, audience=Audience.PUBLIC, media=media)
    return SeenPost(one, PostView(f"{number}"))


PROFILE = OwnProfile(
    MIRA, WORDS, posts=(post(2, "Low tide at noon.", ""), post(9, "A lamp.", "a lamp"))
)


def a_town() -> PageTown:
    """The town with one account."""
    town = page_town()
    town.accounts = town.accounts[:1]
    return town


async def read(stage: Stage, profile: OwnProfile = PROFILE) -> ProfilePage:
    """Open the page."""
    stage.fetcher.profile = profile
    page = await opened(stage, ProfilePage, "g", "y")
    await stage.until(lambda: "A stranger’s check" in stage.text)
    return page


async def test_it_says_what_a_stranger_would_see_and_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        await read(stage)
        text = stage.text
        assert "about you     Folds maps." in text
        assert "CAN’T TELL · 2 posts only" in text
        assert "1 of your last 2 pictures has no text." in text
        assert "[picture without a text]" in text
        assert "[picture: a lamp]" in text


async def test_a_change_is_seen_before_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        await read(stage)
        await stage.press("E")
        await typed(stage, " fen")
        await stage.press("enter")
        assert "name          mira fen" in stage.text
        assert "changed, not sent yet; now: mira" in stage.text
        await stage.press("a")
        await typed(stage, "web")
        await stage.press("enter")
        await typed(stage, "https://fen.example")
        await stage.press("enter")
        assert "web           https://fen.example" in stage.text
        assert stage.called("profile.change") == []
        await stage.press("s")
        (done,) = stage.called("profile.change")
        fields = (*WORDS.fields, ProfileField("web", "https://fen.example"))
        to = replace(WORDS, name="mira fen", fields=fields)
        assert done.args == (1, ProfileEdit(WORDS, to))


async def test_what_was_not_sent_is_said_before_it_is_thrown_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        page = await read(stage)
        await stage.press("j", "j", "d")
        assert "https://mira.example" not in stage.text
        await stage.press("q")
        assert stage.app.here is page
        assert "has not been sent" in stage.text
        await stage.press("q")
        assert stage.app.here is not page
        assert stage.called("profile.change") == []


async def test_a_change_that_is_about_to_leave_is_what_stands_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = a_town()
    town.change_under_way = ProfileEdit(WORDS, replace(WORDS, name="Mira Fen"))
    async with on_stage(monkeypatch, town, size=(80, 24)) as stage:
        await read(stage)
        assert "name          Mira Fen" in stage.text
        assert "about to leave; u takes it back" in stage.text


async def test_enter_on_a_post_opens_it_to_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        page = await read(stage)
        page.rows.select_key("post:2")
        await stage.settle()
        stage.fetcher.quoted = 101
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.here, ThreadPage))
        assert ("quoted", 1, "2") in stage.fetcher.asked


async def test_where_nothing_can_be_changed_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        await read(stage, replace(PROFILE, is_fixed="X lets nobody change that from here."))
        await stage.press("E")
        assert "X lets nobody change that" in stage.lines()[-2]


async def test_without_a_line_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, a_town(), size=(80, 24)) as stage:
        await opened(stage, ProfilePage, "g", "y")
        await stage.until(lambda: "town.example cannot be reached." in stage.text)
        await stage.press("E", "q")
        assert not isinstance(stage.app.here, ProfilePage)


async def test_of_several_accounts_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, page_town(), size=(80, 24)) as stage:
        stage.fetcher.profile = PROFILE
        await stage.press("g", "y")
        assert "the profile of" in stage.text
        await stage.press("2", "enter")
        await stage.until(lambda: isinstance(stage.app.here, ProfilePage))
        assert ("profile", 2) in stage.fetcher.asked
