"""The account's stream: which way it can be opened, and what its events mean.

Servers differ in where they take the token of a WebSocket, so the ways are tried in order: the
header, the subprotocol, and the query string, where proxies may log it, only after this very host
refused the first two. Server-sent events come last. What worked is tried first the next time, for a
day. The stream is named in the address (`?stream=user`): Mastodon's subscribe message does the same
later, but some servers know only one of the two, and all know the address.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from tui_inbox.core.events import (
    EntryArrived,
    Heard,
    HeldBackLetIn,
    NetworkEvent,
    Noticed,
    PostDeleted,
    PostEdited,
    SettingsChanged,
    StreamOpened,
)
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.ports import AccountState, Clock, SignedOut, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks import streams
from tui_inbox.networks.http import Http, Token
from tui_inbox.networks.json_text import from_json
from tui_inbox.networks.mastodon import wire
from tui_inbox.networks.mastodon.convert import Border, Unusable, to_entry, to_notice, to_seen
from tui_inbox.networks.wire_base import decode

_PATH = "/api/v1/streaming"
_WAY = "stream way"
_REMEMBERED_FOR: Millis = DAY

_HOME = Feed(FeedKind.HOME)


class Way(StrEnum):
    """How a stream is opened, in the order of trying."""

    HEADER = "header"
    SUBPROTOCOL = "subprotocol"
    QUERY = "query"
    EVENTS = "events"


_KINDS = {Way.EVENTS: "server-sent events"}
_ASKED_FIRST = {Way.HEADER, Way.SUBPROTOCOL}


class Line:
    """Opens the stream of one account.

    Args:
        base: of the streaming API, as `wss://host`.
        http: the account's client, for server-sent events.
        token: of the account.
        clock: for the watch over the line.
        state: remembers the way that worked.
        is_signed_in: asks the server elsewhere whether the token is accepted.
        border: where and when an event is read.
    """

    def __init__(
        self,
        *,
        base: str,
        http: Http,
        token: Token,
        clock: Clock,
        state: AccountState,
        is_signed_in: Callable[[], Awaitable[bool]],
        border: Callable[[], Border],
    ) -> None:
        self._base = base
        self._own = f"{urlsplit(base).scheme}://{http.host}"
        self._http = http
        self._token = token
        self._clock = clock
        self._state = state
        self._is_signed_in = is_signed_in
        self._border = border

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Events, `StreamOpened` first.

        A streaming host that redirects to the account's own server is left for that one, since the
        token is its own; a redirect to anywhere else is a refusal.

        Raises:
            Unsupported: the server opens no stream in any way.
            NetworkError: no line, or the line was lost.
        """
        try:
            async with aclosing(self._listen_at(self._base)) as events:
                async for event in events:
                    yield event
        except streams.Elsewhere:
            async with aclosing(self._listen_at(self._own)) as events:
                async for event in events:
                    yield event

    async def _listen_at(self, base: str) -> AsyncGenerator[NetworkEvent, None]:
        known = await self._remembered(base)
        refused: set[Way] = set()
        for way in sorted(Way, key=lambda way: way is not known):
            if way is Way.QUERY and way is not known and not refused >= _ASKED_FIRST:
                continue
            opened = False
            try:
                async with aclosing(self._open(base, way)) as line:
                    async for heard in line:
                        if isinstance(heard, streams.Opened):
                            opened = True
                            await self._remember(base, way, known)
                        yield to_event(heard, self._border(), _KINDS.get(way, "WebSocket"))
            except SignedOut:
                # A server that does not look at this place for the token also says 401.
                if opened or not await self._is_signed_in():
                    raise
                refused.add(way)
            except streams.Elsewhere as elsewhere:
                if base != self._own and urlsplit(elsewhere.address).netloc == self._http.host:
                    raise
                refused.add(way)
            except streams.BrokenOff:
                continue
            except Unsupported:
                refused.add(way)
        raise Unsupported(f"{urlsplit(base).netloc} opens no stream.")

    def _open(self, base: str, way: Way) -> AsyncGenerator[streams.Heard, None]:
        address = f"{base}{_PATH}"
        bearer = {"Authorization": self._token.header}
        query = {"stream": "user"}
        match way:
            case Way.EVENTS:
                url = f"{address.replace('ws', 'http', 1)}/user"
                return streams.read_events(self._http, url, clock=self._clock, headers=bearer)
            case Way.HEADER:
                headers, subprotocol = bearer, None
            case Way.SUBPROTOCOL:
                headers, subprotocol = {}, self._token.reveal()
            case Way.QUERY:
                headers, subprotocol = {}, None
                query["access_token"] = self._token.reveal()
        return streams.read_websocket(
            f"{address}?{urlencode(query)}",
            clock=self._clock,
            headers=headers,
            subprotocol=subprotocol,
        )

    async def _remembered(self, base: str) -> Way | None:
        kept = await self._state.get(_WAY)
        try:
            data = json.loads(kept or "{}")
            if data["base"] == base and data["until"] > self._clock.now():
                return Way(data["way"])
        except (ValueError, KeyError, TypeError):
            pass
        return None

    async def _remember(self, base: str, way: Way, known: Way | None) -> None:
        if way is not known:
            until = self._clock.now() + _REMEMBERED_FOR
            kept = json.dumps({"base": base, "way": way, "until": until})
            await self._state.put(_WAY, kept)


def to_event(heard: streams.Heard, border: Border, kind: str) -> NetworkEvent:
    """What was heard on the line, in the program's words; what means nothing here is `Heard`.

    Args:
        heard: what came.
        border: where and when it was read.
        kind: the kind of line, in words.
    """
    if isinstance(heard, streams.Opened):
        return StreamOpened(kind)
    if isinstance(heard, streams.Alive):
        return Heard()
    try:
        return _event(heard, border) or Heard()
    except Unusable:
        return Heard()


def _event(raw: streams.RawEvent, border: Border) -> NetworkEvent | None:
    match raw.name:
        case "update":
            status = decode(wire.Status, _payload(raw))
            return EntryArrived(_HOME, to_entry(status, border)) if status else None
        case "status.update" | "status_update":  # the second name is not Mastodon's
            status = decode(wire.Status, _payload(raw))
            return PostEdited(to_seen(status, border)) if status else None
        case "delete":
            deleted = decode(wire.Deleted, {"id": _bare_id(raw.payload)})
            return PostDeleted(server_id=deleted.id) if deleted else None
        case "notification":
            notification = decode(wire.Notification, _payload(raw))
            return Noticed(to_notice(notification, border)) if notification else None
        case "filters_changed":
            return SettingsChanged()
        case "notifications_merged":
            return HeldBackLetIn()
    return None


def _payload(raw: streams.RawEvent) -> object:
    """The payload decoded: Mastodon sends JSON as a string, others the object itself."""
    if not isinstance(raw.payload, str):
        return raw.payload
    try:
        return from_json(raw.payload)
    except ValueError:
        return None


def _bare_id(payload: object) -> object:
    return payload.strip().strip('"') if isinstance(payload, str) else payload
