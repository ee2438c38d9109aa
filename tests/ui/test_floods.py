"""Much by one person in a row: what stands, what is folded, and that nothing on the screen moves because of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from ui.stage import Stage, on_stage
from ui.town import FERN, FERRY, ODILE, entry, post, usual_town
from ui.town_store import Town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.moment import HOUR, MINUTE, Millis
from tui_inbox.queries.rows import EntryRow, PersonLabel, TimelineRow
from tui_inbox.ui.panes.feed_rows import FeedRows
from tui_inbox.ui.panes.feed_window import FeedWindow
from tui_inbox.ui.panes.floods import LEAST, MOST, Floods
from tui_inbox.ui.render.post import TimelineData
from tui_inbox.ui.services import Look
from tui_inbox.ui.widgets.viewport import Viewport


def said(id_: int, who: PersonLabel, ago: Millis, *, by: int | None = None) -> EntryRow:
    """A post of somebody's that may be folded, unless they are somebody one talks with."""
    row = entry(post(id_, who, ago, f"Said {id_}."), id_)
    whose = (0 if who.partner else who.id) if by is None else by
    return replace(row, brought_by=whose)


def ids(rows: list[TimelineRow]) -> list[int]:
    return [row.post.id for row in rows if isinstance(row, EntryRow)]


def flood(count: int, *, first: int = 900, ago: Millis = 0) -> list[TimelineRow]:
    """So many posts of the ferry's, newest first."""
    return [said(first - n, FERRY, ago + n * MINUTE) for n in range(count)]


# What stands


def test_few_posts_in_a_row_stand() -> None:
    assert ids(Floods().rows(flood(LEAST - 1))) == [900, 899]


def test_of_many_the_newest_stands_and_says_how_many_more_there_are() -> None:
    kept = Floods()
    rows = flood(5)
    assert ids(kept.rows(rows)) == [900]
    assert kept.more(rows[0].key) == 4


def test_somebody_else_between_them_ends_a_flood() -> None:
    rows = [*flood(4), said(800, FERN, 10 * MINUTE), *flood(4, first=700, ago=20 * MINUTE)]
    assert ids(Floods().rows(rows)) == [900, 800, 700]


def test_posts_far_apart_are_no_flood() -> None:
    rows: list[TimelineRow] = [said(900 - n, FERRY, n * 2 * HOUR) for n in range(5)]
    assert ids(Floods().rows(rows)) == [900, 899, 898, 897, 896]


def test_what_must_not_be_folded_stands_and_parts_what_stands_around_it() -> None:
    rows = [*flood(3), said(800, FERRY, 3 * MINUTE, by=0), *flood(3, first=700, ago=4 * MINUTE)]
    assert ids(Floods().rows(rows)) == [900, 800, 700]


def test_a_long_flood_brings_rows_all_the_same() -> None:
    assert len(Floods().rows(flood(2 * MOST + 3))) == 3


def test_where_nothing_is_to_be_folded_everything_stands() -> None:
    assert len(Floods(folds=False).rows(flood(9))) == 9


# What changes


def test_what_arrives_goes_under_the_row_that_is_shown() -> None:
    kept = Floods()
    rows = flood(5)
    for start in (4, 3):  # two came, and were shown, one by one
        kept.rows(rows[start:])
    for start in (2, 1, 0):
        assert ids(kept.rows(rows[start:])) == [897, 896]
    assert kept.more(rows[3].key) == 3
    assert kept.head(rows[0].key) == rows[3].key


def test_when_the_row_is_deleted_the_newest_of_the_others_stands() -> None:
    kept = Floods()
    rows = flood(5)
    kept.rows(rows)
    assert ids(kept.rows(rows[1:])) == [899]
    assert kept.more(rows[1].key) == 3


def test_what_is_edited_to_name_the_owner_stands_at_once() -> None:
    kept = Floods()
    rows = flood(5)
    kept.rows(rows)
    named = rows[2]
    assert isinstance(named, EntryRow)
    rows[2] = replace(named, brought_by=0)
    assert 898 in ids(kept.rows(rows))


