"""Keys: what they do in the panes, and what protects the hand."""

from __future__ import annotations

import pytest
from ui.stage import on_stage
from ui.town import NOW, QUILLFOX, usual_town

from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import MINUTE
from tui_inbox.ui import app as app_module
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes import gaze
from tui_inbox.ui.screens.thread import ThreadPage


async def test_next_opens_the_thread_of_who_waits_and_then_of_the_one_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("n")
        assert "Thread · quillfox and you, with papercrane" in stage.text
        assert "runs the choir in Elmport" in stage.text
        assert "Inbox · 3 wait for you" in stage.text
        await stage.press("n")
        assert "Thread · odile fenn" in stage.text
        assert len(stage.app.main.reading.pages) == 1
        await stage.press("N")
        assert "Thread · quillfox" in stage.text


async def test_next_says_so_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.lanes.clear()
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("n")
        assert "Nobody waits for you." in stage.text


async def test_opening_a_thread_asks_the_server_and_q_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("enter")
        assert ("thread", 2, 201) in stage.fetcher.asked
        assert [type(page) for page in stage.app.main.reading.pages] == [ThreadPage]
        await stage.press("q")
        assert stage.app.shown.active is Area.INBOX
        assert "Timeline" in stage.text


async def test_done_and_later_act_on_the_selected_conversation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("e")
        assert stage.called("items.done")[0].args == (1,)
        await stage.press("z", "p")
        assert stage.called("items.later")[0].args[1].on_post
        await stage.press("z", "escape", "j")
        assert len(stage.called("items.later")) == 1


