"""The person card."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.page_stage import opened, pages_on_stage, selected, typed
from ui.page_town import QUILLFOX_CARD, PageTown, page_town
from ui.stage import Stage
from ui.town import TAGS

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR
from tui_inbox.core.post import Audience
from tui_inbox.ui.render.card import standing
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.thread import ThreadPage


async def card(stage: Stage) -> PersonPage:
    """The card of quillfox, opened from the first conversation of the Inbox."""
    return await opened(stage, PersonPage, "p")


async def test_the_card_says_who_it_is_how_you_stand_and_what_was_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await card(stage)
        text = stage.text
        assert page.heading.words == "quillfox · q goes back"
        assert "quillfox  @quillfox@town.example" in text
        assert "you follow each other · pinned · 14 exchanges in 30 days" in text
        assert "note     runs the choir in Elmport." in text
        assert "Site     https://quillfox.example/ · verified" in text
        assert "you answered  shout if the altos vanish again" in text


async def test_opening_a_card_asks_the_server_for_what_is_not_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        assert stage.fetcher.asked == [("person", 2, 2)]


@pytest.mark.parametrize(
    ("following", "followed_by", "words"),
    [
        (True, True, "you follow each other"),
        (True, False, "you follow them"),
        (False, True, "follows you"),
        (False, False, "neither follows the other"),
    ],
)
def test_following_is_said_in_words(following: bool, followed_by: bool, words: str) -> None:
    known = replace(
        QUILLFOX_CARD, following=following, followed_by=followed_by, pinned=False, reason=""
    )
    assert standing(known) == [words]


def test_what_was_done_to_somebody_is_said_too() -> None:
    known = replace(QUILLFOX_CARD, requested=True, muting=True, blocking=True, reason="")
    assert standing(known)[1:] == ["you asked to follow", "pinned", "muted", "blocked"]


async def test_enter_on_an_event_opens_its_thread_and_q_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await card(stage)
        await stage.press("j")
        assert selected(page) == "event:0"
        await stage.press("enter")
        thread = stage.app.here
        assert isinstance(thread, ThreadPage)
        assert (thread.account, thread.post) == (2, TAGS.id)
        await stage.press("q")
        assert stage.app.here is page
        assert stage.app.focused is page.rows


async def test_an_event_whose_text_is_not_stored_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await card(stage)
        assert page.rows.select_key("event:3")
        await stage.press("enter")
        assert stage.app.here is page
        assert "The text of this is not stored here." in stage.text


async def test_a_click_on_the_selected_event_opens_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await card(stage)
        await stage.press("j")
        page.rows.activate()
        await stage.settle()
        await stage.press("q")
        assert stage.app.here is page


async def test_keys_about_people_act_on_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        await stage.press("P", "M", "F")
        assert [call.args[:3] for call in stage.called("people.pin")] == [(2, 2, False)]
        assert [call.args for call in stage.called("people.met")] == [(2, 2)]
        assert [call.args[2] for call in stage.called("acts.on_person")] == ["unfollow"]


async def test_the_note_is_asked_for_with_what_it_says_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        await stage.press("i")
        assert "runs the choir in Elmport" in stage.lines()[-2]
        await stage.press("full_stop", "enter")
        (call,) = stage.called("people.note")
        assert call.args == (2, 2, f"{QUILLFOX_CARD.note}.")


async def test_reply_answers_the_turn_the_card_was_opened_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        await stage.press("r")
        assert isinstance(stage.app.here, ThreadPage)
        assert stage.app.here.post == TAGS.id
        assert "ACORN CRM · to quillfox" in stage.text


async def test_reply_to_somebody_without_a_post_writes_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.card = replace(QUILLFOX_CARD, posts=(), history=())
    async with pages_on_stage(monkeypatch, town) as stage:
        stage.app.open_page(PersonPage(2, QUILLFOX_CARD.person))
        await stage.settle()
        await stage.press("r")
        assert "@quillfox@town.example" in stage.text
        assert "ACORN CRM · to quillfox@town.example · everyone" in stage.text


async def test_done_means_the_conversation_the_card_was_opened_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        await stage.press("e")
        assert [call.args for call in stage.called("items.done")] == [(1,)]


async def test_on_a_post_of_the_card_the_keys_of_posts_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await card(stage)
        assert page.rows.select_key("post:601")
        await stage.press("f", "enter")
        assert [call.args for call in stage.called("acts.toggle")] == [(2, 601, "favourite")]
        assert isinstance(stage.app.here, ThreadPage)
        assert stage.app.here.post == 601


async def test_the_browser_opens_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", urls.append)
        await card(stage)
        await stage.press("O")
        assert urls == [QUILLFOX_CARD.url]


async def test_a_person_of_whom_nothing_is_stored_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.card = None
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await card(stage)
        assert page.heading.words.startswith("quillfox")
        assert "Nothing is stored of this person." in stage.text


async def test_the_card_changes_with_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await card(stage)
        town.card = replace(QUILLFOX_CARD, note="now lives in Elmport")
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert "now lives in Elmport" not in stage.text
        stage.wait(1)
        await stage.tell(Change(Topic.PEOPLE, 2))
        assert "now lives in Elmport" in stage.text


async def test_a_change_of_a_post_on_the_card_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await card(stage)
        edited = replace(
            QUILLFOX_CARD.posts[0],
            text="All is well.",
            at=TAGS.at - HOUR,
            audience=Audience.FOLLOWERS,
        )
        town.card = replace(QUILLFOX_CARD, posts=(edited,))
        await stage.tell(Change(Topic.POST, 999))
        assert "All is well." not in stage.text
        stage.wait(1)
        await stage.tell(Change(Topic.POST, TAGS.id))
        assert "All is well." in stage.text
        assert "to followers" in stage.text


async def test_the_card_of_the_person_on_screen_is_not_opened_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await card(stage)
        assert await card(stage) is page
        await stage.press("q")
        assert not isinstance(stage.app.here, PersonPage)


async def test_where_nobody_is_selected_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown()) as stage:
        await stage.press("p")
        assert stage.app.here is stage.app.main.inbox
        assert "Nothing is selected." in stage.text


async def finding(stage: Stage, words: str) -> PersonPage:
    """The card, with words typed into the line that S opens."""
    page = await card(stage)
    await stage.press("S")
    await typed(stage, words)
    return page


async def test_words_are_found_in_what_was_said_while_they_are_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await finding(stage, "alt")
        assert page.heading.words == "quillfox and you · 2 of 3 texts · esc goes back"
        said = [row.data.exchange.text for row in page.rows.rows]
        assert said == ["shout if the altos vanish again", "the altos are gone"]
        await typed(stage, "os gone")
        assert page.heading.words == "quillfox and you · 1 of 3 texts · esc goes back"
        await stage.press("enter")
        stage.wait(1)
        await stage.press("enter")
        assert isinstance(stage.app.here, ThreadPage)
        assert stage.app.here.post == 149


async def test_escape_leaves_the_words_and_then_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await finding(stage, "nothing like it")
        assert "No text between you two has that." in stage.text
        await stage.press("escape")
        assert page.heading.words == "quillfox · q goes back"
        assert stage.app.focused is page.rows
        await stage.press("escape")
        assert stage.app.here is not page


async def test_s_goes_back_to_the_line_with_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await finding(stage, "altos")
        await stage.press("enter")
        assert page.rows.has_focus
        await stage.press("S")
        assert page.field.has_focus
        assert page.field.value == "altos"
        await stage.press("enter", "q")
        assert page.heading.words == "quillfox · q goes back"


async def test_what_is_not_shown_of_a_long_history_is_shown_by_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.card = replace(QUILLFOX_CARD, has_more=True)
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await card(stage)
        assert "earlier: Enter shows all of it, S finds words in it" in stage.text
        assert page.rows.select_key("more")
        town.card = QUILLFOX_CARD
        await stage.press("enter")
        assert "earlier: Enter" not in stage.text


async def test_o_opens_what_the_profile_points_to(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", urls.append)
        await card(stage)
        await stage.press("o")
        assert urls == ["https://quillfox.example/"]


async def test_of_several_links_of_a_profile_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    bio = "See https://choir.example/songs and https://quillfox.example/"
    town.card = replace(QUILLFOX_CARD, bio=bio)
    async with pages_on_stage(monkeypatch, town) as stage:
        urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", urls.append)
        await card(stage)
        await stage.press("o")
        assert "1 quillfox.example  2 choir.example" in stage.text
        await stage.press("2", "enter")
        assert urls == ["https://choir.example/songs"]


async def test_a_card_that_is_opened_counts_as_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await card(stage)
        assert [call.args for call in stage.called("people.looked")] == [(2, 2)]


async def test_who_is_not_to_be_thought_of_is_set_aside_by_two_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.card = replace(QUILLFOX_CARD, aside=("let go 12 Nov",))
    async with pages_on_stage(monkeypatch, town) as stage:
        await card(stage)
        assert "pinned · let go 12 Nov" in stage.text
        for letter in "nlb":
            await stage.press("minus", letter)
        assert [call.args for call in stage.called("people.take_off")] == [(2, 2, "quiet")]
        assert [call.args for call in stage.called("people.let_go")] == [(2, 2)]
        assert [call.args for call in stage.called("people.bring_back")] == [(2, 2)]
