"""A public stream that is not there to be heard, and says why: where no server is named, and in the demo town."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence

from tui_inbox.core.outside import StreamBatch
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Unsupported


class Unheard:
    """Fulfils `core.outside.PublicStream` by saying a sentence."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    @property
    def host(self) -> str:
        """Nobody."""
        return ""

    async def listen(
        self, cursor: str, authors: Collection[str]
    ) -> AsyncGenerator[StreamBatch, None]:
        """Say why nothing can be heard.

        Raises:
            Unsupported: always.
        """
        raise Unsupported(self._sentence)
        yield StreamBatch(cursor)  # type: ignore[unreachable]  # makes a generator of it, as the port asks for

    async def people(self, uris: Sequence[str]) -> Sequence[Person]:
        """Nobody."""
        return ()

    async def whose(self, handle: str) -> str | None:
        """Nobody's."""
        return None

    async def close(self) -> None:
        """There is nothing to let go of."""
