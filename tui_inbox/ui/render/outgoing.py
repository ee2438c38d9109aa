"""Rows of what the owner has written and what has not left yet: the outbox, and kept drafts."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct
from textual.strip import Strip

from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.core.outbox_state import OutboxState, due_at, is_stuck
from tui_inbox.queries import words
from tui_inbox.queries.overviews import DraftRow, OutboxItem
from tui_inbox.ui.render.cells import Brush, Drawing, blank
from tui_inbox.ui.render.clock import clock, seconds, to_the_second
from tui_inbox.ui.render.composed import moment
from tui_inbox.ui.render.paragraph import paragraph
from tui_inbox.ui.widgets import Row

TEXT_LINES = 2
SELECTED_LINES = 6
"""Lines of text of a row, and of the selected one."""

YOURS = frozenset({OutboxState.REFUSED, OutboxState.UNKNOWN})
"""States in which nothing happens without the owner."""


class OutboxData(Struct, frozen=True):
    """A row of the outbox, and where it stands, in words."""

    item: OutboxItem
    stands: str


def outbox_words(
    item: OutboxItem, now: Millis, zone: tzinfo | None = None, *, still: bool = False
) -> str:
    """Where a row of the outbox stands.

    Args:
        item: the row.
        now: the moment the words are for.
        zone: the owner's time zone, None for the machine's.
        still: whether no seconds are to be counted.
    """
    because = f": {item.reason}" if item.reason else ""
    match item.state:
        case OutboxState.HELD if item.release_at > now:
            return f"{leaves(item, now, zone, still=still)}, U stops it"
        case OutboxState.HELD | OutboxState.SENDING:
            if not is_stuck(item, now):
                return "is leaving"
            due = clock(due_at(item), zone)
            return f"is stuck since {due}, the log may say why: R tries again, d throws it away"
        case OutboxState.WAITING:
            return _waits(item, now, zone)
        case OutboxState.REFUSED:
            return f"was refused{because}"
        case OutboxState.UNKNOWN:
            looks = ""
            if now < item.release_at < now + DAY:
                looks = f"; looked for again in {seconds(item.release_at - now)}"
            return f"it is not known whether it arrived{because}{looks}"
        case OutboxState.SCHEDULED:
            at = words.coming_at(item.release_at, now, zone or words.local_zone(now))
            if item.at_server:
                return f"the server posts it {at}"
            return f"leaves {at}, if the program runs then"
        case _:
            return f"{item.state}{because}"


def leaves(item: OutboxItem, now: Millis, zone: tzinfo | None, *, still: bool = False) -> str:
    """When a row that is held leaves; of a text for later also when it is posted, for that is not when it leaves.

    Args:
        item: what is held.
        now: the moment from which seconds are counted.
        zone: the owner's time zone, None for the machine's.
        still: whether no seconds are to be counted: then it is told by the clock.
    """
    rest = f"in {seconds(item.release_at - now)}"
    if still:
        rest = f"at {to_the_second(item.release_at, zone)}"
    if item.send_at is None or item.send_at <= item.release_at:
        return f"leaves {rest}"
    at = words.coming_at(item.send_at, now, zone or words.local_zone(now))
    return f"goes to the server {rest}, posted {at}"


def _waits(item: OutboxItem, now: Millis, zone: tzinfo | None) -> str:
    """What a row waits for: another one, a moment (the server's budget, the next try), or the line."""
    if item.follows:
        asks = f": {item.reason}" if item.reason and item.release_at > now + DAY else ""
        return f"waits for {item.follows}{asks}"
    if not now < item.release_at < now + DAY:
        return f"waits for the line{f': {item.reason}' if item.reason else ''}"
    soon = item.release_at - now < HOUR
    when = (
        f"next try in {seconds(item.release_at - now)}"
        if soon
        else f"until {clock(item.release_at, zone)}"
    )
    return f"waits, {when}{f': {item.reason}' if item.reason else ''}"


class OutboxRenderer:
    """Draws the rows of the outbox.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[OutboxData], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, item = brush.palette, row.data.item
        yours = item.state in YOURS
        head = brush.head(
            mark=self._drawing.glyphs.open if yours else " ",
            mark_style=style.yours,
            at=item.changed_at,
            letters=item.letters,
            parts=[
                (item.what, style.partner),
                *brush.facts([item.part, item.goes_with, _warning(item.warning)]),
            ],
            width=width,
        )
        look = style.text if yours else style.dim
        at = self._drawing.text_at
        lines = [
            head,
            *paragraph(brush, row.data.stands, look, indent=at, width=width, most=3),
            *_text(self._drawing, brush, item.text, width, selected=selected),
        ]
        return lines if self._drawing.dense else [*lines, blank(width)]

    def estimate(self, row: Row[OutboxData], width: int) -> int:
        """About how many lines a row takes."""
        return 3 + (1 if row.data.item.text else 0)


class DraftRenderer:
    """Draws the rows of the kept drafts.

    Args:
        drawing: colours, signs and the clock.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def render(
        self, row: Row[DraftRow], width: int, *, selected: bool, focused: bool
    ) -> list[Strip]:
        """The lines of a row."""
        brush = self._drawing.on(selected=selected, focused=focused)
        style, draft = brush.palette, row.data.draft
        head = brush.head(
            mark=" ",
            mark_style=style.dim,
            at=draft.updated_at,
            letters=row.data.letters,
            parts=[
                (row.data.target, style.partner),
                *brush.facts([_warning(draft.warning), row.data.goes_with, self._when(draft)]),
            ],
            width=width,
        )
        lines = [head, *_text(self._drawing, brush, draft.text, width, selected=selected)]
        return lines if self._drawing.dense else [*lines, blank(width)]

    def _when(self, draft: Draft) -> str:
        return f"at {moment(draft.send_at, self._drawing.now())}" if draft.send_at else ""

    def estimate(self, row: Row[DraftRow], width: int) -> int:
        """About how many lines a row takes."""
        return 3


def _warning(warning: str) -> str:
    return f"warning: {warning}" if warning else ""


def _text(drawing: Drawing, brush: Brush, text: str, width: int, *, selected: bool) -> list[Strip]:
    """What was written, more of it when it is selected."""
    if not text.strip() or (drawing.dense and not selected):
        return []
    style = brush.palette
    return paragraph(
        brush,
        text.strip() if selected else " ".join(text.split()),
        style.bright,
        indent=drawing.text_at,
        width=width,
        most=SELECTED_LINES if selected else TEXT_LINES,
    )
