"""`m` and `X`: what one does not want to hear of, and telling moderators."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from ui.compose_stage import type_text
from ui.stage import Stage, on_stage
from ui.town import QUILLFOX, TAGS, Town, usual_town

from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import DAY


def town_with_spam() -> Town:
    """The usual town, where the first of the Inbox comes from another server."""
    town = usual_town()
    first, *others = town.lanes[Lane.TALK]
    assert first.post is not None
    deals = replace(QUILLFOX, name="deals", handle="deals@rocket.example")
    spam = replace(first, person=deals, post=replace(first.post, author=deals))
    town.lanes[Lane.TALK] = [spam, *others]
    return town


async def test_a_conversation_is_muted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m", "m")
        assert stage.called("silencing.toggle_talk")[0].args == (2, TAGS.id)


@pytest.mark.parametrize(
    ("key", "kind", "lasts"),
    [
        ("d", ActKind.MUTE, DAY),
        ("w", ActKind.MUTE, 7 * DAY),
        ("e", ActKind.MUTE, None),
        ("p", ActKind.UNMUTE, None),
    ],
)
async def test_a_person_is_muted_for_a_time_or_for_ever(
    monkeypatch: pytest.MonkeyPatch, key: str, kind: ActKind, lasts: int | None
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m", "p", key)
        (done,) = stage.called("acts.on_person")
        assert done.args == (2, QUILLFOX.id, kind)
        assert done.kwargs == {"lasts": lasts}


async def test_the_second_strip_shows_what_may_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m")
        await stage.until(lambda: "their boosts" in stage.text)
        await stage.press("p")
        await stage.until(lambda: "a week" in stage.text)
        await stage.press("escape")
        assert stage.called("acts.on_person") == []


async def test_boosts_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m", "b")
        assert stage.called("silencing.toggle_boosts")[0].args == (2, QUILLFOX.id)


async def test_a_word_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("m", "w")
        assert "hide posts with the word" in stage.text
        await type_text(stage, "spoilers")
        await stage.press("enter")
        assert stage.called("silencing.hide_word")[0].args == (2, "spoilers")
        await stage.press("m", "w", "escape")
        assert len(stage.called("silencing.hide_word")) == 1


async def reported(stage: Stage, *keys: str) -> list[tuple[object, ...]]:
    """Report with a word, and who is asked for after it."""
    await stage.press("X", *keys)
    assert "what moderators should know of" in stage.text
    await type_text(stage, "the same to forty people")
    await stage.press("enter")
    return [done.args for done in stage.called("silencing.report")]


@pytest.mark.parametrize(("key", "category"), [("s", "spam"), ("l", "legal"), ("o", "other")])
@pytest.mark.parametrize(("first", "blocks"), [("r", False), ("b", True)])
async def test_a_report_says_what_it_is_and_names_the_post(
    monkeypatch: pytest.MonkeyPatch, first: str, blocks: bool, key: str, category: str
) -> None:
    async with on_stage(monkeypatch) as stage:
        (args,) = await reported(stage, first, key)
        assert args == (
            2,
            QUILLFOX.id,
            Report(comment="the same to forty people", category=category),
        )
        (done,) = stage.called("silencing.report")
        assert done.kwargs == {"post": TAGS.id, "block": blocks}


async def test_of_somebody_elsewhere_it_is_asked_who_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, town_with_spam()) as stage:
        assert await reported(stage, "r", "s") == []
        assert "who is told?" in stage.text
        assert "rocket.example too, without my name" in stage.text
        await stage.press("2", "enter")
        (done,) = stage.called("silencing.report")
        assert done.args[2].forward


async def test_who_leaves_a_question_reports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with_spam()) as stage:
        await stage.press("X", "r", "s", "escape")
        assert "Nothing was reported." in stage.text
        await reported(stage, "r", "s")
        await stage.press("escape")
        assert stage.called("silencing.report") == []


async def test_a_whole_server_is_blocked_by_a_second_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, town_with_spam()) as stage:
        await stage.press("X", "d")
        assert "d again blocks all of rocket.example: follows are cut both ways." in stage.text
        assert stage.called("silencing.block_server") == []
        await stage.press("d")
        assert stage.called("silencing.block_server")[0].args == (2, QUILLFOX.id)
        await stage.press("X", "d", "escape")
        assert len(stage.called("silencing.block_server")) == 1


async def test_ones_own_server_is_not_even_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("X", "d")
        assert "This is your own server; nothing was blocked." in stage.text
        assert stage.called("silencing.block_server") == []