def test_what_stood_near_the_kept_place_stands_after_a_new_start() -> None:
    kept = Floods()
    rows = flood(6)
    kept.begin({rows[3].key, rows[4].key})
    assert ids(kept.rows(rows)) == [897, 896]


def test_unfolded_they_all_stand_and_folded_again_the_row_under_the_hand_does() -> None:
    kept = Floods()
    rows = flood(5)
    kept.rows(rows)
    kept.unfold(rows[0].key)
    assert ids(kept.rows(rows)) == [900, 899, 898, 897, 896]
    more = [said(901, FERRY, -MINUTE), *rows]
    assert ids(kept.rows(more)) == [901, 900, 899, 898, 897, 896]  # it stays open
    kept.fold(rows[2].key, more)
    assert ids(kept.rows(more)) == [898]
    assert kept.more(rows[2].key) == 5


WHO = (FERRY, FERN, ODILE)


@given(
    arrivals=st.lists(
        st.tuples(st.sampled_from(WHO), st.integers(0, 40), st.sampled_from("adlh")), max_size=60
    )
)
def test_what_stands_and_what_is_folded_is_everything_and_no_row_goes_by_itself(
    arrivals: list[tuple[PersonLabel, int, str]],
) -> None:
    """Posts arrive anywhere, some are deleted, floods are unfolded and folded."""
    kept = Floods()
    held: list[TimelineRow] = []
    shown: list[TimelineRow] = []
    for number, (who, minute, what) in enumerate(arrivals):
        before = ids(shown)
        if what == "a" or not shown:
            held.append(said(number, who, minute * MINUTE))
            held.sort(key=lambda row: row.key, reverse=True)
        place = minute % len(shown) if shown else 0
        if what == "d" and shown:
            held.remove(shown[place])
            before.remove(ids([shown[place]])[0])
        elif what == "l" and shown:
            kept.unfold(shown[place].key)
        elif what == "h" and shown and kept.is_opened(shown[place].key):
            kept.fold(shown[place].key, held)
            before = ids([shown[place]])  # what was unfolded goes; the row under the hand stays
        shown = kept.rows(held)
        stands = ids(shown)
        assert [row for row in held if row in shown] == shown
        assert sum(1 + kept.more(row.key) for row in shown) == len(held)
        assert set(before) <= set(stands)
        for row in held:
            assert kept.head(row.key) in {one.key for one in shown}
            if isinstance(row, EntryRow) and not row.brought_by:
                assert row in shown


@given(
    begin=st.lists(st.sampled_from(WHO), min_size=4, max_size=30),
    arrivals=st.lists(st.tuples(st.sampled_from(WHO), st.booleans(), st.integers(0, 40))),
    down=st.integers(0, 40),
    height=st.integers(3, 12),
)
def test_whoever_reads_sees_no_row_move(
    begin: list[PersonLabel],
    arrivals: list[tuple[PersonLabel, bool, int]],
    down: int,
    height: int,
) -> None:
    """Posts arrive at the top, or late within a flood that is folded, while somebody reads somewhere."""
    made = FeedRows((), folds=True)
    view: Viewport[TimelineData] = Viewport(
        lambda row, selected: 2 + int(row.key.rpartition("/")[2]) % 3,
        lambda row: 3,
        hold_selection=False,
    )
    view.resize(height, reflow=True)
    held: list[TimelineRow] = [
        said(500 - n, who, HOUR + n * MINUTE) for n, who in enumerate([*begin, *[ODILE] * 12])
    ]  # a full screen
    view.show(made.rows(FeedWindow(tuple(held)), view.rows))
    view.scroll(down)
    for number, (who, late, place) in enumerate(arrivals):
        before = [(view.rows[seen.place].key, seen.line) for seen in view.seen]
        fresh = said(600 + number, who, 30 * MINUTE - number * 1000)
        folded = [row for row in held if made.floods.head(row.key) != row.key]
        if late and folded:  # below one that is folded, so within its flood
            above = folded[place % len(folded)]
            assert isinstance(above, EntryRow)
            fresh = replace(
                fresh, key=(above.key[0] - 1, fresh.key[1]), brought_by=above.brought_by
            )
        held.append(fresh)
        held.sort(key=lambda row: row.key, reverse=True)
        view.show(made.rows(FeedWindow(tuple(held)), view.rows))
        assert [(view.rows[seen.place].key, seen.line) for seen in view.seen] == before


