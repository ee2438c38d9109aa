"""What standing searches listen to outside their account, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.outside import FeedState, Source, SourceKind
from tui_inbox.core.stream_state import StreamState
from tui_inbox.priority import phrases
from tui_inbox.queries import words
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
    """How each source of a search is doing: when it was read or heard last, at what cost, or why it cannot be."""
    for source in sources:
        if source.kind is SourceKind.FEED:
            yield _feed(source, now, zone)
        elif source.kind is SourceKind.TIMELINE:
            yield source.name
        else:
            yield from _stream(source, now, zone)


def _stream(source: Source, now: Millis, zone: tzinfo) -> Iterator[str]:
    state = StreamState.parse(source.state)
    yield f"{source.name}, {how_heard(state, now, zone)}"
    for since, until in state.missed:
        if now - until < DAY:
            yield f"not heard {_at(since, now, zone)}–{words.clock(until, zone)}"


def how_heard(state: StreamState, now: Millis, zone: tzinfo) -> str:
    """How a public stream is doing, and what it costs at its present rate."""
    if state.refusal:
        since = phrases.last(state.failing_since or now, now, zone)
        return f"cannot be heard (first {since}): {state.refusal.rstrip('.')}"
    if state.narrowed == 0:
        return "of nobody: those whom its searches name are not there"
    if not state.is_live(now):
        if state.heard_at is None:
            return "about to be heard"
        return f"heard until {phrases.since(state.noted_at, now, zone)}"
    rate = f"live, {state.events:g} events a second, {_volume(state.bytes)} a day at this rate"
    if state.narrowed is None:
        return rate
    return f"narrowed to {state.narrowed} {'person' if state.narrowed == 1 else 'people'}, {rate}"


def _at(moment: Millis, now: Millis, zone: tzinfo) -> str:
    """A moment of today by the clock, any other with its day."""
    is_today = words.local(moment, zone).date() == words.local(now, zone).date()
    return words.clock(moment, zone) if is_today else words.moment(moment, now, zone)


def _volume(size: int) -> str:
    """So many bytes in the largest unit that fits, with one figure behind the point where that is small."""
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= unit / 2:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size / unit:.0f} {name}"
    return f"{size / 1000:.0f} kB"


def _feed(source: Source, now: Millis, zone: tzinfo) -> str:
    state = FeedState.parse(source.state)
    name = f"feed {source.name}"
    if state.refusal:
        since = phrases.since(state.failing_since or now, now, zone)
        return f"{name} cannot be read since {since}: {state.refusal.rstrip('.')}"
    if state.read_at is None:
        return f"{name}, about to be read"
    return f"{name}, read {phrases.last(state.asked_at or now, now, zone)}"
