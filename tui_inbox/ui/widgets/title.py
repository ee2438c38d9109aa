"""The title of a pane, with a rule under it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


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
        self._rule = "─"

    @property
    def words(self) -> str:
        """What it says, without its style."""
        return self._words.plain

    def say(self, words: str | Content, rule: str = "─") -> None:
        """Show other words; nothing in them is read as markup.

        Args:
            words: the title.
            rule: the sign that the rule is made of.
        """
        content = words if isinstance(words, Content) else Content(words)
        if not content.is_same(self._words) or rule != self._rule:
            self._words, self._rule = content, rule
            self.refresh()

    def render(self) -> Content:
        """The words and the rule."""
        width = self.content_size.width
        words = self._words.truncate(width, ellipsis=True)
        return Content.assemble(words, "\n", (self._rule * width, "not bold $inbox-rule"))
