"""What a composer is opened for, and the draft that this leads to."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.queries import composing
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.queries import thread as thread_queries
from tui_inbox.queries.composing import Surroundings
from tui_inbox.queries.rows import ReplyContext
from tui_inbox.queries.words import span
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.screens.draft_keeper import DraftKeeper


class Request(Struct, frozen=True):
    """What it was opened for: see `Composer.begin`."""

    account: int
    post: int | None
    author_only: bool
    begun: str
    draft: Draft | None
    kept: bool = False

    @property
    def is_new(self) -> bool:
        """Whether a post of its own is begun."""
        return self.post is None and self.draft is None


class Opened(Struct, frozen=True):
    """What the store had for a request.

    Attributes:
        note: what to say of drafts that were kept before.
    """

    context: ReplyContext
    keeper: DraftKeeper
    around: Surroundings
    note: str


async def open_request(
    desk: Desk, request: Request, keep: Callable[[Draft], DraftKeeper]
) -> Opened:
    """Read what a request needs: a kept draft of the same target, or a fresh one. A new post is always fresh.

    Args:
        desk: the application.
        request: what is asked for.
        keep: makes the keeper of a draft.
    """
    context = await desk.ask(
        thread_queries.reply_context,
        request.account,
        request.post,
        now=desk.services.now(),
        everybody=not request.author_only,
        goes_on=request.post is not None,
    )
    draft = request.draft or context.draft
    draft = replace(draft, text=draft.text or request.begun)
    note = ""
    if request.is_new:
        note = _beside(await desk.ask(draft_queries.new_posts, request.account))
    elif draft.id and (request.kept or request.draft is None):
        note = _goes_on(draft, desk.services.now())
    note = ", ".join(one for one in (context.by_browser, note) if one)
    around = await desk.ask(composing.surroundings, draft)
    return Opened(context, keep(draft), around, note)


def where_kept(draft: Draft) -> str:
    """What to say of a text that is closed: which keys go on with it."""
    here = ""
    if draft.edits is not None:
        here = "E on the post, or "
    elif draft.reply_to is not None:
        here = "r here, or "
    return f"The text is kept: {here}g d{',' if here else ''} goes on with it."


def _beside(kept: int) -> str:
    """What to say where a new post is begun, and others are kept."""
    return f"{kept} kept: ctrl+o d" if kept else ""


def _goes_on(draft: Draft, now: Millis) -> str:
    """What to say where a kept draft is gone on with, and how to begin anew."""
    since = now - draft.updated_at
    ago = f"{span(since)} ago" if since >= MINUTE else "a moment ago"
    return f"your draft of {ago}, ctrl+o x throws it away"
