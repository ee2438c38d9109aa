"""Keys that vote in a poll."""

from __future__ import annotations

from tui_inbox.commands import acts as act_commands
from tui_inbox.core.capability import Elsewhere, No, can_vote
from tui_inbox.core.post import Poll
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.acts.opening import open_thread
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.render.body import asks_vote


def vote(desk: Desk, here: Pane) -> None:
    """Choose in the poll of the selected post; where that is not possible, say why."""
    target = here.target()
    post = target.post if target else None
    if post is None:
        desk.say("There is no post here.")
        return
    now, has_voted = desk.services.now(), post.voted is not None
    allowed = can_vote(post.poll, is_mine=post.mine, has_voted=has_voted, now=now)
    if isinstance(allowed, No | Elsewhere):
        desk.say(allowed.sentence)
    elif post.poll is not None:
        desk.start(_choose(desk, post, post.poll))


async def _choose(desk: Desk, post: PostRow, poll: Poll) -> None:
    label = "vote for several" if poll.multiple else "vote for one"
    titles = [option.title for option in poll.options]
    chosen = await desk.ask_choice(label, titles, done="votes", several=poll.multiple)
    if chosen is not None:
        desk.follow(act_commands.vote(desk.services.ctx, post.account, post.id, chosen))


def view(desk: Desk, here: Pane) -> None:
    """What there is to see of a post: a poll that waits for a vote, else its thread."""
    target = here.target()
    post = target.post if target else None
    folded = post is not None and bool(post.warning or post.hidden)
    if post is not None and not folded and asks_vote(post, desk.services.now()):
        vote(desk, here)
    else:
        open_thread(desk, here)


HANDLERS: dict[str, Handler] = {"item.vote": vote, "item.view": view}
"""By the id of the key."""
