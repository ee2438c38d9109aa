"""The picture: which panes stand where at each size, and what the lines around them say."""

from __future__ import annotations

import pytest
from ui.stage import on_stage
from ui.town import NOW, QUILLFOX, Town, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.health import Health, HealthState
from tui_inbox.ui import terminal
from tui_inbox.ui.widgets.title import PaneTitle


async def test_wide_shows_four_panes_with_the_inbox_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        title = next(line for line in stage.lines() if "Inbox" in line)
        assert (
            title.index("Inbox · 3 wait for you") < title.index("Timeline") < title.index("Search")
        )
        assert any("People" in line and "Timeline" not in line for line in stage.lines())
        assert "quillfox asks · also papercrane" in stage.text


async def test_medium_shows_the_reading_column_beside_what_the_digits_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(120, 40)) as stage:
        assert "Inbox · 3 wait" in stage.text
        assert "Searches" not in stage.text
        await stage.press("3")
        assert "Searches · 14 hits" in stage.text
        assert "Inbox · 3 wait" not in stage.text
        assert "Timeline" in stage.text


async def test_narrow_shows_one_pane_and_the_tab_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        tabs = "1 inbox 3  2 timeline  3 searches 14  4 people"
        assert stage.lines()[0].startswith(f" {tabs}")
        assert stage.lines()[0].endswith("5 all 6 mi 7 ac 8 ti")
        assert "odile fenn answers you" in stage.text
        await stage.press("2")
        assert "Printed the harbour map" in stage.text
        assert "answers you" not in stage.text


async def test_the_pane_with_the_focus_has_the_bold_title(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        for key, pane in {"4": "People", "1": "Inbox", "enter": "Thread", "q": "Inbox"}.items():
            await stage.press(key)
            bold = [t.words for t in stage.app.screen.query(PaneTitle) if t.styles.text_style.bold]
            assert [words.split()[0] for words in bold] == [pane]


async def test_the_corner_shows_who_waits_and_what_they_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(40, 30)) as stage:
        lines = stage.lines()
        assert lines[0].strip() == "3 wait for you · 2 newcomers"
        assert lines[-1].strip().startswith("live")
        assert lines[-1].strip().endswith(" · n next")
        text = stage.text
        assert text.index("quillfox asks") < text.index("papercrane asks") < text.index("Printed")
        assert "Strangers" not in text


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (40, 14), (28, 10)])
async def test_nothing_is_wider_than_the_screen(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        for keys in ((), ("2",), ("1", "enter"), ("r",)):
            await stage.press(*keys)
            strips = stage.app.screen._compositor.render_strips()
            assert len(strips) == size[1]
            assert {strip.cell_length for strip in strips} == {size[0]}


async def test_resizing_keeps_the_selection_and_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("j", "2", "j", "j", "j")
        timeline, inbox = stage.app.main.timeline.rows, stage.app.main.inbox.rows
        before = (timeline.selected, inbox.selected)
        for size in ((80, 24), (40, 14), (120, 40), (160, 45)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
        assert (timeline.selected, inbox.selected) == before
        assert stage.app.here is stage.app.main.timeline


@pytest.mark.parametrize("pane", ["1", "2"])
async def test_a_tiny_terminal_and_back_shows_the_same_lines_as_before(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, size=(160, 24)) as stage:
        await stage.press(pane, "space", "space", "k", "k")
        before = stage.lines()
        for size in ((80, 24), (20, 5), (10, 2), (20, 5), (160, 24)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
        assert stage.lines() == before


async def test_account_letters_vanish_when_one_account_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "mi odile fenn answers you" in stage.text
        await stage.press("6")
        assert "mi odile fenn answers you" not in stage.text
        assert "odile fenn answers you" in stage.text
        assert "quillfox asks" not in stage.text
        await stage.press("5")
        assert "mi odile fenn answers you" in stage.text


async def test_an_account_that_is_not_there_is_not_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("9")
        assert "There is no account number 4." in stage.text


async def test_without_an_account_the_welcome_page_explains_both_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, Town(accounts=()), size=(80, 24)) as stage:
        assert "d   try the demo town" in stage.text
        assert "m   sign in to a server like Mastodon" in stage.text
        stage.town.accounts = usual_town().accounts
        stage.town.lanes = usual_town().lanes
        await stage.tell(Change(Topic.ACCOUNTS, 1))
        assert "Welcome" not in stage.text
        assert "quillfox asks" in stage.text


async def test_the_hub_is_told_once_the_first_picture_is_painted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []
    async with on_stage(monkeypatch, started=lambda: started.append("now")) as stage:
        await stage.settle()
        assert started == ["now"]


async def test_the_title_of_the_terminal_says_how_many_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        assert stage.app.title == "3 wait · tui-inbox"


async def test_the_window_gets_the_title_back_that_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    out: list[str] = []
    monkeypatch.setattr(terminal, "write", lambda app, sequence: out.append(sequence))
    async with on_stage(monkeypatch):
        assert out == ["\x1b[22;2t\x1b]2;tui-inbox\x07", "\x1b]2;3 wait · tui-inbox\x07"]
    assert out[2:] == ["\x1b]2;\x07\x1b[23;2t"]


async def test_an_inbox_without_anybody_says_what_else_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    del town.lanes[Lane.TALK], town.lanes[Lane.NEWCOMERS]
    async with on_stage(monkeypatch, town) as stage:
        await stage.tell(Change(Topic.INBOX, 1))
        assert "Nobody waits for you." in stage.text
        assert "2 strangers look like people · 3 hits" in stage.text
        assert "1 has gone quiet" in stage.text
        assert "Inbox · " not in stage.text


async def test_one_account_leaves_the_header_line_out(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = town.accounts[:1]
    async with on_stage(monkeypatch, town) as stage:
        assert "5 all" not in stage.text
        assert stage.lines()[0].startswith(" Inbox")


async def test_names_an_answer_begins_with_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    said = post(950, QUILLFOX, 0, "@mira @odile_fenn@town.example Yes, both.", answers_me=True)
    town.timeline.insert(0, entry(said, 1999))
    async with on_stage(monkeypatch, town) as stage:
        assert "Yes, both." in stage.text
        assert "@mira" not in stage.text


async def test_offline_is_a_state_in_words_and_rows_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        rows = [line for line in stage.lines() if "odile fenn" in line]
        for account in (1, 2, 3):
            stage.fetcher.states[account] = Health(HealthState.OFFLINE, NOW, next_try=NOW + 20_000)
        await stage.tell(Change(Topic.HEALTH, 1))
        title = next(line for line in stage.lines() if "Timeline" in line)
        assert "offline since" in title
        assert "next try in 20 s" in stage.text
        assert [line for line in stage.lines() if "odile fenn" in line] == rows
        await stage.press("r")
        assert "offline: will wait in the outbox" in stage.text
        for account in (1, 2, 3):
            stage.fetcher.states[account] = Health(HealthState.LIVE, NOW)
        await stage.tell(Change(Topic.HEALTH, 1))
        await stage.until(lambda: "offline: will wait in the outbox" not in stage.text)
