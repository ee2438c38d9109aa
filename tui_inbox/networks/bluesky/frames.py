"""What Jetstream sends: events as JSON, in the form that all of its servers know and in the newer one.

The first form (`/subscribe`) is documented by bluesky-social/jetstream; the second (`subscribeEvents`) is
`lexicons/network/bsky/jetstream/subscribeEvents.json` there. Of both only what is done to posts is read.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct, field

from tui_inbox.core.moment import SECOND, Millis, to_micros_or_none
from tui_inbox.networks.bluesky.addresses import POST, AtUri, is_did

CREATE, UPDATE, DELETE = "create", "update", "delete"

_AHEAD: Millis = 300 * SECOND
"""A server's clock may be ahead of ours by so much; a moment beyond that is nonsense."""


class Happened(Struct, frozen=True):
    """Something was done to a post.

    Attributes:
        at: when the server heard of it, in microseconds: where one goes on after it.
        operation: `create`, `update` or `delete`.
        cid: the hash of its record; empty where it was deleted.
        record: the post's JSON; empty where it was deleted.
    """

    at: int
    did: str
    key: str
    operation: str
    cid: str = ""
    record: Mapping[str, object] = {}


class Passed(Struct, frozen=True):
    """Something else was told that is nobody's post: a sign that the stream has come so far."""

    at: int


class _Commit(Struct):
    operation: str
    collection: str
    rkey: str
    cid: str = ""
    record: dict[str, object] | None = None


class _Event(Struct):
    did: str
    time_us: int
    commit: _Commit | None = None


class _Payload(Struct, rename="camel"):
    time: str = ""
    witnessed_at: str = ""
    did: str = ""
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    cid: str = ""
    record: dict[str, object] | None = None


class _Envelope(Struct):
    kind: str = field(name="$type")
    payload: _Payload | None = None
    message: str = ""


class Refusal(Exception):
    """The server says why it ends the stream, in its own words."""


_event = msgspec.json.Decoder(_Event)
_envelope = msgspec.json.Decoder(_Envelope)


def read_event(frame: bytes, now: Millis) -> Happened | Passed:
    """An event of the first form.

    Raises:
        ValueError: it is none.
    """
    try:
        event = _event.decode(frame)
    except (msgspec.MsgspecError, RecursionError):
        raise ValueError("no event") from None
    at = _believable(event.time_us, now)
    if event.commit is None:
        return Passed(at)
    return _happened(at, event.did, event.commit)


def read_message(frame: bytes, now: Millis) -> Happened | Passed | None:
    """A message of the newer form; None for one that tells of no moment.

    Raises:
        ValueError: it is none.
        Refusal: the server ends the stream.
    """
    try:
        envelope = _envelope.decode(frame)
    except (msgspec.MsgspecError, RecursionError):
        raise ValueError("no message") from None
    if envelope.kind == "error":
        raise Refusal(envelope.message)
    told = envelope.payload
    at = to_micros_or_none(told.witnessed_at or told.time) if told else None
    if told is None or at is None:
        return None
    at = _believable(at, now)
    if not told.operation:
        return Passed(at)
    return _happened(
        at,
        told.did,
        _Commit(told.operation, told.collection, told.rkey, told.cid, told.record),
    )


def _happened(at: int, did: str, commit: _Commit) -> Happened | Passed:
    if commit.collection != POST:
        return Passed(at)
    if not is_did(did) or AtUri.parse(f"at://{did}/{POST}/{commit.rkey}") is None:
        raise ValueError("nobody’s post")
    if commit.operation == DELETE:
        return Happened(at, did, commit.rkey, DELETE)
    if commit.operation not in (CREATE, UPDATE) or commit.record is None:
        raise ValueError("nothing that is known was done")
    return Happened(at, did, commit.rkey, commit.operation, commit.cid, commit.record)


def _believable(at: int, now: Millis) -> int:
    if not 0 < at <= (now + _AHEAD) * 1_000:
        raise ValueError("at no moment")
    return at
