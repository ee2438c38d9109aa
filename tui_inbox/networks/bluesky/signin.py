"""Signing in with an app password.

Source: facts 3.1 and 4. The password is sent once, to the account's own server, and kept nowhere: what stays are the
tokens that it was exchanged for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import httpx

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import (
    AnswerLost,
    Clock,
    Identity,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unreachable,
)
from tui_inbox.core.text import clean_line
from tui_inbox.networks.bluesky import xrpc
from tui_inbox.networks.bluesky.addresses import is_did
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.networks.bluesky.hosts import PUBLIC, Hosts
from tui_inbox.networks.bluesky.identity import Directory, base_address, named
from tui_inbox.networks.bluesky.session import renewed
from tui_inbox.networks.http import Http
from tui_inbox.networks.limits import BLUESKY, Budget, Urgency

_CREATE = xrpc.path_of("com.atproto.server.createSession")
_INACTIVE = {
    "deactivated": "This account is deactivated; it can be activated again in another app.",
    "suspended": "This account is suspended.",
    "takendown": "This account was taken down.",
}

WRONG = "The password is not the one of {who}, or {host} does not know that name."
CODE_NEEDED = (
    "{host} asks for the code that it has sent by e-mail; an app password, made in the settings of another app, "
    "needs none."
)
PAUSE = "{host} has been asked too often and takes no password for now, not even the right one; wait a while."


@dataclass(frozen=True, slots=True)
class SignIn:
    """A finished sign-in. `kept` is to be put into `Secrets`, the rest into the store."""

    server: str
    identity: Identity
    kept: str = field(repr=False)


class _InMemory:
    """`Secrets` of an account that is not stored yet."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """What was put under that name."""
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep it until it is known whose it is."""
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        """Remove it."""
        self.kept.pop(name, None)

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else knows of it."""
        return nullcontext()


class _Forgetful:
    """An `AccountState` for an account that is not stored yet."""

    async def get(self, name: str) -> str | None:
        """Nothing is known."""
        return None

    async def put(self, name: str, value: str) -> None:
        """Nothing is kept: what it is for is asked again once the account is stored."""


async def sign_in(
    who: str,
    ask_password: Callable[[str], str],
    *,
    clock: Clock,
    server: str | None = None,
    hosts: Hosts = PUBLIC,
    transport: httpx.AsyncBaseTransport | None = None,
) -> SignIn:
    """Sign in with a handle, a DID or an e-mail address.

    Args:
        who: what the owner typed; see `identity.named`.
        ask_password: asks for the password, and is told who is asked for it; may block.
        clock: for the budget.
        server: the address of the account's own server, where it cannot be found by asking.
        hosts: who is asked where the account is.
        transport: replaces the network in tests.

    Raises:
        NetworkError: `Refused` for a wrong password and the like; `Throttled` after too many tries; others if there
            is no line.
        ValueError: the name or the address is none; the words say why.
    """
    name = named(who)
    if server is None:
        home = await Directory(hosts, clock, transport).home_of(name)
        base = home.pds
    else:
        base = typed_address(server)
    password = await asyncio.to_thread(ask_password, f"{name} at {httpx.URL(base).host}")
    if not password:
        raise Refused("No password was given, so nobody was signed in; --browser does without one.")
    did, grant = await _create_session(base, name, password, clock, transport)
    return await enter(did, grant, clock=clock, transport=transport)


async def enter(
    did: str,
    grant: Grant,
    *,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None = None,
) -> SignIn:
    """See who tokens belong to.

    Raises:
        NetworkError: their server does not say.
    """
    secrets = _InMemory()
    grants = Grants(secrets, did)
    grants.keep(grant)
    network = BlueskyNetwork(
        did, grant.pds, grants, clock=clock, state=_Forgetful(), transport=transport
    )
    try:
        identity = await network.identify()
    finally:
        await network.close()
    return SignIn(server=grant.pds, identity=identity, kept=secrets.kept[did])


async def _create_session(
    base: str,
    who: str,
    password: str,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None,
) -> tuple[str, Grant]:
    """Exchange a password for tokens.

    Raises:
        NetworkError: as `sign_in`.
    """
    host = httpx.URL(base).host
    http = Http(
        base,
        clock=clock,
        budget=Budget(host, clock, rules=BLUESKY),
        explains=_explained,
        transport=transport,
    )
    try:
        answer = await http.send(
            "POST",
            _CREATE,
            {"identifier": who, "password": password},
            urgency=Urgency.WAITING,
        )
    except WrongPassword:
        raise Refused(WRONG.format(who=who, host=http.host)) from None
    except Throttled as throttled:
        raise Throttled(PAUSE.format(host=http.host), until=throttled.until) from None
    except AnswerLost as lost:  # a session that nobody has the tokens of does no harm
        raise Unreachable(str(lost)) from None
    finally:
        await http.close()
    data = answer.data if isinstance(answer.data, dict) else {}
    did = data.get("did")
    if not isinstance(did, str) or not is_did(did):
        raise Refused(f"{http.host} does not say who this is.")
    if data.get("active") is False:
        raise Refused(
            _INACTIVE.get(str(data.get("status")), f"{http.host} has closed this account.")
        )
    return did, renewed(Grant(base, "", ""), data, http.host)


class WrongPassword(SignedOut):
    """A server knows no such name, or the password is not its: it does not say which."""


def _explained(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str,
    *,
    until: Millis,
    changes: bool,
) -> NetworkError:
    """What a server says when it takes no password."""
    name, _ = xrpc.told(body)
    if name == "AuthFactorTokenRequired":
        return Refused(CODE_NEEDED.format(host=host))
    if name == "AuthenticationRequired":
        return WrongPassword(f"{host} does not accept this sign-in.")
    return xrpc.explained(status, headers, body, host, until=until, changes=changes)


def typed_address(text: str) -> str:
    """A server's base address, from what somebody types.

    Raises:
        ValueError: it is none that may be asked.
    """
    typed = text.strip()
    address = base_address(typed if "://" in typed else f"https://{typed}")
    if address is None:
        raise ValueError(f"{clean_line(typed, limit=100)} is not the address of a server.")
    return address
