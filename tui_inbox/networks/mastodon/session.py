"""What all calls of one account share: the line to its server, and what is known of the server."""

from __future__ import annotations

from typing import Any

import httpx
from msgspec.structs import replace

from tui_inbox.core.ports import AccountState, Clock, Refused, SignedOut, Unsupported
from tui_inbox.networks.http import Answer, Http, Pairs, Token
from tui_inbox.networks.limits import Budget, BudgetRecord, Urgency
from tui_inbox.networks.mastodon import wire, wire_server
from tui_inbox.networks.mastodon.convert import Border, ReadPeople
from tui_inbox.networks.mastodon.instance import read_server
from tui_inbox.networks.mastodon.matching import Matching
from tui_inbox.networks.mastodon.server import STATE, Server
from tui_inbox.networks.wire_base import decode


class Session:
    """One account at its server.

    Args:
        base: address of the server, as `https://host`.
        token: of the account, or None if it was lost.
        clock: for waits, and for the time of reading.
        state: keeps what is known of the server, and what is left of the budget.
        own_id: the account's own id on its server, if it is known.
        budget: the account's request budget, where several share a host.
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host.
    """

    def __init__(
        self,
        base: str,
        token: Token | None,
        *,
        clock: Clock,
        state: AccountState,
        own_id: str | None,
        budget: Budget | None,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self.base = base
        self.clock = clock
        self.state = state
        self.http = Http(
            base,
            clock=clock,
            token=token,
            budget=budget,
            record=BudgetRecord(state, clock),
            transport=transport,
        )
        self.matching = Matching(state, clock)
        self._people = ReadPeople()
        self._own_id = own_id
        self._server: Server | None = None

    @property
    def host(self) -> str:
        """The server's host, for sentences."""
        return self.http.host

    async def get(self, path: str, query: Pairs = (), *, urgency: Urgency) -> Answer:
        """Ask for something that every account has, if the server has it at all.

        Raises:
            Unsupported: the server knows no such thing; a missing address says so.
            NetworkError: any other failure.
        """
        try:
            return await self.http.get(path, query, urgency=urgency)
        except Refused as refused:
            if refused.gone:
                raise Unsupported(f"{self.host} does not offer this.") from None
            raise

    async def server(self) -> Server:
        """What is known of the server: from memory, from the last run, or asked for now."""
        await self.matching.recall()
        if self._server is None:
            kept = await self.state.get(STATE)
            self._server = Server.from_json(kept) if kept else None
        if self._server is None:
            _, self._server = await self.look_again()
        return self._server

    async def look_again(self) -> tuple[wire_server.Instance, Server]:
        """Ask the server for what it is, and remember it."""
        kept = await self.state.get(STATE)
        earlier = self._server or (Server.from_json(kept) if kept else None)
        instance, server = await read_server(self.http, self.base, earlier, self.clock.now())
        await self._keep(server, earlier)
        return instance, server

    async def learn(self, **found: Any) -> Server:
        """Remember something that was found out about the server.

        Args:
            found: new values of fields of `Server`.
        """
        known = await self.server()
        server = replace(known, **found)
        await self._keep(server, known)
        return server

    async def border(self) -> Border:
        """Where and when something is read now."""
        return self.border_of(await self.server())

    def border_of(self, server: Server) -> Border:
        """The same where nothing may be asked any more."""
        return Border(self.base, server.domain, self.clock.now(), self.matching.hits, self._people)

    async def own_account(self) -> wire.OwnAccount:
        """Who the token belongs to.

        Raises:
            Unsupported: the server does not say.
        """
        answer = await self.http.get("/api/v1/accounts/verify_credentials", urgency=Urgency.WAITING)
        account = decode(wire.OwnAccount, answer.data)
        if account is None:
            raise Unsupported(f"{self.host} does not say who this account is.")
        self._own_id = account.id
        return account

    async def own_id(self) -> str:
        """The account's own id on its server."""
        return self._own_id or (await self.own_account()).id

    async def is_signed_in(self) -> bool:
        """Whether the token is accepted, asked where nothing else can be the reason for a no."""
        try:
            await self.own_account()
        except SignedOut:
            return False
        return True

    async def _keep(self, server: Server, earlier: Server | None) -> None:
        self._server = server
        self._people = ReadPeople()  # handles end in the server's domain, which may be another now
        if server != earlier:
            await self.state.put(STATE, server.to_json())
