"""What stays of the post that the reader was at in the Timeline, when it is gone."""

from __future__ import annotations

from tui_inbox.queries.rows import EntryRow
from tui_inbox.ui.panes.feed_window import FeedWindow, entry_key
from tui_inbox.ui.render.post import Gone, TimelineData
from tui_inbox.ui.widgets import Row


def tombstone_of(row: Row[TimelineData], window: FeedWindow) -> Row[TimelineData] | None:
    """One line in the place of a post that is not in a window any more; it keeps nothing of the text.

    Args:
        row: the row as it was.
        window: a window on the same feeds, which does not hold it.

    Returns:
        None where nothing stays: of holes, and of what merely stands outside the window.
    """
    entry, key = row.data.entry, entry_key(row.key)
    if not isinstance(entry, EntryRow) or key is None or not window.covers(key):
        return None
    data = TimelineData(Gone(entry.post.at, entry.post.letters, entry.post.author))
    return Row(row.key, hash(data), data)
