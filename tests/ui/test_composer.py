"""Writing: nothing is lost, nothing goes from the wrong account, nothing leaves twice."""

from __future__ import annotations

import os
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path

import pytest
from textual.events import Key
from ui.compose_stage import answering, opened, saved, sent, type_text
from ui.stage import on_stage
from ui.town import TAGS, usual_town

from tui_inbox.commands import sending
from tui_inbox.commands.context import Outcome
from tui_inbox.core.account import ANY_AUDIENCE
from tui_inbox.core.answerers import Openness
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.post import Audience
from tui_inbox.editor import NoEditor, edit
from tui_inbox.ui.layout import Area
from tui_inbox.ui.screens import draft_keeper
from tui_inbox.ui.screens.compose_view import LEAST_LINES
from tui_inbox.ui.screens.draft_keeper import SAVE_AFTER
from tui_inbox.ui.widgets.pad import Pad

NAMES = "@quillfox@town.example @papercrane@town.example"
"""What an answer to all in the conversation begins with."""


async def test_a_reply_begins_with_the_account_in_capitals_and_with_whom_it_goes_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch) as stage:
        head = next(line for line in stage.lines() if "ACORN CRM" in line)
        assert "ACORN CRM · to quillfox, papercrane · everyone · en · " in head
        assert " left" in head
        assert f"{NAMES}" in stage.text
        assert "Thread · quillfox and you" in stage.text
        assert "Inbox · 3 wait for you" in stage.text


async def test_every_key_stroke_is_saved_within_half_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await stage.until(lambda: bool(saved(stage)) and "Yes." in saved(stage)[-1].text)
        assert saved(stage)[-1].reply_to == TAGS.id
        await stage.until(lambda: "saved" in stage.text)
    assert SAVE_AFTER < 0.5


async def test_opening_and_closing_without_a_word_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(draft_keeper, "SAVE_AFTER", 0.001)
    async with on_stage(monkeypatch) as stage:
        await stage.press("r", "escape")
        assert saved(stage) == []
        assert "ACORN CRM ·" not in stage.text


async def test_escape_keeps_the_text_at_once_and_never_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Half a thou") as stage:
        await stage.press("escape")
        assert saved(stage)[-1].text == f"{NAMES} Half a thou"
        assert "The text is kept" in stage.text


async def test_the_kept_draft_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.drafts[5] = Draft(5, 2, "It was half a thought", reply_to=TAGS.id)
    async with answering(monkeypatch, town=town) as stage:
        assert "It was half a thought" in stage.text


async def test_sending_saves_first_and_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await stage.press("ctrl+s")
        names = [done.name for done in stage.done if done.name in ("drafts.save", "sending.send")]
        assert names[0] == "drafts.save"
        assert names.index("sending.send") == len(names) - 1
        (draft,) = sent(stage)
        assert (draft.id, draft.text) == (77, f"{NAMES} Yes.")
        assert not stage.app.composer.is_open


async def test_two_presses_of_send_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await stage.pilot.press("ctrl+s", "ctrl+s")
        await stage.settle()
        assert len(sent(stage)) == 1


async def test_a_text_that_is_too_long_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        stage.app.composer.query_one(Pad).load_text("x" * 501)
        await stage.press("ctrl+s")
        assert sent(stage) == []
        assert "1 character too long" in stage.text
        assert "1 too many" in stage.text


async def test_an_answer_from_elsewhere_is_said_and_asked_about_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        stage.town.answered_meanwhile = "acorn crm answered this 2 min ago from another app"
        await stage.tell(Change(Topic.POST, 999))
        await stage.until(lambda: "answered this 2 min ago" in stage.text)
        await stage.press("ctrl+s")
        assert sent(stage) == []
        await stage.press("ctrl+s")
        assert len(sent(stage)) == 1


async def test_that_an_author_lets_only_some_answer_is_said_before_one_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.fetcher.openness[TAGS.id] = Openness(answers="Its author lets only some answer")
        await stage.press("r")
        await stage.until(lambda: "lets only some answer" in stage.text)
        await type_text(stage, "Yes.")
        await stage.press("ctrl+s")
        assert sent(stage) == []
        await stage.press("ctrl+s")
        assert len(sent(stage)) == 1
        assert stage.fetcher.asked.count(("openness", TAGS.account, TAGS.id)) == 1


async def test_keys_typed_before_the_store_has_answered_are_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.pilot.press("r", *"xe")
        await stage.settle()
        assert f"{NAMES} xe" in stage.text
        assert stage.called("acts.on_person") == []
        assert stage.called("items.done") == []


async def test_the_options_change_audience_warning_and_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        await stage.press("ctrl+o", "a", "ctrl+o", "a")
        await stage.press("ctrl+o", "w", *"soup", "enter")
        await stage.press("ctrl+o", "l", "backspace", "backspace", *"de", "enter")
        await stage.press("ctrl+s")
        (draft,) = sent(stage)
        assert (draft.audience, draft.warning, draft.language) == (Audience.FOLLOWERS, "soup", "de")


async def test_a_new_post_is_written_from_one_account_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("c")
        await opened(stage)
        assert "MIRA · a new post" in stage.text
        await stage.press("ctrl+o", "f")
        assert "ACORN CRM · a new post" in stage.text


async def test_throwing_away_can_be_undone_because_it_was_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "No.") as stage:
        await stage.press("ctrl+o", "x")
        assert saved(stage)[-1].text == f"{NAMES} No."
        assert stage.called("drafts.throw_away")[0].args == (77,)
        assert not stage.app.composer.is_open


