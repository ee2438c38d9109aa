"""The People pane: who is worth a thought, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries import people as people_queries
from tui_inbox.queries import words
from tui_inbox.queries.rows import PeopleSection, PeopleView, PersonRow
from tui_inbox.ui import keys
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.ranked import FOLDING, RankedPane
from tui_inbox.ui.render.person import PeopleData, PersonRenderer, SectionHead
from tui_inbox.ui.target import Target, of_person
from tui_inbox.ui.widgets import Row, RowList

FOLDED = frozenset(
    {
        PeopleSection.WAIT_FOR_YOU,
        PeopleSection.YOU_WAIT_FOR,
        PeopleSection.REGULARS,
        PeopleSection.LET_GO,
    }
)
"""Sections that are folded until the owner opens them: the first stands in the Inbox anyway."""

SHORT_LIST = 8
"""So few regulars are not worth folding, unless the owner does."""

_MORE = ("open.person", "person.pin", "item.note", "open.why")
WORDS: dict[PeopleSection, tuple[str, ...]] = {
    PeopleSection.WAIT_FOR_YOU: ("item.reply", "item.done", *_MORE),
    PeopleSection.YOU_WAIT_FOR: ("item.reply:write", "item.done:no longer", *_MORE),
    PeopleSection.PINNED: (
        *("item.reply", "item.open", "item.done:seen", "open.person"),
        *("person.pin:unpin", "item.note", "open.why"),
    ),
    PeopleSection.GOING_QUIET: (
        *("item.reply:write", "item.done:not now", "person.met", "person.aside:let go…"),
        *_MORE,
    ),
    PeopleSection.THEY_STARTED_IT: (
        *("item.reply", "item.follow", "item.let_in:list, group", "item.done:not now"),
        *_MORE,
    ),
    PeopleSection.NEW_AROUND_YOU: (
        *("item.reply:say hello", "item.follow", "item.done:take away", "open.person"),
        *("item.let_in:list, group", "open.why"),
    ),
    PeopleSection.REGULARS: ("item.reply", "open.person", "person.pin", "item.note", "open.why"),
    PeopleSection.LET_GO: ("item.reply:write", "person.aside:bring back…", *_MORE),
}
"""Keys that are worth showing for somebody, with what they mean in the section."""

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
        self._turned: set[PeopleSection] = set()
        self._reminded: tuple[int, tuple[tuple[int, int], ...]] = (0, ())
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
        self._fold_what_is_long()
        self._show()
        self._note_the_week()

    def _fold_what_is_long(self) -> None:
        """A handful of regulars is shown; what the owner folds or unfolds stays as it is."""
        section = PeopleSection.REGULARS
        if section not in self._turned:
            few = len(dict(self._view.sections).get(section, ())) <= SHORT_LIST
            (self._folded.discard if few else self._folded.add)(section)

    def _note_the_week(self) -> None:
        """Who has gone quiet is noted, so that they stay the same ones until the week ends."""
        now = self.desk.services.now()
        quiet = dict(self._view.sections).get(PeopleSection.GOING_QUIET, ())
        shown = tuple((row.account, row.person.id) for row in quiet)
        told = words.week_of(now, words.local_zone(now)), shown
        if shown and told != self._reminded:
            from tui_inbox.commands import (
                people as people_commands,
            )  # not needed for the first picture

            self._reminded = told
            people_commands.remind(self.desk.services.ctx, *told)

    def _show(self) -> None:
        self.show_ranked(list(people_rows(self._view, self._folded)))
        self.heading.say("People", self.desk.glyphs.rule)
        self.desk.keys_changed()

    @property
    def quiet(self) -> int:
        """How many have gone quiet."""
        return len(dict(self._view.sections).get(PeopleSection.GOING_QUIET, ()))

    def on_descendant_blur(self) -> None:
        """Whoever goes elsewhere has looked at the selected one."""
        self._gaze.wander(self.desk.services.ctx)

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
        return WORDS[row.data.section] if isinstance(row.data, PersonRow) else HEADING_WORDS

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
        self._turned.add(section)
        (self._folded.add if folded else self._folded.discard)(section)
        self._show()
        if not folded:
            self.show_unfolded(section_key(section))


def people_rows(view: PeopleView, folded: set[PeopleSection]) -> Iterator[Row[PeopleData]]:
    """The rows of the pane: sections with their people, folded ones without."""
    for section, people in view.sections:
        title = str(section) if section is PeopleSection.PINNED else f"{section} · {len(people)}"
        if section is PeopleSection.WAIT_FOR_YOU:
            title += ", in the inbox"
        if section in folded and section is not PeopleSection.WAIT_FOR_YOU:
            title += ", folded"
        head = SectionHead(section, title, section in folded)
        yield Row(section_key(section), head, head, section=True)
        if section not in folded:
            for row in people:
                yield Row(person_key(row.account, row.person.id), row, row)
