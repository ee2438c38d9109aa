"""How the selection moves through a list, and the screen with it.

In a list where nothing can be selected the same keys scroll.
"""

from __future__ import annotations

from typing import Any

from tui_inbox.ui.widgets.stops import next_stop, section_stop
from tui_inbox.ui.widgets.viewport import Viewport


def move(view: Viewport[Any], delta: int) -> None:
    """Move the selection by some selectable rows, towards the tail if positive.

    A selected row taller than the screen is scrolled to its end first, by half a screen. At the end
    of the list what cannot be selected there is shown.
    """
    if view.selected is None or not delta:
        view.scroll(delta)
        return
    step = 1 if delta > 0 else -1
    if scroll_inside(view, step * max(1, view.height // 2)):
        return
    target = view.selected
    for _ in range(abs(delta)):
        found = next_stop(view.rows, target + step, step)
        if found is None:
            break
        target = found
    if target == view.selected:
        view.scroll_to_end(step)
    else:
        view.select(target)
        view.reveal(target, coming=step)


def page(view: Viewport[Any], lines: int) -> None:
    """Scroll by some lines, and take the selection along to about the same screen line.

    A selected row taller than the screen is scrolled to its end first. Where nothing is left to
    scroll, the selection goes to the end of the list. Nothing is skipped: the row that is selected
    is not scrolled to, it is one of those on the screen.
    """
    if view.selected is None or not lines:
        view.scroll(lines)
        return
    if scroll_inside(view, lines):
        return
    step = 1 if lines > 0 else -1
    here = view.seen_row(view.selected)
    if view.scroll(lines) == 0:
        select_end(view, step)
        return
    line = here.line if here else 0
    ahead = [row for row in view.stops_seen() if (row.place - view.selected) * step > 0]
    if ahead:
        view.select(min(ahead, key=lambda row: abs(row.line - line)).place)
    else:
        view.select_seen()


def select_end(view: Viewport[Any], step: int) -> None:
    """Select the last row if `step` is 1, the first if it is -1, and show that end."""
    target = next_stop(view.rows, len(view.rows) - 1 if step > 0 else 0, -step)
    if target is not None:
        view.select(target)
    view.scroll_to_end(step)


def select_section(view: Viewport[Any], step: int) -> bool:
    """Select the first row of the next section, or return False if there is none.

    A section outside the screen is shown from its beginning.
    """
    found = None if view.selected is None else section_stop(view.rows, view.selected, step)
    if found is None:
        return False
    section, entry = found
    on_screen = view.seen_row(section) and view.seen_row(entry)
    view.select(entry)
    if not on_screen:
        view.place(section, 0)
    view.reveal(entry, coming=step if on_screen else 1)
    return True


def reveal_section(view: Viewport[Any], heading: int) -> None:
    """Scroll by as little as shows how a section begins: its heading, and rows for half a screen.

    A heading outside the screen is left there.
    """
    head = view.seen_row(heading)
    if head is None:
        return
    lines = head.height
    for place in range(heading + 1, len(view.rows)):
        if view.rows[place].section or lines >= view.height // 2:
            break
        lines += view.measure(place)
    if head.line + lines > view.height:
        view.place(heading, max(0, view.height - lines))


def scroll(view: Viewport[Any], lines: int) -> None:
    """Scroll; the selection stays on its row, or on the screen when the row leaves that."""
    view.scroll(lines)
    view.select_seen()


def scroll_inside(view: Viewport[Any], lines: int) -> bool:
    """Scroll inside a selected row taller than the screen; False if it has no more to show."""
    seen = view.seen_row(view.selected)
    if seen is None or seen.height <= view.height:
        return False
    hidden = seen.line + seen.height - view.height if lines > 0 else -seen.line
    if hidden <= 0:
        return False
    view.scroll(min(lines, hidden) if lines > 0 else max(lines, -hidden))
    return True
