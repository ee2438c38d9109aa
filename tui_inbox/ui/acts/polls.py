"""Keys that vote in a poll."""

from __future__ import annotations

import asyncio

from tui_inbox.commands import acts as act_commands
from tui_inbox.core.capability import Elsewhere, No, can_vote
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.acts.opening import open_thread
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.screens.openers import open_pictures
from tui_inbox.ui.viewing import View, next_view


def vote(desk: Desk, here: Pane) -> None:
    """Choose in the poll of the selected post."""
    target = here.target()
    if target is None or target.post is None:
        desk.say("There is no post here.")
    else:
        desk.opening(vote_in(desk, target.post))


async def vote_in(desk: Desk, post: PostRow) -> None:
    """Choose in the poll of a post, as the account whose view it is; where that is not possible, say why."""
    now, has_voted, poll = desk.services.now(), post.voted is not None, post.poll
    allowed = can_vote(poll, is_mine=post.mine, has_voted=has_voted, now=now)
    if isinstance(allowed, No | Elsewhere):
        desk.say(allowed.sentence)
        return
    assert poll is not None, "there is no voting without one"
    label = "vote for several" if poll.multiple else "vote for one"
    titles = [option.title for option in poll.options]
    chosen = await desk.ask_choice(label, titles, done="votes", several=poll.multiple)
    if chosen is not None:
        doing = act_commands.vote(desk.services.ctx, post.account, post.id, chosen)
        desk.say((await asyncio.wrap_future(doing)).sentence)


def view(desk: Desk, here: Pane) -> None:
    """What there is to see of a post: a poll that waits for a vote, else its pictures, else its thread."""
    target = here.target()
    post = target.post if target else None
    comes = next_view(post, desk.services.now(), unfolded=False) if post else View.NOTHING
    if comes is View.POLL:
        vote(desk, here)
    elif comes is View.PICTURES and post is not None:
        open_pictures(desk, post)
    else:
        open_thread(desk, here)


HANDLERS: dict[str, Handler] = {"item.vote": vote, "item.view": view}
"""By the id of the key."""