# On the screen


@pytest.fixture
def town() -> Town:
    """The town with five posts of the ferry's below the newest one."""
    town = usual_town()
    rows = [said(800 - n, FERRY, 3 * MINUTE + n * 1000) for n in range(5)]
    town.timeline[1:1] = rows
    return town


async def arrives(stage: Stage, *rows: EntryRow) -> None:
    stage.town.timeline[:0] = [replace(row, seq=5000 + row.seq) for row in rows]
    await stage.tell(Change(Topic.FEED, 1))


async def test_a_flood_is_one_row_that_unfolds_and_folds(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "j")
        assert "night ferry news · 4 more from them, l unfolds" in stage.text
        assert "Said 800." in stage.text
        assert "Said 799." not in stage.text
        (line,) = [n for n, text in enumerate(stage.lines()) if "Said 800." in text]
        await stage.press("l")
        assert "more from them" not in stage.text
        assert "Said 796." in stage.text
        assert "Said 800." in stage.lines()[line]
        assert stage.text.count("night ferry news · h folds them again") == 1
        await stage.press("j", "j", "h")
        assert "h folds them again" not in stage.text
        assert "Said 798." in stage.text
        assert "Said 800." not in stage.text
        assert "night ferry news · 4 more from them, l unfolds" in stage.text
        selected = stage.app.main.timeline.rows.selected
        assert selected is not None
        assert "no longer here" not in stage.text


async def test_h_and_l_go_to_the_panes_where_nothing_is_folded(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "h")
        assert stage.app.here is stage.app.main.inbox


async def test_a_flood_that_goes_on_moves_nothing(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    del town.timeline[0]  # the flood stands at the top
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        before = stage.lines()
        for number in range(6):
            await arrives(stage, said(810 + number, FERRY, 2 * MINUTE - number * 1000))
            stage.wait(1)  # news come four times a second at most
            await stage.until(lambda more=5 + number: f"{more} more from them" in stage.text)  # type: ignore[misc]  # bound now
        after = stage.lines()
        assert "new above" not in stage.text  # they are in the row that is seen
        assert [row for row in before if "more from them" not in row] == [
            row for row in after if "more from them" not in row
        ]


async def test_a_flood_above_is_counted_with_all_that_is_in_it(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        before = stage.lines()
        rows = [said(820 + n, FERN, MINUTE - n * 1000) for n in reversed(range(7))]
        await arrives(stage, *rows)
        assert "7 new above, . shows them" in stage.text
        assert stage.lines()[4:20] == before[4:20]
        await stage.press("full_stop")
        assert "6 more from them, l unfolds" in stage.text
        assert "new above" not in stage.text


async def test_a_new_start_shows_what_was_shown(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "j")
        await arrives(stage, said(810, FERRY, 3 * MINUTE - 1000))
        stage.app.main.timeline.keep_place()
        kept = {done.args[0]: done.args[1] for done in stage.called("places.keep")}
        before = stage.lines()[4:20]
        assert "5 more from them" in stage.text
    town.positions.update(kept)
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2")
        assert stage.lines()[4:20] == before


async def test_what_somebody_passes_on_is_theirs(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    town.timeline[1:1] = [
        replace(
            entry(post(850 - n, FERN, MINUTE * 2 + 30_000 + n, f"Tune {n}.", boosters=(ODILE,)), n),
            brought_by=ODILE.id,
        )
        for n in range(4)
    ]
    async with on_stage(monkeypatch, town) as stage:
        assert "fern & ledger · 3 more from odile fenn, l unfolds" in stage.text


async def test_nothing_is_folded_where_the_settings_say_so(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town, look=Look(folds_floods=False)) as stage:
        assert "Said 799." in stage.text
        assert "more from them" not in stage.text


async def test_the_way_back_leads_to_a_row_that_was_folded_meanwhile(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    async with on_stage(monkeypatch, town) as stage:
        await stage.press("2", "j", "l", "j", "j", "j", "G", "comma")
        selected = stage.app.main.timeline.rows.selected
        assert selected is not None
        assert "Said 797." in stage.text
