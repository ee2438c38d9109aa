"""How the requests of an account are signed: with its token alone, or with a proof besides.

Tokens that an app password was exchanged for are sent as they are. Those of a sign-in by the browser are bound to a
key, and are worth nothing without a proof by it (`dpop`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import httpx

from tui_inbox.core.ports import Clock, SignedOut
from tui_inbox.networks.bluesky.grants import Bound, Grant
from tui_inbox.networks.http import Token, origin

if TYPE_CHECKING:
    from tui_inbox.networks.bluesky.dpop import Proofs

NEEDS_PACKAGE = "A sign-in by the browser needs the package cryptography: install tui-inbox[oauth]."


class Signing(httpx.Auth):
    """Signs requests to the account's own server, and to no other.

    Args:
        grant_now: the sign-in of this moment; tokens are exchanged now and then.
        server: the only one that is shown them.
        clock: for proofs.
    """

    def __init__(self, grant_now: Callable[[], Grant | None], server: str, clock: Clock) -> None:
        self._grant_now = grant_now
        self._origin = origin(httpx.URL(server))
        self._clock = clock
        self._made: tuple[Bound, Proofs] | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign a request that leaves now.

        Raises:
            SignedOut: what makes proofs is not installed.
        """
        grant = self._grant_now()
        if grant is None or origin(request.url) != self._origin:
            yield request
        elif grant.bound is None:
            request.headers["Authorization"] = Token(grant.access).header
            yield request
        else:
            yield from self.proofs(grant.bound).flow(request, Token(grant.access))

    def proofs(self, bound: Bound) -> Proofs:
        """What makes proofs with a key; it remembers what servers want to see in them.

        Raises:
            SignedOut: it is not installed, or the key is none.
        """
        if self._made is None or self._made[0] != bound:
            self._made = (bound, proofs_with(bound.key, self._clock))
        return self._made[1]


def proofs_with(key: str, clock: Clock) -> Proofs:
    """What makes proofs with a key.

    Raises:
        SignedOut: it is not installed, or the key is none.
    """
    try:
        from tui_inbox.networks.bluesky.dpop import Proofs
    except ImportError:
        raise SignedOut(NEEDS_PACKAGE) from None
    try:
        return Proofs(key, clock)
    except ValueError:
        raise SignedOut("The key of this sign-in cannot be read.") from None


def new_key() -> str:
    """A private key for a new sign-in.

    Raises:
        SignedOut: what makes it is not installed.
    """
    try:
        from tui_inbox.networks.bluesky import dpop
    except ImportError:
        raise SignedOut(NEEDS_PACKAGE) from None
    return dpop.new_key()
