"""Awaiting what the store's threads are doing."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def done(future: Future[T]) -> T:
    """The result of a store's future, awaited on the hub's loop without blocking it."""
    return await asyncio.wrap_future(future)
