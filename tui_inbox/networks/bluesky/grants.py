"""The two tokens of an account: one to ask with, which lasts an hour or two, and one to exchange both for newer ones.

They are kept where all secrets are, so that they outlive the program; what was exchanged is kept before it is used.
Other processes of the program may exchange them too: one at a time, and what they kept is read first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import Struct

from tui_inbox.core.ports import Secrets


class Bound(Struct, frozen=True):
    """What a sign-in by the browser has besides its tokens, which are bound to a key.

    Attributes:
        tokens: the address at which they are exchanged.
        client_id: as whom this program was signed in.
        key: the private key, as `dpop.new_key` gives it.
    """

    tokens: str
    client_id: str
    key: str

    def __repr__(self) -> str:
        return f"Bound({self.tokens!r}, …)"


class Grant(Struct, frozen=True):
    """A sign-in.

    Attributes:
        pds: base address of the account's own server.
        access: the token to ask with.
        refresh: the token that is exchanged for newer ones; 90 days, each exchange begins them anew. By the browser
            it is two weeks in all, and each is good for one exchange.
        bound: of a sign-in by the browser; None where an app password was exchanged.
    """

    pds: str
    access: str
    refresh: str
    bound: Bound | None = None

    def __repr__(self) -> str:
        return f"Grant({self.pds!r}, …)"

    def to_text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_text(cls, text: str) -> Grant | None:
        """What `to_text` wrote; None if it is something else."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError:
            return None


class Grants:
    """Keeps the sign-in of one account.

    Args:
        secrets: where.
        name: under which name.
    """

    def __init__(self, secrets: Secrets, name: str) -> None:
        self._secrets = secrets
        self._name = name

    def read(self) -> Grant | None:
        """What is kept; None where there is nothing."""
        text = self._secrets.get(self._name)
        return Grant.from_text(text) if text else None

    def keep(self, grant: Grant) -> None:
        """Keep a newer one; it is on disk when this returns."""
        self._secrets.put(self._name, grant.to_text())

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """While this is held, no other process exchanges tokens."""
        held = self._secrets.alone()
        entering = asyncio.ensure_future(asyncio.to_thread(held.__enter__))
        try:
            await asyncio.shield(entering)
        except asyncio.CancelledError:  # the thread goes on, and must not hold it for ever
            entering.add_done_callback(lambda _: held.__exit__(None, None, None))
            raise
        try:
            yield
        finally:
            held.__exit__(None, None, None)
