"""What panes, pages and keys may ask of the application: the contract between them and `app.py`.

Panes and acts see this protocol and never the application class, so that they can be built and tested
without it, and so that nobody reaches into its innards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.content import Content

from tui_inbox.commands.context import Outcome
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.queries.rows import AccountRow, Scope
from tui_inbox.ui.layout import Area, Ground, Shown
from tui_inbox.ui.render.glyphs import Glyphs
from tui_inbox.ui.render.palette import Palette
from tui_inbox.ui.services import Look, Services
from tui_inbox.ui.themes import Colours, Themes

if TYPE_CHECKING:
    from tui_inbox.core.versions import Translation
    from tui_inbox.ui.keymap import InForce
    from tui_inbox.ui.panes.pane import Pane
    from tui_inbox.ui.pictures.painter import Painter
    from tui_inbox.ui.places import Places
    from tui_inbox.ui.screens.composer import Composer
    from tui_inbox.ui.screens.page import Page
    from tui_inbox.ui.widgets.tour_strip import TourStrip

P = ParamSpec("P")
T = TypeVar("T")


class TakesNext(Protocol):
    """What takes the next keys, whatever has the focus: labels, and whoever asks for a key to be pressed."""

    def take(self, pressed: str) -> None:
        """A key was pressed; `pressed` is Textual's name of it."""
        ...

    def end(self) -> None:
        """The hand has gone elsewhere."""
        ...

    def own_keys(self, width: int, keymap: tuple[tuple[str, str], ...]) -> Content:
        """What it waits for, as the key line says it; see `key_line.TakesKeys`."""
        ...


