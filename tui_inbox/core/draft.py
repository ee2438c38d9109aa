"""What the owner writes and does: drafts, and the states of everything that must leave the machine."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import asdict

from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.post import Audience

HOLD: Millis = 10 * SECOND
"""How long a send can be taken back before it leaves."""

POST = "post"
"""The kind of an outbox row that holds a text; every other kind is an `ActKind`."""


class Draft(Struct, frozen=True):
    """A text in the making, for one target. On disk within a second of each key stroke.

    Attributes:
        id: local number; 0 before it was stored.
        account: local id of the account it is written from.
        reply_to: local id of the post it answers.
        audience: who may read it; always sent, never left to a server's default.
        language: BCP 47 tag, or None to leave it to the server.
        updated_at: when it last changed.
    """

    id: int
    account: int
    text: str = ""
    warning: str = ""
    audience: Audience = Audience.PUBLIC
    language: str | None = None
    reply_to: int | None = None
    quotes: int | None = None
    updated_at: Millis = 0

    def to_json(self) -> str:
        """The draft as the outbox keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Draft:
        """The draft that `to_json` wrote."""
        fields = json.loads(text)
        return cls(**{**fields, "audience": Audience(fields["audience"])})


class Outgoing(Struct, frozen=True):
    """A text ready to leave, with the server's ids of what it refers to.

    Attributes:
        key: the idempotency key, one for life of the unchanged text.
        reply_to: the parent's id on the account's server.
        created_at: when the owner sent it; part of the identity on networks that let clients choose it.
    """

    key: str
    text: str
    warning: str
    audience: Audience
    language: str | None
    reply_to: str | None
    quotes: str | None
    created_at: Millis


class ActKind(StrEnum):
    """Things done to a post, to a person or to somebody held back, each of which can be repeated safely."""

    FAVOURITE = "favourite"
    UNFAVOURITE = "unfavourite"
    BOOST = "boost"
    UNBOOST = "unboost"
    BOOKMARK = "bookmark"
    UNBOOKMARK = "unbookmark"
    DELETE = "delete"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    MUTE = "mute"
    UNMUTE = "unmute"
    BLOCK = "block"
    UNBLOCK = "unblock"
    NOTE = "note"
    LIST = "list"
    UNLIST = "unlist"
    ACCEPT_FOLLOW = "accept follow"
    REJECT_FOLLOW = "reject follow"
    ADMIT = "admit"
    DISMISS = "dismiss"
    VOTE = "vote"

    @property
    def on_person(self) -> bool:
        """Whether it is done to a person rather than to a post."""
        return self in _ON_PERSON

    @property
    def on_list(self) -> bool:
        """Whether it puts a person on a list of the server or takes them off; its text is the list's server id."""
        return self in (ActKind.LIST, ActKind.UNLIST)

    @property
    def on_held_back(self) -> bool:
        """Whether it is done to notifications held back; its target is a `HeldBack.request_id`."""
        return self in (ActKind.ADMIT, ActKind.DISMISS)

    @property
    def reverse(self) -> ActKind | None:
        """The act that takes this one back, or None where nothing does."""
        return _REVERSE.get(self)


_ON_PERSON = frozenset(
    {
        ActKind.FOLLOW,
        ActKind.UNFOLLOW,
        ActKind.MUTE,
        ActKind.UNMUTE,
        ActKind.BLOCK,
        ActKind.UNBLOCK,
        ActKind.NOTE,
        ActKind.LIST,
        ActKind.UNLIST,
        ActKind.ACCEPT_FOLLOW,
        ActKind.REJECT_FOLLOW,
    }
)
_PAIRS = (
    (ActKind.FAVOURITE, ActKind.UNFAVOURITE),
    (ActKind.BOOST, ActKind.UNBOOST),
    (ActKind.BOOKMARK, ActKind.UNBOOKMARK),
    (ActKind.FOLLOW, ActKind.UNFOLLOW),
    (ActKind.MUTE, ActKind.UNMUTE),
    (ActKind.BLOCK, ActKind.UNBLOCK),
    (ActKind.LIST, ActKind.UNLIST),
)
_REVERSE = dict(_PAIRS) | {b: a for a, b in _PAIRS}


