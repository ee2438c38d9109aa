"""What standing searches listen to outside their account, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import FeedState, Source, SourceKind
from tui_inbox.priority import phrases
from tui_inbox.queries.rows import SourceRow
from tui_inbox.store import outside
from tui_inbox.store.database import Connection
from tui_inbox.store.searches import SavedSearch


def sources_of(db: Connection, search: int) -> list[Source]:
    """What a search listens to."""
    return outside.sources_of(db, search)


def title(db: Connection, search: SavedSearch) -> str:
    """What a search is called on the screen, as `SearchRows.title`."""
    return search.query or ", ".join(source.name for source in sources_of(db, search.id))


def source_rows(sources: Sequence[Source]) -> tuple[SourceRow, ...]:
    """Sources as a screen names them."""
    return tuple(SourceRow(source.id, source.name, source.address) for source in sources)


def source_words(sources: Sequence[Source], now: Millis, zone: tzinfo) -> Iterator[str]:
    """How each source is doing: when it was read last, or why it cannot be."""
    for source in sources:
        if source.kind is SourceKind.FEED:
            yield _feed(source, now, zone)


def _feed(source: Source, now: Millis, zone: tzinfo) -> str:
    state = FeedState.parse(source.state)
    name = f"feed {source.name}"
    if state.refusal:
        since = phrases.last(state.failing_since or now, now, zone)
        return f"{name} cannot be read (first {since}): {state.refusal.rstrip('.')}"
    if state.read_at is None:
        return f"{name}, about to be read"
    return f"{name}, read {phrases.last(state.asked_at or now, now, zone)}"
