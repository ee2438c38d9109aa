"""Tokens that are exchanged for newer ones, kept where all secrets are so that they outlive the program.

What was exchanged is kept before it is used. Other processes of the program may exchange it too: one at a time, and
what they kept is read first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from tui_inbox.core.ports import Secrets

G = TypeVar("G", bound=Struct)


class KeptGrants(Generic[G]):
    """Keeps the sign-in of one account.

    Args:
        secrets: where.
        name: under which name.
        kind: what a sign-in is on that network.
    """

    def __init__(self, secrets: Secrets, name: str, kind: type[G]) -> None:
        self._secrets = secrets
        self._name = name
        self._kind = kind

    def read(self) -> G | None:
        """What is kept; None where there is nothing, or something else."""
        text = self._secrets.get(self._name)
        try:
            return msgspec.json.decode(text, type=self._kind) if text else None
        except msgspec.MsgspecError:
            return None

    def keep(self, grant: G) -> None:
        """Keep a newer one; it is on disk when this returns."""
        self._secrets.put(self._name, to_text(grant))

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


def to_text(grant: Struct) -> str:
    """A sign-in as it is kept."""
    return msgspec.json.encode(grant).decode()
