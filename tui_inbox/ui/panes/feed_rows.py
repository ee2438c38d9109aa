"""The rows of the Timeline: what is held of a feed, as the list shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tui_inbox.queries.rows import EntryKey, EntryRow, GapRow, TimelineRow
from tui_inbox.ui.panes.feed_window import FeedWindow, entry_key, row_key
from tui_inbox.ui.panes.floods import Floods
from tui_inbox.ui.places import Spot
from tui_inbox.ui.render.post import TimelineData
from tui_inbox.ui.widgets import Position, Row


class FeedRows:
    """Makes rows of posts and holes; it knows what the owner has unfolded, and what of a flood is folded.

    Args:
        filling: holes that are filled at the moment.
        folds: whether much by one person in a row is folded.
    """

    def __init__(self, filling: Collection[int], *, folds: bool) -> None:
        self._filling = filling
        self._opened: set[int] = set()
        self.floods = Floods(folds=folds)

    def begin(self, spot: Spot | None = None) -> None:
        """Other feeds are shown.

        Args:
            spot: where the owner was in them: what stood there stands again.
        """
        self.floods.begin(() if spot is None else _keys_near(spot.position, spot.selected))

    def rows(
        self, window: FeedWindow, known: Iterable[Row[TimelineData]]
    ) -> list[Row[TimelineData]]:
        """The rows of a window.

        Args:
            window: what is held.
            known: rows as they are shown now; those that look the same are taken from here.
        """
        # By identity: what was not read anew looks as before, and hundreds of rows come by at each arrival.
        held = {id(row.data.entry): row for row in known}
        return [self._known(held.get(id(entry)), entry) for entry in self.floods.rows(window.rows)]

    def _known(self, row: Row[TimelineData] | None, entry: TimelineRow) -> Row[TimelineData]:
        floods, key = self.floods, entry.key
        if row is None:
            return self.row(entry)
        as_it_is = (row.data.more, row.data.was_folded) == (
            floods.more(key),
            floods.is_unfolded(key),
        )
        return row if as_it_is else self.row(entry)

    def row(self, entry: EntryRow | GapRow) -> Row[TimelineData]:
        """The row of a post or a hole."""
        if isinstance(entry, GapRow):
            data = TimelineData(entry, filling=entry.id in self._filling)
        else:
            unfolded = entry.post.id in self._opened
            data = TimelineData(
                entry,
                unfolded=unfolded,
                more=self.floods.more(entry.key),
                was_folded=self.floods.is_unfolded(entry.key),
            )
        # A number instead of the data: rows are compared by the thousand at each arrival.
        return Row(row_key(entry), hash(data), data)

    def turn(self, post: int) -> None:
        """Show what is folded in a post, or fold it again."""
        self._opened ^= {post}


def _keys_near(position: Position | None, selected: str | None) -> set[EntryKey]:
    """The keys of the rows that a position names."""
    names = [selected] if selected is not None else []
    if position is not None:
        names += [position.key, *position.neighbours]
    return {key for name in names if (key := entry_key(name)) is not None}
