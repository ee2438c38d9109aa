"""What the status line says: health, what is paused, the held send, and the last sentence, in this order."""

from __future__ import annotations

from collections.abc import Sequence
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
    long, short = _together(health, now, zone)
    letters = {row.id: row.letters for row in status.accounts}
    paused = [
        f"{letters.get(id_, '')}: {_trouble(one, zone)}"
        for id_, one in status.health
        if one.state in _TROUBLE and len(health) > 1 and not all_offline(health)
    ]
    sends = _sends(status, now)
    for head, middle in ((long, paused), (short, paused), (short, [])):
        words = " · ".join(part for part in (head, *middle, *sends, sentence) if part)
        if len(words) <= width:
            return words
    return " · ".join(part for part in (*sends, sentence) if part) or short


_TROUBLE = frozenset({HealthState.OFFLINE, HealthState.PAUSED, HealthState.SIGNED_OUT})


def all_offline(health: Sequence[Health]) -> bool:
    """Whether no account hears its server."""
    return all(one.state is HealthState.OFFLINE for one in health)


def _together(health: list[Health], now: Millis, zone: tzinfo | None) -> tuple[str, str]:
    """What can be said of all accounts together, long and short; long is empty if all are in trouble."""
    states = {one.state for one in health}
    if not health:
        return "no account", "no account"
    if all_offline(health):
        tries = [one.next_try for one in health if one.next_try is not None]
        long = f"offline since {clock(min(one.since for one in health), zone)}"
        if tries:
            long += f", next try in {seconds(min(tries) - now)}"
        return long, "offline"
    if len(health) == 1 and states <= _TROUBLE:
        words = _trouble(health[0], zone)
        return words, words
    if HealthState.LIVE in states:
        heard = [one.last_word for one in health if one.last_word is not None]
        long = f"live, last word {seconds(now - max(heard))} ago" if heard else "live"
        return long, "live"
    if HealthState.POLLING in states:
        return "asking now and then", "polling"
    if HealthState.STARTING in states:
        return "reading from the server", "starting"
    return "", "not connected"


def _trouble(health: Health, zone: tzinfo | None) -> str:
    reason = f" ({health.reason})" if health.reason else ""
    match health.state:
        case HealthState.PAUSED if health.next_try is not None:
            return f"paused until {clock(health.next_try, zone)}{reason}"
        case HealthState.PAUSED:
            return f"paused{reason}"
        case HealthState.SIGNED_OUT:
            return "signed out, tui-inbox login signs in"
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
