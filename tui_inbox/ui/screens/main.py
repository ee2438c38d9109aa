"""The main screen: header, panes, status line, key line, and what stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import TABS, WITH_COLUMNS, Area, Kind, Shown
from tui_inbox.ui.layouts import Layouts
from tui_inbox.ui.panes.corner import CornerPane
from tui_inbox.ui.panes.inbox import InboxPane
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.people import PeoplePane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.panes.timeline import TimelinePane
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.themes import Colours
from tui_inbox.ui.widgets.body import Body
from tui_inbox.ui.widgets.header import Tab, header, tabs
from tui_inbox.ui.widgets.key_line import ALONE, ALWAYS, TakesKeys, key_line
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.marking import is_slip
from tui_inbox.ui.widgets.painted_list import PaintedList
from tui_inbox.ui.widgets.reading import ReadingColumn
from tui_inbox.ui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from tui_inbox.ui.panes.pinned import PinnedSearch
    from tui_inbox.ui.widgets.ask_line import AskLine
    from tui_inbox.ui.widgets.choice_line import ChoiceLine


COPIES = frozenset({"ctrl+c", "super+c"})
"""Keys that copy what is marked once more."""


class MainScreen(Screen[None], inherit_bindings=False):
    """The only screen of the program.

    Args:
        layouts: what is shown at each kind of size.
        is_held_back: whether its first picture is waited with.
        arranged: called when panes stand elsewhere.
    """

    BINDINGS = keys.bindings(keys.Context.GLOBAL)
    AUTO_FOCUS = ""  # else Textual would give it to the Inbox, wherever the last run ended

    class Ready(Message):
        """Its panes are there."""

    def __init__(
        self, layouts: Layouts, is_held_back: Callable[[], bool], arranged: Callable[[], None]
    ) -> None:
        # With the right class from the start, styles are not worked out twice before the first picture.
        super().__init__(classes=f"-{layouts.kind}")
        self._is_held_back = is_held_back
        self.body = Body(layouts, self._stays, arranged)
        self.header_line = Line(id="header")
        self.status_line = Line(id="status")
        self.key_line = Line(id="keys")
        self.which_key = WhichKey()
        self.ask_line: AskLine | None = None
        self.choice_line: ChoiceLine | None = None
        self.inbox = InboxPane()
        self.timeline = TimelinePane()
        self.searches = SearchesPane()
        self.people = PeoplePane()
        self.corner = CornerPane()
        self.reading = ReadingColumn(self.timeline)
        self._seen_hand: TakesKeys | None = None
        self._areas: dict[Area, Widget] = {
            Area.INBOX: self.inbox,
            Area.READING: self.reading,
            Area.SEARCHES: self.searches,
            Area.PEOPLE: self.people,
            Area.CORNER: self.corner,
        }
        self._pins: dict[Area, PinnedSearch] = {}
        self._make_pins(layouts.shown)

    def compose(self) -> ComposeResult:
        """What the first picture needs; `complete` adds the rest."""
        yield self.header_line
        with self.body:
            yield from self._areas.values()
        yield self.which_key
        yield self.status_line
        yield self.key_line

    def on_mount(self) -> None:
        """Tell the application."""
        self.post_message(self.Ready())

    def _compositor_refresh(self) -> None:
        """Draw nothing while the picture is held back. Textual would draw the empty panes, and throw that away."""
        if not self._is_held_back():
            super()._compositor_refresh()

    async def complete(self) -> None:
        """Add what is not needed for the first picture: the fields to write into."""
        from tui_inbox.ui.widgets.ask_line import AskLine
        from tui_inbox.ui.widgets.choice_line import ChoiceLine

        self.ask_line, self.choice_line = AskLine(), ChoiceLine()
        await self.mount(self.ask_line, self.choice_line, before=self.key_line)
        await self.reading.add_composer()
        await self.body.add_grip()

    # What stands where

    @property
    def kind(self) -> Kind:
        """How much room there is."""
        return self.body.kind

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes that are always there, and the pages."""
        return (
            self.inbox,
            self.timeline,
            self.searches,
            self.people,
            self.corner,
            *self._pins.values(),
            *self.reading.pages,
        )

    @property
    def panes_seen(self) -> list[Pane]:
        """The panes on the screen, the one that keys act on first; not what stands above the composer's text."""
        composer, here = self.reading.composer, self.here
        writes = composer is not None and composer.is_open
        areas = [area for area in self.body.ground.areas if not (writes and area is Area.READING)]
        return sorted(map(self.pane_of, areas), key=lambda pane: pane is not here)

    def pane_of(self, area: Area) -> Pane:
        """The pane that is seen in an area."""
        widget = self._areas.get(area, self.searches)  # a pane of a search may be made in a moment
        return widget.top if isinstance(widget, ReadingColumn) else self._pane(widget)

    @staticmethod
    def _pane(widget: Widget) -> Pane:
        assert isinstance(widget, Pane)
        return widget

    @property
    def here(self) -> Pane:
        """The pane that keys act on."""
        return self.pane_of(self._seen(self.body.shown.active))

    def _seen(self, area: Area) -> Area:
        """In a corner of the screen the Inbox is the corner's own list."""
        return Area.CORNER if self.kind is Kind.CORNER and area is Area.INBOX else area

    def show(self, shown: Shown) -> None:
        """Lay the panes out in another way."""
        self._make_pins(shown)
        if self.body.show(shown):
            self._pins_changed()

    def activate(self, area: Area) -> None:
        """Bring an area on the screen and give it the focus."""
        self.activate_seen(area)
        self._focus_here()

    def _focus_here(self) -> None:
        """Give the focus to what keys act on; to the composer while something is written there."""
        composer = self.reading.composer
        if composer is not None and composer.is_open and self.body.shown.active is Area.READING:
            composer.take_hand()
        else:
            self.set_focus(self.here.focus_target)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click into another pane makes it the active one."""
        self._hand_may_have_moved()
        if event.widget is not self.focused:
            # A page that is taken away gives the focus to whatever comes next, for a moment; the word of that may come
            # behind the word of the pane to which the hand went back.
            return
        for node in event.widget.ancestors_with_self:
            if isinstance(node, Widget) and node in self._areas.values():
                self.activate_seen(Area(node.id or ""))
                return

    def activate_seen(self, area: Area) -> None:
        """The area has the focus already."""
        shown = self.body.shown
        if area is Area.CORNER:
            area = Area.INBOX
        elif not shown.has(area):  # a pane of a search, which this size does not have
            area = Area.SEARCHES
        if area is not shown.active:
            self.show(shown.turned_to(area))

    def _stays(self, area: Area) -> bool:
        """Whether the hand stays in an area when there is room of another kind: where something is read or written."""
        return area is Area.READING and bool(self.reading.pages or self.reading.is_written_in)

    def on_resize(self) -> None:
        """Another size may be another layout; the focus goes where it can be seen."""
        cast(Desk, self.app).leave_keys()
        for kind in Kind:
            self.set_class(kind is self.kind, f"-{kind}")
        self.body.resized()
        if self._make_pins(self.body.shown):
            self.call_after_refresh(self._focus_here)  # only then can one of them have it
        self.corner.reread()
        self._pins_changed()
        if not self._asks:  # a question keeps the hand, and what was typed into it
            self._focus_here()
        cast(Desk, self.app).keys_changed()

    @property
    def _asks(self) -> bool:
        """Whether a question at the bottom waits for an answer."""
        lines = (self.ask_line, self.choice_line)
        return any(line is not None and line.is_open for line in lines)

    @property
    def areas(self) -> list[Area]:
        """The areas that `h`, `l` and Tab go through: what is seen, or the tabs of the one-pane layout."""
        if self.kind in WITH_COLUMNS and not self.body.shown.zoomed:
            return self.body.ground.areas
        return list(TABS)

    # Searches with panes of their own

    def _make_pins(self, shown: Shown) -> bool:
        """Make the panes of searches that a layout has and none before it had; return whether there are any."""
        missing = [area for area in shown.pins if area not in self._areas]
        for area in missing:
            from tui_inbox.ui.panes.pinned import PinnedSearch  # few have any

            self._pins[area] = self._areas[area] = PinnedSearch(area)
            if self.body.is_attached:
                self.body.mount(self._pins[area], before=self.reading)
        return bool(missing)

    def _pins_changed(self) -> None:
        """Let panes of searches show what the layout says, and the list of all what is left."""
        for pane in self._pins.values():
            if pane.is_attached and pane.is_turned():
                pane.reread()
        self.searches.pins_changed()

    # The mouse on the edges between panes

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show the edge that can be moved, if the mouse is on one."""
        self.body.hover(event.screen_offset - self._room)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the edge under the mouse."""
        if event.button == 1 and self.body.press(event.screen_offset - self._room, self._room):
            self.clear_selection()

    @property
    def _room(self) -> Offset:
        """Where the room for panes begins."""
        header = self.header_line
        return Offset(
            0, header.region.bottom + header.styles.margin.bottom if header.display else 0
        )

    # Lines

    def draw_lines(self, desk: Desk, colours: Colours) -> None:
        """Say anew what stands in the header, and which keys work on the selected row."""
        self.reading.share(self.size.height)
        width = self.size.width - 2
        narrow = self.kind is Kind.NARROW
        line = header(desk.accounts, desk.scope, colours, brief=narrow)
        if narrow:
            line = tabs(self._tabs(), self.body.shown.active, line, width)
        self.header_line.say(line)
        self.header_line.set_class(not line, "-none")
        # The line ends at the last cell, where the header has a blank: of 80 cells each one counts.
        hand, keymap, room = self.hand, desk.services.look.keymap, width + 1
        own = hand.own_keys(room, keymap) if hand is not None else None
        here = self.here
        always = ALWAYS if desk.accounts else ALONE
        line = own or key_line(here.words(), room, always, keymap, give_way=here.GIVE_WAY)
        self.key_line.say(line)
        self.set_class(self.here in self.reading.pages, "-paged")

    @property
    def hand(self) -> TakesKeys | None:
        """What takes the keys at this moment instead of the selected row: a strip, a question, the composer."""
        over, focused = self.app.screen, self.focused
        if (taker := cast(Desk, self.app).taker) is not None:
            return taker
        if over is self and self.which_key.is_open:
            return self.which_key
        nodes: list[DOMNode] = [over]
        if over is self:
            nodes = focused.ancestors_with_self if focused is not None else []
        return next((node for node in nodes if isinstance(node, TakesKeys)), None)

    def _hand_may_have_moved(self) -> None:
        """Another thing may be typed into: its keys are to be seen at once."""
        if self.hand is not self._seen_hand:
            self._seen_hand = self.hand
            cast(Desk, self.app).keys_changed()

    def on_descendant_blur(self) -> None:
        """Nothing may have the focus now."""
        self._hand_may_have_moved()

    def on_screen_suspend(self) -> None:
        """Something is laid over it."""
        self._hand_may_have_moved()

    def on_screen_resume(self) -> None:
        """What lay over it is gone."""
        self._hand_may_have_moved()

    def _tabs(self) -> list[Tab]:
        return [
            Tab(Area.INBOX, "pane.inbox", "inbox", self.inbox.badge),
            Tab(Area.READING, "pane.timeline", self.timeline.tab, self.timeline.badge),
            Tab(Area.SEARCHES, "pane.searches", "searches", self.searches.badge),
            Tab(Area.PEOPLE, "pane.people", "people", self.people.badge),
        ]

    # Text that is marked by the mouse

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is under the mouse. While text is marked in a list, what is nearest to the mouse in that list: a hand
        that slips over its edge marks nothing of the pane beside it."""
        state = self._select_state if self._selecting else None
        begun = None if state is None else state.start.content_widget
        if isinstance(begun, PaintedList):
            inside = begun.region
            x = min(max(x, inside.x), inside.right - 1)
            y = min(max(y, inside.y), inside.bottom - 1)
        return super().get_widget_and_offset_at(x, y)

    def on_text_selected(self) -> None:
        """The mouse was let go: what it has marked goes to the clipboard."""
        if any(not is_slip(selection) for selection in self.selections.values()):
            self._copy_marked()
        elif self.selections:
            self.clear_selection()

    def _copy_marked(self) -> None:
        text = self.get_selected_text()
        if text:
            desk = cast(Desk, self.app)
            desk.copy_to_clipboard(text)
            desk.say("The marked text is in the clipboard.")

    def ends_marking(self, key: str) -> bool:
        """Whether a key was about what is marked and nothing else: ctrl+c copies it, Escape forgets it. With any
        other key it is forgotten, too."""
        if not self.selections:
            return False
        if key in COPIES:
            self._copy_marked()
            return True
        self.clear_selection()
        return key == "escape"

    def begins_prefix(self, key: str) -> bool:
        """Whether a key begins a prefix where one writes: the letter behind it must not become text."""
        composer = self.reading.composer
        return composer is not None and composer.begins_prefix(key)

    # Pages

    def open_page(self, page: Page, *, instead: bool) -> None:
        """Lay a page over the Timeline and give it the focus. What is written below is kept and closed."""
        self._close_composer()
        page.opened_from = self.body.shown.active
        if instead and self.reading.pages:
            page.opened_from = self.reading.pages[-1].opened_from
            self.reading.take(self.reading.pages[-1])
        self.reading.push(page)
        self.activate(Area.READING)

    def close_page(self, page: Page | None) -> None:
        """Take a page away and go back to where it was opened."""
        page = page or (self.reading.pages[-1] if self.reading.pages else None)
        if page is None:
            return
        was_top = page is self.reading.top
        if was_top:
            self._close_composer()
        self.reading.take(page)
        if was_top and self.body.shown.active is Area.READING:
            self.activate(page.opened_from)

    def close_pages(self) -> None:
        """Bring the Timeline back."""
        self._close_composer()
        for page in reversed(self.reading.pages):
            self.reading.take(page)

    def _close_composer(self) -> None:
        composer = self.reading.composer
        if composer is not None and composer.is_open:
            composer.close()
