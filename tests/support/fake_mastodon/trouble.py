"""Requests that fail by chance: before or after what they ask for is done, late, or with their answer twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from random import Random
from typing import TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""What answers a request."""

LOST = ("drop", "cut", "500")
"""What comes in the place of an answer where what was asked for is done."""
NOT_TAKEN = ("drop", "500", "503")
"""What comes where it is not done."""
WAYS = ("not taken", "lost", "lost", "late", "twice", "slow")
LONGEST_DELAY_SECONDS = 1.6
"""Longer than tests wait for an answer, so that what was asked for may be done after it was given up."""


class Trouble:
    """How a server fails whom nobody can foresee, though the same seed always fails alike.

    Args:
        seed: of the chance.
        share: how many of the requests that are concerned fail, from 0 to 1.
        path: pattern found in `METHOD /path?query` of the requests that are concerned.
        only_lost: whether all that fails is the answer to what was done.
        fail: lets a request fail in one of `faults.KINDS`; whether it is done all the same.
    """

    def __init__(
        self,
        seed: int,
        share: float,
        path: str,
        *,
        only_lost: bool,
        fail: Callable[[str, bool, web.Request, Handler], Awaitable[web.StreamResponse]],
    ) -> None:
        self._random = Random(seed)
        self._share = share
        self._path = re.compile(path)
        self._only_lost = only_lost
        self._fail = fail

    def takes(self, call: str) -> bool:
        """Whether a request fails."""
        return bool(self._path.search(call)) and self._random.random() < self._share

    async def meet(self, request: web.Request, answer: Handler) -> web.StreamResponse:
        """What a request gets that fails. Whoever asked may be gone before all of it was heard."""
        try:
            return await self._met(request, answer)
        except ConnectionResetError:
            raise asyncio.CancelledError from None

    async def _met(self, request: web.Request, answer: Handler) -> web.StreamResponse:
        match "lost" if self._only_lost else self._random.choice(WAYS):
            case "not taken":
                return await self._fail(self._random.choice(NOT_TAKEN), False, request, answer)
            case "lost":
                return await self._fail(self._random.choice(LOST), True, request, answer)
            case "late":
                if not request.content_type.startswith("multipart/"):
                    await request.read()  # so it is done even if nobody waits for it any more
                await asyncio.sleep(self._random.uniform(0.0, LONGEST_DELAY_SECONDS))
                return await answer(request)
            case "twice":
                return await _twice(request, await answer(request))
        return await self._fail("slow", True, request, answer)


async def _twice(request: web.Request, whole: web.StreamResponse) -> web.StreamResponse:
    """An answer, and the same bytes again on a line that nobody has asked a second time."""
    if not isinstance(whole, web.Response) or not isinstance(whole.body, bytes):
        return whole
    head = f"HTTP/1.1 {whole.status} OK\r\nContent-Type: {whole.content_type}\r\n"
    once = f"{head}Content-Length: {len(whole.body)}\r\n\r\n".encode() + whole.body
    if request.transport is not None:
        request.transport.write(once + once)
        await asyncio.sleep(0)
        request.transport.close()
    raise asyncio.CancelledError
