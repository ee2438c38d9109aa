"""Panes as the owner arranges them: by keys and by mouse, at each kind of size, and at the next start."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from textual.geometry import Region
from ui.stage import Stage, on_stage
from ui.test_positions import long_town, read_on, seen
from ui.town import Town, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries.overviews import NeedsYou
from tui_inbox.ui.layout import PINS, Area, Kind, place, usual
from tui_inbox.ui.layouts import LAYOUT, layouts_from, layouts_text

INBOX, READING, SEARCHES, PEOPLE = Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE


def regions(stage: Stage) -> dict[Area, Region]:
    """Where panes stand in the room for them."""
    body = stage.app.main.body
    return place(body.kind, body.room, body.shown)


def titles(stage: Stage) -> str:
    """The line in which the titles of the upper panes stand."""
    return next(line for line in stage.lines() if "Timeline" in line or "Inbox ·" in line)


async def test_columns_and_panes_are_resized_ordered_and_hidden_by_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        before = regions(stage)
        await stage.press("greater_than_sign")
        assert regions(stage)[INBOX].width == before[INBOX].width + 4
        await stage.press("4", "ctrl+up", "less_than_sign")
        assert regions(stage)[PEOPLE].height == before[PEOPLE].height + 2
        assert regions(stage)[PEOPLE].width == before[PEOPLE].width - 4
        await stage.press("equals_sign", "k")
        assert list(regions(stage)) == [INBOX, READING, PEOPLE, SEARCHES]
        await stage.press("1", "equals_sign", "l")
        assert titles(stage).index("Timeline") < titles(stage).index("Inbox ·")
        await stage.press("equals_sign", "0")
        assert regions(stage) == before


async def test_a_hidden_pane_comes_when_one_goes_there_and_goes_when_one_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("equals_sign", "x")
        assert "Inbox ·" not in stage.text
        assert "1 goes there all the same" in stage.text
        assert stage.app.shown.active is not INBOX
        await stage.press("1")
        assert "Inbox ·" in stage.text
        await stage.press("2")
        assert "Inbox ·" not in stage.text
        await stage.press("n")
        assert "Thread · quillfox" in stage.text, "what needs the owner is reached all the same"
        assert "Inbox ·" not in stage.text
        await stage.press("q", "equals_sign", "1")
        assert "Inbox ·" in stage.text


async def test_a_hidden_timeline_comes_with_the_thread_that_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("equals_sign", "2")
        assert READING not in regions(stage)
        await stage.press("enter")
        assert "Thread · quillfox" in stage.text
        await stage.press("q")
        assert READING not in regions(stage)
        await stage.press("equals_sign", "1")
        assert "The Inbox or the Timeline has to stay." in stage.text


async def test_an_edge_is_dragged_by_the_mouse_and_goes_back_at_a_double_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        before = regions(stage)
        pilot, at = stage.pilot, before[INBOX].right
        await pilot.hover(offset=(at, 20))
        await stage.settle()
        grip = stage.app.main.query_one("#grip")
        assert grip.region.x == at, "a hint of colour lies on the edge under the mouse"
        await pilot.mouse_down(offset=(at, 20))
        await pilot.hover(offset=(at + 3, 20))
        await pilot.hover(offset=(at + 8, 20))
        await stage.settle()
        assert regions(stage)[INBOX].width == before[INBOX].width + 8
        await pilot.mouse_up(offset=(at + 8, 20))
        await pilot.hover(offset=(at + 30, 20))
        await stage.settle()
        assert regions(stage)[INBOX].width == before[INBOX].width + 8, "it was let go of"
        assert not grip.region, "and its colour is gone"
        await pilot.click(offset=(at + 8, 20), times=2)
        await stage.settle()
        assert regions(stage) == before


async def test_the_rule_of_a_lower_pane_is_dragged_and_no_text_is_selected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        people = stage.app.main.people.heading.region
        before = regions(stage)
        await stage.pilot.mouse_down(offset=(people.x + 10, people.y + 1))
        await stage.pilot.hover(offset=(people.x + 12, people.y - 4))
        await stage.pilot.mouse_up(offset=(people.x + 12, people.y - 4))
        await stage.settle()
        assert regions(stage)[PEOPLE].height == before[PEOPLE].height + 5
        assert stage.app.screen.selections == {}
        assert stage.app.shown.active is INBOX, "the hand has not moved"


async def test_a_terminal_that_shrinks_under_a_dragged_edge_lets_go_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        at = regions(stage)[INBOX].right
        await stage.pilot.mouse_down(offset=(at, 20))
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        await stage.pilot.hover(offset=(60, 20))
        await stage.pilot.mouse_up(offset=(60, 20))
        await stage.pilot.resize_terminal(160, 45)
        await stage.settle()
        assert regions(stage)[INBOX].right == at
        assert stage.app.focused is stage.app.main.inbox.rows


# Searches with panes of their own


async def test_a_search_stands_in_a_pane_of_its_own_and_keys_work_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("3", "equals_sign", "p")
        first = stage.town.searches[0]
        hit = first.hits[0].post
        pinned, searches = stage.app.main.pane_of(PINS[0]), stage.app.main.searches
        assert pinned.heading.words == f"* {first.query} · ac · 2 new"
        assert [row.key for row in searches.rows.rows if row.key.startswith(f"{first.id}:")] == []
        assert "own pane" in stage.text
        await stage.press("enter")
        assert stage.app.here is pinned, "its heading leads there"
        assert pinned.rows is not None
        await stage.press("home")
        stage.wait(1)
        await stage.press("e")
        assert stage.called("items.done_hit")[0].args[:2] == (first.id, hit.id)
        await stage.press("minus", "a")
        assert stage.called("searches.exclude")[0].args == (
            first.id,
            f"from:{hit.author.handle}",
        )
        await stage.press("left_square_bracket")
        assert stage.app.here is searches
        await stage.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert stage.app.here is pinned
        await stage.press("equals_sign", "p")
        assert PINS[0] not in regions(stage)
        assert [row.key for row in searches.rows.rows if row.key.startswith(f"{first.id}:")]


async def test_one_search_after_the_other_stands_in_the_same_pane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("3", "equals_sign", "p", "equals_sign", "p")
        await stage.press("right_square_bracket", "equals_sign", "p")
        search = stage.app.main.searches.search
        assert search is not None
        assert search.id != stage.town.searches[0].id
        assert search.query in stage.app.main.pane_of(PINS[0]).heading.words


async def test_next_goes_to_a_marked_hit_in_its_own_pane(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("3", "equals_sign", "p", "1")
        pinned = stage.app.main.pane_of(PINS[0]).rows
        assert pinned is not None
        search = stage.town.searches[0]
        need = NeedsYou("searches", pinned.rows[-1].key, search.account, search.hits[-1].post.id)
        monkeypatch.setattr(stage.town, "needs_you_queue", lambda scope, now: (need,))
        await stage.press("n")
        assert "Thread ·" in stage.text
        assert stage.app.shown.used[:2] == (READING, PINS[0])
        assert pinned.selected is not None
        assert pinned.selected.key == need.key


async def test_the_pane_of_a_search_that_was_deleted_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("3", "equals_sign", "p")
        assert PINS[0] in regions(stage)
        stage.town.searches = stage.town.searches[1:]
        await stage.tell(Change(Topic.SEARCHES, 1))
        await stage.until(lambda: PINS[0] not in regions(stage))


async def test_in_another_account_the_pane_of_a_search_says_so_and_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("3", "equals_sign", "p", "6")
        assert "Its account is not shown; 5 shows all." in stage.text
        await stage.press("5")
        assert PINS[0] in regions(stage)
        assert "Its account is not shown" not in stage.text


# Sizes of the terminal


SIZES = [
    *((150, 45), (149, 45), (120, 20), (99, 30), (60, 16), (59, 16), (40, 20), (28, 8), (5, 3)),
    *((1, 1), (28, 4), (80, 24), (200, 60), (240, 70), (150, 16), (160, 24)),
]


@pytest.mark.parametrize("pane", ["1", "2", "3", "4"])
async def test_a_terminal_that_is_dragged_through_all_sizes_shows_the_same_place_again(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, long_town(), size=(160, 24)) as stage:
        here = await read_on(stage, pane)
        before = seen(here)
        for size in SIZES:
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
            rows = stage.app.here.rows
            assert rows is not None
            selected = rows.selected
            if rows.size.height and selected is not None:
                on_screen = [row.key for row, _ in rows.rows_on_screen()]
                assert selected.key in on_screen, f"the selection is in sight at {size}"
        await stage.settle()
        assert seen(here) == before
        assert stage.app.here is here


async def test_each_kind_of_size_has_a_layout_of_its_own_which_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("greater_than_sign", "4", "Z")
        await stage.pilot.resize_terminal(120, 40)
        await stage.settle()
        assert list(regions(stage)) == [PEOPLE, READING], "the hand goes along at the first time"
        await stage.press("3", "less_than_sign")
        await stage.pilot.resize_terminal(160, 45)
        await stage.settle()
        assert list(regions(stage)) == [PEOPLE], "zoomed as it was"
        assert stage.app.focused is stage.app.main.people.rows
        await stage.press("Z")
        assert regions(stage)[INBOX].width == 55
        await stage.pilot.resize_terminal(120, 40)
        await stage.settle()
        assert regions(stage)[SEARCHES].width == 41
        assert stage.app.focused is stage.app.main.searches.rows


async def test_who_writes_goes_on_writing_at_another_size(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        await stage.pilot.resize_terminal(160, 45)
        await stage.press("enter", "r", "a", "b")
        await stage.pilot.resize_terminal(80, 24)
        await stage.press("c", "e")
        assert stage.app.composer.is_open
        assert "abce" in stage.text
        assert stage.called("items.done") == []


async def test_what_was_arranged_is_kept_a_moment_later_and_is_there_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(160, 50)) as stage:
        await stage.press("greater_than_sign", "3", "equals_sign", "p", "equals_sign", "4")
        arranged = stage.app.shown
        await stage.pilot.pause(2.1)
        kept = [done.args[1] for done in stage.called("places.keep") if done.args[0] == LAYOUT]
        assert layouts_from(kept[-1])[Kind.WIDE] == arranged
    town = usual_town()
    town.positions[LAYOUT] = kept[-1]
    async with on_stage(monkeypatch, town, size=(160, 50)) as stage:
        assert stage.app.shown == arranged
        assert list(regions(stage)) == [INBOX, READING, SEARCHES, PINS[0]]
        assert stage.app.focused is stage.app.main.searches.rows
        assert "own pane" in stage.text
        assert stage.app.main.pane_of(PINS[0]).heading.words.startswith("* anyone know")


async def test_what_stands_around_a_welcome_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    town = usual_town()
    town.accounts = ()
    async with on_stage(monkeypatch, town) as stage:
        assert stage.app.shown.zoomed
    assert [done for done in stage.called("places.keep") if done.args[0] == LAYOUT] == []


def keeping_two_sizes() -> Town:
    """A town whose owner has the Inbox at the right of a wide terminal, and a search apart, there alone, in use."""
    wide = usual(Kind.WIDE)
    inbox, reading, (right) = wide.columns
    right = replace(right, areas=(SEARCHES, PINS[0], PEOPLE))
    shown = replace(wide, columns=(reading, right, inbox), pins={PINS[0]: 2})
    shown = shown.turned_to(PINS[0])
    town = usual_town()
    town.positions[LAYOUT] = layouts_text({Kind.WIDE: shown})
    return town


async def test_a_pane_that_only_a_larger_terminal_has_comes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, keeping_two_sizes(), size=(80, 24)) as stage:
        await stage.pilot.resize_terminal(160, 50)
        await stage.settle()
        assert list(regions(stage)) == [READING, SEARCHES, PINS[0], PEOPLE, INBOX]
        pane = stage.app.main.pane_of(PINS[0])
        await stage.until(lambda: "acorn crm -from:me" in pane.heading.words)
        assert stage.app.focused is pane.rows


# A corner of the screen


async def test_in_a_corner_every_pane_is_reached_and_q_goes_back_to_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(40, 14)) as stage:
        for keys, title in ((["3"], "Searches"), (["g", "p"], "People"), (["2"], "Timeline")):
            await stage.press(*keys)
            assert stage.lines()[0].strip().startswith(title)
            assert stage.lines()[-1].endswith("q back")
            await stage.press("q")
            assert "3 wait for you" in stage.lines()[0]
            assert stage.lines()[-1].endswith("n next")
        await stage.press("tab")
        assert stage.lines()[0].strip().startswith("Timeline")


@pytest.mark.parametrize(
    "keys", [["greater_than_sign"], ["equals_sign", "x"], ["Z"], ["ctrl+down"]]
)
async def test_what_has_no_room_in_a_corner_says_so(
    monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    async with on_stage(monkeypatch, size=(58, 14)) as stage:
        await stage.press(*keys)
        assert "Only one pane has room here." in stage.text or "whole screen" in stage.text


def test_json_of_a_layout_holds_plain_words() -> None:
    kept = json.loads(layouts_text({Kind.MEDIUM: usual(Kind.MEDIUM)}))
    (column, _) = kept["sizes"]["medium"]["columns"]
    assert column == {"panes": ["inbox", "searches", "people"], "width": 0, "one": True}
