"""`L`: who is one human, and which accounts of the owner's are one identity."""

from __future__ import annotations

from pathlib import Path

import pytest
from ui.page_stage import opened, typed
from ui.stage import Stage
from ui.test_page_store import on_the_store

from tui_inbox.core.moment import DAY
from tui_inbox.queries.identities import ids_of
from tui_inbox.store import identities
from tui_inbox.ui.screens.accounts import AccountsPage
from tui_inbox.ui.screens.person import PersonPage


async def card(stage: Stage) -> PersonPage:
    """The card of quillfox, who waits in the Inbox."""
    return await opened(stage, PersonPage, "p")


async def test_somebody_is_linked_by_a_name_that_tab_completes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        town.says("quill two", "Good morning.", ago=DAY)
        await card(stage)
        await stage.press("L")
        await typed(stage, "two")
        await stage.press("tab")
        await stage.until(lambda: "is also quilltwo@town.example" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "are one person now" in stage.text)
        one, two = town.id_of("quillfox"), town.id_of("quill two")
        assert town.ask(ids_of, one) == (one, two)
        await stage.until(lambda: "also" in stage.text)
        assert "@quilltwo@town.example" in stage.text
        await stage.press("L")
        assert "part from @quilltwo@town.example" in stage.text
        await stage.press("1", "enter")
        await stage.until(lambda: "are two people again" in stage.text)
        assert town.ask(ids_of, one) == (one,)
        await stage.press("u")
        await stage.until(lambda: "undone: parting quillfox" in stage.text)
        assert town.ask(ids_of, one) == (one, two)


async def test_of_several_with_that_name_one_is_chosen_and_of_nobody_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        for name in ("quill two", "quill three"):
            town.says(name, "Good morning.", ago=DAY)
        await card(stage)
        await stage.press("L")
        await typed(stage, "quill")
        await stage.press("enter")
        await stage.until(lambda: "which one" in stage.text)
        await stage.press("2", "enter")
        await stage.until(lambda: "are one person now" in stage.text)
        one = town.id_of("quillfox")
        assert town.ask(ids_of, one) == (one, town.id_of("quill three"))
        await stage.press("L")
        await stage.until(lambda: "somebody else" in stage.text)
        await stage.press("2", "enter")
        await typed(stage, "zz")
        await stage.press("enter")
        await stage.until(lambda: "Nobody called zz is known here." in stage.text)
        await stage.press("L", "escape")
        assert town.ask(ids_of, one) == (one, town.id_of("quill three"))


async def test_accounts_are_declared_one_in_their_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with on_the_store(monkeypatch, tmp_path) as (stage, town):
        await opened(stage, AccountsPage, "at")
        await stage.press("L")
        await stage.until(lambda: "Only one account is signed in." in stage.text)
        town.account("workshop")
        await stage.until(lambda: "@workshop@town.example" in stage.text)
        await stage.press("L")
        assert "mira is one with" in stage.text
        await stage.press("1", "enter")
        await stage.until(lambda: "mira is one with workshop" in stage.text)
        await stage.until(lambda: "one identity with wo" in stage.text)
        assert set(town.ask(identities.owners_together, 1)) == {1, 2}
        await stage.press("L")
        await stage.until(lambda: "[x] @workshop" in stage.text)
        await stage.press("1", "enter")
        await stage.until(lambda: "mira is alone" in stage.text)
