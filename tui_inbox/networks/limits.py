"""The request budget of one account at one host: never the client that asks too much.

Token buckets per account hold a network's documented limits, by default Mastodon's (facts 1.10): 300 requests
in 5 minutes per token, and beside that smaller ones for some kinds of requests, so that deleting too much stops
no reading. What the server says about itself in its headers is believed over these tables. Requests
of less urgency leave a part of the budget to those of more.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum, IntEnum

from msgspec import Struct

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis, to_millis
from tui_inbox.core.ports import AccountState, Clock, Throttled


class Urgency(IntEnum):
    """What a request is for; the smaller the number, the sooner it must be possible."""

    SEND = 0
    WAITING = 1  # the owner looks at an empty place until it is answered
    MENTIONS = 2
    HOME = 3
    SEARCHES = 4
    CHECKS = 5


_LEFT_FOR_OTHERS = {
    Urgency.SEND: 0.0,
    Urgency.WAITING: 0.05,
    Urgency.MENTIONS: 0.10,
    Urgency.HOME: 0.20,
    Urgency.SEARCHES: 0.35,
    Urgency.CHECKS: 0.50,
}
"""The part of the budget that a request of that urgency must leave untouched."""

PATIENCE: Millis = SECOND
"""A wait up to this long is waited for; a longer one is told to the caller as `Throttled`."""

LONGEST_PAUSE: Millis = HOUR
"""No server's word stops an account for longer than this; its longest window is 30 minutes."""

UNSAID_PAUSE: Millis = MINUTE
"""The pause after a 429 that does not say how long."""

NOTED_EVERY: Millis = MINUTE
"""How often the state of a budget is written down at most."""


class Rule(Struct, frozen=True):
    """At most `requests` in any `window` (milliseconds)."""

    requests: int
    window: Millis


class Kind(Enum):
    """Which limit a request counts against besides that of all requests. The value names it in words."""

    PLAIN = "requests to"
    PAGING = "older pages of"  # with a cursor: `max_id`, `min_id`, `since_id`, `page`
    UPLOAD = "uploads to"
    DELETION = "deletions on"  # of posts and of boosts


ALL_REQUESTS = Rule(300, 5 * MINUTE)
PAGING_REQUESTS = Rule(300, 15 * MINUTE)
UPLOADS = Rule(30, 30 * MINUTE)
DELETIONS = Rule(30, 30 * MINUTE)


class Rules(Struct, frozen=True):
    """The limits of a network: that of all requests, and those of some kinds besides."""

    all: Rule
    own: Mapping[Kind, Rule] = {}


MASTODON = Rules(
    ALL_REQUESTS,
    {Kind.PAGING: PAGING_REQUESTS, Kind.UPLOAD: UPLOADS, Kind.DELETION: DELETIONS},
)
BLUESKY = Rules(Rule(3_000, 5 * MINUTE))
"""What a personal data server allows each address (facts 3.2); of writes it tells a limit of its own when one is
spent, far above what anybody types."""


class Told(Struct, frozen=True):
    """What a server said of its own limit: `remaining` of `limit` requests until `reset`."""

    limit: int
    remaining: int
    reset: Millis


class Left(Struct, frozen=True):
    """So many requests are `left` of so many; all of them are free again at `until`."""

    left: int
    of: int
    until: Millis


class Bucket:
    """A token bucket, overruled by what the server tells until the moment it named has passed.

    Half of the rule is the burst and half is refilled over the window, so that no window anywhere
    can hold more requests than the rule allows, even if the server counts in windows of its own.
    """

    def __init__(self, rule: Rule, now: Millis) -> None:
        self._capacity = rule.requests / 2
        self._per_milli = self._capacity / rule.window
        self._tokens = self._capacity
        self._filled_at = now
        self._told: Told | None = None
        self._pause = Pause()

    def free_at(self, left_for_others: float, now: Millis) -> Millis:
        """When a request may be made that leaves this part (0 to 1) of the budget untouched."""
        self._refill(now)
        until = self._pause.until(now)
        if self._told is not None:
            floor = left_for_others * self._told.limit
            return max(until, now if self._told.remaining - 1 >= floor else self._told.reset)
        missing = 1 + left_for_others * self._capacity - self._tokens
        return max(until, now + max(0, math.ceil(missing / self._per_milli)))

    def take(self, now: Millis) -> None:
        """Count one request."""
        self._refill(now)
        self._tokens = max(0.0, self._tokens - 1)
        if self._told is not None:
            left = max(0, self._told.remaining - 1)
            self._told = Told(self._told.limit, left, self._told.reset)

    def learn(self, told: Told) -> None:
        """Believe the server."""
        self._told = told

    def pause(self, until: Millis) -> None:
        """Let no such request leave before a moment."""
        self._pause.prolong(until)

    def left(self, now: Millis) -> Left:
        """What may still be asked: by the server's word where it gave one, else by the rule."""
        self._refill(now)
        if self._told is not None:
            return Left(self._told.remaining, self._told.limit, self._told.reset)
        missing = self._capacity - self._tokens
        until = now + math.ceil(missing / self._per_milli)
        return Left(int(self._tokens), int(self._capacity), until)

    def _refill(self, now: Millis) -> None:
        gained = max(0, now - self._filled_at) * self._per_milli
        self._tokens = min(self._capacity, self._tokens + gained)
        self._filled_at = now
        if self._told is not None and not now < self._told.reset <= now + LONGEST_PAUSE:
            self._told = None