class Desk(Protocol):
    """The application, as seen from a pane.

    Attributes:
        accounts: all accounts, in the order of the header line.
        scope: which of them are shown.
        palette: styles of the theme that is on; `colours` what they are made of.
        themes: the themes there are.
        walked: key of what `n` stopped at last.
        away_since: until when the owner looked before this start, if that is known.
        chosen: ids of what was chosen in the palette, the last one last.
        translations: what was translated since the start, by post and the text it was made of.
    """

    services: Services
    accounts: tuple[AccountRow, ...]
    scope: Scope
    palette: Palette
    colours: Colours
    themes: Themes
    glyphs: Glyphs
    places: Places
    walked: str
    chosen: list[str]
    away_since: Millis | None
    translations: dict[tuple[int, str], Translation]

    @property
    def shown(self) -> Shown:
        """What stands where."""
        ...

    @property
    def ground(self) -> Ground:
        """What is on the screen, and where."""
        ...

    @property
    def here(self) -> Pane:
        """The pane or page that keys act on."""
        ...

    @property
    def composer(self) -> Composer:
        """The one composer."""
        ...

    def account(self, id_: int) -> AccountRow | None:
        """The account with this local id."""
        ...

    async def ask(
        self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on the reader thread and wait for its answer."""
        ...

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that waits. A failure becomes a sentence, never the end of the program."""
        ...

    def opening(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that opens what the next keys are meant for; they wait until it is done."""
        ...

    def follow(self, doing: Future[Outcome]) -> None:
        """Say what a command did, when it has done it."""
        ...

    def say(self, sentence: str, seconds: float | None = None) -> None:
        """Show a sentence in the status line until the next one, or for a while."""
        ...

    def open_page(self, page: Page, *, instead: bool = False) -> None:
        """Lay a page over the Timeline. `instead`: in the place of the page on top."""
        ...

    def close_page(self, page: Page | None = None) -> None:
        """Take a page away, the one on top if none is named, and go back to where it was opened."""
        ...

    def activate(self, area: Area) -> None:
        """Bring an area on the screen and give it the focus."""
        ...

    def pane_of(self, area: Area) -> Pane:
        """The pane that stands in an area."""
        ...

    def show(self, shown: Shown) -> None:
        """Lay the panes out in another way; the focus goes to the active one."""
        ...

    def set_scope(self, accounts: tuple[int, ...]) -> None:
        """Show these accounts only, in every pane."""
        ...

    async def ask_line(
        self,
        label: str,
        text: str = "",
        *,
        complete: Callable[[str], str] | None = None,
        secret: bool = False,
    ) -> str | None:
        """Ask for one line of text at the bottom of the screen; None if the owner went away.

        Args:
            label: what is asked.
            text: what the line holds at first.
            complete: what Tab makes of what was typed; it may wait for a disk.
            secret: whether what is typed is not shown.
        """
        ...

    async def ask_choice(
        self,
        label: str,
        choices: Sequence[str],
        *,
        done: str,
        several: bool,
        chosen: Collection[int] | None = None,
    ) -> tuple[int, ...] | None:
        """Ask at the bottom of the screen to choose; the places chosen, None if the owner went away.

        Args:
            label: what is asked.
            choices: what can be chosen.
            done: what Enter does, in a word.
            several: whether more than one may be chosen.
            chosen: places that are chosen already; then none is an answer, too.
        """
        ...

    def keys_changed(self) -> None:
        """What works on the selected row, or a pane's title, may have changed."""
        ...

    def give_keys(self, taker: TakesNext | None) -> None:
        """Give the next keys to somebody, whatever has the focus, until that is None."""
        ...

    def leave_keys(self) -> None:
        """The hand has gone elsewhere: nobody takes the next keys any more."""
        ...

    @property
    def taker(self) -> TakesNext | None:
        """Who takes the next keys; None for whoever has the focus."""
        ...

    def take_keys(self, lines: Mapping[str, str]) -> InForce:
        """Let other keys hold from now on; the key line, the strips, the help and the palette follow.

        Args:
            lines: the table `[keys]` as it stands in the settings.

        Returns:
            the keys that hold, with what is wrong with lines that do not.
        """
        ...

    @property
    def place(self) -> str:
        """Name of the place where keys are pressed, in `keys.PLACES`: of a pane or page, or the composer."""
        ...

    @property
    def panes_seen(self) -> list[Pane]:
        """The panes on the screen, the one that keys act on first."""
        ...

    def end(self) -> None:
        """End the program at once."""
        ...

    @property
    def pressed(self) -> str:
        """Textual's name of the key that was pressed last."""
        ...

    def idle_seconds(self) -> float:
        """How long no key was pressed."""
        ...

    def act(self, id_: str) -> None:
        """Do what a key does, by its id."""
        ...

    def go(self, area: Area, *, leave: bool = True) -> None:
        """Go to an area's own pane; pages over the Timeline are closed when it is meant.

        Args:
            area: where to go.
            leave: whether `,` leads back from there.
        """
        ...

    @property
    def areas(self) -> list[Area]:
        """The areas that `h`, `l` and Tab go through, in their order."""
        ...

    def offer_keys(self, words: Sequence[str]) -> None:
        """Show keys in the strip, to be clicked or pressed.

        Args:
            words: ids of the keys, as `Pane.words` gives them.
        """
        ...

    def begin_prefix(self, id_: str) -> None:
        """Wait for one more key: one of `keys.STRIPS[id_]`."""
        ...

    def close_top(self) -> bool:
        """Close the top thing; False if there is none."""
        ...

    def quit_at_second(self) -> None:
        """End the program if this was asked for a moment ago."""
        ...

    @property
    def tour(self) -> TourStrip | None:
        """The tour of the demo town, while one is on."""
        ...

    def begin_tour(self) -> None:
        """Begin the tour, anew if one is on."""
        ...

    def end_tour(self) -> None:
        """End the tour, if one is on."""
        ...

    def leave_for(self, *call: str) -> None:
        """End the screen, and go on as if the program had been called with these words.

        Args:
            call: as `demo`, `--tour`.
        """
        ...

    def write_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Go on writing a draft, its thread above it.

        Args:
            draft: what is written.
            kept: whether it was kept before this, which is said then.
        """
        ...

    @property
    def painter(self) -> Painter:
        """What makes cells of pictures, in the way of this terminal."""
        ...

    def look_changed(self, look: Look) -> None:
        """Put another look on, and draw everything anew."""
        ...

    def try_bubble(self) -> None:
        """Show a notification now, and say which way it took."""
        ...

    def open_palette(self) -> None:
        """Show all keys of this place, to be found by name."""
        ...

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a link in the browser."""
        ...

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard."""
        ...
