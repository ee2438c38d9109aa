"""Pictures that the settings have shown without a key: fetched, and painted to stand among lines of text."""

from __future__ import annotations

from collections.abc import Callable

from tui_inbox.core.post import MediaKind
from tui_inbox.queries.rows import PersonCard
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.pictures import library
from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.pictures.reading import Unreadable
from tui_inbox.ui.services import told

FACE_COLUMNS, FACE_ROWS = 16, 7


async def painted_for_rows(
    desk: Desk, account: int, address: str, size: tuple[int, int], ground: tuple[int, int, int]
) -> Painted | None:
    """Fetch a picture and paint it; None where it cannot be had or shown: the key that shows it says why.

    Args:
        desk: the application.
        account: local id of the account through whose eyes.
        address: where it lies.
        size: columns and rows of the box that it may fill.
        ground: what shows where the picture is not there.
    """
    answer = await told(desk.services, lambda hub: hub.read_media(account, address))
    if answer.what is None or answer.what.kind is not MediaKind.PICTURE:
        return None
    try:
        return await desk.painter.paint(answer.what.path, *size, ground, in_rows=True)
    except Unreadable:
        return None


class Face:
    """The small picture on the card of a person.

    Args:
        desk: the application.
        changed: it is there now, and was not before.
    """

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._address = ""
        self.painted: Painted | None = None

    def look(self, card: PersonCard, ground: tuple[int, int, int]) -> None:
        """Fetch it, once, where the settings say so.

        Args:
            card: whose it is.
            ground: what shows where the picture is not there.
        """
        wish, address = self._desk.services.look.pictures, card.picture or ""
        is_wanted = wish == "always" or (wish == "talk" and card.person.partner)
        if is_wanted and address not in ("", self._address) and library.is_installed():
            self._address = address
            self._desk.start(self._show(card.account, address, ground))

    def forget(self) -> None:
        """Show it no more."""
        if self.painted is not None:
            self._desk.painter.forget(self.painted)
        self._address, self.painted = "", None

    async def _show(self, account: int, address: str, ground: tuple[int, int, int]) -> None:
        size = FACE_COLUMNS, FACE_ROWS
        painted = await painted_for_rows(self._desk, account, address, size, ground)
        if painted is None:
            return
        if address != self._address:  # the card was closed meanwhile, or shows another picture
            self._desk.painter.forget(painted)
            return
        if self.painted is not None:
            self._desk.painter.forget(self.painted)
        self.painted = painted
        self._changed()