class Act(Struct, frozen=True):
    """One act, with the server's id of its target; for a vote that is the post with the poll.

    Attributes:
        text: a note's text, or the server's id of a list.
        options: places (from 0) of the options voted for.
    """

    kind: ActKind
    target: str
    text: str = ""
    options: tuple[int, ...] = ()


class OutboxState(StrEnum):
    """Where a row of the outbox stands."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SCHEDULED = "scheduled"
    DISCARDED = "discarded"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to the row by itself."""
        return self in (OutboxState.SENT, OutboxState.DISCARDED)


LONGEST_LEAVING: Millis = MINUTE
"""After this long something that should have left is stuck: to say that it leaves would be wishful."""

LEAVING = frozenset({OutboxState.HELD, OutboxState.SENDING})
"""States that end by themselves in a moment."""


class Leaving(Protocol):
    """Something in the outbox, with the moments that say whether it is late."""

    @property
    def state(self) -> OutboxState:
        """Where it stands."""
        ...

    @property
    def release_at(self) -> Millis:
        """It does not leave before this moment."""
        ...

    @property
    def changed_at(self) -> Millis:
        """Since when it stands there."""
        ...


def due_at(row: Leaving) -> Millis:
    """When something should have left: when its hold was over, or when a sender took it."""
    return max(row.release_at, row.changed_at)


def is_stuck(row: Leaving, now: Millis) -> bool:
    """Whether it should have left long ago: then whatever sends has failed, or the server is silent."""
    return row.state in LEAVING and now - due_at(row) > LONGEST_LEAVING


class OutboxEvent(StrEnum):
    """What can happen to a row of the outbox."""

    RELEASED = "released"  # the hold or the schedule is over
    LEASED = "leased"  # a sender took it, on disk before the request leaves
    CONFIRMED = "confirmed"  # the server has it
    REFUSED = "refused"  # the server said a definite no
    PUT_OFF = "put off"  # surely not sent: no line, no budget
    LOST = "lost"  # the request left and no answer came; also a lease found at start
    NOT_FOUND = "not found"  # looked at what the account posted: it is not there
    STOPPED = "stopped"  # the owner took it back
    RETRIED = "retried"  # the owner asks to try again


_S, _E = OutboxState, OutboxEvent

_AFTER: dict[OutboxEvent, dict[OutboxState, OutboxState]] = {
    _E.RELEASED: {_S.HELD: _S.WAITING, _S.SCHEDULED: _S.WAITING},
    _E.LEASED: {_S.WAITING: _S.SENDING},
    _E.CONFIRMED: {_S.SENDING: _S.SENT, _S.UNKNOWN: _S.SENT},
    _E.REFUSED: {_S.SENDING: _S.REFUSED},
    _E.PUT_OFF: {_S.SENDING: _S.WAITING},
    _E.LOST: {_S.SENDING: _S.UNKNOWN},
    _E.NOT_FOUND: {_S.UNKNOWN: _S.WAITING},
    _E.STOPPED: dict.fromkeys(
        (_S.HELD, _S.WAITING, _S.SCHEDULED, _S.REFUSED, _S.UNKNOWN), _S.DISCARDED
    ),
    _E.RETRIED: {_S.REFUSED: _S.WAITING, _S.UNKNOWN: _S.WAITING},
}


def after(state: OutboxState, event: OutboxEvent) -> OutboxState:
    """The state after an event. Total: an event that means nothing in a state leaves it as it is."""
    return _AFTER[event].get(state, state)


def reply_audience(parent: Audience, usual: Audience) -> Audience:
    """Who may read a reply: the narrower of the parent's audience and the account's usual one.

    A limited audience of a server's own cannot be asked for, so the reply to it goes to those named only.
    """
    audience = parent.narrower_of(usual)
    return Audience.DIRECT if audience is Audience.LIMITED else audience
