"""Ports that only some networks fulfil besides `Network`, and that of pages: asked for where they are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # only named here; whoever asks for them imports them
    from tui_inbox.core.answerers import Openness
    from tui_inbox.core.post import Card, SeenPost


class CardSource(Protocol):
    """Reads what pages say of themselves."""

    async def card(self, address: str) -> Card:
        """What the page at an address is called and about. Its host learns that somebody looks.

        Raises:
            NetworkError: it cannot be read, or says nothing.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class TellsOpenness(Protocol):
    """A network that can say beforehand whether a post may be answered and quoted; others refuse what is sent."""

    async def openness(self, server_id: str) -> Openness:
        """Whether the account may answer and quote a post. Somebody waits for the answer while they type."""
        ...


@runtime_checkable
class TellsNoMessages(Protocol):
    """A network whose notifications say nothing of private messages: they are asked for by themselves."""

    async def said_privately(self) -> Sequence[SeenPost]:
        """Private messages that came since this was asked last, oldest first; what is known may be among them."""
        ...
