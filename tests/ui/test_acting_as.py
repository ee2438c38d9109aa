"""Acting as another account: asked for each time, and never on what that account does not see."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.compose_stage import answering, sent
from ui.stage import Stage, on_stage
from ui.town import MIRA, QUILLFOX, TAGS, Town, usual_town

from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import HOUR
from tui_inbox.core.post import Audience, Poll, PollOption
from tui_inbox.ui.screens.thread import ThreadPage


def town_with(**changes: object) -> Town:
    """The usual town, where the first post of the Inbox, which acorn crm sees, is another one."""
    town = usual_town()
    first, *others = town.lanes[Lane.TALK]
    assert first.post is not None
    town.lanes[Lane.TALK] = [replace(first, post=replace(first.post, **changes)), *others]
    return town


async def as_bakery(stage: Stage, key: str) -> None:
    """Do something to the first post of the Inbox as the third account."""
    await stage.press("A", key, "3", "enter")


async def test_a_favourite_is_done_by_the_account_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("A", "f")
        assert "favourite as   1 ( ) mi mira   2 ( ) ac acorn crm   3 ( ) ti tide" in stage.text
        await stage.press("3", "enter")
        assert stage.called("acts.toggle")[0].args == (3, TAGS.id, ActKind.FAVOURITE)
        assert "as tidewater bakery: did acts.toggle" in stage.text


@pytest.mark.parametrize(("key", "kind"), [("b", ActKind.BOOST), ("s", ActKind.BOOKMARK)])
async def test_the_other_marks_are_too(
    monkeypatch: pytest.MonkeyPatch, key: str, kind: ActKind
) -> None:
    async with on_stage(monkeypatch) as stage:
        await as_bakery(stage, key)
        assert stage.called("acts.toggle")[0].args == (3, TAGS.id, kind)


async def test_a_post_that_the_server_has_never_shown_is_looked_up_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.known[TAGS.id] = (1,)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("A", "f", "1", "enter")
        assert ("find", 1, TAGS.id) not in stage.fetcher.asked
        await as_bakery(stage, "f")
        assert ("find", 3, TAGS.id) in stage.fetcher.asked
        assert [done.args[0] for done in stage.called("acts.toggle")] == [1, 3]


async def test_a_post_that_cannot_be_found_is_one_sentence_and_nothing_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.fetcher.not_found = "bakery.example finds no post at that address."
        await as_bakery(stage, "b")
        assert stage.called("acts.toggle") == []
        assert (
            "Nothing was done as tidewater bakery: bakery.example finds no post at that address."
        ) in stage.text


@pytest.mark.parametrize("audience", [Audience.FOLLOWERS, Audience.DIRECT])
async def test_what_one_account_alone_sees_is_for_no_other(
    monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    async with on_stage(monkeypatch, town_with(audience=audience)) as stage:
        await stage.press("A", "f")
        assert "Only acorn crm sees this post" in stage.text
        assert stage.called("acts.toggle") == []
        assert not [asked for asked in stage.fetcher.asked if asked[0] == "find"]


async def test_a_reply_opens_the_thread_as_the_other_account_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await as_bakery(stage, "r")
        page = stage.app.main.reading.pages[-1]
        assert isinstance(page, ThreadPage)
        assert (page.account, page.post) == (3, TAGS.id)
        assert "TIDEWATER BAKERY · to quillfox" in stage.text


async def test_a_reply_from_within_a_thread_takes_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("enter")
        await as_bakery(stage, "R")
        (page,) = stage.app.main.reading.pages
        assert isinstance(page, ThreadPage)
        assert page.account == 3
        assert "TIDEWATER BAKERY · to quillfox ·" in stage.text


async def test_a_follow_asks_first_how_that_account_stands_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await as_bakery(stage, "F")
        assert ("person", 3, QUILLFOX.id) in stage.fetcher.asked
        # In this town everybody is followed already, so the same key ends it.
        assert stage.called("acts.on_person")[0].args == (3, QUILLFOX.id, ActKind.UNFOLLOW)


async def test_a_vote_is_given_by_the_account_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = Poll("p", (PollOption("rye"), PollOption("spelt")), closes_at=TAGS.at + 9 * HOUR)
    async with on_stage(monkeypatch, town_with(poll=poll)) as stage:
        await as_bakery(stage, "V")
        assert "vote for one" in stage.text
        await stage.press("2", "enter")
        assert stage.called("acts.vote")[0].args == (3, TAGS.id, (1,))


async def test_going_away_from_the_question_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("A", "f", "escape")
        assert stage.called("acts.toggle") == []
        await stage.press("f")
        assert stage.called("acts.toggle")[0].args == (2, TAGS.id, ActKind.FAVOURITE)


async def test_with_one_account_there_is_nothing_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = (MIRA,)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("A", "f")
        assert "Only one account is signed in." in stage.text


async def test_a_heading_is_no_post(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("G", "A", "f")
        assert "That is a heading" in stage.text


# From the composer


async def test_a_reply_is_handed_from_account_to_account_with_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await stage.press("ctrl+o", "f")
        assert "TIDEWATER BAKERY · to quillfox" in stage.text
        assert "@quillfox@town.example @papercrane@town.example Yes." in stage.text
        await stage.press("ctrl+o", "f")
        assert "MIRA · to quillfox, papercrane" in stage.text
        await stage.press("ctrl+s")
        assert [(draft.account, draft.reply_to) for draft in sent(stage)] == [(1, TAGS.id)]
        assert [asked[1] for asked in stage.fetcher.asked if asked[0] == "find"] == [3, 1]


async def test_a_reply_to_what_one_account_alone_sees_stays_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, town=town_with(audience=Audience.FOLLOWERS)) as stage:
        await stage.press("ctrl+o", "f")
        assert "Only acorn crm sees this post" in stage.text
        assert "ACORN CRM · to quillfox" in stage.text


async def test_an_account_whose_server_finds_nothing_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.known[TAGS.id] = (1,)
    async with on_stage(monkeypatch, town) as stage:
        stage.fetcher.not_found = "bakery.example finds no post at that address."
        await stage.press("r", "ctrl+o", "f")
        assert "MIRA · to quillfox" in stage.text
