"""The list in a running application of 80x24: what a reader sees, presses and clicks."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.pilot import Pilot
from ui.widgets.listing import LineRenderer, ListApp, header, row, rows

from tui_inbox.ui.widgets import Position, Row, RowList, Side

SIZE = (80, 24)
MANY = [f"{number:03}" for number in range(200)]


def newest_first(extra: int = 0) -> ListApp:
    """Return an app with a timeline."""
    return ListApp(RowList(LineRenderer(extra), newest_first=True))


def ranked(extra: int = 0) -> ListApp:
    """Return an app with a ranked list."""
    return ListApp(RowList(LineRenderer(extra)))


async def shown(app: ListApp, pilot: Pilot[None], *given: Row[int]) -> RowList[int]:
    """Show rows in the list of an app, and forget what it told about them."""
    app.row_list.show(given)
    await pilot.pause()
    app.told.clear()
    return app.row_list


async def test_rows_are_drawn_from_the_top_and_the_first_is_selected() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        app.row_list.show([header("lane"), *rows("a", "b")])
        await pilot.pause()
        assert app.text()[:6] == [" lane/0", ">a/0", ">a/1", " b/0", " b/1", ""]
        assert [told.row.key for told in app.heard(RowList.Selected)] == ["a"]


async def test_the_keys_of_the_application_move_the_selection() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, header("one"), *rows(*MANY), header("two"), row("z"))
        visited = []
        for key in ("j", "j", "k", "ctrl+d", "ctrl+u", "space", "b", "G", "{", "g", "}"):
            await pilot.press(key)
            assert row_list.selected
            visited.append(row_list.selected.key)
        assert " ".join(visited) == "001 002 001 007 001 012 000 z 000 000 z"


async def test_enter_opens_the_selected_row() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        assert app.heard(RowList.Activated) == []
        await shown(app, pilot, *rows("a", "b"))
        await pilot.press("j", "enter")
        assert [told.row.key for told in app.heard(RowList.Activated)] == ["b"]


async def test_of_several_selections_in_one_go_only_the_last_is_told() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows("a", "b", "c"))
        row_list.move(1)
        row_list.move(1)
        await pilot.pause()
        assert [told.row.key for told in app.heard(RowList.Selected)] == ["c"]


@pytest.mark.parametrize("place", [0, 3, 40])
async def test_what_is_on_the_screen_stays_when_rows_come_above_it(place: int) -> None:
    renderer = LineRenderer(extra=2)
    app = ListApp(RowList(renderer, newest_first=True))
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        for _ in range(10):
            await pilot.press("space")
        before = app.text()
        drawn = renderer.drawn
        row_list.splice(place, place, [row("new", 5)])
        await pilot.pause()
        assert app.text() == before
        assert renderer.drawn == drawn
        row_list.show([shown for shown in row_list.rows if shown.key not in ("new", "001", "050")])
        await pilot.pause()
        assert app.text() == before


async def test_a_row_that_comes_in_between_moves_only_what_is_below_it() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        before = app.text()
        row_list.show([*rows(*MANY[:5]), row("late"), *rows(*MANY[5:])])
        await pilot.pause()
        assert app.text()[:10] == before[:10]
        assert app.text()[10:12] == [" late/0", " late/1"]
        assert app.text()[12:] == before[10:-2]


async def test_a_list_that_follows_shows_what_arrives() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        row_list.insert_head([row("one")])
        await pilot.pause()
        assert app.text()[0] == ">000/0"
        assert row_list.rows_above == 1
        row_list.top()
        row_list.follow = True
        row_list.insert_head([row("two")])
        await pilot.pause()
        assert app.text()[:3] == [" two/0", " two/1", ">one/0"]
        assert row_list.at_head


async def test_an_insert_lays_out_nothing_and_an_unseen_one_paints_nothing() -> None:
    painted: list[Region] = []

    class WatchedList(RowList[int]):
        def refresh(self, *regions: Region, **options: bool) -> WatchedList:
            painted.extend(regions or [self.region])
            return super().refresh(*regions, **options)

    app = ListApp(WatchedList(LineRenderer(), newest_first=True))
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        layouts: list[Any] = []
        app.screen.screen_layout_refresh_signal.subscribe(row_list, layouts.append)
        painted.clear()
        row_list.insert_head(rows("new", "newer"))
        await pilot.pause()
        assert painted == []
        row_list.move(1)
        await pilot.pause()
        assert painted == [Region(0, 0, 80, 4)]
        row_list.move(3)
        await pilot.pause()
        assert painted[1:] == [Region(0, 2, 80, 2), Region(0, 8, 80, 2)]
        assert layouts == []
        assert row_list.virtual_size.height == 3 * 202 - 12
        assert row_list.scroll_y == 3 * 2


async def test_a_selected_row_may_grow_and_lines_above_it_stay() -> None:
    app = ranked(extra=1)
    async with app.run_test(size=SIZE) as pilot:
        await shown(app, pilot, *rows("a", "b", "c"))
        assert app.text()[:5] == [">a/0", ">a/1", ">a/2", " b/0", " b/1"]
        await pilot.press("j")
        assert app.text()[:5] == [" a/0", " a/1", ">b/0", ">b/1", ">b/2"]
        await pilot.press("k")
        assert app.text()[:5] == [">a/0", ">a/1", ">a/2", " b/0", " b/1"]


async def test_space_reads_a_long_post_to_its_end_first() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        await shown(app, pilot, row("long", 60), *rows("x", "y"))
        await pilot.press("space")
        assert (app.text()[0], app.text()[-1]) == (">long/23", ">long/46")
        await pilot.press("space")
        assert app.text()[-1] == ">long/59"
        await pilot.press("space")
        assert app.text()[-4:] == [">x/0", ">x/1", " y/0", " y/1"]


async def test_more_rows_are_asked_for_two_screens_before_an_end_once_each() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        app.row_list.show(rows(*MANY))
        await pilot.pause()
        assert [told.side for told in app.heard(RowList.NearEnd)] == [Side.HEAD]
        app.row_list.scroll_lines(200)
        await pilot.pause()
        assert app.heard(RowList.NearEnd) == []
        app.row_list.scroll_lines(150)
        await pilot.pause()
        assert [told.side for told in app.heard(RowList.NearEnd)] == [Side.TAIL]
        app.row_list.scroll_lines(5)
        await pilot.pause()
        assert app.heard(RowList.NearEnd) == []
        app.row_list.append_tail(rows("older"))
        await pilot.pause()
        assert [told.side for told in app.heard(RowList.NearEnd)] == [Side.TAIL]


async def test_scrolling_is_told_with_the_place_it_came_to() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        row_list.scroll_lines(7)
        await pilot.pause()
        (told,) = app.heard(RowList.Scrolled)
        assert (told.position.key, told.position.line_offset) == ("003", 1)
        row_list.scroll_lines(100)
        assert row_list.restore(told.position)
        await pilot.pause()
        assert app.text()[0] == " 003/1"
        assert row_list.rows_on_screen()[:2] == [(row("003"), -1), (row("004"), 1)]
        assert not row_list.restore(Position("unknown"))


async def test_a_key_is_selected_by_name() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, header("lane"), *rows(*MANY))
        assert row_list.select_key("150")
        await pilot.pause()
        assert ">150/0" in app.text()
        before = app.text()
        assert row_list.select_key("003", scroll=False)
        await pilot.pause()
        assert app.text() == [line.replace(">", " ") for line in before]
        assert not row_list.select_key("lane")
        assert not row_list.select_key("unknown")


async def test_a_newer_version_of_a_row_takes_its_place() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows("a", "b", "c"))
        assert row_list.update_row(row("b", 1, version=1))
        assert not row_list.update_row(row("unknown"))
        await pilot.pause()
        assert app.text()[:5] == [">a/0", ">a/1", " b/0", " c/0", " c/1"]


async def test_a_key_given_twice_is_refused_and_changes_nothing() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows("a", "b"))
        for wrong in (rows("c", "c"), rows("b")):
            with pytest.raises(ValueError, match="same key"):
                row_list.insert_head(wrong)
        with pytest.raises(IndexError):
            row_list.splice(1, 3, [])
        assert [shown.key for shown in row_list.rows] == ["a", "b"]


async def test_a_click_selects_and_moves_nothing_and_the_next_one_opens() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        await shown(app, pilot, header("lane"), *rows(*MANY))
        await pilot.click(RowList, offset=(5, 23))
        assert app.text()[1::22] == [" 000/0", ">011/0"]
        await pilot.pause(0)
        await pilot.click(RowList, offset=(5, 0))
        assert app.heard(RowList.Activated) == []
        await pilot.click(RowList, offset=(5, 23))
        assert [told.row.key for told in app.heard(RowList.Activated)] == ["011"]


async def test_a_double_click_opens_a_row_once() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        await shown(app, pilot, *rows("a", "b"))
        await pilot.double_click(RowList, offset=(5, 2))
        assert [told.row.key for told in app.heard(RowList.Activated)] == ["b"]
        await pilot.click(RowList, offset=(5, 9))
        await pilot.double_click(RowList, offset=(5, 0))
        await pilot.double_click(RowList, offset=(5, 1))
        assert [told.row.key for told in app.heard(RowList.Activated)] == ["a", "a"]


class TwoLists(App[None]):
    """Two lists side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.left = RowList(LineRenderer(), id="left")
        self.right = RowList(LineRenderer(), id="right")

    def compose(self) -> ComposeResult:
        yield Horizontal(self.left, self.right)

    def on_mount(self) -> None:
        for row_list in (self.left, self.right):
            row_list.show(rows(*MANY))


