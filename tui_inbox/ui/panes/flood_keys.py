"""`l` and `h` on a flood: unfold what stands for it, fold it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.panes.feed_rows import FeedRows
from tui_inbox.ui.panes.feed_window import FeedWindow
from tui_inbox.ui.render.post import TimelineData
from tui_inbox.ui.widgets import Position, Row, RowList

UNFOLD, FOLD = "pane.right", "pane.left"
"""Ids of the two keys."""


def flood_acts(
    rows: RowList[TimelineData], made: FeedRows, window: FeedWindow
) -> Mapping[str, Callable[[], None]]:
    """What they do on the selected row; nothing where they go to other panes.

    Args:
        rows: the list.
        made: makes its rows.
        window: what is held.
    """
    row = rows.selected
    if row is None or not isinstance(row.data.entry, EntryRow):
        return {}
    floods, key = made.floods, row.data.entry.key

    def unfold() -> None:
        floods.unfold(key)
        # What stands too low to show what is unfolded below it goes up.
        line, height = _line_of(rows, row), rows.size.height
        _show_again(rows, made, window, row, line if line <= height // 2 else height // 3)

    def fold() -> None:
        line = _line_of(rows, row)
        floods.fold(key, window.rows)
        _show_again(rows, made, window, row, line)

    if row.data.more:
        return {UNFOLD: unfold}
    return {FOLD: fold} if floods.is_opened(key) else {}


def _line_of(rows: RowList[TimelineData], row: Row[TimelineData]) -> int:
    return {one.key: line for one, line in rows.rows_on_screen()}.get(row.key, 0)


def _show_again(
    rows: RowList[TimelineData],
    made: FeedRows,
    window: FeedWindow,
    row: Row[TimelineData],
    line: int,
) -> None:
    """Show what stands now, the row under the hand on a line of the screen."""
    rows.show(made.rows(window, rows.rows))
    rows.select_key(row.key, scroll=False)
    rows.restore(Position(row.key, -line))
