"""Which text of somebody's material comes next, before the founding and after it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tui_inbox.networks.demo.cast import BY_KEY, Circle
from tui_inbox.networks.demo.chance import Chance
from tui_inbox.networks.demo.material import bulletins, friends, newcomers, regulars, world
from tui_inbox.networks.demo.phrases import Pattern, pattern_of, spread
from tui_inbox.networks.demo.writing import Spoken, blocks, joined, spoken

_ONLY_BEFORE = (Circle.QUIET, Circle.STRANGER)
_SHARE_BEFORE = 0.55
_EVERY_PATTERN = 3
_EVERY_AGAIN = 4
_MARKS = ("[", "<", "||")


class Deck:
    """Somebody's texts in the order in which they are dealt.

    Texts written out are said once each, mixed with patterns; a part of them is kept for after the founding.
    Later there are patterns only, which go on for long, and now and then a text from before.
    """

    def __init__(self, key: str, material: str, chance: Chance) -> None:
        every = [one_line_each(block) for block in blocks(material)]
        plain = chance.shuffled([block for block in every if "{" not in block])
        patterns = chance.shuffled([block for block in every if "{" in block])
        share = 1.0 if BY_KEY[key].circle in _ONLY_BEFORE else _SHARE_BEFORE
        kept = round(len(plain) * share)
        self._key = key
        self._before, self._after = plain[:kept], plain[kept:]
        self._patterns: list[Pattern] = [pattern_of(block) for block in patterns]

    def before(self, turn: int) -> Spoken | None:
        """The text of a turn before the founding, 0 being the newest; None when all was said."""
        place, is_plain = self._place(turn)
        if is_plain and place < len(self._before):
            return self._spoken(self._before[place])
        return self._from_pattern(-1 - turn)

    def after(self, turn: int) -> Spoken | None:
        """The text of a turn after the founding, 0 being the first."""
        place, is_plain = self._place(turn)
        if is_plain and place < len(self._after):
            return self._spoken(self._after[place])
        if turn % _EVERY_AGAIN == 0 and self._before:
            return self._spoken(self._before[turn // _EVERY_AGAIN % len(self._before)])
        return self._from_pattern(turn)

    def _place(self, turn: int) -> tuple[int, bool]:
        """Which of the plain texts a turn takes, if it takes one."""
        if not self._patterns:
            return turn, True
        rounds, step = divmod(turn, _EVERY_PATTERN)
        return rounds * (_EVERY_PATTERN - 1) + step, step < _EVERY_PATTERN - 1

    def _from_pattern(self, turn: int) -> Spoken | None:
        if not self._patterns:
            return None
        rounds, which = divmod(turn, len(self._patterns))
        return self._spoken(spread(self._patterns[which], rounds))

    def _spoken(self, block: str) -> Spoken:
        return spoken(block, self._key)


def one_line_each(block: str) -> str:
    """A block whose text stands on one line, so that a choice is never broken in two."""
    lines: list[str] = []
    for line in block.split("\n"):
        if lines and not line.startswith(_MARKS) and not lines[-1].startswith("["):
            lines[-1] = joined(lines[-1], line)
        else:
            lines.append(line)
    return "\n".join(lines)


@cache
def materials() -> Mapping[str, str]:
    """Everybody's material by short name."""
    return {
        **friends.POSTS,
        **regulars.POSTS,
        **world.POSTS,
        **bulletins.POSTS,
        **newcomers.POSTS,
    }


def decks(seed: int) -> dict[str, Deck]:
    """Everybody's deck, shuffled by the seed."""
    return {key: Deck(key, text, Chance(seed, f"deck {key}")) for key, text in materials().items()}
