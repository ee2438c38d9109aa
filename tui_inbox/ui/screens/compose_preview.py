"""How what is written will be seen, over the reading column, until the next key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget

from tui_inbox.core import audiences
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Media, Poll, PollOption, QuoteState
from tui_inbox.queries import acting
from tui_inbox.queries.rows import AccountRow, PersonLabel, PostRow, ThreadPost
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.render.composed import parts_of
from tui_inbox.ui.render.thread import ThreadData, ThreadRenderer
from tui_inbox.ui.widgets import Row, RowList
from tui_inbox.ui.widgets.key_line import ways
from tui_inbox.ui.widgets.title import PaneTitle

HINT = "any key goes back"
TOP = 2
"""Lines above it where it takes the whole width."""

SCROLLS = {"j": 1, "down": 1, "space": 1, "pagedown": 1, "k": -1, "up": -1, "pageup": -1}


class Preview(ModalScreen[None]):
    """Shows a draft as posts. It changes nothing, and the composer stays as it is.

    Args:
        title: who will be able to read it.
        posts: what will be seen.
        drawing: what renderers need.
    """

    DEFAULT_CSS = """
    Preview { background: transparent; }
    Preview > Widget { background: $inbox-ground; layout: vertical; }
    """

    def __init__(self, title: str, posts: Sequence[PostRow], drawing: Drawing) -> None:
        super().__init__()
        self._title_words = title
        self._drawing = drawing
        self._heading = PaneTitle()
        self._rows: RowList[ThreadData] = RowList(ThreadRenderer(drawing))
        self._posts = [
            Row(f"post:{place}", data, data)
            for place, post in enumerate(posts)
            for data in [ThreadData(ThreadPost(post, place), unfolded=True)]
        ]
        self._column = Widget(self._heading, self._rows)

    def compose(self) -> ComposeResult:
        """Title and posts."""
        yield self._column

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """How it is scrolled, and how to go back."""
        return ways(("j k", "scroll"), ("any other key", "goes back"))

    def on_mount(self) -> None:
        """Stand over the reading column: the Inbox is never covered."""
        self._heading.say(self._title_words, self._drawing.glyphs.rule, hint=HINT)
        self._rows.show(self._posts)
        self._place()

    def on_resize(self) -> None:
        """The column may stand elsewhere now, as soon as it has been laid out."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        region = cast(Desk, self.app).pane_of(Area.READING).heading.region
        size = self.app.size
        if not region.width:
            region = Region(0, TOP, size.width, 1)
        styles = self._column.styles
        styles.margin = (region.y, 0, 0, region.x)
        styles.width, styles.height = region.width, max(1, size.height - region.y - 2)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or go back."""
        event.stop()
        event.prevent_default()
        if event.key in SCROLLS:
            self._rows.action_page(SCROLLS[event.key])
        else:
            self.dismiss()

    def on_click(self) -> None:
        """Go back."""
        self.dismiss()


def title_words(account: AccountRow, draft: Draft) -> str:
    """Whose post it is, and who will be able to read it."""
    return f"As it will be seen · {account.label} · {audiences.IN_WORDS[draft.audience]}"


def posts_of(
    draft: Draft, account: AccountRow, limits: Limits, quoted: PostRow | None, now: Millis
) -> list[PostRow]:
    """A draft as the posts it will be: what goes with it goes with the first.

    Args:
        draft: what is written.
        account: whose posts they will be.
        limits: of its server.
        quoted: what it quotes.
        now: when it is looked at.
    """
    author = PersonLabel(0, account.label, account.handle)
    first, *rest = parts_of(draft, limits)
    at = draft.send_at or now
    whole = PostRow(
        id=0,
        account=account.id,
        letters=account.letters,
        author=author,
        at=at,
        text=first,
        warning=draft.warning,
        media=tuple(Media(one.kind, None, one.alt) for one in draft.attachments),
        poll=_poll(draft.poll, at) if draft.poll is not None else None,
        quote=QuoteState.ACCEPTED if draft.quotes is not None else None,
        quoted=quoted,
        mine=True,
    )
    others = [
        replace(whole, id=part, text=text, media=(), poll=None, quote=None, quoted=None)
        for part, text in enumerate(rest, 1)
    ]
    return [whole, *others]


def _poll(poll: PollDraft, at: Millis) -> Poll:
    options = tuple(PollOption(option) for option in poll.options)
    return Poll("", options, poll.multiple, closes_at=at + poll.lasts)


async def show_preview(desk: Desk, draft: Draft, account: AccountRow, limits: Limits) -> None:
    """Show how a draft will be seen.

    Args:
        desk: the application.
        draft: what is written.
        account: whose posts they will be.
        limits: of its server.
    """
    quoted = None
    if draft.quotes is not None:
        quoted = await desk.ask(acting.as_seen_by, account.id, draft.quotes)
    posts = posts_of(draft, account, limits, quoted, desk.services.now())
    pane = desk.pane_of(Area.READING)
    pane.app.push_screen(Preview(title_words(account, draft), posts, pane.drawing))
