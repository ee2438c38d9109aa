"""Keys that change what is mine: posts are edited or written anew, searches get another query."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.compose_stage import opened, type_text
from ui.stage import Stage, on_stage
from ui.town import ACORN, BAKERY, MIRA, Town, usual_town

from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.post import Poll, PollOption
from tui_inbox.core.versions import Original
from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.screens.thread import ThreadPage

EDITING = tuple(replace(one, edits=True) for one in (MIRA, ACORN, BAKERY))


def town_of_mine() -> Town:
    """The usual town, where the newest post of the Timeline is mira's own, and posts can be edited."""
    town = usual_town()
    town.accounts = EDITING
    newest = town.timeline[0]
    assert isinstance(newest, EntryRow)
    mine = replace(newest.post, mine=True, account=1, text="The kettle is on.")
    town.timeline[0] = replace(newest, post=mine)
    return town


def own_post(town: Town) -> int:
    newest = town.timeline[0]
    assert isinstance(newest, EntryRow)
    return newest.post.id


async def at_mine(stage: Stage) -> None:
    """Go to the post in the Timeline."""
    await stage.press("2", "g", "g")


async def test_a_post_is_edited_with_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    town = town_of_mine()
    async with on_stage(monkeypatch, town) as stage:
        stage.fetcher.original = Original("The kettle is on, @odile")
        await at_mine(stage)
        await stage.press("E")
        post = own_post(town)
        assert ("original", 1, post) in stage.fetcher.asked
        assert stage.called("own_posts.edit")[0].args[:2] == (1, post)
        assert stage.app.composer.has_hand
        assert stage.app.composer.draft == Draft(0, 1, "The kettle is on, @odile", edits=post)
        assert isinstance(stage.app.here, ThreadPage)


@pytest.mark.parametrize("closed", [True, False])
async def test_who_edits_a_post_is_told_that_its_poll_opens_again(
    monkeypatch: pytest.MonkeyPatch, *, closed: bool
) -> None:
    town = town_of_mine()
    newest = town.timeline[0]
    assert isinstance(newest, EntryRow)
    poll = Poll("p", (PollOption("rye"), PollOption("spelt")), closed=closed)
    town.timeline[0] = replace(newest, post=replace(newest.post, poll=poll))
    async with on_stage(monkeypatch, town) as stage:
        stage.fetcher.original = Original("Which?", poll=PollDraft(("rye", "spelt")))
        await at_mine(stage)
        await stage.press("E")
        await opened(stage)
        assert ("The poll is over" in stage.text) == closed


async def test_an_edit_that_is_left_unchanged_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = town_of_mine()
    async with on_stage(monkeypatch, town) as stage:
        stage.fetcher.original = Original("The kettle is on, @odile")
        await at_mine(stage)
        await stage.press("E")
        assert "your draft of" not in stage.text
        await stage.press("escape")
        assert stage.called("drafts.save") == []
        assert "The text is kept" not in stage.text
        await stage.press("E")
        await type_text(stage, "!")
        await stage.press("escape")
        assert stage.called("drafts.save")[-1].args[0].text == "The kettle is on, @odile!"
        assert "The text is kept: E on the post, or g d, goes on with it." in stage.text


async def test_an_edit_that_was_begun_is_gone_on_with_without_asking_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = town_of_mine()
    town.drafts[9] = Draft(9, 1, "The kettle is off.", edits=own_post(town))
    async with on_stage(monkeypatch, town) as stage:
        await at_mine(stage)
        await stage.press("E")
        assert stage.app.composer.draft == town.drafts[9]
        assert not [asked for asked in stage.fetcher.asked if asked[0] == "original"]


async def test_where_the_server_does_not_say_what_was_typed_nothing_is_edited_or_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, town_of_mine()) as stage:
        await at_mine(stage)
        await stage.press("E")
        assert "town.example does not say what was typed." in stage.text
        await stage.press("d", "r")
        assert stage.called("own_posts.edit") == stage.called("own_posts.redraft") == []
        assert not stage.app.composer.is_open


async def test_where_there_are_no_edits_the_way_round_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = town_of_mine()
    town.accounts = (MIRA, ACORN, BAKERY)
    async with on_stage(monkeypatch, town) as stage:
        await at_mine(stage)
        assert "d delete" in stage.lines()[-1]
        assert "E edit" not in stage.lines()[-1]
        await stage.press("E")
        assert "This server lets nobody edit a post; d r deletes it" in stage.text


async def test_what_somebody_else_wrote_is_not_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("E")
        assert "Only what is yours can be edited." in stage.text


async def test_d_r_deletes_a_post_and_begins_a_new_one_with_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = town_of_mine()
    async with on_stage(monkeypatch, town) as stage:
        stage.fetcher.original = Original("The kettle is on.")
        await at_mine(stage)
        await stage.press("d")
        assert "d again deletes it, r deletes it and begins a new post" in stage.text
        await stage.press("r")
        assert stage.called("own_posts.redraft")[0].args[:2] == (1, own_post(town))
        assert stage.app.composer.draft == Draft(78, 1, "The kettle is on.")
        assert "deleted" in stage.text
        assert "your draft of" not in stage.text


async def test_the_words_of_a_search_are_changed_where_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3", "g", "g", "E")
        assert "look for" in stage.text
        await type_text(stage, " kiln")
        await stage.press("enter")
        (done,) = stage.called("searches.change_query")
        assert done.args[1].endswith(" kiln")


async def test_a_search_whose_words_stay_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("3", "g", "g", "E", "enter")
        await stage.press("E", "escape")
        assert stage.called("searches.change_query") == []
