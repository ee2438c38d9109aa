"""How what is written will be seen, over the reading column, until the next key."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

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
from tui_inbox.ui.screens.over import Over
from tui_inbox.ui.widgets import Row, RowList


class Preview(Over):
    """Shows a draft as posts. It changes nothing, and the composer stays as it is.

    Args:
        title: who will be able to read it.
        posts: what will be seen.
        drawing: what renderers need.
    """

    def __init__(self, title: str, posts: Sequence[PostRow], drawing: Drawing) -> None:
        rows: RowList[ThreadData] = RowList(ThreadRenderer(drawing))
        super().__init__(title, rows, drawing)
        self._posts = [
            Row(f"post:{place}", data, data)
            for place, post in enumerate(posts)
            for data in [ThreadData(ThreadPost(post, place), unfolded=True)]
        ]

    def on_mount(self) -> None:
        """Show the posts."""
        self._rows.show(self._posts)


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
