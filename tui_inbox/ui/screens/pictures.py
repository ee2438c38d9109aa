"""What hangs on a post, one at a time: the picture, where the terminal can show it, and its description always."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.app import ComposeResult
from textual.events import Resize
from textual.worker import Worker

from tui_inbox.core.post import Media, MediaKind
from tui_inbox.core.text import display_host
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui import keys
from tui_inbox.ui.pictures import library
from tui_inbox.ui.pictures.reading import Unreadable
from tui_inbox.ui.render.attached import length
from tui_inbox.ui.render.picture import PictureData, PictureRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.services import told
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.picture_view import MARGIN, PictureView

if TYPE_CHECKING:
    from tui_inbox.core.media_file import MediaFile

NO_ADDRESS = "Its server gives no address of it."
NEVER = "Your settings have no picture fetched; O opens its address in the browser."
NOT_SHOWN = "o fetches it and opens it in the system's viewer."
TITLE_LINES = 2
LEAST_WORDS = 4
"""Lines that stay for the description, however high a picture is."""


class Album(Struct, frozen=True):
    """What a page of pictures shows.

    Attributes:
        account: local id of the account through whose eyes.
        name: whose it is, as the title says.
        media: the attachments, at least one.
    """

    account: int
    name: str
    media: tuple[Media, ...]


def of_post(post: PostRow) -> Album:
    """What hangs on a post."""
    return Album(post.account, "you" if post.mine else post.author.name, post.media)


def of_person(account: int, name: str, address: str) -> Album:
    """The picture of a person."""
    return Album(account, name, (Media(MediaKind.PICTURE, address, f"the picture of {name}"),))


class PicturesPage(ListPage):
    """The attachments of a post, or the picture of a person.

    Pictures are fetched as they are come to, which the owner asked for with the key that opened the page; films and
    sounds only to be opened in a viewer.

    Args:
        album: what it shows.
        place: which of it comes first.
    """

    PLACE = "pictures"
    OPENS = "pictures.close"
    OWN = frozenset(
        {
            "pictures.previous",
            "pictures.next",
            "pictures.viewer",
            "pictures.browser",
            "pictures.copy",
            "pictures.again",
            "pictures.close",
        }
    )
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.PICTURES)

    def __init__(self, album: Album, place: int = 0) -> None:
        super().__init__(PictureRenderer)
        self._album = album
        self._place = place
        self._view = PictureView()
        self._file: MediaFile | None = None
        self._state = ""
        self.styles.visibility = "visible"  # panes have no size else, and no picture fits into that

    def compose(self) -> ComposeResult:
        """Title, picture, description."""
        yield self.heading
        yield self._view
        yield self._rows

    def on_mount(self) -> None:
        """Fetch the first one."""
        self._turn_to(self._place)

    def on_resize(self, event: Resize) -> None:
        """Paint it anew for another size."""
        if self._file is not None:
            self._begin(self._paint)

    def closed(self) -> None:
        """Let the terminal forget the picture."""
        self._clear()

    def on_unmount(self) -> None:
        """At the end of the program no page is closed."""
        self._clear()

    def repaint(self) -> None:
        """Other colours: the ground of the picture is another one, too."""
        super().repaint()
        if self._file is not None:
            self._begin(self._paint)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Fetch or paint; what was under way for another picture or size is dropped."""
        _: Worker[None] = self.run_worker(work, group="paint", exclusive=True, exit_on_error=False)

    # What it shows

    @property
    def media(self) -> Media:
        """The attachment that is shown."""
        return self._album.media[self._place]

    async def read(self) -> None:
        """Say what there is to say of the attachment."""
        media, count = self.media, len(self._album.media)
        what = str(media.kind).capitalize() + (
            f" {self._place + 1} of {count}" if count > 1 else ""
        )
        data = PictureData(media.alt, self._facts(), self._state)
        # One key for all: a row that is another one holds back the next key for a moment.
        row = Row("media", data, data)
        self.fill(f"{what} · {self._album.name}", [row])

    def _facts(self) -> str:
        media, painted = self.media, self._view.painted
        facts = [str(media.kind)]
        if media.seconds is not None:
            facts.append(length(media.seconds))
        if painted is not None:
            facts.append(f"{painted.pixels[0]} × {painted.pixels[1]}")
        if media.url:
            facts.append(f"from {display_host(media.url)}")
        return " · ".join(facts)

    def _turn_to(self, place: int) -> None:
        if not 0 <= place < len(self._album.media):
            self.desk.say("There is no other." if len(self._album.media) == 1 else "No more there.")
            return
        self._place = place
        self._file = None
        self._clear()
        self._state = self._why_not()
        self.reread()
        if not self._state:
            self._state = f"Fetching it from {display_host(self.media.url or '')} …"
            self._begin(self._fetch)

    def _why_not(self) -> str:
        """Why the attachment is not fetched; empty where it is."""
        media = self.media
        if media.url is None:
            return NO_ADDRESS
        if self.desk.services.look.pictures == "never":
            return NEVER
        if media.kind is not MediaKind.PICTURE:
            return NOT_SHOWN
        return "" if library.is_installed() else library.MISSING

    async def _fetch(self) -> None:
        file = await self._fetched()
        if file is not None and file.kind is not MediaKind.PICTURE:
            self._state = NOT_SHOWN  # some servers call a short film a picture
        elif file is not None:
            self._file = file
            await self._paint()
            return
        self.reread()

    async def _fetched(self) -> MediaFile | None:
        """The file; None with a sentence in its place."""
        address, account = self.media.url or "", self._album.account
        answer = await told(self.desk.services, lambda hub: hub.read_media(account, address))
        self._state = answer.sentence
        return answer.what

    async def _paint(self) -> None:
        file = self._file
        columns = self.size.width - MARGIN - 1
        rows = self.size.height - TITLE_LINES - LEAST_WORDS
        if file is None or columns < 4 or rows < 2:
            self._clear()
            self._state = "There is no room here to show it." if file else self._state
        else:
            try:
                ground = self.background_colors[1].rgb
                painted = await self.desk.painter.paint(file.path, columns, rows, ground)
            except Unreadable as reason:
                self._clear()
                self._state = str(reason)
            else:
                self._clear()
                self._view.show(painted)
                self._state = ""
        self.reread()

    def _clear(self) -> None:
        if self._view.painted is not None:
            self.desk.painter.forget(self._view.painted)
            self._view.show(None)

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """The keys of the page."""
        return {
            "pictures.previous": lambda: self._turn_to(self._place - 1),
            "pictures.next": lambda: self._turn_to(self._place + 1),
            "pictures.viewer": lambda: self.desk.start(self._open_in_viewer()),
            "pictures.browser": self._open_in_browser,
            "pictures.copy": self._copy_address,
            "pictures.again": lambda: self._turn_to(self._place),
            "pictures.close": lambda: self.desk.close_page(self),
        }

    def words(self) -> tuple[str, ...]:
        """Keys that are worth showing."""
        several = ("pictures.next", "pictures.previous") if len(self._album.media) > 1 else ()
        address = ("pictures.viewer", "pictures.browser", "pictures.copy")
        again = ("pictures.again",) if self._file is None and self.media.url else ()
        return (*several, *(address if self.media.url else ()), *again, "close")

    async def _open_in_viewer(self) -> None:
        from tui_inbox.ui.viewer import open_in_viewer

        why_not = self._why_not()
        if why_not in (NO_ADDRESS, NEVER):
            self.desk.say(why_not)
            return
        self.desk.say("Fetching it …")
        place, before = self._place, self._state
        file = self._file or await self._fetched()
        if file is None:
            sentence, self._state = self._state, before
            self.desk.say(sentence)
        else:
            if place == self._place:
                self._state = before
            self.desk.say(open_in_viewer(file))

    def _open_in_browser(self) -> None:
        if self.media.url:
            self.desk.open_url(self.media.url)
        else:
            self.desk.say(NO_ADDRESS)

    def _copy_address(self) -> None:
        if self.media.url:
            self.desk.copy_to_clipboard(self.media.url)
            self.desk.say("The address is in the clipboard.")
        else:
            self.desk.say(NO_ADDRESS)
