"""Keys that write: reply, a new post, and the composer's own."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.ui.acts.handler import Handler
from tui_inbox.ui.acts.opening import open_thread
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.screens.composer import Composer
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.target import Target


def _reply(*, author_only: bool) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        target = here.target()
        if target is None:
            desk.say(here.nothing())
        elif target.hit is not None and isinstance(here, SearchesPane):
            open_thread(desk, here)  # pull, not push: a hit is read before it is answered
        else:
            begin_reply(desk, here, target, author_only=author_only)

    return handle


def begin_reply(desk: Desk, here: Pane, target: Target, *, author_only: bool) -> None:
    """Open the thread, then the composer below it: whether to answer is decided by reading.

    Args:
        desk: the application.
        here: the pane or page that keys act on.
        target: what is answered, and by which account.
        author_only: name its author only, not everybody in it.
    """
    post = target.post.id if target.post else target.row.post if target.row else None
    if post is None:
        begun = f"@{target.person.handle} " if target.person else ""
        desk.composer.begin(target.account, None, begun=begun)
        return
    top = desk.pane_of(Area.READING)
    if not isinstance(top, ThreadPage) or not _stands_in(top, here, target, post):
        thread = ThreadPage(target.account, post, item=target.item, hit=target.hit)
        desk.open_page(thread, instead=isinstance(top, ThreadPage))
    desk.composer.begin(target.account, post, author_only=author_only)


def _stands_in(top: ThreadPage, here: Pane, target: Target, post: int) -> bool:
    """Whether the open thread is that of the post, or the post was selected in it, as the same account sees it."""
    return top.shows(target.account, post) or (top is here and top.account == target.account)


def new_post(desk: Desk, here: Pane) -> None:
    """Write a new post from the account that is shown, or from the first one."""
    if not desk.accounts:
        desk.say("There is no account to write from.")
        return
    desk.composer.begin(desk.scope.accounts[0], None)


def _composer(do: Callable[[Composer], None]) -> Handler:
    def handle(desk: Desk, here: Pane) -> None:
        do(desk.composer)

    return handle


HANDLERS: dict[str, Handler] = {
    "item.reply": _reply(author_only=False),
    "item.reply_one": _reply(author_only=True),
    "compose.new": new_post,
    "compose.send": _composer(Composer.send),
    "compose.editor": _composer(Composer.edit_elsewhere),
    "compose.close": _composer(Composer.close),
    "compose.back": lambda desk, here: _page(here, -1),
    "compose.on": lambda desk, here: _page(here, 1),
    "compose.complete": _composer(Composer.complete),
    "compose.audience": _composer(lambda composer: composer.options.next_audience()),
    "compose.warning": _composer(lambda composer: composer.options.ask_warning()),
    "compose.language": _composer(lambda composer: composer.options.ask_language()),
    "compose.time": _composer(lambda composer: composer.options.ask_time()),
    "compose.split": _composer(lambda composer: composer.options.toggle_split()),
    "compose.from": _composer(lambda composer: composer.accounts.next()),
    "compose.also": _composer(lambda composer: composer.accounts.also()),
    "compose.names": _composer(lambda composer: composer.people.ask_names()),
    "compose.quote": _composer(lambda composer: composer.people.toggle_quote()),
    "compose.note": _composer(lambda composer: composer.people.ask_note()),
    "compose.media": _composer(lambda composer: composer.files.ask()),
    "compose.poll": _composer(lambda composer: composer.poll.toggle()),
    "compose.card": _composer(lambda composer: composer.card.toggle()),
    "compose.preview": _composer(Composer.preview),
    "compose.drafts": lambda desk, here: desk.act("open.drafts"),
    "compose.throw_away": _composer(Composer.throw_away),
}


def _page(here: Pane, direction: int) -> None:
    """Read the thread above while writing."""
    if here.rows is not None:
        here.rows.action_page(direction)
