"""What all panes and pages are: a title with a rule under it, rows, keys, and how they stay fresh."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from tui_inbox.core.changes import Change
from tui_inbox.core.moment import Millis
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.key_words import with_own_keys
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.gaze import Gaze
from tui_inbox.ui.places import Spot
from tui_inbox.ui.render.ages import age_field
from tui_inbox.ui.render.cells import Drawing
from tui_inbox.ui.target import Target
from tui_inbox.ui.widgets import RowList, RowRenderer
from tui_inbox.ui.widgets.status_line import READING, why_missing
from tui_inbox.ui.widgets.title import PaneTitle

log = logging.getLogger(__name__)

STEADY = 0.3
"""Seconds in which keys are ignored after the selected row became another one by itself."""


LOOK_AGAIN = 3.0
"""Seconds between two looks whether everything has been read: nobody tells when that is so."""

NOTHING = "Nothing is selected."

NOT_FOLDED = "There is nothing more to show of it."


class Pane(Widget):
    """A place on the screen that shows rows and has keys of its own.

    A pane overrides `read`, which asks queries and shows what they answer; `concerns`, which says
    whether a change of the store is news for it; and `target`, which says what the item keys act on.
    `reread` may be called as often as one likes: readings never overlap, and wishes during a reading
    make one more reading.

    Attributes:
        heading: its title.
        first_read: set when it has shown what the store has.
    """

    PLACE: ClassVar[str] = "text"
    """Name of its sum of key contexts in `keys.PLACES`."""

    OWN: ClassVar[frozenset[str]] = frozenset()
    """Ids of the keys that `acts` may answer with: those that no handler of `ui.acts` need know."""

    GIVE_WAY: ClassVar[tuple[str, ...]] = ()
    """Ids of keys of everywhere that give way to its own where the key line has no room for all."""

    AREA: ClassVar[Area] = Area.READING
    """Where on the screen it stands."""

    OPENS: ClassVar[str] = "item.open"
    """Id of the key that opens the selected row."""

    DEFAULT_CSS = """
    Pane {
        width: 1fr;
        height: 1fr;
        layout: vertical;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heading = PaneTitle()
        self.first_read = asyncio.Event()
        self._wanted = False
        self._reading = False
        self._shifted_at = float("-inf")
        self._ages: list[str] = []
        self._looking: Timer | None = None
        self._gaze = Gaze(self.set_timer, self._looked_at)

    @property
    def area(self) -> Area:
        """Where on the screen it stands."""
        return self.AREA

    @property
    def desk(self) -> Desk:
        """The application."""
        return cast(Desk, self.app)

    @property
    def rows(self) -> RowList[Any] | None:
        """Its rows, if it is made of rows."""
        return None

    def compose(self) -> ComposeResult:
        """Title, rule, rows."""
        yield self.heading
        if self.rows is not None:
            yield self.rows

    def on_mount(self) -> None:
        """Show what the store has."""
        if self.rows is not None:
            self.rows.tell_rows(self._with_emoji)
        self.reread()

    def _with_emoji(self, data: Any) -> Any:
        """What of a row is shown: emoji as the owner wants them."""
        emoji = self.desk.services.look.emoji
        if emoji == "pictures":
            return data
        from tui_inbox.ui.render.emoji import told_row  # most owners have emoji

        return told_row(data, emoji)

    # What it shows

    async def read(self) -> None:
        """Ask queries and show the answer."""

    def concerns(self, change: Change) -> bool:
        """Whether a change makes it read again."""
        return False

    def news(self, changes: frozenset[Change]) -> None:
        """Something changed in the store."""
        if any(self.concerns(change) for change in changes):
            self.reread()

    def scope_changed(self) -> None:
        """Other accounts are shown."""
        self.repaint()
        self.reread()

    def look_changed(self) -> None:
        """The owner wants another look or other keys; rows are drawn again anyway."""
        self.reread()

    @property
    def drawing(self) -> Drawing:
        """What its renderer needs besides rows."""
        desk = self.desk
        return Drawing(
            palette=desk.palette,
            now=desk.services.now,
            glyphs=desk.glyphs,
            letters=len(desk.scope.accounts) > 1,
            dense=desk.services.look.dense,
            hyperlinks=not desk.services.look.plain and os.environ.get("TERM") != "linux",
            keymap=desk.services.look.keymap,
        )

    def renderer(self) -> RowRenderer[Any] | None:
        """A new renderer for its rows, for the present colours and accounts."""
        return None

    def repaint(self) -> None:
        """Colours, accounts or ages have changed: draw the rows again."""
        renderer = self.renderer()
        if self.rows is not None and renderer is not None:
            self.rows.renderer = renderer

    def posts_on_screen(self) -> Iterable[PostRow]:
        """Posts on the screen that nothing else asks the servers about."""
        return ()

    def moments(self) -> Iterable[Millis]:
        """The moments whose ages are on the screen."""
        return [post.at for post in self.posts_on_screen()]

    def minute_passed(self) -> None:
        """Draw again if an age on the screen reads differently now."""
        now = self.desk.services.now()
        ages = [age_field(at, now) for at in self.moments()]
        if ages != self._ages:
            self._ages = ages
            if self.rows is not None:
                self.rows.invalidate()

    def reread(self) -> None:
        """Read as soon as possible."""
        self._wanted = True
        if not self._reading and self.is_attached:
            self._reading = True
            # The function, not a coroutine: one that is never begun, because the program ends, would be warned about.
            _: Worker[None] = self.run_worker(
                self._read_while_wanted, group="read", exit_on_error=False
            )

    async def read_first(self) -> None:
        """Ask once for what only the first reading needs."""

    async def _read_while_wanted(self) -> None:
        try:
            if not self.first_read.is_set():
                await self.read_first()
            while self._wanted:
                self._wanted = False
                await self._read_safely()
        finally:
            self._reading = False
            self.first_read.set()

    async def _read_safely(self) -> None:
        """Read. A pane that cannot keeps what it shows, and the program goes on."""
        try:
            await self.read()
        except Exception:
            log.exception("%s could not read", type(self).__name__)
            self.desk.say("Could not read this just now; the log says why.")

    def say_empty(self, *lines: str) -> None:
        """What to say where there are no rows; nothing in it is read as markup."""
        if self.rows is not None:
            remapped = dict(self.desk.services.look.keymap)
            self.rows.empty_text = tuple(
                Content(f" {with_own_keys(line, remapped)}") for line in lines
            )

    async def why_missing(self) -> str:
        """Why it may lack what it should show, in a sentence; empty where everything has been read.

        While something is still being read, it reads again after a while.
        """
        desk = self.desk
        health = desk.services.fetcher.health()
        if not desk.scope.accounts:
            return ""
        sentence = READING  # as long as there is no hub
        if health:
            from tui_inbox.queries import history  # not needed for the first picture

            unread = await desk.ask(history.unread, desk.scope)
            sentence = why_missing(health, desk.scope, unread)
        if sentence == READING and self._looking is None:
            self._looking = self.set_timer(LOOK_AGAIN, self._look_again)
        return sentence

    def _look_again(self) -> None:
        self._looking = None
        self.reread()

    # What keys act on

    def target(self) -> Target | None:
        """What the item keys act on."""
        return None

    def nothing(self) -> str:
        """What to say to a key that acts on what is selected, where `target` is None."""
        return NOTHING

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """What its own keys do, by id, in the place of or beside what they do elsewhere."""
        return {}

    def words(self) -> tuple[str, ...]:
        """Ids of the keys that are worth showing for what is selected, best first."""
        return ()

    def show_rows(self, show: Callable[[], None]) -> None:
        """Change the rows, and note whether that put another row under the hand."""
        rows = self.rows
        before = rows.selected.key if rows is not None and rows.selected else None
        show()
        after = rows.selected.key if rows is not None and rows.selected else None
        if before is not None and after != before:
            self._shifted_at = self.desk.services.monotonic()

    def is_steady(self) -> bool:
        """Whether the selected row has been the same for long enough that a key is meant for it."""
        return self.desk.services.monotonic() - self._shifted_at >= STEADY

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """Other keys may work now, and the owner looks at something else."""
        event.stop()
        self.desk.keys_changed()
        self._gaze.wander(self.desk.services.ctx)

    def on_app_focus(self) -> None:
        """Who comes back to the terminal looks again."""
        self._gaze.wander(self.desk.services.ctx)

    def on_descendant_focus(self) -> None:
        """Who comes into the pane looks at what is selected."""
        self._gaze.wander(self.desk.services.ctx)

    def _looked_at(self) -> Target | None:
        rows = self.rows
        looking = rows is not None and rows.has_focus and self.app.app_focus
        return self.target() if looking else None

    def on_row_list_activated(self, event: RowList.Activated) -> None:
        """A click on the selected row opens it."""
        event.stop()
        self.desk.act(self.OPENS)

    def on_row_list_clicked(self, event: RowList.Clicked) -> None:
        """A click on a link, a name, a heading and the like."""
        from tui_inbox.ui.acts import clicks  # not needed for the first picture

        event.stop()
        clicks.do(self.desk, self, event.deed)

    def on_row_list_asked(self, event: RowList.Asked) -> None:
        """A click of the right button: say what can be done to the row."""
        event.stop()
        self.desk.offer_keys(self.words())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel over what stands above or below the rows scrolls them."""
        if self.rows is not None:
            self.rows.scroll_by_wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel over what stands above or below the rows scrolls them."""
        if self.rows is not None:
            self.rows.scroll_by_wheel(event, -1)

    # Where it is

    def spot(self) -> Spot | None:
        """Where the reader is in it, for the way back; None if there is no way back to it."""
        rows = self.rows
        if rows is None:
            return Spot(self.area, None, None)
        return Spot(self.area, rows.position(), rows.selected.key if rows.selected else None)

    def restore(self, spot: Spot) -> None:
        """Go back to a place in it."""
        rows = self.rows
        if rows is None or spot.position is None:
            return
        if rows.restore(spot.position) and spot.selected is not None:
            rows.select_key(spot.selected, scroll=False)

    @property
    def badge(self) -> str:
        """The count behind its name in the tab line."""
        return ""

    @property
    def focus_target(self) -> Widget:
        """The widget that has the focus when the pane has it."""
        return self.rows if self.rows is not None else self