async def test_the_wheel_scrolls_the_list_under_it_and_the_selection_stays_while_it_can() -> None:
    app = TwoLists()
    async with app.run_test(size=SIZE) as pilot:
        app.left.move(2)
        await pilot._post_mouse_events([events.MouseScrollDown], "#left")
        assert app.left.rows_on_screen()[0] == (row("001"), 0)
        assert app.left.selected == row("002")
        for _ in range(3):
            await pilot._post_mouse_events([events.MouseScrollDown], "#left")
        assert app.left.selected == row("004")
        await pilot._post_mouse_events([events.MouseScrollUp], "#left")
        assert app.left.rows_on_screen()[0] == (row("003"), 0)
        assert app.left.selected == row("004")
        assert app.right.at_head
        await pilot._post_mouse_events([events.MouseScrollDown], "#right", shift=True)
        assert app.right.rows_on_screen()[0] == (row("011"), -1), "a page, but for one line"


async def test_the_selected_row_is_drawn_for_the_focus() -> None:
    app = TwoLists()
    async with app.run_test(size=SIZE) as pilot:
        assert app.left.render_line(0).text.startswith(">000/0")
        assert app.right.render_line(0).text.startswith("|000/0")
        await pilot.press("tab")
        assert app.left.render_line(0).text.startswith("|000/0")
        assert app.right.render_line(0).text.startswith(">000/0")


