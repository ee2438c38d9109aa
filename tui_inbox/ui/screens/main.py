"""The main screen: header, panes, status line, key line, and what stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.layout import Layout
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui_inbox.ui import keys
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.layout import SIDE, Area, Kind, PaneLayout, Shown, kind_of, place
from tui_inbox.ui.panes.corner import CornerPane
from tui_inbox.ui.panes.inbox import InboxPane
from tui_inbox.ui.panes.pane import Pane
from tui_inbox.ui.panes.people import PeoplePane
from tui_inbox.ui.panes.searches import SearchesPane
from tui_inbox.ui.panes.timeline import TimelinePane
from tui_inbox.ui.screens.page import Page
from tui_inbox.ui.themes import Colours
from tui_inbox.ui.widgets.header import Tab, header, tabs
from tui_inbox.ui.widgets.key_line import ALWAYS, TakesKeys, key_line
from tui_inbox.ui.widgets.line import Line
from tui_inbox.ui.widgets.reading import ReadingColumn
from tui_inbox.ui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from tui_inbox.ui.widgets.ask_line import AskLine
    from tui_inbox.ui.widgets.choice_line import ChoiceLine


class Body(Widget):
    """The room for panes. Where they stand is decided anew at each layout, from the size alone."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown
        self._panes = PaneLayout(lambda: self.shown)

    @property
    def layout(self) -> Layout:
        """Our own way of placing children; style sheets only know Textual's."""
        return self._panes


class MainScreen(Screen[None], inherit_bindings=False):
    """The only screen of the program.

    Args:
        is_held_back: whether its first picture is waited with.
    """

    BINDINGS = keys.bindings(keys.Context.GLOBAL)
    AUTO_FOCUS = ""  # else Textual would give it to the Inbox, wherever the last run ended

    class Ready(Message):
        """Its panes are there."""

    def __init__(self, shown: Shown, kind: Kind, is_held_back: Callable[[], bool]) -> None:
        # With the right class from the start, styles are not worked out twice before the first picture.
        super().__init__(classes=f"-{kind}")
        self._is_held_back = is_held_back
        self.body = Body(shown)
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

    # What stands where

    @property
    def kind(self) -> Kind:
        """How much room there is."""
        return kind_of(self.app.size)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes that are always there, and the pages."""
        return (
            self.inbox,
            self.timeline,
            self.searches,
            self.people,
            self.corner,
            *self.reading.pages,
        )

    @property
    def on_screen(self) -> list[Area]:
        """The areas on the screen, from left to right and from top to bottom."""
        return list(place(self.kind, self.size, self.body.shown))

    def pane_of(self, area: Area) -> Pane:
        """The pane that is seen in an area."""
        widget = self._areas[area]
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
        """In a corner of the screen only two areas can be seen."""
        if self.kind is Kind.CORNER and area is not Area.READING:
            return Area.CORNER
        if self.kind is not Kind.CORNER and area is Area.CORNER:
            return Area.INBOX
        return area

    def show(self, shown: Shown) -> None:
        """Lay the panes out in another way."""
        if shown != self.body.shown:
            self.body.shown = shown
            # A child asks, because Textual forgets an arrangement only when a child wants another.
            self.reading.refresh(layout=True)

    def activate(self, area: Area) -> None:
        """Bring an area on the screen and give it the focus."""
        before = self.body.shown
        side = area if area in SIDE else before.side
        self.show(Shown(area, side, before.zoomed, before.shift))
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
        before = self.body.shown
        if area is not before.active and area is not Area.CORNER:
            side = area if area in SIDE else before.side
            self.show(Shown(area, side, before.zoomed, before.shift))

    def on_resize(self) -> None:
        """Another size may be another layout; the focus goes where it can be seen."""
        for kind in Kind:
            self.set_class(kind is self.kind, f"-{kind}")
        self.corner.reread()
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
        match self.kind:
            case Kind.NARROW:
                return [Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE]
            case Kind.CORNER:
                return [Area.INBOX]
            case _ if self.body.shown.zoomed:
                return [Area.INBOX, Area.READING, Area.SEARCHES, Area.PEOPLE]
            case _:
                return self.on_screen

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
        line = own or key_line(here.words(), room, ALWAYS, keymap, give_way=here.GIVE_WAY)
        self.key_line.say(line)
        self.set_class(self.here in self.reading.pages, "-paged")

    @property
    def hand(self) -> TakesKeys | None:
        """What takes the keys at this moment instead of the selected row: a strip, a question, the composer."""
        over, focused = self.app.screen, self.focused
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