class Pause:
    """Until when nothing is to be asked. A clock that was set back does not make it longer."""

    def __init__(self) -> None:
        self._until: Millis = 0

    def until(self, now: Millis) -> Millis:
        """When it ends; 0 if there is none."""
        return self._until if self._until <= now + LONGEST_PAUSE else 0

    def prolong(self, until: Millis) -> None:
        """Let it last until a moment at least."""
        self._until = max(self._until, until)


class Budget:
    """What one account may still ask of one host.

    Args:
        pause: of the host, where several accounts share it.
        rules: the limits of its network.
    """

    def __init__(
        self, host: str, clock: Clock, pause: Pause | None = None, rules: Rules = MASTODON
    ) -> None:
        self._host = host
        self._clock = clock
        self._host_pause = pause or Pause()
        self._most = rules.all.requests
        self._all = Bucket(rules.all, clock.now())
        self._own = {kind: Bucket(rule, clock.now()) for kind, rule in rules.own.items()}

    async def take(self, urgency: Urgency, kind: Kind = Kind.PLAIN) -> None:
        """Count one request before it is sent, after a short wait if that is enough.

        Args:
            urgency: what it is for.
            kind: which limit it counts against besides that of all requests.

        Raises:
            Throttled: it would have to wait for longer than `PATIENCE`.
        """
        while (free_at := self.free_at(urgency, kind)) > (now := self._clock.now()):
            if free_at - now > PATIENCE:
                raise Throttled(self._enough(urgency, kind), until=free_at)
            await self._clock.sleep((free_at - now) / SECOND)
        for bucket in self._buckets(kind):
            bucket.take(now)

    def free_at(self, urgency: Urgency, kind: Kind = Kind.PLAIN) -> Millis:
        """When such a request may be sent; now or later."""
        now = self._clock.now()
        part = _LEFT_FOR_OTHERS[urgency]
        waits = [bucket.free_at(part, now) for bucket in self._buckets(kind)]
        return max(now, self._host_pause.until(now), *waits)

    def learn(self, status: int, headers: Mapping[str, str], kind: Kind = Kind.PLAIN) -> Millis:
        """Take in what an answer tells about limits.

        Servers show the limit that is nearest to its end. What came with a paging request is taken
        for the paging limit, which has the same size as that of all; what came with an upload or a
        deletion only if it is smaller. A refusal that names no limit of the account is one of the
        host (per address), unless the request was of a kind that has a small limit of its own.

        Args:
            status: HTTP status of the answer.
            headers: its headers, looked up in lower case.
            kind: of the request.

        Returns:
            when the next request of this kind may be sent; now if there is no pause.
        """
        now = self._clock.now()
        told = read_told(headers, now)
        bucket = self._all
        if kind is Kind.PAGING or (told is not None and told.limit < self._most):
            bucket = self._own.get(kind, self._all)
        if told is not None:
            bucket.learn(told)
        if status == 503 and "retry-after" in headers:
            self._host_pause.prolong(read_pause(headers, now))
        elif status == 429:
            self._refused(headers, kind, bucket if told is not None else None)
        return self.free_at(Urgency.SEND, kind)

    def left(self) -> Left:
        """What is left of the limit that is nearest to its end, of those that reading needs."""
        now = self._clock.now()
        return min(
            (bucket.left(now) for bucket in self._buckets(Kind.PAGING)),
            key=lambda left: left.left / max(1, left.of),
        )

    def _refused(self, headers: Mapping[str, str], kind: Kind, told: Bucket | None) -> None:
        """Pause what was refused, and nothing else.

        Args:
            told: whose limit the server named, or None if it named none.
        """
        now = self._clock.now()
        until = read_pause(headers, now)
        if told is not None:
            if told.left(now).left > 0 or "retry-after" in headers:
                told.pause(until)
        elif kind in (Kind.UPLOAD, Kind.DELETION) and kind in self._own:
            self._own[kind].pause(until)
        else:
            self._host_pause.prolong(until)

    def _enough(self, urgency: Urgency, kind: Kind) -> str:
        """Which limit is spent, in a sentence."""
        plain = self.free_at(urgency) > self._clock.now()
        what = (Kind.PLAIN if plain else kind).value
        return f"There were enough {what} {self._host} for the moment."

    def _buckets(self, kind: Kind) -> tuple[Bucket, ...]:
        return (self._all, self._own[kind]) if kind in self._own else (self._all,)


