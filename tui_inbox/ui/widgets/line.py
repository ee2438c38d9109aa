"""One line of text that is drawn again only when it says something else."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.widgets.marking import is_slip
from tui_inbox.ui.widgets.told import told_content

LEFT, RIGHT = 1, 3
"""Buttons of a mouse, as Textual counts them."""

ACT = "act"
"""Name under which a stretch of text carries the id of a key."""


class Line(Widget):
    """A line of content; what does not fit is cut at its end."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        width: 1fr;
        color: $inbox-dim;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._words = Content()

    @property
    def content(self) -> Content:
        """What it says."""
        return self._words

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return self._words.plain

    def say(self, words: Content) -> None:
        """Show other words."""
        if not words.is_same(self._words):
            self._words = words
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        event.prevent_default()  # Textual marks all of it at the second click
        if id_ := act_clicked(event):
            event.stop()
            cast(Desk, self.app).act(id_)

    def render(self) -> Content:
        """The words."""
        return told_content(self, self._words).truncate(self.content_size.width, ellipsis=True)


def acting(text: str, id_: str, style: str = "") -> Content:
    """Text that does what a key does when it is clicked (see `act_clicked`).

    Args:
        text: what it says; never read as markup.
        id_: id of the key.
        style: Textual's style of the text.
    """
    words = Content.styled(text, style) if style else Content(text)
    # Not "@click": Textual would draw it as a link, in a colour of its own.
    return words.stylize(Style.from_meta({ACT: id_}))


def act_clicked(event: events.Click) -> str | None:
    """The id of the key whose text was clicked, or None. Only the first button does anything, and not at the end of a
    drag that has marked text."""
    widget = event.widget
    if event.button != LEFT or (widget is not None and not is_slip(widget.text_selection)):
        return None
    id_ = event.style.meta.get(ACT)
    return id_ if isinstance(id_, str) else None
