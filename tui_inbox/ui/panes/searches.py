"""The Searches: standing searches with their newest hits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries import searches as search_queries
from tui_inbox.queries.rows import HitRow, PostRow, SearchRows
from tui_inbox.ui import keys
from tui_inbox.ui.layout import PINS, Area
from tui_inbox.ui.panes.ranked import FOLDING, RankedPane
from tui_inbox.ui.render.hit import HitRenderer, SearchData, SearchHead
from tui_inbox.ui.target import Target, of_hit
from tui_inbox.ui.widgets import Row, RowList

WORDS = (
    "item.reply",
    "item.done",
    "item.later",
    "search.not",
    "search.mark",
    "open.person",
    "item.keep",
)
HEADING_WORDS = (
    "search.mark",
    "search.asks",
    "item.open",
    "item.edit",
    "search.next",
    "item.delete",
)
EMPTY = ("No standing search yet.", "/ looks in everything stored, S keeps the search.")


def hit_key(search: int, post: int) -> str:
    """Key of a hit's row, as in `NeedsYou.key`."""
    return f"{search}:{post}"


def search_of(hit: str) -> int:
    """The search that a hit's row belongs to, from the row's key."""
    return int(hit.partition(":")[0])


def search_key(search: int) -> str:
    """Key of a search's heading."""
    return f"search:{search}"


