"""Completing what was begun: names, tags, emoji. The hand is never held up, and nothing is taken unasked."""

from __future__ import annotations

import pytest
from ui.compose_stage import answering, sent, type_text
from ui.stage import Stage
from ui.test_compose_options import draft

from tui_inbox.core.person import Person, PersonRef
from tui_inbox.ui.layout import Area
from tui_inbox.ui.screens import compose_completion
from tui_inbox.ui.screens.compose_completion import emoji_like
from tui_inbox.ui.widgets.completions import Completions

FAR_AWAY = Person(PersonRef("demo", "q"), "9", "quince@far.example", "quince")


def offered(stage: Stage) -> list[str]:
    return [offer.words for offer in stage.app.composer.query_one(Completions).offers]


async def test_a_name_is_taken_from_those_one_talks_with(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        await type_text(stage, "and @qu")
        await stage.press("tab")
        assert offered(stage) == ["quillfox"]
        await stage.press("tab")
        assert draft(stage).text.endswith("and @quillfox@town.example ")
        assert offered(stage) == []


async def test_the_server_is_asked_when_the_hand_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose_completion, "SERVER_AFTER", 0.01)
    async with answering(monkeypatch) as stage:
        stage.fetcher.people = (FAR_AWAY,)
        await type_text(stage, "@qui")
        await stage.press("tab")
        await stage.until(lambda: offered(stage) == ["quillfox", "quince"])
        await stage.press("down", "enter")
        assert draft(stage).text.endswith("@quince@far.example ")


async def test_typing_goes_on_and_narrows_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        await type_text(stage, "#ch")
        await stage.press("tab")
        assert offered(stage) == ["#choir", "#choirs"]
        await type_text(stage, "oirs")
        assert offered(stage) == ["#choirs"]
        await type_text(stage, " ")
        assert offered(stage) == []
        assert draft(stage).text.endswith("#choirs ")


async def test_escape_closes_the_list_and_not_the_composer(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        await type_text(stage, "#ch")
        await stage.press("tab", "escape")
        assert offered(stage) == []
        assert stage.app.composer.is_open
        await stage.press("enter")
        assert draft(stage).text.endswith("#ch\n")


async def test_a_servers_own_emoji_come_before_the_standard_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compose_completion, "SERVER_AFTER", 0.01)
    async with answering(monkeypatch) as stage:
        stage.fetcher.emoji = ("waveform", "blob", "wa ve")
        await type_text(stage, "Hi :wave")
        await stage.press("tab")
        await stage.until(lambda: offered(stage)[:2] == [":waveform:", "👋"])
        await stage.press("enter")
        assert draft(stage).text.endswith("Hi 👋 ")  # what was chosen stays chosen


async def test_where_nothing_begins_so_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose_completion, "SERVER_AFTER", 0.01)
    async with answering(monkeypatch) as stage:
        await type_text(stage, "@zz")
        await stage.press("tab")
        await stage.until(lambda: "Nothing is known that begins with @zz." in stage.text)


async def test_without_such_a_word_tab_goes_to_the_next_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "me@qu") as stage:
        await stage.press("tab")
        assert stage.app.shown.active is not Area.READING


async def test_an_open_list_does_not_keep_a_text_from_being_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch) as stage:
        await type_text(stage, "Yes #ch")
        await stage.press("tab", "ctrl+s")
        assert sent(stage)[0].text.endswith("Yes #ch")


def test_standard_emoji_are_characters_the_plainest_first() -> None:
    assert [offer.text for offer in emoji_like("wave")] == ["👋"]
    assert emoji_like("smile")[0].text == "😄"
    assert len(emoji_like("s")) == 5