async def test_a_time_can_be_typed_behind_z(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("z", "3", "h", "enter")
        assert stage.called("items.later")[0].args[1].until == NOW + 180 * MINUTE
        await stage.press("z", "9", "x", "enter")
        assert len(stage.called("items.later")) == 1
        assert "is no time" in stage.text


async def test_done_in_a_thread_closes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("n", "e")
        assert stage.called("items.done")[0].args == (1,)
        assert stage.app.main.reading.pages == ()


async def test_favourite_acts_as_the_account_that_sees_the_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("f")
        assert stage.called("acts.toggle")[0].args == (2, 201, ActKind.FAVOURITE)
        await stage.press("j", "j", "b")
        assert len(stage.called("acts.toggle")) == 1
        assert "cannot be boosted" in stage.text


async def test_a_stranger_is_blocked_at_once_and_a_friend_after_a_second_x(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("x")
        assert not stage.called("acts.on_person")
        assert "x again blocks quillfox." in stage.text
        await stage.press("x")
        assert stage.called("acts.on_person")[0].args == (2, QUILLFOX.id, ActKind.BLOCK)
        stage.app.main.inbox.rows.select_key("lane:STRANGERS")
        await stage.press("l", "j", "x")
        assert len(stage.called("acts.on_person")) == 2


async def test_lanes_unfold_and_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "deal rocket 77" not in stage.text
        stage.app.main.inbox.rows.select_key("lane:STRANGERS")
        await stage.press("l")
        assert "deal rocket 77" in stage.text
        await stage.press("h")
        assert "deal rocket 77" not in stage.text
        await stage.press("l")
        assert "deal rocket 77" in stage.text


async def test_tab_walks_the_panes_and_comes_round(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        walked = []
        for _ in range(4):
            await stage.press("tab")
            walked.append(stage.app.shown.active)
        assert walked == [Area.READING, Area.SEARCHES, Area.PEOPLE, Area.INBOX]


async def test_zoom_fills_the_screen_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("Z")
        assert "Timeline" not in stage.text
        await stage.press("Z")
        assert "Timeline" in stage.text


async def test_q_ends_the_program_only_at_the_second_press(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("q")
        assert "q again ends tui-inbox." in stage.text
        stage.wait(10)
        await stage.press("q")
        assert stage.app.is_running
        await stage.press("escape")
        assert stage.app.is_running
        await stage.pilot.press("q")
        assert stage.app._exit


async def test_that_q_ends_the_program_is_said_for_as_long_as_it_is_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app_module, "WITHIN", 0.3)
    async with on_stage(monkeypatch) as stage:
        await stage.press("q")
        await stage.until(lambda: "q again" not in stage.text)


async def test_a_prefix_takes_the_next_key_from_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        selected = stage.app.main.inbox.rows.selected
        await stage.press("g", "j")  # `g j` is nothing, and `j` must not move either
        assert stage.app.main.inbox.rows.selected is selected


async def test_the_strip_appears_when_the_hand_hesitates(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.pilot.press("z")
        assert "tomorrow 8:00" not in stage.text
        await stage.until(lambda: "tomorrow 8:00" in stage.text)
        await stage.press("escape")
        assert "tomorrow 8:00" not in stage.text


async def test_keys_wait_when_another_row_has_come_under_the_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        del stage.town.lanes[Lane.TALK][0]
        await stage.tell(Change(Topic.INBOX, 2))
        await stage.press("e")
        assert stage.called("items.done") == []
        stage.wait(0.5)
        await stage.press("e")
        assert stage.called("items.done")[0].args == (2,)


async def test_the_inbox_is_not_sorted_again_under_the_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("j")
        stage.town.lanes[Lane.TALK].reverse()
        await stage.tell(Change(Topic.INBOX, 1))
        keys = [row.key for row in stage.app.main.inbox.rows.rows][1:4]
        assert keys == ["1", "2", "3"]
        await stage.press("full_stop")
        keys = [row.key for row in stage.app.main.inbox.rows.rows][1:4]
        assert keys == ["3", "2", "1"]


async def test_the_inbox_takes_its_true_order_while_nobody_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        stage.town.lanes[Lane.TALK].reverse()
        await stage.tell(Change(Topic.INBOX, 1))
        keys = [row.key for row in stage.app.main.inbox.rows.rows][1:4]
        assert keys == ["3", "2", "1"]


async def test_a_hole_is_filled_with_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.app.activate(Area.READING)
        stage.app.main.timeline.rows.select_key("gap:7")
        await stage.press("enter")
        assert ("gap", 7) in stage.fetcher.asked


async def test_a_warning_hides_the_text_until_v(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "Never the soup again." not in stage.text
        stage.app.activate(Area.READING)
        for row in stage.app.main.timeline.rows.rows:
            if row.key.endswith("/105"):
                stage.app.main.timeline.rows.select_key(row.key)
        await stage.press("v")
        assert "Never the soup again." in stage.text


async def test_a_query_that_fails_is_a_sentence_and_not_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:

        def broken(*args: object, **kwargs: object) -> None:
            raise RuntimeError("boom")

        monkeypatch.setattr(stage.town, "inbox_view", broken)
        await stage.tell(Change(Topic.INBOX, 1))
        assert stage.app.is_running
        assert "Could not read this just now" in stage.text
        assert "quillfox asks" in stage.text
        monkeypatch.setattr(stage.town, "needs_you_queue", broken)
        await stage.press("n")
        assert stage.app.is_running
        assert "That did not work" in stage.text


async def test_a_selected_conversation_counts_as_looked_at_after_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.until(lambda: bool(stage.called("items.looked_at")))
        assert stage.called("items.looked_at")[0].args == (1,)
    assert gaze.LOOK == 1.0


async def test_nobody_looks_while_the_terminal_has_no_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        gaze, "LOOK", 3600.0
    )  # while the program starts, its terminal has the focus
    async with on_stage(monkeypatch) as stage:
        stage.app.app_focus = False
        monkeypatch.setattr(gaze, "LOOK", 0.001)
        rows = stage.app.main.inbox.rows
        for key in ("2", "4"):
            rows.select_key(key)
            await stage.settle()
        assert stage.called("items.looked_at") == []
        stage.app.app_focus = True  # as any key does
        await stage.press("k", "j")  # to one that is new
        await stage.until(lambda: bool(stage.called("items.looked_at")))


async def test_clicking_a_word_of_the_key_line_does_what_its_key_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        line = stage.app.main.key_line
        await stage.pilot.click(line, offset=(line.words.index("done") + 1, 0))
        await stage.settle()
        assert len(stage.called("items.done")) == 1
