"""Keys that change what is mine: a post is edited, or deleted and written anew; a standing search is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

from tui_inbox.commands import own_posts
from tui_inbox.commands import searches as search_commands
from tui_inbox.commands.context import Context
from tui_inbox.core.draft import Draft
from tui_inbox.core.versions import Original
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.queries.rows import PostRow, SearchRows
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import key_for
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.services import told

READING = "Asking the server what was typed …"
POLL_IS_OVER = "The poll is over: once you send the change, it is open for five minutes more."
"""A server takes away what an edit leaves out, the poll with all its votes, and takes none that is over (Mastodon's
`UpdateStatusService`)."""


def edit(desk: Desk, here: Pane) -> None:
    """Edit the selected post, or the search that the selection stands in."""
    target = here.target()
    if target is None and isinstance(here, SearchesPane) and here.search is not None:
        desk.opening(_edit_search(desk, here.search))
    elif target is None or target.post is None or not target.post.mine:
        desk.say("Only what is yours can be edited.")
    else:
        desk.opening(_edit_post(desk, target.post))


async def _edit_search(desk: Desk, search: SearchRows) -> None:
    query = await desk.ask_line("look for", search.query)
    if query is not None and query.strip() and query != search.query:
        desk.follow(search_commands.change_query(desk.services.ctx, search.id, query))


async def _edit_post(desk: Desk, post: PostRow) -> None:
    """Go on with an edit that was begun, else begin one with what the server says was typed."""
    account = desk.account(post.account)
    kept = await desk.ask(draft_queries.edit_of, post.account, post.id)
    if account is not None and not account.edits:
        desk.say(own_posts.NO_EDITS)
    elif kept is not None:
        desk.write_draft(kept, kept=True)
    else:
        await _begin(desk, post, own_posts.edit)


def redraft(desk: Desk, here: Pane) -> None:
    """Delete the selected post, and begin a new one with its text."""
    target = here.target()
    if target is None or target.post is None or not target.post.mine:
        desk.say("Only what is yours can be deleted.")
    else:
        desk.opening(_begin(desk, target.post, own_posts.redraft))


async def _begin(
    desk: Desk, post: PostRow, make: Callable[[Context, int, int, Original], Future[Draft]]
) -> None:
    """Make a draft of what was typed into a post, and write on at it. Without the server's word nothing is done."""
    desk.say(READING)
    answer = await told(desk.services, lambda hub: hub.read_original(post.account, post.id))
    if answer.what is None:
        desk.say(answer.sentence)
        return
    draft = await asyncio.wrap_future(make(desk.services.ctx, post.account, post.id, answer.what))
    is_over = post.poll is not None and post.poll.is_over(desk.services.now())
    if draft.edits is None:
        desk.say(f"deleted; {key_for(desk, 'undo.last')} brings it back for a moment")
    else:
        desk.say(POLL_IS_OVER if is_over and answer.what.poll is not None else "")
    desk.write_draft(draft)


HANDLERS: dict[str, Handler] = {"item.edit": edit, "delete.redraft": redraft}
"""By the id of the key."""
