"""The People pane: who is worth a thought, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries import people as people_queries
from tui_inbox.queries.rows import PeopleSection, PeopleView, PersonRow
from tui_inbox.ui import keys
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.ranked import FOLDING, RankedPane
from tui_inbox.ui.render.person import PeopleData, PersonRenderer, SectionHead
from tui_inbox.ui.target import Target, of_person
from tui_inbox.ui.widgets import Row, RowList

FOLDED = frozenset({PeopleSection.WAIT_FOR_YOU, PeopleSection.YOU_WAIT_FOR, PeopleSection.REGULARS})
"""Sections that are folded until the owner opens them: the first stands in the Inbox anyway."""

WORDS = ("item.reply", "open.person", "person.pin", "person.met", "item.note", "open.why")
HEADING_WORDS = ("item.open",)
EMPTY = ("Nobody yet.", "People come here when you talk with them.")


def person_key(account: int, person: int) -> str:
    """Key of a person's row."""
    return f"person:{account}:{person}"


def section_key(section: PeopleSection) -> str:
    """Key of a section's heading."""
    return f"section:{section.name}"


class PeoplePane(RankedPane):
    """People in sections."""

    PLACE = "people"
    OWN = FOLDING
    AREA = Area.PEOPLE
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.ITEM, keys.Context.PEOPLE)

    def __init__(self) -> None:
        super().__init__(id=Area.PEOPLE)
        self._view = PeopleView(())
        self._folded: set[PeopleSection] = set(FOLDED)
        self._rows: RowList[PeopleData] = RowList(self.renderer())

    @property
    def rows(self) -> RowList[PeopleData]:
        """Sections and the people in them."""
        return self._rows

    def renderer(self) -> PersonRenderer:
        """Draws sections and people."""
        return PersonRenderer(self.drawing)

    # What it shows

    def concerns(self, change: Change) -> bool:
        """Who talks with whom, and whose turn it is."""
        if change.topic is Topic.HEALTH:
            return not self._view.sections
        return change.topic in (Topic.PEOPLE, Topic.INBOX)

    async def read(self) -> None:
        """Read all sections."""
        desk = self.desk
        self._view = await desk.ask(people_queries.view, desk.scope, now=desk.services.now())
        if not self._view.sections:
            missing = await self.why_missing()
            self.say_empty(*((missing, EMPTY[1]) if missing else EMPTY))
        self._show()

    def _show(self) -> None:
        self.show_ranked(list(people_rows(self._view, self._folded)))
        self.heading.say("People", self.desk.glyphs.rule)
        self.desk.keys_changed()

    @property
    def quiet(self) -> int:
        """How many have gone quiet."""
        return len(dict(self._view.sections).get(PeopleSection.GOING_QUIET, ()))

    # What keys act on

    def target(self) -> Target | None:
        """The selected person."""
        row = self._rows.selected
        return of_person(row.data) if row and isinstance(row.data, PersonRow) else None

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing for the selected row."""
        row = self._rows.selected
        if row is None:
            return ()
        return WORDS if isinstance(row.data, PersonRow) else HEADING_WORDS

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Headings fold; the rest of the keys mean what they mean everywhere."""
        row = self._rows.selected
        own: dict[str, Callable[[], None]] = {"list.news": self.sort}
        if row is not None and isinstance(row.data, SectionHead):
            head = row.data
            own["item.open"] = lambda: self.fold(head.section, not head.folded)
            own["pane.right" if head.folded else "pane.left"] = own["item.open"]
        return own

    def fold(self, section: PeopleSection, folded: bool) -> None:
        """Fold a section, or unfold it."""
        (self._folded.add if folded else self._folded.discard)(section)
        self._show()
        if not folded:
            self.show_unfolded(section_key(section))


def people_rows(view: PeopleView, folded: set[PeopleSection]) -> Iterator[Row[PeopleData]]:
    """The rows of the pane: sections with their people, folded ones without."""
    for section, people in view.sections:
        words = str(section) if section is PeopleSection.PINNED else f"{section} · {len(people)}"
        if section is PeopleSection.WAIT_FOR_YOU:
            words += ", in the inbox"
        if section in folded and section is not PeopleSection.WAIT_FOR_YOU:
            words += ", folded"
        head = SectionHead(section, words, section in folded)
        yield Row(section_key(section), head, head, section=True)
        if section not in folded:
            for row in people:
                yield Row(person_key(row.account, row.person.id), row, row)
