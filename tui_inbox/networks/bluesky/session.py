"""What all calls of one account share: the line to its server, its tokens, and who keeps them fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar

import httpx
from msgspec.structs import replace

from tui_inbox.core.ports import (
    AccountState,
    AnswerLost,
    Clock,
    Refused,
    SignedOut,
    Unreachable,
    Unsupported,
)
from tui_inbox.networks.bluesky import authorization, xrpc
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.networks.bluesky.identity import pds_in
from tui_inbox.networks.bluesky.signing import Signing
from tui_inbox.networks.deadline import end
from tui_inbox.networks.http import Answer, Http, Nested, Pairs, Token
from tui_inbox.networks.limits import BLUESKY, Budget, BudgetRecord, Urgency

T = TypeVar("T")

_LAST_SECONDS = 3.0
"""For an exchange that is under way when the program ends."""
_REFRESH = xrpc.path_of("com.atproto.server.refreshSession")


class Session:
    """One account at its personal data server.

    Args:
        did: who the account is.
        server: base address of its server, unless the sign-in says another one.
        grants: keeps its tokens.
        clock: for waits, and for the time of reading.
        state: keeps what is left of the budget.
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host.
    """

    def __init__(
        self,
        did: str,
        server: str,
        grants: Grants,
        *,
        clock: Clock,
        state: AccountState,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.did = did
        self.clock = clock
        self.state = state
        self._grants = grants
        self._grant = grants.read()
        self._transport = transport
        self._refreshing = asyncio.Lock()
        self._unkept: Grant | None = None
        self.base = self._grant.pds if self._grant else server
        self._signing = Signing(lambda: self._grant, self.base, clock)
        self._budget = Budget(httpx.URL(self.base).host, clock, rules=BLUESKY)
        self.http = Http(
            self.base,
            clock=clock,
            auth=self._signing,
            budget=self._budget,
            record=BudgetRecord(state, clock),
            explains=xrpc.explained,
            transport=transport,
        )

    @property
    def host(self) -> str:
        """The server's host, for sentences."""
        return self.http.host

    @property
    def is_by_browser(self) -> bool:
        """Whether the account was signed in by the browser, and not with an app password."""
        return self._grant is not None and self._grant.bound is not None

    async def get(
        self,
        method: str,
        query: Pairs = (),
        *,
        urgency: Urgency,
        headers: Mapping[str, str] | None = None,
    ) -> object:
        """Read something; what the server answers, as data.

        Args:
            method: by its name, as `app.bsky.feed.getTimeline`.

        Raises:
            NetworkError: any but `AnswerLost`.
        """
        path = xrpc.path_of(method)
        answer = await self._fresh(
            lambda: self.http.get(path, query, urgency=urgency, headers=headers)
        )
        return answer.data

    async def call(
        self,
        method: str,
        said: Nested | None = None,
        *,
        urgency: Urgency = Urgency.SEND,
        headers: Mapping[str, str] | None = None,
    ) -> object:
        """Change something; what the server answers, as data.

        Raises:
            NetworkError: `AnswerLost` where it is not known whether the change was made.
        """
        path = xrpc.path_of(method)
        answer = await self._fresh(
            lambda: self.http.send("POST", path, said or (), urgency=urgency, headers=headers)
        )
        return answer.data

    async def hand_over(self, body: bytes, mime: str) -> object:
        """Upload a file; what the server answers, as data.

        Raises:
            NetworkError: `AnswerLost` where it is not known whether the server has it.
        """
        path = xrpc.path_of("com.atproto.repo.uploadBlob")
        answer = await self._fresh(lambda: self.http.send_bytes(path, body, mime))
        return answer.data

    async def close(self) -> None:
        """Let go of connections."""
        await self.http.close()

    async def _fresh(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask; once more with newer tokens where the token had run out, which is looked at before anything else.

        Raises:
            SignedOut: the tokens cannot be exchanged any more.
        """
        used = self._grant
        if used is None:
            raise SignedOut(f"There is no sign-in for {self.host} here.")
        try:
            return await _proven(ask)
        except xrpc.TokenExpired:
            await self._exchange(used)
        try:
            return await _proven(ask)
        except xrpc.TokenExpired as expired:
            raise SignedOut(str(expired)) from None

    async def _exchange(self, used: Grant) -> None:
        """Exchange the tokens for newer ones, which are kept before they are used; one at a time.

        Whoever waited takes what the one before brought, another process of the program included. An exchange for an
        app password may be repeated for two hours (facts 4), so one whose answer was lost does no harm. One of a
        sign-in by the browser may not: it is not broken off by whoever waits for it.
        """
        async with self._refreshing:
            if self._grant is not used:
                return
            if used.bound is None:
                await self._exchange_alone(used)
            else:
                await _to_its_end(self._exchange_alone(used))

    async def _exchange_alone(self, used: Grant) -> None:
        async with self._grants.alone():
            kept = self._grants.read()
            if kept is not None and kept.access != used.access:
                self._grant, self._unkept = kept, None
                return
            # What could not be kept the last time is not asked for again: what it was exchanged for is used up.
            self._unkept = newer = self._unkept or await self._ask_newer(kept or used)
            await asyncio.to_thread(self._grants.keep, newer)
            self._grant, self._unkept = newer, None

    async def _ask_newer(self, grant: Grant) -> Grant:
        if grant.bound is not None:
            proofs = self._signing.proofs(grant.bound)
            line = authorization.Line(proofs, self.clock, self._transport)
            return await authorization.renew(grant, grant.bound, self.did, line)
        http = Http(
            self.base,
            clock=self.clock,
            token=Token(grant.refresh),
            budget=self._budget,
            explains=xrpc.explained,
            transport=self._transport,
        )
        try:
            answer = await http.send("POST", _REFRESH, urgency=Urgency.SEND)
        except (Refused, Unsupported, xrpc.TokenExpired):
            raise SignedOut(f"{self.host} does not accept this sign-in any more.") from None
        except AnswerLost as lost:  # of the exchange: what it was for was surely not done
            raise Unreachable(str(lost)) from None
        finally:
            await http.close()
        return renewed(grant, answer.data, self.host)


async def _proven(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Ask; once more where the server named what it wants to see in the proof, which is remembered by then."""
    try:
        return await ask()
    except xrpc.NonceAsked:
        return await ask()


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work that does not end because nobody waits for it any more, unless it takes too long by then."""
    working = asyncio.ensure_future(work)
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        try:
            await asyncio.wait({working}, timeout=_LAST_SECONDS)
        finally:
            await end(working)
        raise


def renewed(grant: Grant, data: object, host: str) -> Grant:
    """The tokens that a server gave, and where the account is now.

    Raises:
        SignedOut: it gave none.
    """
    told = data if isinstance(data, dict) else {}
    access, refresh = told.get("accessJwt"), told.get("refreshJwt")
    if not isinstance(access, str) or not isinstance(refresh, str):
        raise SignedOut(f"{host} gave no tokens.")
    try:
        Token(access), Token(refresh)
        pds = pds_in(told.get("didDoc"), host)
    except ValueError:
        raise SignedOut(f"{host} gave tokens that are none.") from None
    except Refused:
        pds = grant.pds
    return replace(grant, pds=pds, access=access, refresh=refresh)
