"""A few lines of text that are drawn again only when they say something else."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from tui_inbox.ui.widgets.told import told_content


class Lines(Widget):
    """As many lines as there are; none takes no room. Each is cut at its end."""

    DEFAULT_CSS = """
    Lines { height: auto; width: 1fr; color: $inbox-text; }
    Lines.-none { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-none")
        self._lines: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What they say."""
        return self._lines

    def say(self, lines: Sequence[str]) -> None:
        """Say something else; nothing in it is read as markup."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.set_class(not self._lines, "-none")
            self.refresh(layout=True)

    def render(self) -> Content:
        """All of them."""
        width = self.content_size.width
        told = (told_content(self, Content(line)) for line in self._lines)
        cut = [line.truncate(width, ellipsis=True) for line in told]
        return Content("\n").join(cut)