async def test_the_author_alone_is_named_with_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("R")
        assert "to quillfox ·" in stage.text
        assert "@papercrane" not in stage.text


async def test_unsending_reopens_the_last_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("U")
        assert "Nothing is held any more." in stage.text
        stage.app.write_draft(Draft(9, 2, "Take me back", reply_to=TAGS.id))
        await stage.settle()
        assert "Take me back" in stage.text
        assert "Thread · quillfox" in stage.text


@pytest.mark.parametrize("size", [(80, 24), (100, 16), (60, 16)])
async def test_the_text_never_has_fewer_than_four_lines(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with answering(monkeypatch, size=size) as stage:
        pad = stage.app.composer.query_one(Pad)
        assert pad.size.height >= LEAST_LINES
        assert pad.region.bottom < stage.app.main.status_line.region.y


async def test_the_thread_can_be_read_while_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("r", "pageup", "pageup")
        assert "Is anyone using acorn for a choir?" in stage.text
        assert stage.app.composer.has_hand


async def test_one_text_area_serves_all_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        pads = set()
        for _ in range(3):
            await stage.press("n", "r")
            pads.add(stage.app.composer.query_one(Pad))
            await stage.press("escape")
        assert len(pads) == 1


async def test_without_a_terminal_to_give_away_the_editor_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("r", "ctrl+g")
        assert stage.app.is_running
        assert stage.app.composer.is_open


def editor(folder: Path, script: str) -> str:
    """An editor that does what a shell script says to the file."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


def test_the_editor_gets_the_text_in_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'ls -l "$1" >"$0.mode"; echo more >>"$1"'))
    assert edit("some") == "some\nmore"
    assert (tmp_path / "editor.mode").read_text().startswith("-rw-------")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tui-inbox")] == []


def test_an_editor_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, 'echo lost >"$1"; exit 3'))
    with pytest.raises(NoEditor, match="status 3"):
        edit("some")
    monkeypatch.setenv("VISUAL", os.fspath(tmp_path / "missing"))
    with pytest.raises(NoEditor, match="could not be started"):
        edit("some")


def test_the_offered_audiences_go_from_wide_to_narrow() -> None:
    offered = ANY_AUDIENCE
    assert all(one.is_wider_than(other) for one, other in pairwise(offered))


async def test_another_size_leaves_the_hand_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch) as stage:
        for size in ((80, 24), (40, 14), (120, 40)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
            assert stage.app.composer.has_hand
        await type_text(stage, "on")
        assert f"{NAMES} on" in stage.text


async def test_going_elsewhere_keeps_the_text_and_takes_the_composer_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Half") as stage:
        await stage.press("tab", "n")
        assert saved(stage)[-1].text == f"{NAMES} Half"
        assert not stage.app.composer.is_open


async def test_a_new_post_gives_the_focus_back_to_where_it_was_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        await stage.press("c")
        assert "MIRA · a new post" in stage.text
        await stage.press("escape")
        assert stage.app.shown.active is Area.INBOX
        assert "quillfox asks" in stage.text


async def test_what_was_typed_before_the_store_answered_survives_a_quick_escape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.pilot.press("r", "H", "i", "escape")
        await stage.until(lambda: bool(saved(stage)))
        assert saved(stage)[-1].text == f"{NAMES} Hi"


async def test_a_refused_send_says_why_and_leaves_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        sends_answered_by(monkeypatch, Outcome("There is nothing in it but names yet."))
        await stage.press("ctrl+s")
        assert "nothing in it but names" in stage.text
        assert stage.app.composer.is_open


async def test_the_third_text_in_five_seconds_is_sent_by_a_second_press(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with answering(monkeypatch, "Yes.") as stage:
        asked = sends_answered_by(monkeypatch, Outcome(sending.BRAKE, asks=True))
        await stage.press("ctrl+s")
        assert "third text within five seconds" in stage.text
        assert stage.app.composer.is_open
        await stage.press("ctrl+s")
        assert asked == [False, True]


def sends_answered_by(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> list[bool]:
    """Answer every send so; whether the owner had been asked before, each time."""
    asks: list[bool] = []

    def send(ctx: object, draft: Draft, *, asked: bool) -> Future[Outcome]:
        asks.append(asked)
        answer: Future[Outcome] = Future()
        answer.set_result(outcome)
        return answer

    monkeypatch.setattr(sending, "send", send)
    return asks


@pytest.mark.parametrize("size", [(160, 45), (160, 30), (80, 24)])
async def test_a_new_post_shows_no_card_of_somebody_else(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        await stage.press("enter")
        assert "12 Nov, import of the choir list" in stage.text
        await stage.press("c")
        assert "a new post" in stage.text
        assert "12 Nov, import of the choir list" not in stage.text
        assert "quillfox and acorn crm" not in stage.text
        await stage.press("escape")
        assert "12 Nov, import of the choir list" in stage.text
        await stage.press("r")
        assert "12 Nov, import of the choir list" in stage.text


async def test_emoji_and_words_that_are_typed_keep_what_joins_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = "👨‍👩‍👧 می‌خواهم 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
    async with answering(monkeypatch) as stage:
        for letter in typed:
            stage.app.screen.post_message(Key(letter, letter))
        await stage.until(lambda: stage.app.screen.query_one(Pad).text.endswith(typed))
