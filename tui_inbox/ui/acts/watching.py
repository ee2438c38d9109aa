"""The key that watches a thread, or ends that."""

from __future__ import annotations

from tui_inbox.commands import watching
from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.panes.pane import Pane


def watch(desk: Desk, here: Pane) -> None:
    """Watch the thread of what is selected, or end that."""
    target = here.target()
    if target is None:
        desk.say(here.nothing())
        return
    post = target.post.id if target.post else target.row.post if target.row else None
    if post is None:
        desk.say("There is no thread here.")
    else:
        desk.follow(watching.toggle(desk.services.ctx, target.account, post))


HANDLERS: dict[str, Handler] = {"item.watch": watch}
"""By the id of the key."""
