"""What is on the screen stays there: the viewport against a model that knows every height.

The model is the rule itself: take the row to hold and its screen line, count lines from the head of
the whole list to find the top of the screen, and move that only to leave no void.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ui.widgets.listing import EXTRA, Line, header, measure, row, rows, screen, selected, viewport

from tui_inbox.ui.widgets.moves import move, page, scroll
from tui_inbox.ui.widgets.row import Position, Row
from tui_inbox.ui.widgets.viewport import Viewport


def all_lines(view: Viewport[int]) -> list[Line]:
    """Return every line of the list."""
    return [
        (row.key, line)
        for place, row in enumerate(view.rows)
        for line in range(measure(row, place == view.selected))
    ]


def expected(view: Viewport[int], key: str, line: int) -> list[Line]:
    """Return the screen on which the row with this key begins on this line, voids filled."""
    lines = all_lines(view)
    top = lines.index((key, 0)) - line
    top = max(0, min(top, len(lines) - view.height))
    return lines[top : top + view.height]


small = st.integers(min_value=1, max_value=14)


class ListUnderChange(RuleBasedStateMachine):
    """A list that is read while all kinds of things happen to it; its first row is held."""

    hold_selection = False

    @initialize(height=st.integers(1, 12), count=st.integers(0, 12))
    def open(self, height: int, count: int) -> None:
        self.view = viewport(height, hold_selection=self.hold_selection)
        self.names = (f"row {number}" for number in range(10_000))
        self.view.show([row(next(self.names), 1 + number % 4) for number in range(count)])

    def changed(self, data: st.DataObject) -> list[Row[int]]:
        """Return the list after random inserts, removals, edits and moves."""
        fresh = list(self.view.rows)
        for _ in range(data.draw(st.integers(1, 3), "changes")):
            place = data.draw(st.integers(0, len(fresh)), "place")
            kind = data.draw(st.sampled_from(["insert", "remove", "edit", "move"]), "kind")
            if kind == "insert":
                flags = {"selectable": data.draw(st.booleans(), "selectable")}
                fresh.insert(place, row(next(self.names), data.draw(small, "lines"), **flags))
            elif place < len(fresh):
                old = fresh.pop(place)
                if kind == "edit":
                    version = hash(old.version) + 1
                    fresh.insert(place, row(old.key, data.draw(small, "lines"), version))
                elif kind == "move":
                    fresh.insert(data.draw(st.integers(0, len(fresh)), "to"), old)
        return fresh

    @rule(data=st.data())
    def show_a_changed_list(self, data: st.DataObject) -> None:
        view = self.view
        before = [(view.rows[seen.place].key, seen.line) for seen in view.seen]
        if self.hold_selection and view.selected is not None:
            first = view.rows[view.selected].key
            before.sort(key=lambda shown: shown[0] != first)
        view.show(self.changed(data))
        heights = {
            row.key: measure(row, place == view.selected) for place, row in enumerate(view.rows)
        }
        for key, line in before:
            if line + heights.get(key, -1_000) > 0:
                assert screen(view) == expected(view, key, line)
                break

    @rule(lines=st.integers(-25, 25))
    def scroll(self, lines: int) -> None:
        view = self.view
        if not view.rows:
            return
        top = view.seen[0]
        key, selected = view.rows[top.place].key, view.selected
        scroll(view, lines)
        if view.selected == selected:
            assert screen(view) == expected(view, key, top.line - lines)

    @rule(height=st.integers(1, 12))
    def resize(self, height: int) -> None:
        was_seen = self.view.seen_row(self.view.selected)
        self.view.resize(height, reflow=False)
        assert not was_seen or self.view.seen_row(self.view.selected)

    @rule(delta=st.sampled_from([-3, -1, 1, 2]))
    def move(self, delta: int) -> None:
        move(self.view, delta)

    @rule(lines=st.sampled_from([-9, -4, 4, 9]))
    def page(self, lines: int) -> None:
        page(self.view, lines)

    @precondition(lambda self: self.view.rows)
    @rule()
    def go_away_and_come_back(self) -> None:
        position = self.view.position()
        assert position is not None
        before, selected = screen(self.view), self.view.selected
        self.view.scroll(1_000)
        self.view.restore(position)
        if self.view.selected == selected:
            assert screen(self.view) == before

    @invariant()
    def the_screen_is_a_gapless_part_of_the_list(self) -> None:
        view = getattr(self, "view", None)
        if view is None:
            return
        shown, lines = screen(view), all_lines(view)
        assert len(shown) == min(view.height, len(lines))
        if shown:
            top = lines.index(shown[0])
            assert shown == lines[top : top + view.height]
            assert view.at_head == (top == 0)

    @invariant()
    def the_selection_is_on_a_row_that_can_be_selected(self) -> None:
        view = getattr(self, "view", None)
        if view is not None:
            assert (view.selected is None) == (not any(row.selectable for row in view.rows))
            assert view.selected is None or view.rows[view.selected].selectable


TestNewestFirst = ListUnderChange.TestCase
TestNewestFirst.settings = settings(max_examples=150, deadline=None)


class RankedListUnderChange(ListUnderChange):
    """The same list, with the selected row held while it is on the screen."""

    hold_selection = True


TestRanked = RankedListUnderChange.TestCase
TestRanked.settings = settings(max_examples=150, deadline=None)


def test_an_arrival_above_moves_nothing() -> None:
    view = viewport()
    view.show(rows(*"abcdefgh"))
    view.scroll(3)
    before = screen(view)
    view.splice(0, 0, [row("new", 5)])
    assert screen(view) == before
    assert view.rows_above == 2  # new, and a which is cut


def test_a_list_that_follows_lets_an_arrival_push_the_rest_down() -> None:
    view = viewport()
    view.show(rows(*"abcdefgh"))
    view.splice(0, 0, [row("new", 1)], follow=True)
    assert screen(view)[:2] == [("new", 0), ("a", 0)]
    view.scroll(1)
    view.splice(0, 0, [row("newer", 1)], follow=True)
    assert screen(view)[0] == ("a", 0)  # no longer at the head


def test_following_never_leaves_the_selection_behind() -> None:
    view = viewport(6)
    view.show(rows(*"abcdef"))
    for number in range(9):
        view.splice(0, 0, [row(f"new {number}")], follow=True)
    assert view.seen_row(view.selected)


def test_a_row_that_arrives_while_the_list_is_short_is_shown() -> None:
    view = viewport()
    view.show(rows("a", "b"))
    view.splice(0, 0, [row("new")])
    assert screen(view)[0] == ("new", 0)


def test_a_deleted_row_at_the_top_is_replaced_from_above() -> None:
    view = viewport(4)
    view.show(rows(*"abcdef"))
    view.place(2, -1)
    assert screen(view) == [("c", 1), ("d", 0), ("d", 1), ("e", 0)]
    view.show([shown for shown in view.rows if shown.key != "c"])
    assert screen(view) == [("b", 1), ("d", 0), ("d", 1), ("e", 0)]


def test_a_tombstone_at_the_top_edge_does_not_pull_the_text_up() -> None:
    view = viewport(4)
    view.show([row("a"), row("b", 6), *rows(*"cdef")])
    view.place(1, -4)
    assert screen(view) == [("b", 4), ("b", 5), ("c", 0), ("c", 1)]
    view.splice(1, 2, [row("b", 1, version=1)])
    assert screen(view) == [("a", 3), ("b", 0), ("c", 0), ("c", 1)]


def test_the_selected_conversation_stays_on_its_line_when_the_list_is_ranked_anew() -> None:
    view = viewport(6, hold_selection=True)
    view.show(rows(*"abcdefgh"))
    move(view, 3)
    line = view.seen_row(view.selected)
    order = "hgdacbef"
    view.show([row(key) for key in order])
    after = view.seen_row(view.selected)
    assert line is not None
    assert after is not None
    assert selected(view) == "d"
    assert after.line == line.line


def test_the_next_row_takes_over_from_a_selected_row_that_goes() -> None:
    view = viewport(8, hold_selection=True)
    view.show(rows(*"abcdefgh"))
    move(view, 2)
    before = screen(view)
    view.show(rows(*"abdefgh"))
    assert selected(view) == "d"
    assert screen(view)[:4] == before[:4]
    view.show([])
    assert selected(view) is None
    assert screen(view) == []


def test_another_width_keeps_the_same_share_of_the_top_row_above_the_screen() -> None:
    lines = {"narrow": 10, "wide": 5}
    width = "narrow"
    view: Viewport[int] = Viewport(
        lambda row, selected: lines[width], lambda row: 1, hold_selection=False
    )
    view.resize(10, reflow=False)
    view.show(rows(*"abcdefgh"))
    view.scroll(16)
    assert view.seen[0] == (1, -6, 10)
    width = "wide"
    view.resize(10, reflow=True)
    assert view.seen[0] == (1, -3, 5)


def test_a_smaller_screen_takes_the_selected_row_along_and_no_further() -> None:
    view = viewport(10)
    view.show(rows(*"abcdefgh"))
    move(view, 3)
    assert screen(view)[6:] == [("d", 0), ("d", 1), ("d", 2), ("d", 3)]
    view.resize(6, reflow=False)
    assert screen(view)[2:] == [("d", 0), ("d", 1), ("d", 2), ("d", 3)]


def test_a_tiny_screen_and_back_shows_the_same_lines_as_before() -> None:
    for hold_selection in (False, True):
        view = viewport(12, hold_selection=hold_selection)
        view.show(rows(*"abcdefghijklmnop"))
        view.scroll(5)
        view.select(4)
        before = screen(view)
        for height in (3, 1, 2):
            view.resize(height, reflow=True)
            assert view.seen_row(view.selected)
        view.resize(12, reflow=True)
        assert screen(view) == before


def test_what_was_moved_on_a_tiny_screen_stays_moved() -> None:
    view = viewport(12)
    view.show(rows(*"abcdefghijklmnop"))
    view.scroll(5)
    view.select(4)
    view.resize(4, reflow=False)
    move(view, 3)
    view.resize(5, reflow=False)
    assert screen(view)[:4] == [("h", 0), ("h", 1), ("h", 2), ("h", 3)]


def test_an_arrival_on_a_tiny_screen_does_not_cost_the_way_back() -> None:
    view = viewport(12)
    view.show(rows(*"abcdefghijklmnop"))
    view.scroll(5)
    view.select(4)
    before = screen(view)
    view.resize(3, reflow=False)
    view.splice(0, 0, [row("new")])
    view.resize(12, reflow=False)
    assert screen(view) == before


def test_another_height_moves_nothing_inside_a_long_row() -> None:
    view = viewport(5)
    view.show([row("a", 30), *rows(*"bcdefgh")])
    scroll(view, 25)
    for height in (3, 6, 9):
        view.resize(height, reflow=False)
        assert screen(view)[0] == ("a", 25)


def test_a_place_is_found_again_by_its_neighbours_when_its_row_has_gone() -> None:
    view = viewport(4)
    view.show(rows(*"abcdefgh"))
    view.scroll(7)
    position = view.position()
    assert position is not None
    assert (position.key, position.line_offset) == ("c", 1)
    view.show(rows(*"abdefgh"))
    view.scroll(-50)
    assert view.restore(position)
    assert screen(view)[0] == ("d", 0)
    view.show(rows(*"xyz"))
    assert not view.restore(position)


def test_a_place_asked_for_before_there_is_a_screen_is_shown_when_there_is() -> None:
    view: Viewport[int] = Viewport(measure, lambda row: 1, hold_selection=False)
    view.show([header("lane"), *rows(*"abcdefgh")])
    assert view.restore(Position("d", 1))
    view.resize(4, reflow=True)
    assert screen(view)[0] == ("d", 1)
    assert view.seen_row(view.selected)


def test_lines_above_and_in_all_become_exact_where_rows_were_drawn() -> None:
    view = viewport(100)
    view.show(rows(*"abc"))
    assert view.total == 2 * 3 + EXTRA
    assert view.offset == 0
