"""The two letters of an account, in its colour, in every pane; gone where one account is shown."""

from __future__ import annotations

import pytest
from ui.page_stage import pages_on_stage
from ui.stage import Stage

EVERYWHERE = [
    pytest.param(("1",), id="inbox"),
    pytest.param(("2",), id="timeline"),
    pytest.param(("3",), id="searches"),
    pytest.param(("4",), id="people"),
    pytest.param(("g", "a"), id="activity"),
    pytest.param(("g", "o"), id="outbox"),
    pytest.param(("g", "d"), id="drafts"),
    pytest.param(("enter",), id="thread"),
    pytest.param(("slash", *"the", "enter"), id="search"),
]


def marked(stage: Stage) -> set[str]:
    """The letters below the header line, each in the colour of its account."""
    palette = stage.app.palette
    colours = {letters: style.color for letters, style in palette.letters.items()}
    strips = stage.app.screen._compositor.render_strips()[1:]
    found = set()
    for segment in (segment for strip in strips for segment in strip):
        word = segment.text.strip()
        if word in colours:
            assert segment.style is not None
            assert segment.style.color == colours[word], f"{word} in another colour"
            found.add(word)
    return found


@pytest.mark.parametrize("keys", EVERYWHERE)
async def test_letters_stand_in_their_colour_where_several_accounts_are_shown(
    monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 30)) as stage:
        await stage.press(*keys)
        assert marked(stage)


@pytest.mark.parametrize("keys", EVERYWHERE)
async def test_letters_vanish_where_one_account_is_shown(
    monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 30)) as stage:
        await stage.press("6", *keys)
        assert marked(stage) == set()
