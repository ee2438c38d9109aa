"""Who somebody is, and on which server they are: handle → DID → document → personal data server.

Source: atproto.com/specs/handle and /did; facts 6, pitfall 26. A handle may change, and may belong to nobody any more:
what counts is the DID, whose document names the server.
"""

from __future__ import annotations

import re

import httpx
from msgspec import Struct

from tui_inbox.core.ports import Clock, Refused, Unsupported
from tui_inbox.core.text import clean_line, safe_url
from tui_inbox.networks.bluesky import xrpc
from tui_inbox.networks.bluesky.addresses import is_did, is_handle
from tui_inbox.networks.bluesky.hosts import Hosts
from tui_inbox.networks.bodies import TooLarge, read_body
from tui_inbox.networks.http import USER_AGENT, Http, is_loopback
from tui_inbox.networks.limits import BLUESKY, Budget, Urgency
from tui_inbox.networks.tls import tls_context

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class Home(Struct, frozen=True):
    """Where somebody's repository is. `did` is empty where only their server can tell it."""

    did: str
    pds: str


def named(text: str) -> str:
    """What somebody types as who they are: a handle with or without `@`, a DID or an e-mail address.

    Raises:
        ValueError: it is none of them; the words say so.
    """
    typed = clean_line(text, limit=300).removeprefix("@").removeprefix("at://")
    typed = typed.removeprefix("https://bsky.app/profile/").rstrip("/")
    if is_did(typed) or is_email(typed):
        return typed
    if is_handle(typed.lower()):
        return typed.lower()
    raise ValueError(
        f"{typed or 'Nothing'} is no handle, as you.bsky.social, and no e-mail address."
    )


def is_email(text: str) -> bool:
    """Whether it has the form of an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


class Directory:
    """Asks who somebody is.

    Args:
        hosts: whom it asks.
        clock: for the budget.
        transport: replaces the network in tests.
    """

    def __init__(
        self, hosts: Hosts, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._hosts = hosts
        self._clock = clock
        self._transport = transport

    async def home_of(self, who: str) -> Home:
        """Where somebody is at home.

        Args:
            who: as `named` gives it. An e-mail address is known to the entryway only.

        Raises:
            Refused: nobody is called so, or their document names no server.
            NetworkError: it could not be asked.
        """
        if is_email(who):
            return Home("", self._hosts.entryway)
        did = who if is_did(who) else await self.did_of(who)
        return Home(did, pds_in(await self._document(did), who))

    async def home_at(self, server: str, who: str) -> Home:
        """Where somebody is at home, as a server says that the owner has named.

        Args:
            server: its base address.
            who: a handle or a DID.

        Raises:
            Refused: it knows nobody who is called so.
            NetworkError: it could not be asked.
        """
        host = httpx.URL(server).netloc.decode("ascii")
        method = xrpc.path_of("com.atproto.repo.describeRepo")
        try:
            data = await self._ask(server, method, [("repo", who)])
        except Refused:
            raise Refused(f"{host} knows nobody who is called {who}.", gone=True) from None
        told = data if isinstance(data, dict) else {}
        did = told.get("did")
        if not isinstance(did, str) or not is_did(did) or (is_did(who) and did != who):
            raise Refused(f"{host} does not say who {who} is.")
        return Home(did, pds_in(told.get("didDoc"), who))

    async def did_of(self, handle: str) -> str:
        """The DID that a handle stands for: as the entryway knows it, else as its own host says.

        Raises:
            Refused: nobody is called so.
            NetworkError: it could not be asked.
        """
        method = xrpc.path_of("com.atproto.identity.resolveHandle")
        try:
            data = await self._ask(self._hosts.entryway, method, [("handle", handle)])
        except (Refused, Unsupported):
            data = None
        did = data.get("did") if isinstance(data, dict) else None
        if not isinstance(did, str):
            did = await self._from_own_host(handle)
        if not is_did(did):
            raise Refused(f"Nobody on Bluesky is called {handle}.", gone=True)
        return did

    async def _from_own_host(self, handle: str) -> str:
        """What a handle's host says of it; empty where it says nothing."""
        url = f"https://{handle}/.well-known/atproto-did"
        client = httpx.AsyncClient(
            transport=self._transport,
            timeout=10,
            headers={"User-Agent": USER_AGENT},
            verify=tls_context("https"),
        )
        async with client:
            try:
                async with client.stream("GET", url) as answer:
                    body = await read_body(answer) if answer.is_success else b""
            except (httpx.HTTPError, httpx.InvalidURL, TooLarge):
                return ""
        return body[:300].decode("ascii", "replace").strip()

    async def _document(self, did: str) -> object:
        """The document of a DID.

        Raises:
            Refused: there is none.
            NetworkError: it could not be asked.
        """
        method, _, name = did.removeprefix("did:").partition(":")
        if method == "plc":
            return await self._ask(self._hosts.plc, f"/{did}")
        if method == "web" and is_handle(name.lower()):
            return await self._ask(f"https://{name}", "/.well-known/did.json")
        raise Refused(f"{did} is of a kind that is not known here.")

    async def _ask(
        self, host: str, path: str, query: list[tuple[str, str]] | None = None
    ) -> object:
        http = Http(
            host,
            clock=self._clock,
            budget=Budget(httpx.URL(host).host, self._clock, rules=BLUESKY),
            explains=xrpc.explained,
            transport=self._transport,
        )
        try:
            return (await http.get(path, query or (), urgency=Urgency.WAITING)).data
        finally:
            await http.close()


def pds_in(document: object, who: str) -> str:
    """The base address of the server that a document names.

    Raises:
        Refused: it names none that can be asked.
    """
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if not isinstance(service, dict):
            continue
        endpoint = service.get("serviceEndpoint")
        is_pds = str(service.get("id", "")).endswith("#atproto_pds")
        if is_pds and isinstance(endpoint, str) and (base := base_address(endpoint)):
            return base
    raise Refused(f"{who} has no server that can be asked.")


def base_address(text: str) -> str | None:
    """A server's base address; None where it is not reached over https, loopback aside."""
    safe = safe_url(text)  # which refuses a user part, spaces and what is no host
    if safe is None:
        return None
    url = httpx.URL(safe)
    if not url.host or url.userinfo or not (url.scheme == "https" or is_loopback(url)):
        return None
    return (
        f"{url.scheme}://{url.netloc.decode('ascii')}" if url.scheme in ("http", "https") else None
    )
