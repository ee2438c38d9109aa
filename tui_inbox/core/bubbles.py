"""When a bubble tells the owner something while they look elsewhere, and what it says. Pure: the clock is handed in.

The rules, each of them a line below: nothing while the terminal has the focus; nothing twice; nothing at night; what
comes within some seconds is one bubble; what nobody has said directly waits until a minute has passed since the last
such bubble; what is late (a line was down, the machine slept) is summed up; what is older than a day is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.moment import DAY, MINUTE, SECOND, Millis

GATHER: Millis = 5 * SECOND
"""What comes within this time after the first is told with it."""
SETTLE: Millis = 15 * SECOND
"""While late things come in, this long after the last of them: then they are summed up once."""
PAUSE: Millis = 15 * SECOND
"""Between any two bubbles."""
SIDE_PAUSE: Millis = MINUTE
"""Between two bubbles about anything else than what people you talk with say to you."""
LATE_PAUSE: Millis = 5 * MINUTE
"""Between two bubbles that sum up: what a line brings after hours may come for minutes."""
LATE: Millis = 15 * MINUTE
"""What was said longer ago than this when it is found is summed up, not told by itself."""
OLD: Millis = DAY
"""What was said longer ago than this is not told at all."""
REMEMBERED = 500
"""So many things that were told are remembered after they are gone, in case they come back."""
NAMED = 3
"""So many people are named; of the others it is said how many they are."""
MOST_TEXT = 140
"""Characters of a text that a bubble shows."""


class About(StrEnum):
    """What can be told."""

    TALK = "talk"
    NEWCOMER = "newcomer"
    STRANGER = "stranger"
    HIT = "hit"
    GROUP = "group"


class News(Struct, frozen=True):
    """One thing that may be told.

    Attributes:
        key: names it for ever: an item with the post that opened the turn, a hit, a post.
        who: whose text it is, one clean line.
        why: `asks`, `answers you`; of a hit the words of the search.
        text: what may be shown of the text; empty where it is nobody's business on a lock screen.
        at: when it was said.
        history: it came while the past was read for the first time.
    """

    key: str
    about: About
    who: str
    why: str
    text: str
    at: Millis
    history: bool = False


class Bubble(Struct, frozen=True):
    """What a bubble says: a line that is read at a glance, and another one, or nothing."""

    title: str
    text: str = ""


class Quiet(Struct, frozen=True):
    """Hours without a bubble, in minutes of the owner's day; they may go over midnight. Both the same: none."""

    begin: int = 0
    end: int = 0

    def holds(self, minute: int) -> bool:
        """Whether it is quiet in a minute of the day."""
        if self.begin <= self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end

    def left(self, minute: int) -> int:
        """Minutes until it is over."""
        return (self.end - minute) % DAY_MINUTES


DAY_MINUTES = 24 * 60


class Rules(Struct, frozen=True):
    """What the owner wants to be told of.

    Attributes:
        about: which things.
        searches: hits of `marked` searches, of `all`, or of `none`.
        groups: names of groups whose people's posts are told, lower case.
        accounts: letters or handles of the accounts that are told of, lower case; empty for all.
        texts: whether a bubble may show what everybody may read.
        quiet: the quiet hours.
        always: also while the terminal has the focus.
    """

    about: frozenset[About] = frozenset({About.TALK})
    searches: str = "marked"
    groups: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    texts: bool = True
    quiet: Quiet = Quiet()
    always: bool = False

    @property
    def tells_nothing(self) -> bool:
        """Whether there is nothing that would be told."""
        return not (self.about or self.groups) and self.searches == "none"


class Wishes(Struct, frozen=True):
    """What the settings say of bubbles.

    Attributes:
        rules: what is told.
        way: `auto`, or the name of a way of `ui.bubble_ways`.
        bell: whether the terminal's bell is rung with each.
    """

    rules: Rules = Rules()
    way: str = "auto"
    bell: bool = False


class Told(Struct, frozen=True):
    """What is known of what was told.

    Attributes:
        keys: what was told, or is known without that; the last one last.
        found: what waits to be told, and when it was found.
        last: when the last bubble was shown; `last_side` the last one about anything but talk, `last_late` the last one
            that summed up.
    """

    keys: tuple[str, ...] = ()
    found: tuple[tuple[str, Millis], ...] = ()
    last: Millis = 0
    last_side: Millis = 0
    last_late: Millis = 0


class Step(Struct, frozen=True):
    """What comes of looking: what is known then, what to show now, and when to look again."""

    told: Told
    bubble: Bubble | None = None
    again: Millis | None = None


def known(told: Told, news: Iterable[News]) -> Told:
    """The owner knows all of this: none of it is told."""
    fresh = [one.key for one in news if one.key not in told.keys]
    return replace(told, keys=_remembered((*told.keys, *fresh)), found=())


