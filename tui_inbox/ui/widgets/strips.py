"""Drawn rows, kept while they are likely to be painted again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic

from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from tui_inbox.ui.widgets.row import Row, RowRenderer, T
from tui_inbox.ui.widgets.row_line import RowLine


def _as_it_is(data: Any) -> Any:
    return data


class StripCache(Generic[T]):
    """The lines of rows drawn for one width and on one ground, the least recently used forgotten.

    A strip also remembers how it was cut and encoded for the terminal, so handing out the same
    object again is what makes scrolling cheap.

    Args:
        renderer: Draws the rows.
    """

    def __init__(self, renderer: RowRenderer[T]) -> None:
        self.renderer = renderer
        self.tell: Callable[[T], T] = _as_it_is
        """What of a row's data is shown; it is asked when a row is drawn, not each time it is painted."""
        self.width = 0
        self.ground = Style.null()
        self._room = 0
        self._lines = 0
        self._drawn: OrderedDict[Hashable, list[Strip]] = OrderedDict()

    def __len__(self) -> int:
        """Lines held."""
        return self._lines

    def fit(self, width: int, ground: Style, room: int) -> None:
        """Draw for another width or ground from now on, and hold about `room` lines."""
        self._room = room
        if (width, ground) != (self.width, self.ground):
            self.width, self.ground = width, ground
            self.clear()

    def clear(self) -> None:
        """Forget all rows, as when the renderer's colours or clock have changed."""
        self._drawn.clear()
        self._lines = 0

    def lines(self, row: Row[T], *, selected: bool, focused: bool) -> list[Strip]:
        """Return the lines of a row, all as wide as the width."""
        look = (row.key, row.version, selected, focused)
        drawn = self._drawn.get(look)
        if drawn is not None:
            self._drawn.move_to_end(look)
            return drawn
        data = self.tell(row.data)
        seen = row if data is row.data else Row(row.key, row.version, data, row.selectable)
        drawn = [
            self._finish(strip)
            for strip in self.renderer.render(seen, self.width, selected=selected, focused=focused)
        ] or [self.blank]
        self._drawn[look] = drawn
        self._lines += len(drawn)
        while self._lines > self._room and len(self._drawn) > 1:
            _, oldest = self._drawn.popitem(last=False)
            self._lines -= len(oldest)
        return drawn

    def text(self, lines: Iterable[Content | str]) -> list[Strip]:
        """Return plain lines, folded to the width and as far from the edge as each begins; nothing in them is read
        as markup."""
        folded = [part for line in lines for part in self._folded(line)]
        return [self._finish(Strip(part.render_segments())) for part in folded]

    def _folded(self, line: Content | str) -> Sequence[Content]:
        content = line if isinstance(line, Content) else Content(line)
        words = content.plain.lstrip(" ")
        edge = min(len(content.plain) - len(words), self.width - 1) if words else 0
        return [part.pad_left(edge) for part in content[edge:].wrap(self.width - edge)]

    @property
    def blank(self) -> Strip:
        """An empty line."""
        return Strip.blank(self.width, self.ground)

    def _finish(self, strip: Strip) -> Strip:
        finished = strip.adjust_cell_length(self.width).apply_style(self.ground)
        if isinstance(strip, RowLine):
            return RowLine(finished, self.width, strip.text_at, strip.behind)
        return finished
