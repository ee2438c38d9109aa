"""The first picture of all: no account yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace
from rich.style import Style
from textual.strip import Strip

from tui_inbox.core import login_words
from tui_inbox.ui import keys
from tui_inbox.ui.render.cells import BAR, Drawing, Part
from tui_inbox.ui.render.wrap import Piece, wrap
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.widgets import Row, RowList

LINES = (
    ("", "An inbox for the people you actually talk with."),
    ("", ""),
    ("try the demo", "A small made-up town, without network and account."),
    ("", "Leave with q q, then run"),
    ("$", "tui-inbox demo"),
    ("", ""),
    (
        "sign in",
        "Leave with q q, then run one of these. For servers like Mastodon your browser asks whether you agree, "
        "and no password is typed:",
    ),
    ("$", login_words.MASTODON),
    (
        "",
        "Bluesky wants an app password, made in the settings of its app, or --browser at the end:",
    ),
    ("$", login_words.BLUESKY),
    ("", ""),
    ("", "Everything is kept on this machine. Nothing is sent to anyone but your servers."),
)
"""Label and text of each line; a label `$` marks what is typed into a shell."""

TEXT_AT = 14


class WelcomeRenderer:
    """Draws the lines.

    Args:
        drawing: colours and signs.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[tuple[str, str]], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """One line."""
        brush = self._drawing.on(selected=False, focused=focused)
        style = brush.palette
        label, text = row.data
        if label == "$":
            parts: list[Part] = [(text, style.bright + Style(bold=True))]
            return [brush.indented(parts, TEXT_AT + 2, width)]
        lines, _ = wrap(text, width - BAR - TEXT_AT)
        drawn = [brush.indented([(_text(line), style.bright)], TEXT_AT, width) for line in lines]
        if label:
            head: list[Part] = [
                (f"{label:<{TEXT_AT}}", style.yours),
                (_text(lines[0]), style.bright),
            ]
            drawn[0] = brush.line(head, width)
        return drawn

    def estimate(self, row: Row[tuple[str, str]], width: int) -> int:
        """One line."""
        return 1


def _text(line: list[Piece]) -> str:
    return "".join(piece.text for piece in line)


class WelcomePage(Page):
    """Says what can be done without an account. It goes away when there is one."""

    PLACE = "text"
    OWN = frozenset({"close"})
    BINDINGS = keys.bindings(keys.Context.LIST)

    def __init__(self) -> None:
        super().__init__()
        self._rows: RowList[tuple[str, str]] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[tuple[str, str]]:
        """Its lines."""
        return self._rows

    def renderer(self) -> WelcomeRenderer:
        """Draws its lines."""
        return WelcomeRenderer(self.drawing)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """There is nothing below it to go back to."""
        return {"close": self.desk.quit_at_second}

    async def read(self) -> None:
        """Show the lines; go away when there is an account."""
        if self.desk.accounts:
            self.desk.show(replace(self.desk.shown, zoomed=False))
            self.desk.close_page(self)
            return
        self._rows.show([Row(str(n), line, line, selectable=False) for n, line in enumerate(LINES)])
        self.heading.say("Welcome to tui-inbox", self.desk.glyphs.rule)
