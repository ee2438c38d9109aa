"""The Inbox: conversations that wait for the owner, in lanes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.moment import Millis
from tui_inbox.queries import inbox as inbox_queries
from tui_inbox.queries.rows import InboxView, ItemRow, LaneRows
from tui_inbox.ui import keys
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.people import PeoplePane
from tui_inbox.ui.panes.ranked import FOLDING, RankedPane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.render.item import InboxData, ItemRenderer, LaneHead, Note, lane_head
from tui_inbox.ui.target import Target, of_item
from tui_inbox.ui.widgets import Row, RowList

FOLDABLE = frozenset({Lane.STRANGERS, Lane.LATER, Lane.DONE})
"""Lanes that can be folded; they are until the owner opens them."""

WORDS = (
    "item.reply",
    "item.done",
    "item.later",
    "item.favourite",
    "open.person",
    "open.why",
    "item.block",
)
STRANGER_WORDS = (
    "item.junk",
    "item.block",
    "item.let_in",
    "inbox.thread_only",
    "item.later",
    "item.check",
    "open.why",
)
HEADING_WORDS = ("item.open",)


def item_key(item: int) -> str:
    """Key of a conversation's row, as in `NeedsYou.key`."""
    return str(item)


def lane_key(lane: Lane) -> str:
    """Key of a lane's heading."""
    return f"lane:{lane.name}"


