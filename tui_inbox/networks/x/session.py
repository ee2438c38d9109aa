"""What all calls of one account share: the line to X, its tokens, and who keeps them fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path

import httpx

from tui_inbox.core.moment import MINUTE
from tui_inbox.core.ports import AccountState, Clock, SignedOut
from tui_inbox.networks.deadline import to_its_end
from tui_inbox.networks.http import Answer, FilePart, Http, Nested, Pairs, Token, origin
from tui_inbox.networks.limits import Budget, BudgetRecord, Urgency
from tui_inbox.networks.x import authorization, failures
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.grants import Grant, Grants

NEARLY_OVER = MINUTE
"""So long before its end a token is exchanged, so that no request is refused for it."""


class Session:
    """One account at X.

    Args:
        user_id: who the account is.
        grants: keeps its tokens; without any, all ends as `SignedOut`.
        line: where X is, and the clock.
        state: keeps what is left of the budget.

    Raises:
        ValueError: the address is neither `https` nor a loopback host.
    """

    def __init__(self, user_id: str, grants: Grants, line: Line, state: AccountState) -> None:
        self.user_id = user_id
        self.clock: Clock = line.clock
        self.state = state
        self._line = line
        self._grants = grants
        self._grant = grants.read()
        self._refreshing = asyncio.Lock()
        self._unkept: Grant | None = None
        self._no_credit: failures.OutOfCredit | None = None
        self.http = Http(
            line.base,
            clock=line.clock,
            auth=_Signing(lambda: self._grant, line.base),
            budget=Budget(line.host, line.clock, rules=authorization.RULES),
            record=BudgetRecord(state, line.clock),
            explains=failures.explained,
            transport=line.transport,
        )

    @property
    def host(self) -> str:
        """For sentences."""
        return self.http.host

    def try_again(self) -> None:
        """Forget that there was no credit: the owner may have added some."""
        self._no_credit = None

    async def get(self, path: str, query: Pairs = (), *, urgency: Urgency) -> object:
        """Read something; what X answers, as data.

        Raises:
            NetworkError: any but `AnswerLost`.
        """
        answer = await self._fresh(lambda: self.http.get(path, query, urgency=urgency))
        return answer.data

    async def call(self, method: str, path: str, said: Nested | None = None) -> object:
        """Change something; what X answers, as data.

        Raises:
            NetworkError: `AnswerLost` where it is not known whether the change was made.
        """
        answer = await self._fresh(lambda: self.http.send(method, path, said or ()))
        return answer.data

    async def hand_over(self, path: str, file: Path, mime: str, said: Pairs) -> object:
        """Upload a file under a name that says nothing; what X answers, as data.

        Raises:
            OSError: the file cannot be read.
            NetworkError: `AnswerLost` where it is not known whether X has it.
        """
        part = FilePart("media", file, "picture", mime)
        answer = await self._fresh(lambda: self.http.upload(path, part, said))
        return answer.data

    async def close(self) -> None:
        """Let go of connections."""
        await self.http.close()

    async def _fresh(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask; with newer tokens where those at hand are over or nearly so, or are not accepted.

        Raises:
            SignedOut: the tokens cannot be exchanged any more.
            OutOfCredit: there was no credit a moment ago.
        """
        used = self._grant
        if used is None:
            raise SignedOut("There is no sign-in for X here.")
        if self._no_credit is not None and self._no_credit.until > self.clock.now():
            raise self._no_credit
        if used.refresh and used.expires_at - NEARLY_OVER <= self.clock.now():
            await self._exchange(used)
            used = self._grant or used
        try:
            try:
                return await ask()
            except failures.TokenExpired:
                await self._exchange(used)
            return await ask()
        except failures.TokenExpired as expired:
            raise SignedOut(str(expired)) from None
        except failures.OutOfCredit as no_credit:
            self._no_credit = no_credit
            raise

    async def _exchange(self, used: Grant) -> None:
        """Exchange the tokens for newer ones, which are kept before they are used; one at a time.

        Whoever waited takes what the one before brought, another process of the program included. An exchange is not
        broken off by whoever waits for it: a refresh token whose successor is lost is the end of the sign-in.
        """
        async with self._refreshing:
            if self._grant is used:
                await to_its_end(self._exchange_alone(used))

    async def _exchange_alone(self, used: Grant) -> None:
        async with self._grants.alone():
            kept = self._grants.read()
            if kept is not None and kept.access != used.access:
                self._grant, self._unkept = kept, None
                return
            # What could not be kept the last time is not asked for again: what it was exchanged for is used up.
            renewed = self._unkept or await authorization.renew(self._line, kept or used)
            self._unkept = renewed
            await asyncio.to_thread(self._grants.keep, renewed)
            self._grant, self._unkept = renewed, None


class _Signing(httpx.Auth):
    """Shows the token of this moment to X, and to nobody else."""

    def __init__(self, grant_now: Callable[[], Grant | None], server: str) -> None:
        self._grant_now = grant_now
        self._origin = origin(httpx.URL(server))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        grant = self._grant_now()
        if grant is not None and origin(request.url) == self._origin:
            request.headers["Authorization"] = Token(grant.access).header
        yield request
