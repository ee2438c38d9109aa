"""What two people said or did to each other: one line per event, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip

from tui_inbox.core.moment import Millis
from tui_inbox.queries import words
from tui_inbox.queries.rows import Exchange
from tui_inbox.ui.render.cells import BAR, Brush, Part
from tui_inbox.ui.render.paragraph import folded_parts

INDENT = 2
GAP = 2
LEAST_TEXT = 24
"""Where fewer cells are left beside the columns, the text stands below them."""

MOST_LINES = 4
"""Lines of text of the selected event; the others have one."""


class ExchangeData(Struct, frozen=True):
    """An event with the columns of its list.

    Attributes:
        when: its moment in words.
        when_width: cells of the widest moment of the list; `word_width` those of the widest word.
    """

    exchange: Exchange
    when: str
    when_width: int
    word_width: int


def exchange_data(
    history: Sequence[Exchange], now: Millis, zone: tzinfo | None = None
) -> list[ExchangeData]:
    """Events with their columns.

    Args:
        history: the events.
        now: the moment from which "today" is counted.
        zone: the owner's time zone, None for the machine's.
    """
    zone = zone or words.local_zone(now)
    moments = [words.moment(event.at, now, zone) for event in history]
    when_width = max(map(cell_len, moments), default=0)
    word_width = max((cell_len(event.word) for event in history), default=0)
    return [
        ExchangeData(event, moment, when_width, word_width)
        for event, moment in zip(history, moments, strict=True)
    ]


def exchange_lines(brush: Brush, data: ExchangeData, width: int, *, selected: bool) -> list[Strip]:
    """The lines of an event: when, who did what, and the text; all of it when selected."""
    style, event = brush.palette, data.exchange
    columns: list[Part] = [
        (_field(data.when, data.when_width), style.dim),
        (_field(event.word, data.word_width), style.text),
    ]
    text_at = INDENT + data.when_width + data.word_width + 2 * GAP
    below = width - BAR - text_at < LEAST_TEXT
    if below:
        text_at = INDENT + 2
    look = style.dim if event.outgoing else style.bright
    most = MOST_LINES if selected else 1
    texts = folded_parts(event.text, look, width - BAR - text_at, most)
    if below:
        lines = [brush.indented(columns, INDENT, width)]
        texts = texts if event.text else []
    else:
        first = texts.pop(0)
        lines = [brush.indented([*columns, *first], INDENT, width)]
    return [*lines, *(brush.indented(text, text_at, width) for text in texts)]


def exchange_estimate(data: ExchangeData, width: int) -> int:
    """About how many lines an event takes."""
    beside = INDENT + data.when_width + data.word_width + 2 * GAP + LEAST_TEXT <= width - BAR
    return 1 if beside or not data.exchange.text else 2


def _field(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text) + GAP)
