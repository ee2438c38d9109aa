"""The tour of the demo town: five steps, each done by a key of every day. Pure; `widgets.tour_strip` shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from tui_inbox.ui.desk import Desk


def _always(desk: Desk) -> bool:
    return True


def _at(place: str) -> Callable[[Desk], bool]:
    return lambda desk: place == desk.here.PLACE


class Part(Struct, frozen=True):
    """One thing to do.

    Attributes:
        words: what to press and what it does; ids of keys in braces stand for the keys in force.
        ids: of the keys that do it.
        came: whether that has led where it should, which may take a moment.
    """

    words: str
    ids: frozenset[str]
    came: Callable[[Desk], bool] = _always


class Step(Struct, frozen=True):
    """A step of the tour: what it is about, and what is done in it, one after the other."""

    title: str
    parts: tuple[Part, ...]


STEPS = (
    Step(
        "who waits",
        (
            Part(
                "Press {next.needs}: it goes to the next person who waits for you, and opens the thread.",
                frozenset({"next.needs"}),
                _at("thread"),
            ),
        ),
    ),
    Step(
        "why",
        (
            Part(
                "Press {open.why}: why they stand where they stand, in reasons with points.",
                frozenset({"open.why"}),
                _at("why"),
            ),
            Part(
                "Press {close}: it goes back, here and everywhere.",
                frozenset({"close"}),
                lambda desk: desk.here.PLACE != "why",
            ),
        ),
    ),
    Step(
        "answer",
        (
            Part(
                "Press {item.reply} to answer. People in this town write back.",
                frozenset({"item.reply", "item.reply_one"}),
                lambda desk: desk.composer.is_open,
            ),
            Part(
                "Type some words, then {compose.send} sends them.",
                frozenset({"compose.send"}),
                lambda desk: not desk.composer.is_open,
            ),
            Part(
                "It waits some seconds before it leaves. Press {undo.sends}, from anywhere: it comes back. If it has "
                "left already, {tour.next} goes on.",
                frozenset({"undo.sends"}),
                lambda desk: desk.composer.is_open,
            ),
            Part(
                "Here it is again. {compose.close} closes it, and keeps it as a draft.",
                frozenset({"compose.close", "close"}),
                lambda desk: not desk.composer.is_open,
            ),
        ),
    ),
    Step(
        "not now",
        (
            Part(
                "{item.done} is done with them, {item.later} {later.tomorrow} puts them off until tomorrow. Press "
                "one of the two.",
                frozenset(
                    {
                        "item.done",
                        *("later.tomorrow", "later.post", "later.start", "later.hours"),
                        *("later.evening", "later.monday", "later.typed"),
                    }
                ),
            ),
            Part("Press {undo.last}: it takes that back.", frozenset({"undo.last"})),
        ),
    ),
    Step(
        "find",
        (
            Part(
                "{open.search} looks in all that was ever read, {open.help} shows the keys of a place, {palette} finds "
                "what you can name. Press one of them.",
                frozenset({"open.search", "open.help", "palette"}),
            ),
        ),
    ),
)

END = "That is all for today. The town goes on, and {close} {close} leaves it."


class Progress(Struct, frozen=True):
    """Where somebody is on the tour: step and part, counted from 0; behind the last step at the end."""

    step: int = 0
    part: int = 0

    @property
    def is_over(self) -> bool:
        """Whether all steps are done or skipped."""
        return self.step >= len(STEPS)

    @property
    def to_do(self) -> Part | None:
        """What is to be done now; None at the end."""
        return None if self.is_over else STEPS[self.step].parts[self.part]

    def done(self) -> Progress:
        """What is to be done was done: the next part, or the next step."""
        if self.is_over or self.part + 1 == len(STEPS[self.step].parts):
            return self.skipped()
        return Progress(self.step, self.part + 1)

    def skipped(self) -> Progress:
        """The next step."""
        return Progress(min(self.step + 1, len(STEPS)))

    def back(self) -> Progress:
        """The beginning of this step; from there the step before."""
        return Progress(self.step if self.part else max(0, self.step - 1))
