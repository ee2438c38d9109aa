"""What the status line says, in this order: health, what is paused, the held send, and the last sentence.

How far the past of a new account has been read is part of its health.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import tzinfo

from msgspec.structs import replace
from rich.cells import cell_len

from tui_inbox.core.health import HEARING, Health, HealthState, Past
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import LONGEST_LEAVING
from tui_inbox.core.spending import day_of, in_dollars
from tui_inbox.queries.overviews import OutboxItem, StatusView
from tui_inbox.queries.rows import Scope
from tui_inbox.ui.render.clock import clock, seconds, to_the_second
from tui_inbox.ui.render.outgoing import leaves
from tui_inbox.ui.render.wrap import DOT, cut

UNDOING = re.compile(r"[,;] [uU] (?:stops it|(?:brings|takes) it back)(?: for a moment)?")
"""How sentences name the key that undoes what they tell."""

COUNTED = re.compile(rf"leaves (?:in \d+ s|at [\d:]+){UNDOING.pattern}$")
"""How a sentence ends that tells of something that is held."""

ENDING = re.compile(rf"(?:: leaves in \d+ s)?{UNDOING.pattern}$")
"""What is left of a sentence that is too long, behind its beginning."""

AT_ONCE: Millis = 3 * SECOND
"""An act that takes no longer to arrive is not worth a word while it does; a text is."""


def status_words(
    status: StatusView,
    sentence: str,
    now: Millis,
    zone: tzinfo | None,
    width: int,
    hint: str = "",
    *,
    types: bool = False,
    still: bool = False,
) -> str:
    """The line, as much of it as fits: trouble is never pushed off, the end of the rest is cut.

    While something is held and a sentence would be cut, the held send says no more than its seconds, and that all
    is well need not be said.

    Args:
        status: what the store and the hub say.
        sentence: what was just done, or empty.
        now: the moment the line is for.
        zone: the owner's time zone, None for the machine's.
        width: cells there are.
        hint: a key that is worth showing where there is no key line; it comes last, and gives way to what fits
            without it only.
        types: whether letters are text at this moment: then no letter is said to undo anything.
        still: whether nothing moves by itself: then no seconds are counted, and moments are told by the clock.
    """
    if status.held and COUNTED.search(sentence):
        sentence = ""  # the held send tells the same, and counts
    sentence = UNDOING.sub("", sentence) if types else sentence
    health = [health for _, health in status.health]
    long, short = _together(status, now, zone, still=still)
    letters = {row.id: row.letters for row in status.accounts}
    troubled = [
        (letters.get(id_, ""), one)
        for id_, one in status.health
        if one.state in _TROUBLE and len(health) > 1 and not all_offline(health)
    ]
    paused = [
        f"{whose}: {_trouble(one, zone)}{_again(one, now, zone, still=still)}"
        for whose, one in troubled
    ]
    named = [f"{whose} {one.state}" for whose, one in troubled]
    sends, brief = (
        _sends(status, now, zone, brief=short, types=types, still=still) for short in (False, True)
    )
    past = _past(health)
    money = _money(status, now)
    told: tuple[tuple[str, ...], ...] = (
        (long, past, money, *paused, *sends, sentence),
        (short, past, money, *paused, *sends, sentence),
        (long, past, *paused, *sends, sentence),
        (short, past, *paused, *sends, sentence),
        (long, *paused, *sends, sentence),
        (short, *paused, *sends, sentence),
        (short, *named, *sends, sentence),
        (short, *sends, sentence),
        (short, *brief, sentence),
    )
    if sentence and (terse := _terse(status, now, zone, types=types, still=still)):
        is_well = all(one.state in HEARING for one in health)
        told += ((short, terse, sentence), *(((terse, sentence),) if is_well else ()))
        told += ((short, terse, sentence),)  # of this as much as fits
    for parts in (*((*parts, hint) for parts in told if hint), *told):
        words = DOT.join(part for part in parts if part)
        if cell_len(words) <= width:
            return words
    room = width - cell_len(hint) - cell_len(DOT) if hint else width
    return DOT.join(part for part in (_cut_middle(words, room), hint) if part)


def _cut_middle(words: str, width: int) -> str:
    """Words in so many cells. What stands before the way to undo it goes first: names are long, and known."""
    end = ENDING.search(words)
    if end is None or cell_len(words) <= width or cell_len(end[0]) > width // 2:
        return cut(words, width)
    return f"{cut(words[: end.start()], width - cell_len(end[0]))}{end[0]}"


_TROUBLE = frozenset({HealthState.OFFLINE, HealthState.PAUSED, HealthState.SIGNED_OUT})


def all_offline(health: Sequence[Health]) -> bool:
    """Whether no account hears its server."""
    return all(one.state is HealthState.OFFLINE for one in health)


def _together(
    status: StatusView, now: Millis, zone: tzinfo | None, *, still: bool
) -> tuple[str, str]:
    """What can be said of all accounts together, long and short; long is empty if all are in trouble."""
    health = [health for _, health in status.health]
    states = {one.state for one in health}
    if not health:
        words = "connecting" if status.accounts else "no account"
        return words, words
    if all_offline(health):
        tries = [one.next_try for one in health if one.next_try is not None]
        first = min(health, key=lambda one: one.since)
        soonest = replace(first, next_try=min(tries, default=None))
        return f"{_trouble(first, zone)}{_again(soonest, now, zone, still=still)}", "offline"
    if len(health) == 1 and states <= _TROUBLE:
        return _trouble(health[0], zone), str(health[0].state)
    if HealthState.LIVE in states:
        heard = [one.last_word for one in health if one.last_word is not None]
        long = f"live, last word {seconds(now - max(heard))} ago" if heard else "live"
        if still:
            long = "live"
        return long, "live"
    if HealthState.POLLING in states:
        return "asking now and then", "polling"
    if HealthState.STARTING in states:
        return "reading from the server", "starting"
    return "", "not connected"


def _past(health: Sequence[Health]) -> str:
    """How far the past has been read, of all accounts together that read theirs; empty when none does."""
    read = [one.reading for one in health if one.reading is not None]
    if not read:
        return ""
    return str(Past(sum(one.read for one in read), sum(one.about for one in read)))


def _money(status: StatusView, now: Millis) -> str:
    """What today has cost, where anything did; days are those of the network, in UTC."""
    price = sum(price for day, price in status.spent if day == day_of(now))
    return f"{in_dollars(price)} today" if price else ""


def _trouble(health: Health, zone: tzinfo | None) -> str:
    reason = f" ({health.reason})" if health.reason else ""
    match health.state:
        case HealthState.PAUSED if health.next_try is not None:
            return f"paused until {clock(health.next_try, zone)}{reason}"
        case HealthState.PAUSED:
            return f"paused{reason}"
        case HealthState.SIGNED_OUT:
            return "signed out, @ says how to sign in"
        case _:
            return f"offline since {clock(health.since, zone)}"


def _again(health: Health, now: Millis, zone: tzinfo | None, *, still: bool) -> str:
    """When an account without a line tries again, as far as that is known."""
    if health.state is not HealthState.OFFLINE or health.next_try is None:
        return ""
    if still:
        return f", next try at {clock(health.next_try, zone)}"
    return f", next try in {seconds(health.next_try - now)}"


def _sends(
    status: StatusView,
    now: Millis,
    zone: tzinfo | None,
    *,
    brief: bool = False,
    types: bool = False,
    still: bool = False,
) -> list[str]:
    """What leaves or is about to, what waits for the line, what was refused; `brief`: without what it is."""
    sending = _sending(status.sending, now, zone, still=still)
    parts = [sending] if sending else []
    if status.held:
        first = min(status.held, key=lambda row: row.release_at)
        what = "" if brief else f"{_all_of(status.held, first)}: "
        if now - first.release_at > LONGEST_LEAVING:
            due = clock(first.release_at, zone)
            parts.append(f"{what}has not left since {due}, g o shows it")
        else:
            stops = "" if types else ", U stops it"
            parts.append(f"{what}{leaves(first, now, zone, still=still)}{stops}")
    if status.waiting:
        wait = "waits" if status.waiting == 1 else "wait"
        parts.append(f"{status.waiting} {wait} in the outbox")
    if status.scheduled:
        parts.append(f"{status.scheduled} for later")
    if status.failed:
        parts.append(f"{status.failed} not sent, g o shows why")
    return parts


def _terse(
    status: StatusView, now: Millis, zone: tzinfo | None, *, types: bool, still: bool
) -> str:
    """What is held, in a few cells: `held 7 s, U`; empty where nothing is, or it should have left long ago."""
    first = min(status.held, key=lambda row: row.release_at, default=None)
    if first is None or now - first.release_at > LONGEST_LEAVING:
        return ""
    held = seconds(first.release_at - now)
    if still:
        held = f"until {to_the_second(first.release_at, zone)}"
    return f"held {held}{'' if types else ', U'}"


def _sending(rows: Sequence[OutboxItem], now: Millis, zone: tzinfo | None, *, still: bool) -> str:
    """What the server has not answered yet, and for how long: a server that is silent is seen."""
    told = [row for row in rows if row.text or now - row.changed_at >= AT_ONCE]
    if not told:
        return ""
    first = min(told, key=lambda row: row.changed_at)
    words, passed = f"sending {_whither(told, first)}", now - first.changed_at
    if passed > LONGEST_LEAVING:
        return f"{words} since {clock(first.changed_at, zone)}, g o shows it"
    return f"{words}, {seconds(passed)}" if passed >= SECOND and not still else words


def sent_words(rows: Sequence[OutboxItem]) -> str:
    """That texts have arrived: `sent to quillfox`, `post sent`."""
    if not rows:
        return ""
    whither = _whither(rows, rows[0])
    return f"sent {whither}" if whither.startswith("to ") else f"{whither} sent"


def refused_words(rows: Sequence[OutboxItem]) -> str:
    """What was refused, and why: `follow odile fenn was refused: …`; of several the last, and how many more."""
    last, more = rows[-1], len(rows) - 1
    others = f", and {more} more" if more else ""
    reason = f": {last.reason}" if last.reason else ""
    return f"{last.what}{others} {'were' if more else 'was'} refused{reason}"


def _whither(rows: Sequence[OutboxItem], first: OutboxItem) -> str:
    """`to quillfox` for a reply, `post` for a post of its own; and how many more there are."""
    return _all_of(rows, first).removeprefix("reply ")


def _all_of(rows: Sequence[OutboxItem], first: OutboxItem) -> str:
    """What rows are: one and how many more, or one thread: `reply to quillfox and 1 more`, `thread of 2`."""
    count = len(rows)
    if count < 2:
        return first.what
    if all(row.part.endswith(f" of {count}") and row.account == first.account for row in rows):
        return (
            f"thread of {count}" if first.what == "post" else f"{first.what}, a thread of {count}"
        )
    return f"{first.what} and {count - 1} more"


READING = "Reading from the server …"


def why_missing(
    health: Mapping[int, Health], scope: Scope, unread: Collection[int], zone: tzinfo | None = None
) -> str:
    """Why something may be missing on the screen, in a sentence; empty where nothing is.

    Args:
        health: of each account, as the hub says; empty before the hub is ready.
        scope: the accounts that are shown.
        unread: those whose server has not told everything yet, whatever their health.
        zone: the owner's time zone, None for the machine's.
    """
    starting = Health(HealthState.STARTING, 0)
    stand = {account: health.get(account, starting) for account in scope.accounts}
    begun = [one for one in stand.values() if one.state is HealthState.STARTING]
    missing = [one for account, one in stand.items() if account in unread]
    if begun or any(one.state in HEARING for one in missing):
        return READING
    if not missing:
        return ""
    worst = min(missing, key=lambda one: _WORST.index(one.state))
    words = _trouble(worst, zone)
    return f"{words[0].upper()}{words[1:]}: not everything has been read yet."


def not_connected(health: Mapping[int, Health], scope: Scope) -> str:
    """Why the newest posts of an account may be missing, in a sentence; empty where all are heard."""
    unheard = [id_ for id_, one in health.items() if one.state not in HEARING]
    return why_missing(health, scope, unheard)


_WORST = (HealthState.OFFLINE, HealthState.PAUSED, HealthState.SIGNED_OUT)
"""States in which nothing is read, in the order in which they are told."""
