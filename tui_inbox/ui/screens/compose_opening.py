"""What a composer is opened for, and the draft that this leads to."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import MINUTE, Millis
from tui_inbox.queries import composing
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


class Opened(Struct, frozen=True):
    """What the store had for a request."""

    context: ReplyContext
    keeper: DraftKeeper
    around: Surroundings


async def open_request(
    desk: Desk, request: Request, keep: Callable[[Draft], DraftKeeper]
) -> Opened:
    """Read what a request needs: a kept draft of the same target, or a fresh one.

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
    )
    draft = request.draft or context.draft
    draft = replace(draft, text=draft.text or request.begun)
    return Opened(context, keep(draft), await desk.ask(composing.surroundings, draft))


def goes_on(draft: Draft, now: Millis) -> str:
    """What to say where a kept draft is gone on with, and how to begin anew; empty for a fresh one."""
    if not draft.id:
        return ""
    since = now - draft.updated_at
    ago = f"{span(since)} ago" if since >= MINUTE else "a moment ago"
    return f"your draft of {ago}, ctrl+o x throws it away"
