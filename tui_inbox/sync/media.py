"""Files that posts point to, fetched for a screen: a few at a time, each once, and kept beside the store.

They have connections of their own and no part in any account's budget, so a slow host holds up no text that is sent.
"""

from __future__ import annotations

import asyncio
import logging

from tui_inbox.core.media_file import HEAD, LARGEST, MediaFile, MediaSource, kind_of
from tui_inbox.core.ports import Clock, NetworkError, Refused, Told
from tui_inbox.core.post import MediaKind
from tui_inbox.core.text import display_host
from tui_inbox.store.database import StoreUnusable
from tui_inbox.store.media_cache import MediaCache

AT_ONCE = 2
"""Files that are fetched at the same time."""

log = logging.getLogger(__name__)


class MediaDesk:
    """Fetches and keeps. Used on the hub's loop.

    Args:
        source: where files come from.
        cache: where they are kept.
        clock: for what is too old.
    """

    def __init__(self, source: MediaSource, cache: MediaCache, clock: Clock) -> None:
        self._source = source
        self._cache = cache
        self._clock = clock
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: dict[str, asyncio.Task[Told[MediaFile]]] = {}

    async def read(self, address: str, own_server: str) -> Told[MediaFile]:
        """The file at an address, from the folder or else from its host; or a sentence why not.

        Args:
            address: of the file.
            own_server: address of the account's server.
        """
        task = self._under_way.get(address)
        if task is None:
            task = asyncio.create_task(self._read(address, own_server))
            self._under_way[address] = task
            task.add_done_callback(lambda _: self._under_way.pop(address, None))
        return await asyncio.shield(task)

    async def tidy(self) -> None:
        """Remove what is old, once at the start."""
        await asyncio.to_thread(self._cache.tidy, self._clock.now())

    async def close(self) -> None:
        """End what is under way, and let go of connections."""
        left = list(self._under_way.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._source.close()

    async def _read(self, address: str, own_server: str) -> Told[MediaFile]:
        if (found := self._cache.find(address)) is not None:
            return Told(found)
        async with self._places:
            try:
                return Told(await self._fetch(address, own_server))
            except (NetworkError, StoreUnusable) as error:
                return Told(sentence=str(error))

    async def _fetch(self, address: str, own_server: str) -> MediaFile:
        """Pieces are written on the loop: a few kilobytes each, into the system's memory."""
        host = display_host(address)
        head = bytearray()
        size = 0
        found: tuple[MediaKind, str] | None = None
        with self._cache.unfinished() as file:

            def take(piece: bytes) -> None:
                nonlocal size, found
                if found is None:
                    head.extend(piece[: HEAD - len(head)])
                    found = kind_of(bytes(head))
                    if found is None and len(head) >= HEAD:
                        raise _no_media(host)
                size += len(piece)
                if size > (LARGEST[found[0]] if found else HEAD):
                    raise Refused(f"What {host} sends is too large to be fetched.")
                file.write(piece)

            await self._source.fetch(address, take, own_server=own_server)
            if found is None:
                raise _no_media(host)
            kind, suffix = found
            path = self._cache.keep(address, file, suffix)
        self._cache.tidy(self._clock.now(), spare=path)
        return MediaFile(path, kind)


def _no_media(host: str) -> Refused:
    return Refused(f"What {host} sends is no picture, film or sound that is known here.")