class InboxPane(RankedPane):
    """The Inbox.

    Attributes:
        waiting: how many people you talk with wait for you.
        newcomers: how many newcomers do.
    """

    PLACE = "inbox"
    OWN = FOLDING
    AREA = Area.INBOX
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.INBOX)

    def __init__(self) -> None:
        super().__init__(id=Area.INBOX)
        self.waiting = 0
        self.newcomers = 0
        self._folded: set[Lane] = set(FOLDABLE)
        self._view = InboxView((), 0, 0, 0)
        self._missing = ""
        self._rows: RowList[InboxData] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[InboxData]:
        """Lanes and their conversations."""
        return self._rows

    def renderer(self) -> ItemRenderer:
        """Draws lanes and conversations."""
        return ItemRenderer(self.drawing)

    def moments(self) -> Iterable[Millis]:
        """When the conversations on the screen began to wait."""
        for row, _ in self._rows.rows_on_screen():
            if isinstance(row.data, ItemRow):
                yield row.data.at

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Turns and states change it, and so do the texts and the people in it."""
        if change.topic is Topic.POST:
            return any(
                isinstance(row.data, ItemRow) and row.data.post and row.data.post.id == change.key
                for row in self._rows.rows
            )
        if change.topic is Topic.HEALTH:
            return self.is_empty
        return change.topic is Topic.INBOX

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits, as far as is known."""
        return not self.waiting and not self.newcomers

    async def read(self) -> None:
        """Read all lanes."""
        desk = self.desk
        view = await desk.ask(inbox_queries.view, desk.scope, now=desk.services.now())
        self._view = view
        self.waiting, self.newcomers = view.waiting, view.newcomers
        self._missing = await self.why_missing() if self.is_empty else ""
        self._show()

    def _show(self) -> None:
        rows = list(inbox_rows(self._view, self._folded))
        if self.is_empty:
            rows[:0] = self._nobody_waits()
        self.show_ranked(rows)
        waiting = self.waiting
        wait = f" · {waiting} {'waits' if waiting == 1 else 'wait'} for you" if waiting else ""
        self.heading.say(f"Inbox{wait}", self.desk.glyphs.rule)
        self.desk.keys_changed()

    def _nobody_waits(self) -> list[Row[InboxData]]:
        """In words, and what else there would be to do."""
        people = sum(lane.people for lane in self._view.lanes)
        searches, others = self.desk.pane_of(Area.SEARCHES), self.desk.pane_of(Area.PEOPLE)
        asking = searches.asking if isinstance(searches, SearchesPane) else 0
        quiet = others.quiet if isinstance(others, PeoplePane) else 0
        facts = []
        if people:
            facts.append(
                "1 stranger looks like a person"
                if people == 1
                else f"{people} strangers look like people"
            )
        if asking:
            facts.append(
                "1 hit asks for something" if asking == 1 else f"{asking} hits ask for something"
            )
        if quiet:
            facts.append(f"g p: {quiet} {'has' if quiet == 1 else 'have'} gone quiet")
        # Who has not been read yet may wait all the same.
        words = self._missing or "Nobody waits for you."
        note = Note(words, " · ".join(facts))
        blank = [] if not self._view.lanes else [Row("blank", "", Note("", ""), selectable=False)]
        return [Row("nobody", note, note, selectable=False), *blank]

    @property
    def badge(self) -> str:
        """The count behind its name in the tab line."""
        return str(self.waiting) if self.waiting else ""

    # What keys act on

    def target(self) -> Target | None:
        """The selected conversation."""
        row = self._rows.selected
        return of_item(row.data) if row and isinstance(row.data, ItemRow) else None

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for the selected row."""
        row = self._rows.selected
        if row is None or isinstance(row.data, Note):
            return ()
        if isinstance(row.data, LaneHead):
            return HEADING_WORDS
        return STRANGER_WORDS if row.data.lane is Lane.STRANGERS else WORDS

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Headings fold; the rest of the keys mean what they mean everywhere."""
        row = self._rows.selected
        own: dict[str, Callable[[], None]] = {"list.news": self.sort}
        if row is not None and isinstance(row.data, LaneHead) and row.data.only_door:
            own["item.open"] = lambda: self.desk.act("go.strangers")
        elif row is not None and isinstance(row.data, LaneHead) and row.data.folded is not None:
            lane, folded = row.data.lane, row.data.folded
            own["item.open"] = lambda: self.fold(lane, not folded)
            own["pane.right" if folded else "pane.left"] = own["item.open"]
            if folded and lane is Lane.STRANGERS:
                own["item.open"] = lambda: self.desk.act("go.strangers")
        elif row is not None and isinstance(row.data, ItemRow) and row.data.lane in FOLDABLE:
            around = row.data.lane
            own["pane.left"] = lambda: self.fold(around, True)
        return own

    def nothing(self) -> str:
        """What to say to a key that acts on a row, where a heading is selected."""
        row = self._rows.selected
        data = row.data if row is not None else None
        if isinstance(data, LaneHead) and data.lane is Lane.STRANGERS and data.folded:
            return "That is a heading; Enter opens the door, l unfolds it."
        return super().nothing()

    def fold(self, lane: Lane, folded: bool) -> None:
        """Fold a lane, which selects its heading, or unfold it, which shows what stands in it."""
        if lane not in FOLDABLE:
            return
        if folded:
            self._rows.select_key(lane_key(lane))
        (self._folded.add if folded else self._folded.discard)(lane)
        self._show()
        if not folded:
            self.show_unfolded(lane_key(lane))

    def open_lane(self, lane: Lane) -> bool:
        """Unfold a lane and select the first in it; False if nobody stands in it."""
        self.fold(lane, False)
        return self.select_first_below(lane_key(lane))


def inbox_rows(view: InboxView, folded: set[Lane]) -> Iterator[Row[InboxData]]:
    """The rows of the Inbox: lanes with their conversations, folded ones without.

    Args:
        view: the whole Inbox.
        folded: lanes whose conversations are not shown.
    """
    above: bool | None = None
    for lane in view.lanes:
        is_folded = lane.lane in folded
        foldable = lane.lane in FOLDABLE
        head = lane_head(
            lane,
            folded=is_folded if foldable else None,
            gap=above is not None and not (above and is_folded),
            hints=_hints(lane) if is_folded else (),
        )
        above = is_folded
        yield Row(lane_key(lane.lane), head, head, selectable=foldable, section=True)
        if not is_folded:
            for item in lane.rows:
                yield Row(item_key(item.id), item, item)


def _hints(lane: LaneRows) -> list[str]:
    """What a folded lane says besides its count: `fri larkspur lane`, `on their next post hollow reed`."""
    if lane.lane is Lane.STRANGERS:
        return ["Enter opens the door"]
    if lane.lane is Lane.LATER:
        return [f"{row.wakes} {row.person.name}".strip() for row in lane.rows]
    return []