async def test_an_empty_list_says_so_and_never_reads_it_as_markup() -> None:
    words = "[b]Nobody[/b] waits for you. " * 3
    app = ListApp(RowList(LineRenderer(), empty_text=["", words, Content("2 strangers")]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert " ".join(app.text()[:4]).split() == [*words.split(), "2", "strangers"]
        app.row_list.empty_text = ["reading from the server"]
        await pilot.pause()
        assert app.text()[:2] == ["reading from the server", ""]
        row_list = await shown(app, pilot, *rows("a"))
        assert app.text()[0] == ">a/0"
        row_list.show([])
        await pilot.pause()
        assert app.text()[0] == "reading from the server"
        assert [told.row for told in app.heard(RowList.Selected)] == [None]


async def test_what_an_empty_list_says_goes_on_where_it_began() -> None:
    app = ListApp(RowList(LineRenderer(), empty_text=["  " + "Nobody waits at the door. " * 8]))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        lines = [line for line in app.text() if line]
        assert len(lines) > 1
        assert all(line.startswith("  ") and line[2] != " " for line in lines)


async def test_another_size_of_the_terminal_keeps_the_top_row() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        row_list.scroll_lines(41)
        await pilot.resize_terminal(60, 40)
        assert app.text()[0] == " 020/1"
        assert len([line for line in app.text() if line]) == 40
        await pilot.resize_terminal(120, 5)
        assert app.text() == [" 020/1", ">021/0", ">021/1", " 022/0", " 022/1"]


async def test_a_bigger_terminal_at_the_end_of_the_list_shows_more_above() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *[row(key, 5) for key in MANY])
        row_list.bottom()
        await pilot.resize_terminal(80, 43)
        assert (app.text()[0], app.text()[-1]) == (" 191/2", ">199/4")


async def test_rows_shown_while_the_list_is_hidden_are_there_when_it_is_not() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        row_list.scroll_lines(10)
        row_list.display = False
        await pilot.pause()
        row_list.insert_head(rows("new"))
        await pilot.pause()
        row_list.display = True
        row_list.focus()
        await pilot.pause()
        assert app.text()[0] == ">005/0"


async def test_rows_and_a_place_given_before_the_first_paint_are_what_it_shows() -> None:
    app = newest_first()
    app.row_list.show(rows(*MANY))
    app.row_list.restore(Position("100", 1))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.text()[:2] == [" 100/1", ">101/0"]


async def test_lines_lie_on_the_ground_of_the_theme() -> None:
    app = ranked()
    async with app.run_test(size=SIZE) as pilot:
        await shown(app, pilot, *rows("a", "b"))

        def ground() -> set[str]:
            strips = app.screen._compositor.render_strips()
            colours = (style.bgcolor for strip in strips for _, style, _ in strip if style)
            return {colour.name for colour in colours if colour}

        before = ground()
        app.theme = "textual-light"
        await pilot.pause()
        assert len(before) == 1
        assert len(ground()) == 1
        assert ground() != before


async def test_css_may_put_a_border_and_a_scroll_bar_around_the_lines() -> None:
    app = ListApp(RowList(LineRenderer(guess=2), newest_first=True))
    app.row_list.styles.padding = (1, 2)
    app.row_list.styles.overflow_y = "scroll"
    app.row_list.styles.scrollbar_size_vertical = 1
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        assert app.text()[1].startswith("  >000/0")
        row_list.scroll_to(y=30, animate=False)
        await pilot.pause()
        assert app.text()[1].startswith("  >015/0")
        assert row_list.vertical_scrollbar.position == row_list.scroll_y
        before_the_bar = [line[:70].rstrip() for line in app.text()]
        row_list.insert_head(rows("new"))
        await pilot.pause()
        assert [line[:70].rstrip() for line in app.text()] == before_the_bar
        assert row_list.vertical_scrollbar.window_virtual_size == row_list.virtual_size.height


async def test_another_renderer_draws_everything_anew_in_the_same_place() -> None:
    app = newest_first()
    async with app.run_test(size=SIZE) as pilot:
        row_list = await shown(app, pilot, *rows(*MANY))
        row_list.scroll_lines(20)
        row_list.renderer = renderer = LineRenderer(extra=3)
        await pilot.pause()
        assert app.text()[:6] == [">010/0", ">010/1", ">010/2", ">010/3", ">010/4", " 011/0"]
        drawn = renderer.drawn
        row_list.invalidate()
        await pilot.pause()
        assert app.text()[5] == " 011/0"
        assert renderer.drawn > drawn
