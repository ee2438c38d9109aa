"""Paints a viewport on Textual's line API.

A widget per row would cost a hundred thousand widgets; here a list of any length costs one screen.
After each change the screen is composed anew, which is cheap because drawn rows are kept, and
Textual is asked to paint only the lines that came out different: an arrival above the screen paints
nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic

from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from tui_inbox.ui.widgets.labelled import with_labels
from tui_inbox.ui.widgets.marking import copied, marked, part_marked
from tui_inbox.ui.widgets.row import Row, RowRenderer, T
from tui_inbox.ui.widgets.strips import StripCache
from tui_inbox.ui.widgets.viewport import Viewport

SCREENS_KEPT = 4
"""Screens of drawn lines to keep: the one shown, one each way, one of other looks."""


HOVERED = Style(underline=True)
MARKED = Style(reverse=True)
"""In every theme, and where there are few colours, too."""


class PaintedList(ScrollView, Generic[T], inherit_bindings=False):
    """A list of rows of any height on the screen; what moves it is up to the class that inherits.

    Args:
        renderer: Draws the rows.
        newest_first: Whether the head of the list is the newest row of a stream.
        empty_text: Lines to show when there are no rows; never read as markup.
        name: Name of the widget.
        id: Id of the widget in the DOM.
        classes: CSS classes of the widget.
    """

    # Nothing stands at a line's right end, so there is no scroll bar. CSS can bring one.
    DEFAULT_CSS = """
    PaintedList {
        width: 1fr;
        height: 1fr;
        overflow: hidden hidden;
    }
    """

    def __init__(
        self,
        renderer: RowRenderer[T],
        *,
        newest_first: bool = False,
        empty_text: Sequence[Content | str] = (),
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._strips = StripCache(renderer)
        self._view = Viewport(self._measure, self._estimate, hold_selection=not newest_first)
        self._empty_text = empty_text
        self._screen: list[Strip] = []
        self._labels: tuple[Mapping[str, str], Style] = ({}, Style.null())
        self._hovered: tuple[int, int, int] | None = None
        """Line, and first and last character, of what the mouse is over and would do something."""

    @property
    def renderer(self) -> RowRenderer[T]:
        """What draws the rows. Setting another one draws them all again."""
        return self._strips.renderer

    @renderer.setter
    def renderer(self, renderer: RowRenderer[T]) -> None:
        self._strips.renderer = renderer
        self._strips.clear()
        if self._view.height:
            self._view.resize(self._view.height, reflow=True)
        self._settle()

    def tell_rows(self, tell: Callable[[T], T]) -> None:
        """Show of each row's data what a function makes of it; the rows themselves stay as they are."""
        self._strips.tell = tell
        self.invalidate()

    def invalidate(self) -> None:
        """Draw all rows again, as when the colours or the clock of the renderer have changed."""
        self._strips.clear()
        self._view.lay_out()
        self._settle()

    def text_of(self, row: Row[T]) -> list[str]:
        """The lines of a row as they are drawn where it is selected, without their style."""
        return [strip.text for strip in self._lines_of(row, True)]

    def show_labels(self, labels: Mapping[str, str], style: Style) -> None:
        """Draw labels over the first cells of rows, by their keys, instead of those of before."""
        self._labels = labels, style
        self._settle()

    @property
    def empty_text(self) -> Sequence[Content | str]:
        """Lines to show when there are no rows."""
        return self._empty_text

    @empty_text.setter
    def empty_text(self, lines: Sequence[Content | str]) -> None:
        self._empty_text = lines
        self._settle()

    # What Textual asks for

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen, each part of which knows where in it it stands: so Textual finds the place of
        the mouse in the text."""
        self._fit()
        line = self._screen[y] if y < len(self._screen) else self._strips.blank
        return line.apply_offsets(0, y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the screen.

        Textual would wrap each line in a new strip, which forgets how the old one was cut and
        encoded for the terminal. Handing out the kept ones scrolls three times as fast.
        """
        self._fit()
        if crop.column_span != (0, self._strips.width) or self._is_decorated():
            return super().render_lines(crop)
        lines = self._screen[crop.y : crop.bottom]
        if self._hovered is not None or self.text_selection is not None:
            lines = [self._with_mouse(line, y) for y, line in enumerate(lines, crop.y)]
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            lines = [strip.apply_filter(line_filter, background) for strip in lines]
        return lines

    def _is_decorated(self) -> bool:
        """Whether CSS adds something around the lines or changes them."""
        styles = self.styles
        return bool(
            styles.gutter
            or any(edge for edge, _ in styles.outline)
            or styles.tint.a
            or styles.has_rule("hatch")
            or self.opacity != 1
            or styles.text_opacity != 1
        )

    def _with_mouse(self, line: Strip, y: int) -> Strip:
        """A line with what is marked in it, or what the mouse is over."""
        selection = self.text_selection
        part = None if selection is None else part_marked(line, selection, y)
        if self._hovered is not None and self._hovered[0] == y:
            line = marked(line, *self._hovered[1:], HOVERED)
        return line if part is None else marked(line, *part, MARKED)

    # Text that is marked

    @property
    def text_selection(self) -> Selection | None:
        """What is marked in it. A page that was just closed is painted once more, and has no screen by then."""
        return super().text_selection if self.is_attached else None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the marked text as it was written, and what stands behind it if more follows elsewhere."""
        return copied(self._screen, selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is marked."""
        self.refresh()

    def _keep_marks(self, before: Sequence[Strip]) -> None:
        """Nothing is marked any more if the text that is has changed or moved; ages and looks may change."""
        selection = self.text_selection
        if selection is not None and copied(before, selection) != copied(self._screen, selection):
            self.screen.clear_selection()

    def on_resize(self) -> None:
        """Settle for a new size; it is painted already."""
        self._settle()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw the selected row for the new focus."""
        super().watch_has_focus(has_focus)
        self._settle()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow a scroll bar or `scroll_to`: only they scroll by assigning."""
        if self._fit():
            return  # nobody scrolled: Textual clamped the old value to a new size
        if round(old_value) != round(new_value):
            self._view.scroll_to_line(round(new_value))
            self._view.select_seen()
            self._settle()

    # Rows to lines

    def _measure(self, row: Row[T], selected: bool) -> int:
        return len(self._lines_of(row, selected))

    def _estimate(self, row: Row[T]) -> int:
        return self._strips.renderer.estimate(row, self._strips.width)

    def _lines_of(self, row: Row[T], selected: bool) -> list[Strip]:
        return self._strips.lines(row, selected=selected, focused=selected and self.has_focus)

    def _compose_screen(self) -> list[Strip]:
        """Return the strips of all lines of the screen."""
        height = self._view.height
        screen = [] if self._view.rows else self._strips.text(self._empty_text)
        for place, line, _ in self._view.seen:
            lines = self._lines_of(self._view.rows[place], place == self._view.selected)
            screen += lines[max(0, -line) :]
        del screen[height:]
        screen += [self._strips.blank] * (height - len(screen))
        labels, style = self._labels
        seen = [(self._view.rows[one.place], one.line) for one in self._view.seen] if labels else ()
        return with_labels(screen, seen, labels, self._strips.ground + style)

    # Lines to the screen

    def _fit(self) -> bool:
        """Lay out for the size and ground the widget has now; return whether they were others.

        Textual paints a new size before it sends `Resize`, so painting asks as well. A hidden
        widget has no size: it keeps its last one.
        """
        width, height = self.scrollable_content_region.size
        ground = self.visual_style.rich_style
        reflow = width != self._strips.width
        if not width or not height:
            return False
        if not reflow and height == self._view.height and ground == self._strips.ground:
            return False
        self._strips.fit(width, ground, room=SCREENS_KEPT * height)
        self._view.resize(height, reflow=reflow)
        self._screen = self._compose_screen()
        return True

    def _settle(self) -> None:
        """After any change: paint the lines that differ."""
        if not self.is_attached:
            return
        if self._fit():
            self.refresh()
        if not self._view.height:
            return
        before, self._screen = self._screen, self._compose_screen()
        self._keep_marks(before)
        changed = [
            Region(0, start, self._strips.width, stop - start)
            for start, stop in _differences(before, self._screen)
        ]
        if changed:
            self.refresh(*changed)
        self._publish_scroll()

    def _publish_scroll(self) -> None:
        """Let Textual know how long the list is, and what part of it is shown.

        Assigning `virtual_size` would lay out the whole screen again, and assigning `scroll_y`
        repaint the list; neither is needed, as the size of the widget does not depend on them.
        """
        view = self._view
        self.set_reactive(Widget.virtual_size, Size(self._strips.width, view.total))
        self.set_reactive(Widget.scroll_y, view.offset)
        self.set_reactive(Widget.scroll_target_y, view.offset)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = view.total
            self.vertical_scrollbar.window_size = view.height
            self.vertical_scrollbar.position = view.offset


def _differences(old: Sequence[Strip], new: Sequence[Strip]) -> Iterable[tuple[int, int]]:
    """Yield the runs of lines, as (start, stop), that are not the same strips in two screens."""
    start = None
    for line, (one, other) in enumerate(zip(old, new, strict=True)):
        if one is not other:
            start = line if start is None else start
        elif start is not None:
            yield start, line
            start = None
    if start is not None:
        yield start, len(new)
