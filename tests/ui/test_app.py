"""The application on prepared rows: what it shows, what keys do, and what never happens."""

from __future__ import annotations

import pytest
from ui.stage import on_stage
from ui.town import FERN, NOW, QUILLFOX, Town, entry, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.draft import ActKind
from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import MINUTE
from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes import gaze
from tui_inbox.ui.screens.thread import ThreadPage

# The picture


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


async def test_the_corner_shows_who_waits_and_what_they_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(40, 30)) as stage:
        lines = stage.lines()
        assert lines[0].strip() == "3 wait for you · 2 newcomers"
        assert lines[-1].strip() == "live"
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
        assert "tui-inbox demo" in stage.text
        assert "tui-inbox login" in stage.text
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


# News


async def test_an_arrival_above_moves_nothing_and_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        before = stage.lines()
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        after = stage.lines()
        assert "Just arrived." not in stage.text
        assert "1 new above, . shows them" in stage.text
        assert [line for line in before if "Timeline" not in line] == [
            line for line in after if "Timeline" not in line
        ]


async def test_the_dot_shows_what_is_new_and_the_comma_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "j", "j", "j", "j", "j", "j", "space")
        place = stage.app.main.timeline.rows.position()
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        await stage.press("full_stop")
        assert "Just arrived." in stage.text
        assert "new above" not in stage.text
        await stage.press("comma")
        assert stage.app.main.timeline.rows.position() == place


async def test_the_head_is_followed_when_nobody_touches_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.wait(11)
        stage.town.timeline.insert(0, entry(post(900, FERN, 0, "Just arrived."), 2000))
        await stage.tell(Change(Topic.FEED, 1))
        assert "Just arrived." in stage.text
        assert "new above" not in stage.text


async def test_a_late_post_below_is_put_in_its_place_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        late = post(901, FERN, 13 * MINUTE, "Sorry, I was held up.")
        stage.town.timeline.append(entry(late, 2001))
        await stage.tell(Change(Topic.FEED, 1))
        assert "1 arrived below" in stage.text
        text = stage.text
        assert text.index("grumble goose") < text.index("Sorry, I was held up.")


async def test_an_edit_changes_the_row_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        place = next(
            n
            for n, row in enumerate(stage.town.timeline)
            if isinstance(row, EntryRow) and row.post.id == 102
        )
        old = stage.town.timeline[place]
        assert isinstance(old, EntryRow)
        edited = post(102, old.post.author, NOW - old.post.at, "From Monday it leaves at 22:30.")
        stage.town.timeline[place] = EntryRow(old.key, old.seq, edited)
        await stage.tell(Change(Topic.POST, 102))
        assert "From Monday it leaves at 22:30." in stage.text
        assert "22:25" not in stage.text


async def test_news_of_other_things_ask_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        stage.town.asked.clear()
        await stage.tell(Change(Topic.DRAFTS, 1))
        assert stage.town.asked == []


# Keys


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
        await stage.press("g", "f", "j", "x")
        assert len(stage.called("acts.on_person")) == 2


async def test_lanes_fold_and_the_front_door_opens_them(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "deal rocket 77" not in stage.text
        await stage.press("g", "f")
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
            if row.data.entry.key[1].endswith("/105"):
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


async def test_the_place_in_the_timeline_is_kept_and_found_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "space", "space")
        place = stage.app.main.timeline.rows.position()
        stage.app.main.timeline.keep_place()
        kept = stage.called("places.keep")[-1].args
    town = usual_town()
    town.positions[kept[0]] = kept[1]
    town.timeline.insert(0, entry(post(900, FERN, 0, "Came in the night."), 2000))
    async with on_stage(monkeypatch, town) as stage:
        assert stage.app.main.timeline.rows.position() == place
        assert "new above" in stage.text


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


async def test_older_posts_that_were_asked_for_are_not_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    town.timeline = town.timeline[:20]
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "G")
        await stage.until(lambda: ("older", 1) in stage.fetcher.asked)
        older = [
            entry(post(700 + n, FERN, (900 + n) * MINUTE, "Long ago."), 3000 + n) for n in range(9)
        ]
        stage.town.timeline += older
        await stage.tell(Change(Topic.FEED, 1))
        assert "arrived below" not in stage.text


async def test_the_way_back_from_a_page_leads_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "j", "j")
        place = stage.app.main.timeline.spot()
        await stage.press("g", "i", "enter", "G", "n", "comma")
        assert stage.app.main.reading.pages == ()
        assert stage.app.shown.active is Area.READING
        assert stage.app.main.timeline.spot() == place


async def test_a_place_that_is_no_longer_in_memory_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "j", "j")
        timeline = stage.app.main.timeline
        spot = timeline.spot()
        assert spot is not None
        stage.app.set_scope((1,))
        stage.app.set_scope((1, 2, 3))
        await stage.settle()
        timeline.rows.show([])
        timeline.restore(spot)
        await stage.settle()
        assert timeline.spot() == spot


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
