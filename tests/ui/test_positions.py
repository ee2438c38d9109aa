"""Where the reader is: a row and a line of it, in every pane, whatever comes, goes, changes or starts anew."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from ui.stage import Stage, on_stage
from ui.town import CAT, FERN, ODILE, Town, entry, item, person, post, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.queries.rows import EntryRow, PeopleSection, PeopleView, PersonRow
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane

SIZES = [(160, 24), (120, 20), (80, 24), (40, 20)]
"""Wide, medium, narrow, and a corner of the screen; low enough that every pane is longer than it."""

LONG = "One line of it says little, so there are more of them, and they go on. " * 6


def long_town() -> Town:
    """A town in which no pane fits on a screen."""
    town = usual_town()
    waiting = town.lanes[Lane.TALK]
    waiting += [
        item(
            50 + n,
            post(600 + n, person(70 + n, f"caller {n}", partner=True), n * HOUR, LONG),
            Lane.TALK,
        )
        for n in range(20)
    ]
    first = town.searches[0]
    hits = tuple(
        replace(first.hits[0], post=post(700 + n, FERN, n * HOUR, LONG, account=2))
        for n in range(20)
    )
    town.searches = (replace(first, hits=hits), *town.searches[1:])
    people = tuple(
        PersonRow(
            1, "mi", person(200 + n, f"friend {n}"), PeopleSection.PINNED, "wrote", "and more"
        )
        for n in range(30)
    )
    town.people = PeopleView(((PeopleSection.PINNED, people),))
    return town


def seen(pane: Pane) -> tuple[str, int, str]:
    """The row at the top of a pane, the line of it that is the first to be seen, and the selected row."""
    assert pane.rows is not None
    position, selected = pane.rows.position(), pane.rows.selected
    assert position is not None
    assert selected is not None
    return position.key, position.line_offset, selected.key


async def read_on(stage: Stage, pane: str) -> Pane:
    """Go to a pane and read on in it, to the middle of some row."""
    await stage.press(pane, "space", "j", "j", "j", "space")
    here = stage.app.here
    assert here.rows is not None
    here.rows.scroll_lines(1)
    await stage.settle()
    return here


PANES = ["1", "2", "3", "4"]


@pytest.mark.parametrize("size", [SIZES[0], SIZES[2]])
@pytest.mark.parametrize("pane", PANES)
async def test_a_restart_begins_where_the_last_run_ended(
    monkeypatch: pytest.MonkeyPatch, pane: str, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, long_town(), size=size) as stage:
        place = seen(await read_on(stage, pane))
    kept = {done.args[0]: done.args[1] for done in stage.called("places.keep")}
    town = long_town()
    town.positions.update(kept)
    async with on_stage(monkeypatch, town, size=size) as stage:
        assert seen(stage.app.here) == place


@pytest.mark.parametrize("pane", PANES)
async def test_a_kept_place_names_a_row_and_a_line(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, long_town(), size=SIZES[0]) as stage:
        row, line, selected = seen(await read_on(stage, pane))
    texts = [done.args[1] for done in stage.called("places.keep")]
    kept = [json.loads(text) for text in texts if '"row"' in text]
    assert (row, line, selected) in [(one["row"], one["line"], one["selected"]) for one in kept]


@pytest.mark.parametrize("pane", PANES)
async def test_another_size_and_back_is_the_same_place(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, long_town(), size=SIZES[0]) as stage:
        here = await read_on(stage, pane)
        before = seen(here)
        for size in (*SIZES[1:], SIZES[0]):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
        assert seen(here) == before


async def test_a_thread_keeps_its_place_through_sizes_edits_and_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    first = town.lanes[Lane.TALK][0]
    assert first.post is not None
    async with on_stage(monkeypatch, town, size=(80, 16)) as stage:
        await stage.press("enter")
        thread = stage.app.here
        assert thread.rows is not None
        thread.rows.scroll_lines(-2)
        await stage.settle()
        before = seen(thread)
        await stage.tell(Change(Topic.POST, first.post.id))
        await stage.pilot.resize_terminal(160, 45)
        await stage.settle()
        await stage.pilot.resize_terminal(80, 16)
        await stage.settle()
        assert seen(thread) == before


# What happens around the place


async def arrive(stage: Stage, *texts: str) -> None:
    """Posts come in at the top of the Timeline."""
    for text in texts:
        number = 1000 + len(stage.town.timeline)
        stage.town.timeline.insert(0, entry(post(number, FERN, 0, text), 1000 + number))
    await stage.tell(Change(Topic.FEED, 1))
    rows = stage.app.main.timeline.rows
    await stage.until(lambda: rows.rows[0].key.endswith(f"/{number}"))


def place_of(stage: Stage, row: str) -> int:
    """The place in the feed of the post that a row of the Timeline shows."""
    keys = [f"{one.key[0]}:{one.key[1]}" for one in stage.town.timeline]
    return keys.index(row)


def post_at(stage: Stage, place: int) -> EntryRow:
    """The post at a place in the feed."""
    found = stage.town.timeline[place]
    assert isinstance(found, EntryRow)
    return found


@pytest.mark.parametrize("size", [SIZES[0], SIZES[2]])
async def test_arrivals_edits_and_deletions_elsewhere_move_no_line(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, long_town(), size=size) as stage:
        timeline = await read_on(stage, "2")
        before = seen(timeline)
        await arrive(stage, "One.", "Two.", LONG)
        above = post_at(stage, 4)
        stage.town.timeline[4] = replace(above, post=replace(above.post, text=LONG))
        await stage.tell(Change(Topic.POST, above.post.id))
        await delete(stage, stage.app.main.timeline.rows.rows[3].key)
        assert seen(timeline) == before


async def delete(stage: Stage, row: str) -> EntryRow:
    """The author of the post that a row of the Timeline shows deletes it."""
    place = place_of(stage, row)
    gone = post_at(stage, place)
    del stage.town.timeline[place]
    asked = stage.town.asked.count("timeline_window")
    await stage.tell(Change(Topic.POST, gone.post.id))
    await stage.until(lambda: stage.town.asked.count("timeline_window") > asked)
    await stage.settle()
    return gone


@pytest.mark.parametrize("size", [SIZES[0], SIZES[2]])
async def test_what_the_reader_was_at_stays_as_one_line_until_it_is_scrolled_off(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with on_stage(monkeypatch, size=size) as stage:
        await stage.press("2", *"jjjjjjjj", "space")
        timeline = stage.app.main.timeline
        timeline.rows.scroll_lines(1 + timeline.rows.rows_on_screen()[0][1])
        await stage.settle()
        row = seen(timeline)[0]
        gone = await delete(stage, row)
        assert seen(timeline)[0] == row
        lines = [line for line in stage.lines() if "no longer here" in line]
        assert len(lines) == 1
        assert gone.post.author.name in lines[0]
        assert gone.post.text not in stage.text
        await arrive(stage, "And life goes on.")
        assert seen(timeline)[0] == row, "it stays while it is on the screen"
        await stage.press("space")
        await arrive(stage, "And on.")
        assert row not in [one.key for one in timeline.rows.rows]


async def test_keys_do_nothing_to_what_is_no_longer_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        await delete(stage, seen(stage.app.here)[0])
        stage.wait(1)
        await stage.press("f")
        assert "That is no longer here." in stage.text
        assert stage.called("acts.toggle") == []


async def test_a_post_that_goes_elsewhere_on_the_screen_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        await delete(stage, stage.app.main.timeline.rows.rows[1].key)
        assert "no longer here" not in stage.text


async def test_other_accounts_or_other_feeds_leave_no_tombstone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2", "8", "5", "t", "t", "t", "a", "6")
        assert "no longer here" not in stage.text


async def test_a_post_that_comes_back_takes_its_line_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        await stage.press("2")
        row = seen(stage.app.here)[0]
        gone = await delete(stage, row)
        assert "no longer here" in stage.text
        stage.town.timeline.insert(0, gone)
        await stage.tell(Change(Topic.FEED, 1))
        await stage.until(lambda: "no longer here" not in stage.text)
        assert "Printed the harbour map" in stage.text


@pytest.mark.parametrize("pane", ["1", "3", "4"])
async def test_ranked_panes_keep_the_selected_row_on_its_line(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, long_town(), size=SIZES[0]) as stage:
        here = await read_on(stage, pane)
        assert here.rows is not None
        lines = {row.key: line for row, line in here.rows.rows_on_screen()}
        key = seen(here)[2]
        newcomer = item(99, post(950, ODILE, MINUTE, "Just now."), Lane.TALK)
        stage.town.lanes[Lane.TALK].insert(0, newcomer)
        search = stage.town.searches[0]
        fresh = replace(search.hits[0], post=post(951, CAT, MINUTE, "Just now.", account=2))
        stage.town.searches = (
            replace(search, hits=(fresh, *search.hits)),
            *stage.town.searches[1:],
        )
        ((section, people),) = stage.town.people.sections
        stage.town.people = PeopleView(((section, people[1:]),))
        await stage.tell(
            *(Change(topic, 1) for topic in (Topic.INBOX, Topic.SEARCHES, Topic.PEOPLE))
        )
        assert seen(here)[2] == key
        assert {row.key: line for row, line in here.rows.rows_on_screen()}[key] == lines[key]


# The way back


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


@pytest.mark.parametrize("pane", PANES)
async def test_the_way_back_leads_to_the_same_line_of_every_pane(
    monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    async with on_stage(monkeypatch, long_town(), size=SIZES[2]) as stage:
        here = await read_on(stage, pane)
        before = seen(here)
        await stage.press("g", "i" if pane != "1" else "t", "G", "comma", "comma")
        assert stage.app.here is here
        assert seen(here) == before
