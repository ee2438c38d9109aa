"""The title of a pane, with a rule under it."""

from __future__ import annotations

from typing import cast

from textual.content import Content
from textual.widget import Widget

from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import with_own_keys
from tui_inbox.ui.render.wrap import DOT
from tui_inbox.ui.widgets.told import told_content


class PaneTitle(Widget):
    """Two lines: what the pane is and how much waits in it, and a rule. Bold while the pane has focus."""

    DEFAULT_CSS = """
    PaneTitle {
        height: 2;
        width: 1fr;
        color: $inbox-bright;
        padding-left: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = Content()
        self._hint = Content()
        self._rule = "─"

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return (self._words + self._hint).plain

    def say(self, words: str | Content, rule: str = "─", *, hint: str = "") -> None:
        """Show other words; nothing in them is read as markup.

        Args:
            words: the title.
            rule: the sign that the rule is made of.
            hint: stands behind it, and stays when the title is too long. Keys in it become those in force.
        """
        hint = with_own_keys(hint, dict(cast(Desk, self.app).services.look.keymap)) if hint else ""
        content = words if isinstance(words, Content) else Content(words)
        tail = Content(f"{DOT}{hint}" if hint else "")
        is_same = content.is_same(self._words) and tail.is_same(self._hint)
        if not is_same or rule != self._rule:
            self._words, self._hint, self._rule = content, tail, rule
            self.refresh()

    def render(self) -> Content:
        """The words and the rule."""
        width = self.content_size.width
        room = max(width // 2, width - self._hint.cell_length)
        words = (
            told_content(self, self._words).truncate(room, ellipsis=True) + self._hint
        ).truncate(width)
        return Content.assemble(words, "\n", (self._rule * width, "not bold $inbox-rule"))
