"""The Timeline: live, newest on top, and never moving under the reader's eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from textual.timer import Timer

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries.rows import EntryRow, GapRow, PostRow
from tui_inbox.queries.timeline import EVERYTHING, TimelineSource
from tui_inbox.ui import keys
from tui_inbox.ui.key_words import key_for
from tui_inbox.ui.panes.arrivals import Arrivals, Paging
from tui_inbox.ui.panes.feed_rows import FeedRows
from tui_inbox.ui.panes.feed_window import FeedWindow, entry_key
from tui_inbox.ui.panes.flood_keys import FOLD, UNFOLD, flood_acts
from tui_inbox.ui.panes.pane import NOT_FOLDED, Pane
from tui_inbox.ui.panes.shown_source import ShownSource
from tui_inbox.ui.panes.timeline_title import title_words
from tui_inbox.ui.panes.timeline_words import LOST, nothing_of, view_act, words_of
from tui_inbox.ui.panes.tombstone import tombstone_of
from tui_inbox.ui.panes.window_reader import WindowReader
from tui_inbox.ui.places import Spot
from tui_inbox.ui.render.post import PostRenderer, TimelineData
from tui_inbox.ui.render.wrap import cut
from tui_inbox.ui.target import Target, of_post
from tui_inbox.ui.widgets import Row, RowList, Side
from tui_inbox.ui.widgets.status_line import READING

KEEP_AFTER = 2.0
"""Seconds after the last movement until the place is kept for the next start."""

PEOPLE_AFTER = 2.0
"""Seconds until it is read again because others are people you talk with: while a past is read, many come."""

TAB_CELLS = 22
"""Cells that the name of what is shown may take in the tab line."""

NO_TALK_YET = "Nothing from people you talk with yet."

DOWN: Mapping[str, Callable[[RowList[Any]], object]] = {
    "list.down": lambda rows: rows.move(1),
    "list.page": lambda rows: rows.action_page(1),
    "list.half_down": lambda rows: rows.half_page(1),
    "list.bottom": lambda rows: rows.bottom(),
}
"""Keys that ask for more at the end of what is stored, and what they do in the list."""


class TimelinePane(Pane):
    """Posts of all shown accounts, and the holes between them."""

    PLACE = "timeline"
    OWN = frozenset(
        {"list.news", "item.view", "item.open", *DOWN, UNFOLD, FOLD}
        | {key.id for key in keys.STRIPS["timeline.shows"]}
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.TIMELINE)

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self._window: FeedWindow | None = None
        self._told: tuple[object, ...] = ()
        self._all_again = False
        self._from_top = False
        self._paging = Paging(self.desk)
        self._made = FeedRows(self._paging.filling, folds=self.desk.services.look.folds_floods)
        self._shown = ShownSource(self.desk, self._paging, self.reread)
        self._reader = WindowReader(self.desk, self._shown)
        self._people_changed: Timer | None = None
        self._keeping: Timer | None = None
        self._rows: RowList[TimelineData] = RowList(self.renderer(), newest_first=True)
        self._arrivals = Arrivals(
            self._rows,
            self.desk.idle_seconds,
            self.set_timer,
            self.reread,
            lambda: self.desk.services.look.still,
        )

    @property
    def rows(self) -> RowList[TimelineData]:
        """Posts and holes."""
        return self._rows

    def renderer(self) -> PostRenderer:
        """Draws posts and holes."""
        return PostRenderer(self.drawing)

    def posts_on_screen(self) -> Iterable[PostRow]:
        """The posts between the edges of the screen."""
        for row, _ in self._rows.rows_on_screen():
            if isinstance(row.data.entry, EntryRow):
                yield row.data.entry.post

    # Reading

    def concerns(self, change: Change) -> bool:
        """Arrivals, and other people in a group."""
        return change.topic in (Topic.FEED, Topic.GROUPS)

    def news(self, changes: frozenset[Change]) -> None:
        """Arrivals are added; a change to a post that is held reads everything held again."""
        topics = {change.topic for change in changes}
        if Topic.HEALTH in topics:
            self._say_title()
            self._shown.health_changed()
            if self._paging.is_reading or not self._rows.rows:
                self.reread()
        self._all_again |= Topic.GROUPS in topics and self._shown.source.group is not None
        # Whoever points to what somebody pointed to before stands in a row that is held.
        others = {Topic.PEOPLE, Topic.FEED} if self._shown.source.links else {Topic.PEOPLE}
        if others & topics and self._people_changed is None:
            self._people_changed = self.set_timer(PEOPLE_AFTER, self._read_all_again)
        posts = {change.key for change in changes if change.topic is Topic.POST}
        if posts and self._window is not None and self._window.has_post(posts):
            self._read_all_again()
        super().news(changes)

    def _read_all_again(self) -> None:
        self._people_changed = None
        self._all_again = True
        self.reread()

    def scope_changed(self) -> None:
        """Each selection of accounts has its own place."""
        self._window = None
        super().scope_changed()
        self._shown.catch_up()

    def look_changed(self) -> None:
        """Floods may be folded from now on, or no longer."""
        folds = self.desk.services.look.folds_floods
        if self._made.floods.folds != folds:
            self._made.floods.folds = folds
            self._made.begin()
        self._read_all_again()

    def minute_passed(self) -> None:
        """A feed that is looked at is brought up to now; nobody reads the others."""
        super().minute_passed()
        if self.app.app_focus and self._rows.is_on_screen:
            self._shown.catch_up()

    def show_source(self, source: TimelineSource, *, talk_only: bool = False) -> None:
        """Show other feeds, there where the owner was in them; `,` leads back to those that were shown.

        Args:
            source: which feeds.
            talk_only: only people you talk with.
        """
        if (source, talk_only) != self._shown.shows:
            self.desk.places.leave(self.spot())
            self._switch(source, talk_only=talk_only)

    def _switch(self, source: TimelineSource, *, talk_only: bool) -> None:
        self.keep_place()
        self._from_top = source == self._shown.source  # other rows of the same feeds
        self._window = None
        self._shown.change(source, talk_only=talk_only)
        self._say_title()
        self.reread()

    async def read(self) -> None:
        """Read what is wanted: the first window, what has arrived, or everything held again."""
        await self._shown.remember()
        if await self._shown.group_is_gone():
            self._switch(EVERYTHING, talk_only=False)
        view = self._shown.view
        window = self._window
        if window is None or window.newest is None:
            window = await self._read_first()
        elif self._all_again:
            self._all_again = False
            window = await self._reader.again(window)
        elif window.at_newest or self._arrivals.follows:
            window = await self._reader.with_arrivals(
                window, follows=lambda: self._arrivals.follows
            )
        window = await self._reader.with_wanted_pages(window)
        if view != self._shown.view:
            return  # something else is wanted meanwhile; it has asked for a reading of its own
        self._show(window)
        await self._count(window)

    async def _read_first(self) -> FeedWindow:
        """The window around the place where the owner was, or the newest one."""
        view = self._shown.view
        from_top, self._from_top = self._from_top, False
        kept = None if from_top else await self._shown.kept_place()
        key = entry_key(kept[0].key) if kept else None
        window = await self._reader.around(key)
        if view == self._shown.view:
            self._made.begin(Spot(self.AREA, *kept) if kept else None)
        if not window.rows:
            self.say_empty(await self._why_empty())
        if view != self._shown.view:
            return window
        self._show(window)
        if kept is not None and self._rows.restore(kept[0]):
            if kept[1] is not None:
                self._rows.select_key(kept[1], scroll=False)
            self._arrivals.begin(window, key)
        else:
            self._rows.top()
            self._arrivals.begin(window)
        return window

    async def _why_empty(self) -> str:
        """Why there is nothing, as far as is known."""
        if self._shown.talk_only:
            return await self.why_missing() or NO_TALK_YET
        return self._shown.why_empty()

    async def _count(self, window: FeedWindow) -> None:
        """Count what is new above, and what arrived late and was sorted in below."""
        if window.newest is None:
            return
        paged = self._paging.has_read(await self.why_missing() == READING)
        self._arrivals.count_late(window, paged=paged)
        self._arrivals.beyond = await self._reader.count_beyond(window)
        after = self._arrivals.counted_to
        arrived = await self._reader.count_late(window.newest, after_seq=after)
        if self._arrivals.some_are_missing(window, arrived):
            self._paging.is_reading |= paged  # they are seen by the next reading only
            self._read_all_again()
        self._say_title()

    def _show(self, window: FeedWindow) -> None:
        self._window = window
        self._made.floods.folds = self.desk.services.look.folds_floods
        rows = self._made.rows(window, self._rows.rows)
        same, self._told = self._told == self._shown.view, self._shown.view

        def tombstone(row: Row[TimelineData]) -> Row[TimelineData] | None:
            return tombstone_of(row, window) if same else None

        with self._arrivals.following():
            self.show_rows(lambda: self._rows.show(rows, tombstone=tombstone))
        self._say_title()

    def _say_title(self) -> None:
        words = title_words(
            self._shown.name,
            news=key_for(self.desk, "list.news"),
            above=self._above(),
            below=self._arrivals.below,
            asking=bool(self._paging.asking),
            health=self.desk.services.fetcher.health(),
            scope=self.desk.scope,
        )
        self.heading.say(" · ".join(words), self.desk.glyphs.rule)
        self.desk.keys_changed()

    def _above(self) -> int:
        """How many posts stand above everything that has been on the screen."""
        return self._arrivals.above(self._window or FeedWindow(), self._made.floods.head)

    @property
    def tab(self) -> str:
        """Its name in the tab line, where there is no title: what it shows, unless that is everything."""
        shown = self._shown
        if shown.source == EVERYTHING:  # "people" alone would be the name of another pane
            return "timeline, people" if shown.talk_only else "timeline"
        return cut(shown.name, TAB_CELLS)

    @property
    def badge(self) -> str:
        """The count behind its name in the tab line."""
        above = self._above()
        return f"+{above}" if above else ""

    # Moving

    def on_row_list_near_end(self, event: RowList.NearEnd) -> None:
        """Read on before the reader gets there; at the end of the store, ask the server."""
        event.stop()
        window = self._window
        if window is None:
            return
        if event.side is Side.TAIL and window.at_oldest:
            # More of what is gathered comes only with more of everything: that is asked for by a key.
            if not self._shown.source.is_gathered:
                self.desk.start(self._older())
        elif event.side is Side.TAIL or not window.at_newest:
            self._reader.wanted.add(event.side)
            self.reread()

    async def _older(self) -> None:
        await self._paging.older(self._shown.accounts, self._shown.source.feed)
        if self._window is not None:
            self._window = self._window.with_more_below()
            self._reader.wanted.add(Side.TAIL)
            self.reread()

    def on_row_list_scrolled(self, event: RowList.Scrolled) -> None:
        """What is on the screen has been seen, and the place is kept a moment later."""
        event.stop()
        if event.position is None:
            return
        key = entry_key(event.position.key)
        if key is not None:
            self._arrivals.saw(key)
        self._say_title()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self.keep_place)

    def on_unmount(self) -> None:
        """The end: keep the place."""
        self.keep_place()

    def keep_place(self) -> None:
        """Keep the place for the next start, and for the way back to this feed of these accounts."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        position = self._rows.position()
        if position is not None and self._window is not None:  # else the rows are those of before
            selected = self._rows.selected.key if self._rows.selected else None
            self._shown.keep_place(position, selected)

    def spot(self) -> Spot:
        """Where the reader is, and in what."""
        selected = self._rows.selected.key if self._rows.selected else None
        return Spot(self.AREA, self._rows.position(), selected, self._shown.shows)

    def restore(self, spot: Spot) -> None:
        """Go back to a place, even to one that is no longer held in memory, or in another feed."""
        if spot.shows is not None and spot.shows != self._shown.shows:
            self._switch(spot.shows[0], talk_only=spot.shows[1])
            self._from_top = False
            if spot.position is not None:
                self._shown.keep_place(spot.position, spot.selected)
        elif spot.position is not None and not self._rows.restore(spot.position):
            self._shown.keep_place(spot.position, spot.selected)
            self._window = None
            self.reread()
        elif spot.selected is not None:
            self._rows.select_key(spot.selected, scroll=False)

    def show_newest(self) -> None:
        """To the very top, and follow it."""
        self.desk.places.leave(self.spot())
        if self._window is not None and self._window.at_newest:
            if self._rows.at_head and self._rows.selected in self._rows.rows[:1]:
                self.desk.say("Nothing is new above.")
            self._rows.top()
            self._arrivals.begin(self._window)
        else:
            self._window, self._from_top = None, True
            self.reread()
        self._say_title()

    # What keys act on

    def target(self) -> Target | None:
        """The selected post."""
        row = self._rows.selected
        entry = row.data.entry if row else None
        return of_post(entry.post) if isinstance(entry, EntryRow) else None

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for the selected row."""
        return words_of(self._rows.selected, self.desk)

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Its own keys, and Enter on a hole."""
        from tui_inbox.ui.panes.shows import acts  # not needed for the first picture

        row = self._rows.selected
        view = self.unfold if row is None else view_act(row.data, self.desk, self.unfold)
        own = {"list.news": self.show_newest, "item.view": view, **acts(self)}
        if row is not None and isinstance(row.data.entry, GapRow):
            gap = row.data.entry
            own["item.open"] = lambda: self._fill_or_say(gap)
        own |= flood_acts(self._rows, self._made, self._window or FeedWindow())
        at_oldest = self._window is not None and self._window.at_oldest
        if row is not None and at_oldest and row is self._rows.rows[-1]:
            own |= {id_: partial(self._ask_for_more, move) for id_, move in DOWN.items()}
        return own

    def nothing(self) -> str:
        """What to say to a key that acts on a post, where none is selected."""
        return nothing_of(self._rows.selected) or super().nothing()

    def _ask_for_more(self, move: Callable[[RowList[Any]], object]) -> None:
        """At the end of what is stored: show all of the last row, and ask the servers for more."""
        move(self._rows)
        self._paging.wanted = True
        self.desk.start(self._older())

    def unfold(self) -> None:
        """Show what is folded in the selected post, or fold it again."""
        row = self._rows.selected
        if row is not None and isinstance(row.data.entry, EntryRow):
            self._made.turn(row.data.entry.post.id)
            turned = self._made.row(row.data.entry)
            if self._rows.text_of(turned) == self._rows.text_of(row):
                self.desk.say(NOT_FOLDED)
            self._rows.update_row(turned)

    def _fill_or_say(self, gap: GapRow) -> None:
        """Fill a hole, or say that nobody can: then nothing is asked."""
        if gap.lost:
            self.desk.say(LOST)
        else:
            self.desk.start(self._fill(gap))

    async def _fill(self, gap: GapRow) -> None:
        try:
            await self._paging.fill(gap.id, lambda: self._rows.update_row(self._made.row(gap)))
        finally:
            self._read_all_again()
