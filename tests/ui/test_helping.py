"""Quote, introduce, this week: each opens a draft, none of them sends anything."""

from __future__ import annotations

import pytest
from ui.compose_stage import saved, sent, type_text
from ui.stage import Stage, on_stage
from ui.town import HOLLOW_REED, QUILLFOX, TAGS, usual_town

from tui_inbox.core.draft import Draft
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.queries.helping import Quoting


async def introducing(stage: Stage) -> None:
    """Begin to introduce hollow reed, from the People pane."""
    await stage.press("4")
    stage.app.main.people.rows.select_key(f"person:1:{HOLLOW_REED.id}")
    stage.wait(1)
    await stage.press("I")


async def test_a_quote_is_written_below_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("B")
        assert stage.app.composer.draft == Draft(0, 2, quotes=TAGS.id)
        assert stage.app.composer.has_hand
        assert sent(stage) == []


async def test_where_there_are_no_quotes_a_post_with_the_address_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    draft = Draft(0, 2, "https://town.example/@quillfox/201\n\n")
    town.quoting = Quoting(draft, "This server knows no quotes: here is a new post.")
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("B")
        assert "This server knows no quotes" in stage.text
        assert stage.app.composer.draft == draft


async def test_what_may_not_be_passed_on_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.quoting = Quoting(None, "This was written to a few people only.")
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("B")
        assert "This was written to a few people only." in stage.text
        assert not stage.app.composer.is_open


async def test_two_people_are_introduced_by_a_draft_that_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await introducing(stage)
        assert "introduce hollow reed to" in stage.text
        await type_text(stage, "papercrane")
        await stage.press("enter")
        (draft,) = saved(stage)
        assert "@papercrane@town.example meet each other" in draft.text
        assert stage.app.composer.has_hand
        assert sent(stage) == []
        assert "your draft of" not in stage.text


async def test_whom_nobody_here_knows_the_server_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.fetcher.people = tuple(
            Person(PersonRef("demo", name), name, f"{name}@far.example", name)
            for name in ("zephyr", "zephyrine")
        )
        await introducing(stage)
        await type_text(stage, "@zeph")
        await stage.press("enter")
        assert "to whom?   1 ( ) @zephyr@far.example   2 ( ) @zephyrine@far.example" in stage.text
        await stage.press("2", "enter")
        assert "@zephyrine@far.example meet" in saved(stage)[0].text


async def test_nobody_is_introduced_to_themselves_or_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await introducing(stage)
        await type_text(stage, "nobody at all")
        await stage.press("enter")
        assert "Nobody of that name is known, but for hollow reed." in stage.text
        await introducing(stage)
        await type_text(stage, "hollow")
        await stage.press("enter")
        assert saved(stage) == []
        assert not stage.app.composer.is_open


async def test_this_week_asks_whose_and_begins_a_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.week = Draft(0, 1, f"Good conversations this week:\n@{QUILLFOX.handle}")
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("g", "k")
        assert "whose week?   1 ( ) mi mira" in stage.text
        await stage.press("2", "enter")
        (draft,) = saved(stage)
        assert draft.account == 2
        assert "Good conversations this week:" in stage.text
        assert sent(stage) == []


async def test_a_week_without_anybody_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("6", "g", "k")
        assert "nobody and you have answered each other in public" in stage.text
        assert saved(stage) == []
