"""What is remembered of a person and of an account: a few numbers each, changed by every event.

The numbers are made from the ledger and can be made from it again at any time, so their packed form
is a cache: an unknown version is not an error of the user's, it is thrown away and replayed.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from tui_inbox.core.moment import Millis

Key = TypeVar("Key")

NEVER: Millis = 0
"""Stands for a moment that has not been. In the formulas it acts as a very long time ago (1970)."""

_VERSION = 2
_TIE = struct.Struct("<B3d5q6I")
_NUMBERS_OF_TIE = struct.Struct("<x3d5q6I")
_ACCOUNT = struct.Struct("<Bq2I2d2qI")


class UnknownPacking(ValueError):
    """The bytes are not of this version's form: replay the ledger."""


class Tie(Struct, gc=False):
    """One person as seen by one account. Changed by `observe` only.

    Numbers refer to nothing, so the garbage collector need not look at thousands of ties.

    Attributes:
        sent_short: texts the owner sent them, halved every 7 days, as of `last_out`.
        sent_long: the same, halved every 30 days.
        received_long: texts they sent the owner, halved every 30 days, as of `last_in`.
        last_out: when the owner last wrote to them.
        last_in: when they last wrote to the owner.
        touched: when the owner last liked, boosted or followed.
        opened: the first text of their latest day, while the owner has not written since.
        opened_before: that of the day before it, likewise.
        days: distinct UTC days on which the owner wrote to them.
        unanswered: their texts since the owner's last one.
        sent: texts the owner ever sent them.
        received: texts they ever sent the owner.
        asked: on how many days they wrote: the first text of a day is what an answer is counted for.
        answered: how many of those texts got one within a day.
    """

    sent_short: float = 0.0
    sent_long: float = 0.0
    received_long: float = 0.0
    last_out: Millis = NEVER
    last_in: Millis = NEVER
    touched: Millis = NEVER
    opened: Millis = NEVER
    opened_before: Millis = NEVER
    days: int = 0
    unanswered: int = 0
    sent: int = 0
    received: int = 0
    asked: int = 0
    answered: int = 0

    @property
    def last_contact(self) -> Millis:
        """When text last went either way."""
        return self.last_in if self.last_in > self.last_out else self.last_out

    @property
    def wrote_last(self) -> bool:
        """Whether the latest text is theirs."""
        return self.last_in > self.last_out

    @property
    def settled(self) -> int:
        """Of how many days on which they wrote it counts whether the owner answered: all before the latest text."""
        return self.asked - (self.opened != NEVER and self.opened == self.last_in)

    @property
    def newest(self) -> Millis:
        """The newest moment this state knows of; older events can only come in by a replay."""
        return max(self.last_out, self.last_in, self.touched)

    @property
    def exchanged(self) -> bool:
        """Whether text went both ways at some time: "someone I have exchanged text with"."""
        return self.sent > 0 and self.received > 0

    def pack(self) -> bytes:
        """The state as bytes to store: 89 of them."""
        return _TIE.pack(_VERSION, *astuple(self))

    @classmethod
    def unpack(cls, packed: bytes) -> Tie:
        """The state that `pack` wrote.

        Raises:
            UnknownPacking: the bytes are of another version.
        """
        return cls(*_unpacked(_TIE, packed))


def unpack_ties(packed: Mapping[Key, bytes]) -> dict[Key, Tie]:
    """Everybody's state at once, in half the time; those of another version are left out."""
    readable = {key: state for key, state in packed.items() if _is_readable(_TIE, state)}
    numbers = _NUMBERS_OF_TIE.iter_unpack(b"".join(readable.values()))
    return {key: Tie(*own) for key, own in zip(readable, numbers, strict=True)}


class AccountState(Struct):
    """What is remembered of an account over all people.

    Attributes:
        last_out: when the owner last wrote to anybody.
        asked: on how many days somebody wrote, over all people.
        answered: how many of those days' first texts got an answer within a day.
        leaning: how much more than usual the owner writes to those who wrote last; see `leaning`.
        surprise: the sum of its squared errors, by which its steps grow smaller.
        learnt_to: the owner's latest text that it was learnt from.
        learns_from: what is older was told to be forgotten, and teaches nothing.
        late: events that came late, after what they should have taught was learnt without them.
    """

    last_out: Millis = NEVER
    asked: int = 0
    answered: int = 0
    leaning: float = 0.0
    surprise: float = 1.0
    learnt_to: Millis = NEVER
    learns_from: Millis = NEVER
    late: int = 0

    def pack(self) -> bytes:
        """The state as bytes to store."""
        return _ACCOUNT.pack(_VERSION, *astuple(self))

    @classmethod
    def unpack(cls, packed: bytes) -> AccountState:
        """The state that `pack` wrote.

        Raises:
            UnknownPacking: the bytes are of another version.
        """
        return cls(*_unpacked(_ACCOUNT, packed))


def _unpacked(form: struct.Struct, packed: bytes) -> tuple[Any, ...]:
    if not _is_readable(form, packed):
        raise UnknownPacking(f"{len(packed)} bytes, version {packed[:1].hex() or 'missing'}")
    return form.unpack(packed)[1:]


def _is_readable(form: struct.Struct, packed: bytes) -> bool:
    return len(packed) == form.size and packed[0] == _VERSION
