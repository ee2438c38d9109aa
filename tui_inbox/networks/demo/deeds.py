"""What will happen in the town at a moment that is known already."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.networks.demo import answers
from tui_inbox.networks.demo.writing import Spoken


class ThreadReply(Struct, frozen=True):
    """Somebody will say the rest of a thread, one answer after the other."""

    root_id: str
    parent_id: str
    names: tuple[str, ...]
    answers: tuple[Spoken, ...]


class Correction(Struct, frozen=True):
    """An author will change a post."""

    post_id: str
    text: str


class Withdrawal(Struct, frozen=True):
    """An author will delete a post."""

    post_id: str


class Passing(Struct, frozen=True):
    """Somebody will pass a post on."""

    who: str
    post_id: str


class Choice(Struct, frozen=True):
    """Somebody will vote in a poll of the owner's."""

    who: str
    post_id: str
    place: int


class PollEnd(Struct, frozen=True):
    """A poll of the owner's will be over."""

    post_id: str


class Planned(Struct, frozen=True):
    """A text of the owner's will be posted."""

    plan_id: str


class MuteEnd(Struct, frozen=True):
    """A mute that was made for a time will be over."""

    who: str
    until: Millis


Deed: TypeAlias = (
    ThreadReply
    | Passing
    | Correction
    | Withdrawal
    | answers.Reaction
    | Choice
    | PollEnd
    | Planned
    | MuteEnd
)
