"""The outbox, and kept drafts."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest
from msgspec.structs import replace
from ui.page_stage import here, opened, pages_on_stage, selected
from ui.page_town import DRAFTS, FAVOURITE, HELD, REFUSED, PageTown, page_town
from ui.stage import Stage
from ui.town import NOW, TAGS

from tui_inbox.commands import sending
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries.overviews import OutboxItem, StatusView
from tui_inbox.ui.render.clock import clock
from tui_inbox.ui.render.outgoing import outbox_words
from tui_inbox.ui.screens.drafts import DraftsPage
from tui_inbox.ui.screens.outbox import OutboxPage
from tui_inbox.ui.screens.thread import ThreadPage

TOMORROW = NOW + DAY


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (HELD, "leaves in 7 s, U stops it"),
        (
            replace(HELD, send_at=TOMORROW),
            f"goes to the server in 7 s, posted tomorrow {clock(TOMORROW)}, U stops it",
        ),
        (replace(HELD, release_at=NOW), "is leaving"),
        (replace(HELD, state=OutboxState.SENDING), "is leaving"),
        (
            replace(HELD, state=OutboxState.SENDING, release_at=NOW - DAY, changed_at=NOW - HOUR),
            f"is stuck since {clock(NOW - HOUR)}, the log may say why: R tries again, d throws it away",
        ),
        (FAVOURITE, "waits for the line"),
        (replace(FAVOURITE, reason="server limit"), "waits for the line: server limit"),
        (REFUSED, "was refused: The server says: text is too long"),
        (
            replace(REFUSED, state=OutboxState.UNKNOWN, reason=""),
            "it is not known whether it arrived",
        ),
        (
            replace(HELD, state=OutboxState.SCHEDULED, release_at=TOMORROW),
            f"leaves tomorrow {clock(TOMORROW)}, if the program runs then",
        ),
        (
            replace(HELD, state=OutboxState.SCHEDULED, release_at=NOW + HOUR),
            f"leaves {clock(NOW + HOUR)}, if the program runs then",
        ),
        (
            replace(
                HELD, state=OutboxState.SCHEDULED, release_at=NOW + 90 * MINUTE, at_server=True
            ),
            f"the server posts it {clock(NOW + 90 * MINUTE)}",
        ),
        (
            replace(FAVOURITE, release_at=NOW + 20 * SECOND, reason="No line"),
            "waits, next try in 20 s: No line",
        ),
        (
            replace(FAVOURITE, release_at=NOW + 2 * HOUR, reason="server limit"),
            f"waits, until {clock(NOW + 2 * HOUR)}: server limit",
        ),
        (replace(FAVOURITE, follows="the part above it"), "waits for the part above it"),
        (
            replace(FAVOURITE, follows="the part above it", release_at=2**62, reason="It failed."),
            "waits for the part above it: It failed.",
        ),
    ],
)
def test_where_a_row_stands_is_said_in_words(item: OutboxItem, words: str) -> None:
    assert outbox_words(item, NOW) == words


async def test_the_outbox_says_what_has_not_left_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await opened(stage, OutboxPage, "g", "o")
        assert page.heading.words == "Outbox · 3 have not left · q goes back"
        text = stage.text
        assert "now ac reply to quillfox" in text
        assert "leaves in 7 s, U stops it" in text
        assert "○  1h mi post" in text
        assert "was refused: The server says: text is too long" in text
        assert "2h mi favourite for odile fenn" in text


async def test_what_is_held_is_counted_down(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, OutboxPage, "g", "o")
        stage.moment[0] += 2 * SECOND
        await stage.pilot.pause(1.1)
        assert "leaves in 5 s, U stops it" in stage.text


async def test_enter_takes_no_text_out_of_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    planned = replace(HELD, state=OutboxState.SCHEDULED, release_at=TOMORROW)
    town.outbox = (planned, replace(planned, id=2, what="quote", post=TAGS.id))
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, OutboxPage, "g", "o")
        await stage.press("enter")
        assert here(stage) is page
        assert "It is about no other post. r takes it out of here" in stage.text
        await stage.press("j", "enter")
        assert isinstance(here(stage), ThreadPage)
        assert stage.called("sending.reopen") == []


async def test_a_text_is_reopened_as_a_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        reopened = answer_with(monkeypatch, Draft(5, 2, text=HELD.text, reply_to=TAGS.id))
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("r")
        assert reopened == [HELD.id]
        assert isinstance(here(stage), ThreadPage)
        assert "ACORN CRM · to quillfox" in stage.text
        assert "@quillfox Yes, it keeps them" in stage.text


def answer_with(monkeypatch: pytest.MonkeyPatch, draft: Draft) -> list[int]:
    """Let reopening answer with this draft; the rows it was asked for."""
    asked: list[int] = []

    def reopen(ctx: Any, row: int) -> Future[Draft]:
        asked.append(row)
        answer: Future[Draft] = Future()
        answer.set_result(draft)
        return answer

    monkeypatch.setattr(sending, "reopen", reopen)
    return asked


async def test_what_is_no_text_is_not_reopened(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await opened(stage, OutboxPage, "g", "o")
        page.rows.select_key("outbox:3")
        await stage.press("r")
        assert stage.called("sending.reopen") == []
        assert "There is no text in it." in stage.text


async def test_what_is_stuck_is_not_said_to_leave_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.outbox = (replace(HELD, state=OutboxState.SENDING, release_at=NOW),)
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, OutboxPage, "g", "o")
        assert "is leaving" in stage.text
        stage.moment[0] += 2 * HOUR
        await stage.until(lambda: "is stuck since" in stage.text)
        assert "d throws it away" in stage.text
        assert "is leaving" not in stage.text
        await stage.press("r")
        assert "It may have left. R looks" in stage.text
        await stage.press("R")
        assert [call.args for call in stage.called("sending.retry")] == [(HELD.id,)]


async def test_what_is_leaving_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.outbox = (replace(HELD, state=OutboxState.SENDING),)
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("r")
        assert stage.called("sending.reopen") == []
        assert "It is leaving at this moment." in stage.text


async def test_a_row_is_tried_again_and_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("j", "R", "d")
        assert [call.args for call in stage.called("sending.retry")] == [(REFUSED.id,)]
        assert [call.args for call in stage.called("sending.discard")] == [(REFUSED.id,)]


UNKNOWN = replace(HELD, state=OutboxState.UNKNOWN, release_at=2**62, reason="No answer came.")


@pytest.mark.parametrize(
    ("key", "command"),
    [("1", "sending.look_again"), ("2", "sending.mark_sent"), ("3", "sending.retry")],
)
async def test_where_nobody_knows_what_became_of_a_text_the_owner_decides(
    monkeypatch: pytest.MonkeyPatch, key: str, command: str
) -> None:
    town = page_town()
    town.outbox = (UNKNOWN,)
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, OutboxPage, "g", "o")
        assert "it is not known whether it arrived: No answer came." in stage.text
        await stage.press("R")
        assert "1 ( ) look again   2 ( ) it was sent   3 ( ) send it again" in stage.text
        await stage.press("escape", "R", key, "enter")
        assert [call.args for call in stage.called(command)] == [(UNKNOWN.id,)]
        assert len([done for done in stage.done if done.name.startswith("sending.")]) == 1


async def test_who_reopens_a_text_that_may_be_there_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.outbox = (UNKNOWN,)
    async with pages_on_stage(monkeypatch, town) as stage:
        reopened = answer_with(monkeypatch, Draft(5, 2, text=HELD.text, reply_to=TAGS.id))
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("r")
        await stage.until(lambda: "It may be there already" in stage.text)
        assert reopened == [UNKNOWN.id]


async def test_enter_opens_what_a_row_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    town.outbox = (replace(FAVOURITE, post=TAGS.id, account=2),)
    async with pages_on_stage(monkeypatch, town) as stage:
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("enter")
        page = here(stage)
        assert isinstance(page, ThreadPage)
        assert page.shows(2, TAGS.id)


async def test_a_row_says_what_goes_with_it_and_which_part_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    town.outbox = (
        replace(HELD, part="part 1 of 2", goes_with="2 files", warning="boats"),
        replace(
            HELD, id=9, part="part 2 of 2", state=OutboxState.WAITING, follows="the part above it"
        ),
    )
    async with pages_on_stage(monkeypatch, town, size=(80, 24)) as stage:
        await opened(stage, OutboxPage, "g", "o")
        assert "reply to quillfox · part 1 of 2 · 2 files · warning: boats" in stage.text
        assert "reply to quillfox · part 2 of 2" in stage.text
        assert "waits for the part above it" in stage.text


async def test_what_is_refused_is_said_once_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = page_town()
    before = StatusView(town.accounts, (), (), 0, 1, refused=(REFUSED,))
    town.status = before
    async with pages_on_stage(monkeypatch, town) as stage:
        assert "was refused" not in stage.text
        fresh = replace(
            FAVOURITE, state=OutboxState.REFUSED, changed_at=NOW, reason="You are blocked there."
        )
        town.status = replace(before, failed=2, refused=(REFUSED, fresh))
        await stage.tell(Change(Topic.OUTBOX, 1))
        assert "favourite for odile fenn was refused: You are blocked there." in stage.text
        stage.app.say("")
        await stage.tell(Change(Topic.OUTBOX, 1))
        assert "was refused" not in stage.text


async def test_capital_u_holds_everything_back_from_here_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await opened(stage, OutboxPage, "g", "o")
        await stage.press("U")
        assert len(stage.called("sending.stop_held")) == 1


async def test_what_has_left_goes_from_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        page = await opened(stage, OutboxPage, "g", "o")
        town.outbox = (REFUSED,)
        await stage.tell(Change(Topic.OUTBOX, 2))
        assert page.heading.words == "Outbox · 1 has not left · q goes back"
        assert selected(page) == "outbox:2"
        town.outbox = ()
        stage.wait(1)
        await stage.tell(Change(Topic.OUTBOX, 1))
        assert "Everything has left." in stage.text
        await stage.press("d")
        assert stage.called("sending.discard") == []


# Drafts


async def kept(stage: Stage) -> DraftsPage:
    return await opened(stage, DraftsPage, "g", "d")


async def test_drafts_say_for_whom_they_are_and_how_they_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, size=(80, 24)) as stage:
        page = await kept(stage)
        assert page.heading.words == "Drafts · 2 · q goes back"
        assert "5m ac reply to quillfox" in stage.text
        assert "2d mi new post · warning: boats" in stage.text
        assert "A thing about tides, begun on the ferry" in stage.text


async def test_enter_goes_on_writing_a_reply_under_its_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        await kept(stage)
        await stage.press("enter")
        assert isinstance(here(stage), ThreadPage)
        assert "@quillfox Yes, it keeps" in stage.text
        assert stage.app.composer.has_hand


async def test_a_draft_says_what_goes_with_it_and_opens_by_the_key_that_edits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = DRAFTS
    town = PageTown(kept=(replace(first, goes_with="2 files"), second))
    async with pages_on_stage(monkeypatch, town) as stage:
        await kept(stage)
        assert "reply to quillfox · 2 files" in stage.text
        await stage.press("E")
        assert stage.app.composer.has_hand


async def test_enter_goes_on_writing_a_new_post(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        page = await kept(stage)
        await stage.press("j", "enter")
        assert "MIRA · a new post" in stage.text
        await stage.press("escape")
        assert here(stage) is page
        assert stage.app.focused is page.rows


async def test_a_draft_is_thrown_away_and_undo_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    town = page_town()
    async with pages_on_stage(monkeypatch, town) as stage:
        await kept(stage)
        await stage.press("d")
        assert [call.args for call in stage.called("drafts.throw_away")] == [(11,)]
        town.kept = DRAFTS[1:]
        await stage.tell(Change(Topic.DRAFTS, 2))
        assert "reply to quillfox" not in stage.text
        assert "u undo" in stage.lines()[-1]


async def test_no_draft_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, PageTown(kept=())) as stage:
        await kept(stage)
        assert "No draft is kept." in stage.text
        await stage.press("enter", "d")
        assert stage.called("drafts.throw_away") == []
        assert "Nothing is selected." in stage.text