class SearchesPane(RankedPane):
    """Standing searches, one below the other."""

    PLACE = "searches"
    OWN = FOLDING | {"search.next", "search.previous"}
    AREA = Area.SEARCHES
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.SEARCHES)

    def __init__(self, area: Area = Area.SEARCHES) -> None:
        super().__init__(id=area)
        self._searches: Sequence[SearchRows] = ()
        self._folded: set[int] = set()
        self._unfolded: set[str] = set()
        self._told_apart: Mapping[int, Area] = {}
        self._rows: RowList[SearchData] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[SearchData]:
        """Searches and their hits."""
        return self._rows

    def renderer(self) -> HitRenderer:
        """Draws searches and hits."""
        return HitRenderer(self.drawing)

    def posts_on_screen(self) -> Iterable[PostRow]:
        """The hits on the screen."""
        return [
            row.data.post for row, _ in self._rows.rows_on_screen() if isinstance(row.data, HitRow)
        ]

    # What it shows

    def concerns(self, change: Change) -> bool:
        """New hits, what became of the old ones, and answers to them that leave or are stopped."""
        return change.topic in (Topic.SEARCHES, Topic.OUTBOX)

    async def read(self) -> None:
        """Read all searches with their newest hits."""
        desk = self.desk
        self._searches = await desk.ask(search_queries.view, desk.scope, now=desk.services.now())
        self.say_empty(*EMPTY)
        self._show()

    def pins_changed(self) -> None:
        """Other searches may have panes of their own on the screen now."""
        if self._apart() != self._told_apart:
            self._show()

    def _apart(self) -> dict[int, Area]:
        """Searches whose hits are seen in a pane of their own, and where."""
        seen = self.desk.ground.areas
        return {search: area for area, search in self.desk.shown.pins.items() if area in seen}

    def _show(self) -> None:
        self._told_apart = apart = self._apart()
        self.show_ranked(list(search_rows(self._searches, self._folded, apart)))
        hits = self.unread
        words = f" · {hits} {'hit' if hits == 1 else 'hits'}" if hits else ""
        self.heading.say(f"Searches{words}", self.desk.glyphs.rule)
        self.desk.keys_changed()

    def with_unfolded(self, rows: Sequence[Row[SearchData]]) -> Sequence[Row[SearchData]]:
        """Hits whose copies are unfolded have them below."""
        return list(with_copies(rows, self._unfolded)) if self._unfolded else rows

    @property
    def unread(self) -> int:
        """Hits nobody has looked at."""
        return sum(search.unread for search in self._searches)

    @property
    def asking(self) -> int:
        """Hits that ask for something and are still open."""
        hits = (hit for search in self._searches for hit in search.hits)
        return sum(1 for hit in hits if hit.post.asks and hit.state.is_open)

    @property
    def badge(self) -> str:
        """The count behind its name in the tab line."""
        return str(self.unread) if self.unread else ""

    # What keys act on

    def target(self) -> Target | None:
        """The selected hit."""
        row = self._rows.selected
        return of_hit(row.data) if row and isinstance(row.data, HitRow) else None

    @property
    def search(self) -> SearchRows | None:
        """The search that the selection stands in."""
        row = self._rows.selected
        if row is None:
            return None
        id_ = row.data.id if isinstance(row.data, SearchHead) else row.data.search
        return next((search for search in self._searches if search.id == id_), None)

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for the selected row."""
        row = self._rows.selected
        if row is None:
            return ()
        return WORDS if isinstance(row.data, HitRow) else HEADING_WORDS

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Headings fold; the rest of the keys mean what they mean everywhere."""
        row = self._rows.selected
        own: dict[str, Callable[[], None]] = {
            "list.news": self.sort,
            "search.next": lambda: self.step(1),
            "search.previous": lambda: self.step(-1),
        }
        if row is not None and isinstance(row.data, SearchHead) and row.data.own_pane:
            there = self._told_apart[row.data.id]
            own["item.open"] = own["pane.right"] = lambda: self.desk.activate(there)
        elif row is not None and isinstance(row.data, SearchHead):
            head = row.data
            own["item.open"] = lambda: self.fold(head.id, not head.folded)
            own["pane.right" if head.folded else "pane.left"] = own["item.open"]
        elif row is not None and isinstance(row.data, HitRow):
            own |= self._acts_on_copies(row.data)
        return own

    def _acts_on_copies(self, hit: HitRow) -> Mapping[str, Callable[[], None]]:
        """What several say in the same words unfolds to each of them, and folds again."""
        first = self._first_of(hit) if hit.alone else hit
        if first is None or not first.copies:
            return {}
        key = hit_key(first.search, first.post.id)
        if key in self._unfolded:
            return {"pane.left": lambda: self._fold_copies(key)}
        return {"pane.right": lambda: self._unfold_copies(key)}

    def _first_of(self, copy: HitRow) -> HitRow | None:
        """The row below which a copy is shown."""
        return next(
            (
                hit
                for search in self._searches
                for hit in search.hits
                if hit.search == copy.search and copy in hit.copies
            ),
            None,
        )

    def _unfold_copies(self, key: str) -> None:
        self._unfolded.add(key)
        self._show()
        self.show_unfolded(key)

    def _fold_copies(self, key: str) -> None:
        self._unfolded.discard(key)
        self._rows.select_key(key)
        self._show()

    def step(self, direction: int) -> None:
        """To the next search, or the previous one."""
        if not self._rows.next_section(direction):
            self.step_out(direction)

    def step_out(self, direction: int) -> None:
        """To the pane of the next search, or the previous one, that has one of its own."""
        areas = [area for area in self.desk.areas if area in (Area.SEARCHES, *PINS)]
        at = areas.index(self.area) + direction if self.area in areas else -1
        if 0 <= at < len(areas):
            self.desk.activate(areas[at])
        else:
            self.desk.say(f"There is no search {'below' if direction > 0 else 'above'}.")

    def fold(self, search: int, folded: bool) -> None:
        """Fold a search, or unfold it."""
        (self._folded.add if folded else self._folded.discard)(search)
        self._show()
        if not folded:
            self.show_unfolded(search_key(search))


def with_copies(
    rows: Iterable[Row[SearchData]], unfolded: Collection[str]
) -> Iterator[Row[SearchData]]:
    """Rows, those that are unfolded with the copies of their texts below."""
    for row in rows:
        yield row
        if row.key in unfolded and isinstance(row.data, HitRow):
            for copy in row.data.copies:
                yield Row(hit_key(copy.search, copy.post.id), copy, copy)


def search_rows(
    searches: Sequence[SearchRows], folded: set[int], apart: Collection[int] = ()
) -> Iterator[Row[SearchData]]:
    """The rows of the pane: searches with their hits, without them those that are folded or stand apart."""
    gap = False
    for search in searches:
        head = SearchHead(
            id=search.id,
            query=search.title,
            account=search.account,
            letters=search.letters,
            marked=search.marked,
            unread=search.unread,
            coverage=search.coverage,
            folded=search.id in folded or search.id in apart,
            own_pane=search.id in apart,
            gap=gap,
            asks_only=search.asks_only,
            later=search.later,
            passed=search.passed,
        )
        yield Row(search_key(search.id), head, head, section=True)
        gap = bool(search.hits or search.waiting) and not head.folded
        if not head.folded:
            for hit in (*search.hits, *search.waiting):
                yield Row(hit_key(search.id, hit.post.id), hit, hit)
