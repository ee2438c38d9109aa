"""How fast the town lives: the gaps between two things, and what kind of thing comes next.

Everything here is a pure function of the seed, the serial number of the thing and the moment in a session.
"""

from __future__ import annotations

from enum import StrEnum

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis
from tui_inbox.networks.demo.chance import Chance


class Kind(StrEnum):
    """What can happen of itself."""

    FRIEND = "a friend posts"
    REGULAR = "a regular posts"
    BROADCAST = "an office or shop announces something"
    REPLY = "somebody answers an announcement"
    BOOST = "somebody passes a post on"
    MENTION = "somebody writes to the owner"
    FAVOURITE = "somebody marks a post of the owner"
    QUESTION = "somebody asks the whole town"
    CORRECTED = "somebody posts and corrects it a little later"
    WITHDRAWN = "somebody posts and thinks better of it"
    QUOTE = "somebody quotes the owner"
    SPAM = "somebody sends everyone the same"
    FOLLOW = "somebody begins to follow the owner"


_USUAL = {
    Kind.FRIEND: 24.0,
    Kind.REGULAR: 26.0,
    Kind.BROADCAST: 15.0,
    Kind.REPLY: 7.0,
    Kind.BOOST: 9.0,
    Kind.FAVOURITE: 6.0,
    Kind.QUESTION: 4.0,
    Kind.CORRECTED: 3.0,
    Kind.WITHDRAWN: 1.5,
    Kind.QUOTE: 1.0,
    Kind.SPAM: 0.8,
    Kind.FOLLOW: 0.3,
}

_AFTER_FOUNDING = (
    *(Kind.FRIEND, Kind.BROADCAST, Kind.MENTION, Kind.REGULAR, Kind.BOOST, Kind.CORRECTED),
    *(Kind.FAVOURITE, Kind.REGULAR, Kind.MENTION, Kind.QUESTION, Kind.FRIEND, Kind.WITHDRAWN),
    *(Kind.REGULAR, Kind.BROADCAST, Kind.FRIEND, Kind.MENTION, Kind.REGULAR, Kind.SPAM),
    *(Kind.BOOST, Kind.FRIEND, Kind.QUOTE, Kind.REGULAR, Kind.REPLY, Kind.MENTION),
    *(Kind.BROADCAST, Kind.REGULAR, Kind.FOLLOW, Kind.FRIEND, Kind.QUESTION, Kind.FAVOURITE),
)
"""What a newcomer sees in the first minutes: some of everything."""

_SESSION_BEGINS = (Kind.FRIEND, Kind.REGULAR, Kind.MENTION)
_FIRST_GAPS = ((1.2, 2.6), (3.0, 5.5), (4.0, 7.5))
_GAP = (8.0, 20.0)

_CALMER_AFTER: tuple[tuple[Millis, float], ...] = ((4 * HOUR, 4.0), (45 * MINUTE, 2.0))
_MENTION_EVERY: tuple[tuple[Millis, Millis], ...] = (
    (45 * MINUTE, 9 * MINUTE),
    (10 * MINUTE, 4 * MINUTE),
    (0, 85 * SECOND),
)

_AWAY_PER_THING: Millis = 20 * MINUTE
_MOST_WHILE_AWAY = 25
_MENTION_WHILE_AWAY = 8


def gap(chance: Chance, place: int, elapsed: Millis, speed: float) -> Millis:
    """The time from one thing to the next.

    Args:
        place: which thing of the session it is, from 0.
        elapsed: how long the session has lasted on the clock: long sessions are calmer.
        speed: how many times faster than ordinary.
    """
    low, high = _FIRST_GAPS[place] if place < len(_FIRST_GAPS) else _GAP
    slower = next((factor for after, factor in _CALMER_AFTER if elapsed >= after), 1.0)
    return max(1, round(chance.between(low, high) * slower * SECOND / speed))


def kind(
    chance: Chance,
    *,
    serial: int,
    place: int,
    elapsed: Millis,
    since_mention: Millis,
    speed: float,
) -> Kind:
    """What the thing at a place of a session is.

    Args:
        serial: how many things have happened of themselves in this town before.
        since_mention: how long ago the owner was last written to.
    """
    if serial < len(_AFTER_FOUNDING):
        return _AFTER_FOUNDING[serial]
    if place < len(_SESSION_BEGINS):
        return _SESSION_BEGINS[place]
    wanted = next(every for after, every in _MENTION_EVERY if elapsed >= after)
    if since_mention * speed >= wanted:
        return Kind.MENTION
    return chance.weighed(tuple(_USUAL), tuple(_USUAL.values()))


def while_away(chance: Chance, left_at: Millis, back_at: Millis) -> list[tuple[Millis, Kind]]:
    """The few things that happen while the program is off."""
    number = min(_MOST_WHILE_AWAY, (back_at - left_at) // _AWAY_PER_THING)
    step = (back_at - left_at) / (number + 1)
    things: list[tuple[Millis, Kind]] = []
    for place in range(number):
        at = left_at + round((place + chance.between(0.4, 1.4)) * step)
        if place % _MENTION_WHILE_AWAY == 2:
            things.append((at, Kind.MENTION))
        else:
            things.append((at, chance.weighed(tuple(_USUAL), tuple(_USUAL.values()))))
    return sorted(things)
