"""What can be said of the selected row of the Timeline: which keys are worth showing, and why one does nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui_inbox.queries.rows import EntryRow, GapRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.render.post import Gone, TimelineData
from tui_inbox.ui.target import words_for
from tui_inbox.ui.viewing import View, next_view
from tui_inbox.ui.widgets import Row

WORDS = (
    "item.reply",
    "item.favourite",
    "item.boost",
    "item.keep",
    "open.person",
    "item.link",
    "open.why",
)
GAP_WORDS = ("item.open",)
LOST = "The server no longer keeps what was here."


def words_of(row: Row[TimelineData] | None, desk: Desk) -> tuple[str, ...]:
    """Ids of the keys that are worth showing for it, best first."""
    if row is None or isinstance(row.data.entry, Gone):
        return ()
    if isinstance(row.data.entry, GapRow):
        return () if row.data.entry.lost else GAP_WORDS
    post = row.data.entry.post
    return words_for(WORDS, post, desk.account(post.account))


def nothing_of(row: Row[TimelineData] | None) -> str:
    """What to say to a key that acts on a post, where it is none; empty where there is nothing particular to say."""
    if row is None:
        return ""
    if isinstance(row.data.entry, Gone):
        return "That is no longer here."
    if isinstance(row.data.entry, GapRow):
        return LOST if row.data.entry.lost else "That is a hole; Enter fills it."
    return ""


def view_act(data: TimelineData, desk: Desk, unfold: Callable[[], None]) -> Callable[[], None]:
    """What `v` does to a row: unfolds it, or shows what is left to see of it.

    Args:
        data: the row.
        desk: the application.
        unfold: unfolds it, or folds it again.
    """
    if not isinstance(data.entry, EntryRow):
        return unfold
    post = data.entry.post
    comes = next_view(post, desk.services.now(), unfolded=data.unfolded)
    if comes is View.POLL:
        return lambda: desk.act("item.vote")
    if comes is not View.PICTURES:
        return unfold
    from tui_inbox.ui.screens.openers import open_pictures  # not needed for the first picture

    return partial(open_pictures, desk, post)