class Budgets:
    """The budgets of all accounts; those at one host share the host's pauses."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pauses: dict[str, Pause] = {}
        self._budgets: dict[tuple[str, str], Budget] = {}

    def of(self, host: str, account: str) -> Budget:
        """The budget of an account (any name for it) at a host; always the same object."""
        pause = self._pauses.setdefault(host, Pause())
        key = (host, account)
        if key not in self._budgets:
            self._budgets[key] = Budget(host, self._clock, pause)
        return self._budgets[key]


class BudgetRecord:
    """Writes down now and then what is left of a budget, for whoever looks from outside.

    Args:
        state: of the account; it stands there under `budget` as JSON `{left, of, until}`.
        clock: for the pauses between.
    """

    STATE = "budget"

    def __init__(self, state: AccountState, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._written_at: Millis | None = None

    async def note(self, budget: Budget) -> None:
        """Write it down, at most once in `NOTED_EVERY`."""
        now = self._clock.now()
        if self._written_at is not None and 0 <= now - self._written_at < NOTED_EVERY:
            return
        self._written_at = now
        left = budget.left()
        kept = {"left": left.left, "of": left.of, "until": left.until}
        await self._state.put(self.STATE, json.dumps(kept))


def read_told(headers: Mapping[str, str], now: Millis) -> Told | None:
    """What `X-RateLimit-*` say, or `RateLimit-*` on Bluesky; None if they are missing or make no sense.

    `Reset` is ISO 8601 with microseconds on Mastodon, epoch seconds on others, and seconds from now
    on few.
    """
    limit = _number(_limit_header(headers, "limit"))
    remaining = _number(_limit_header(headers, "remaining"))
    reset = _reset(_limit_header(headers, "reset"), _server_now(headers, now))
    if limit is None or remaining is None or reset is None:
        return None
    ahead = reset - _server_now(headers, now)
    return Told(limit, remaining, now + _bounded(ahead))


def read_pause(headers: Mapping[str, str], now: Millis) -> Millis:
    """Until when to stay silent after a refusal: `Retry-After`, else the reset, else
    `UNSAID_PAUSE`."""
    server_now = _server_now(headers, now)
    after = headers.get("retry-after")
    seconds = _number(after)
    if seconds is not None:
        return now + _bounded(seconds * SECOND)
    moment = _http_date(after) or _reset(_limit_header(headers, "reset"), server_now)
    return now + (UNSAID_PAUSE if moment is None else _bounded(moment - server_now))


def _limit_header(headers: Mapping[str, str], name: str) -> str | None:
    return headers.get(f"x-ratelimit-{name}") or headers.get(f"ratelimit-{name}")


def _bounded(ahead: Millis) -> Millis:
    return min(max(ahead, SECOND), LONGEST_PAUSE)


def _server_now(headers: Mapping[str, str], now: Millis) -> Millis:
    """The server's own time of the answer: its moments are meant by its clock, which may be
    wrong."""
    return _http_date(headers.get("date")) or now


def _number(text: str | None) -> int | None:
    if text is None or not text.strip().isascii() or not text.strip().isdigit():
        return None
    return int(text.strip()[:15])


def _http_date(text: str | None) -> Millis | None:
    if not text:
        return None
    try:
        return to_millis(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def _reset(text: str | None, server_now: Millis) -> Millis | None:
    number = _number(text)
    if number is not None:
        if number < 10_000_000:  # four months in seconds: a duration, no epoch of our days
            return server_now + number * SECOND
        return number * SECOND if number < 100_000_000_000 else number
    try:
        return to_millis(datetime.fromisoformat((text or "").strip()))
    except (ValueError, OverflowError):
        return None
