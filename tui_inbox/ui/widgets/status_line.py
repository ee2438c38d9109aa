"""What the status line says: health, what is paused, the held send, and the last sentence, in this order."""

from __future__ import annotations

from datetime import tzinfo

from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.moment import Millis
from tui_inbox.queries.rows import StatusView
from tui_inbox.ui.render.clock import clock, seconds


def status_words(
    status: StatusView, sentence: str, now: Millis, zone: tzinfo | None, width: int
) -> str:
    """The line, as much of it as fits; the sentence and the held send are the last to go.

    Args:
        status: what the store and the hub say.
        sentence: what was just done, or empty.
        now: the moment the line is for.
        zone: the owner's time zone, None for the machine's.
        width: cells there are.
    """
    health = [health for _, health in status.health]
    long, short = _line(health, now, zone)
    paused = [
        f"{row.letters}: {_trouble(health, zone)}"
        for row in status.accounts
        for id_, health in status.health
        if row.id == id_ and health.state in _TROUBLE and len(status.accounts) > 1
    ]
    sends = _sends(status, now)
    for head, middle in ((long, paused), (short, paused), (short, [])):
        words = " · ".join(part for part in (head, *middle, *sends, sentence) if part)
        if len(words) <= width:
            return words
    return " · ".join(part for part in (*sends, sentence) if part) or short


_TROUBLE = frozenset({HealthState.OFFLINE, HealthState.PAUSED, HealthState.SIGNED_OUT})


def _line(health: list[Health], now: Millis, zone: tzinfo | None) -> tuple[str, str]:
    """The state of the line for all accounts together, long and short."""
    if not health:
        return "no account", "no account"
    states = {one.state for one in health}
    if states == {HealthState.OFFLINE}:
        first = min(one.since for one in health)
        tries = [one.next_try for one in health if one.next_try is not None]
        long = f"offline since {clock(first, zone)}"
        if tries:
            long += f", next try in {seconds(min(tries) - now)}"
        return long, "offline"
    if len(health) == 1 and health[0].state in _TROUBLE:
        words = _trouble(health[0], zone)
        return words, words
    if HealthState.LIVE in states:
        heard = [one.last_word for one in health if one.last_word is not None]
        if heard:
            return f"live, last word {seconds(now - max(heard))} ago", "live"
        return "live", "live"
    if HealthState.POLLING in states:
        return "asking now and then", "polling"
    return "reading from the server", "starting"


def _trouble(health: Health, zone: tzinfo | None) -> str:
    reason = f" ({health.reason})" if health.reason else ""
    match health.state:
        case HealthState.PAUSED if health.next_try is not None:
            return f"paused until {clock(health.next_try, zone)}{reason}"
        case HealthState.PAUSED:
            return f"paused{reason}"
        case HealthState.SIGNED_OUT:
            return "signed out, @ signs in"
        case _:
            return f"offline since {clock(health.since, zone)}"


def _sends(status: StatusView, now: Millis) -> list[str]:
    """What is about to leave, what waits for the line, what was refused."""
    parts = []
    if status.held:
        first = min(status.held, key=lambda row: row.release_at)
        more = f" and {len(status.held) - 1} more" if len(status.held) > 1 else ""
        parts.append(f"{first.what}{more}: leaves in {seconds(first.release_at - now)}, U stops it")
    if status.waiting:
        parts.append(f"{status.waiting} wait in the outbox")
    if status.failed:
        parts.append(f"{status.failed} not sent, g o shows why")
    return parts
