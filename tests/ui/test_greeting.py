"""The first sentence of a start."""

from __future__ import annotations

import pytest
from ui.page_stage import pages_on_stage
from ui.page_town import DRAFTS, page_town
from ui.town import NOW

from tui_inbox.commands.places import LOOKED
from tui_inbox.core.moment import MINUTE
from tui_inbox.ui.greeting import kept_words


async def test_a_kept_draft_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.kept = DRAFTS[:1]
    async with pages_on_stage(monkeypatch, town) as stage:
        assert "A reply to quillfox is kept as a draft: g d." in stage.text


async def test_without_a_draft_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.kept = ()
    async with pages_on_stage(monkeypatch, town) as stage:
        assert "draft" not in stage.text.splitlines()[-2]


async def test_what_happened_meanwhile_comes_before_drafts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.positions[LOOKED] = str(NOW - 20 * MINUTE)
    async with pages_on_stage(monkeypatch, town) as stage:
        assert "away 20 min" in stage.text
        assert "kept" not in stage.text.splitlines()[-2]


def test_drafts_are_counted() -> None:
    assert kept_words(DRAFTS) == "2 drafts are kept: g d."
    assert kept_words(DRAFTS[1:]) == "A new post is kept as a draft: g d."