def step(told: Told, news: Sequence[News], rules: Rules, *, now: Millis, minute: int) -> Step:
    """Decide about everything that could be told at this moment, while the owner looks elsewhere.

    Args:
        told: what is known of what was told.
        news: all that waits; what is not in it any more (answered, edited, deleted) is not told.
        rules: what the owner wants.
        now: the wall clock.
        minute: the minute of the owner's day.
    """
    told = replace(told, keys=_remembered(told.keys))
    gone = [one for one in news if one.history or now - one.at > OLD]
    told = replace(known(told, gone), found=told.found)
    waiting = [one for one in news if one.key not in told.keys]
    since = dict(told.found)
    since = {one.key: since.get(one.key, now) for one in waiting}
    told = replace(told, found=tuple(since.items()))
    if not waiting:
        return Step(told)
    if rules.quiet.holds(minute):
        return Step(told, again=now + rules.quiet.left(minute) * MINUTE)
    ready: list[News] = []
    again: list[Millis] = []
    for kind, due in _kinds(waiting, since, told):
        if now >= due:
            ready += kind
        else:
            again.append(due)
    if not ready:
        return Step(told, again=min(again))
    shown = {one.key for one in ready}
    late = any(_is_late(one, since) for one in ready)
    after = replace(
        told,
        keys=_remembered((*told.keys, *(one.key for one in ready))),
        found=tuple((key, at) for key, at in told.found if key not in shown),
        last=now,
        last_side=now if any(_is_side(one) for one in ready) else told.last_side,
        last_late=now if late else told.last_late,
    )
    return Step(after, bubble_of(ready, late=late), min(again, default=None))


def _kinds(
    waiting: Sequence[News], since: dict[str, Millis], told: Told
) -> Iterator[tuple[list[News], Millis]]:
    """What is told together, and when it is due: talk, anything else, and what is late."""
    late = [one for one in waiting if _is_late(one, since)]
    fresh = [one for one in waiting if not _is_late(one, since)]
    for kind in (
        [one for one in fresh if not _is_side(one)],
        [one for one in fresh if _is_side(one)],
    ):
        if kind:
            due = max(min(since[one.key] for one in kind) + GATHER, told.last + PAUSE)
            yield kind, max(due, told.last_side + SIDE_PAUSE) if _is_side(kind[0]) else due
    if late:
        found = [since[one.key] for one in late]
        settled = min(max(found) + SETTLE, min(found) + MINUTE)  # more of it is probably on its way
        due = max(settled, told.last + PAUSE, told.last_late + LATE_PAUSE)
        side = any(_is_side(one) for one in late)
        yield late, max(due, told.last_side + SIDE_PAUSE) if side else due


def _is_side(one: News) -> bool:
    """Whether it is anything but what people you talk with say to you."""
    return one.about is not About.TALK


def _is_late(one: News, since: dict[str, Millis]) -> bool:
    return since[one.key] - one.at > LATE


def _remembered(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(keys[-REMEMBERED:])


# What it says


def bubble_of(news: Sequence[News], *, late: bool = False) -> Bubble:
    """What a bubble says of some things.

    Args:
        news: at least one.
        late: whether it sums up what was said while nothing could be told.
    """
    if len(news) == 1 and not late:
        return _single(news[0])
    parts = [
        words
        for about, say in _SEVERAL.items()
        if (these := [one for one in news if one.about is about]) and (words := say(these))
    ]
    return Bubble(" · ".join(parts), "while you were away" if late else "")


def _single(one: News) -> Bubble:
    text = one.text if len(one.text) <= MOST_TEXT else f"{one.text[:MOST_TEXT].rstrip()}…"
    if one.about is About.HIT:
        return Bubble(f"found: {one.why}", f"{one.who}: {text}" if text else f"by {one.who}")
    return Bubble(f"{one.who} {one.why}", text)


def _wait(these: Sequence[News]) -> str:
    people = _people(these)
    return f"{_names(people)} {'waits' if len(people) == 1 else 'wait'} for you"


def _new(these: Sequence[News]) -> str:
    people = _people(these)
    return f"{len(people)} {'newcomer' if len(people) == 1 else 'newcomers'}: {_names(people)}"


def _strange(these: Sequence[News]) -> str:
    people = len(_people(these))
    return f"{people} {'stranger' if people == 1 else 'strangers'} wrote"


def _hits(these: Sequence[News]) -> str:
    searches = dict.fromkeys(one.why for one in these)
    where = next(iter(searches)) if len(searches) == 1 else f"{len(searches)} searches"
    return f"{len(these)} {'hit' if len(these) == 1 else 'hits'}: {where}"


def _posted(these: Sequence[News]) -> str:
    return f"{_names(_people(these))} posted"


_SEVERAL = {
    About.TALK: _wait,
    About.NEWCOMER: _new,
    About.STRANGER: _strange,
    About.HIT: _hits,
    About.GROUP: _posted,
}


def _people(these: Iterable[News]) -> list[str]:
    return list(dict.fromkeys(one.who for one in these))


def _names(people: Sequence[str]) -> str:
    shown, more = ", ".join(people[:NAMED]), len(people) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
