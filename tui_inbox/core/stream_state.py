"""How a public stream is doing that standing searches listen to, as it is kept with its source."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from msgspec import Struct

from tui_inbox.core.moment import DAY, MINUTE, SECOND, Millis

Span: TypeAlias = tuple[Millis, Millis]

SILENT: Millis = MINUTE
"""A stream of which nothing was noted for so long is not being listened to."""


class StreamState(Struct, frozen=True, omit_defaults=True):
    """How far a stream was heard, and at what cost.

    Attributes:
        cursor: where it goes on, in the words of its network; empty before the first time.
        host: who was listened to.
        heard_at: when something was last heard; None before the first time.
        noted_at: when this was noted, and whether the line was `open` then.
        narrowed: to how many people it is narrowed; None where everybody is heard.
        events: events a second, and `bytes`: bytes a day, both at the rate of the last minutes.
        missed: spans that were not heard, newest last: the last few of them.
        refusal: why it cannot be heard, one sentence, and `failing_since` when that began.
    """

    cursor: str = ""
    host: str = ""
    heard_at: Millis | None = None
    noted_at: Millis = 0
    open: bool = False
    narrowed: int | None = None
    events: float = 0.0
    bytes: int = 0
    missed: tuple[Span, ...] = ()
    refusal: str = ""
    failing_since: Millis | None = None

    def is_live(self, now: Millis) -> bool:
        """Whether it is being listened to. A program that was killed has said nothing of it."""
        return self.open and now - self.noted_at < SILENT

    def is_told_as(self, other: StreamState) -> bool:
        """Whether a screen says the same of both. A rate always differs a little: a tenth of it does not count."""
        return (
            self._told() == other._told()
            and abs(self.events - other.events) <= other.events / 10
            and abs(self.bytes - other.bytes) <= other.bytes / 10
        )

    def _told(self) -> tuple[object, ...]:
        is_heard = self.heard_at is not None
        failing = self.refusal, self.failing_since
        return self.open, is_heard, self.narrowed, self.missed, *failing

    def __str__(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> StreamState:
        """What `str` wrote; of a source that was never heard, the beginning."""
        return msgspec.json.decode(text, type=cls) if text else cls()


class Rate:
    """How much comes in a while, over the last minutes."""

    def __init__(self, began: float) -> None:
        self._samples: list[tuple[float, int, int]] = [(began, 0, 0)]

    def note(self, at: float, events: int, size: int) -> None:
        """Something came: so many events, and bytes. `at` is in seconds of a clock that never jumps."""
        _, before_events, before_size = self._samples[-1]
        self._samples.append((at, before_events + events, before_size + size))
        while len(self._samples) > 2 and at - self._samples[1][0] > _OVER_SECONDS:
            del self._samples[0]

    @property
    def events(self) -> float:
        """Events a second."""
        seconds, events, _ = self._since()
        return round(events / seconds, 1) if seconds else 0.0

    @property
    def bytes_a_day(self) -> int:
        """Bytes a day, if it goes on so."""
        seconds, _, size = self._since()
        return round(size / seconds * DAY / SECOND) if seconds else 0

    def _since(self) -> tuple[float, int, int]:
        (began, events, size), (ends, all_events, all_size) = self._samples[0], self._samples[-1]
        return ends - began, all_events - events, all_size - size


_OVER_SECONDS = 300.0
