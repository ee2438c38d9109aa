"""Packed messages of Jetstream: Zstandard with a dictionary that the server hands out.

Python brings Zstandard from 3.14 on; before that the same module is a package of its own, which is optional.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeAlias

import httpx
from msgspec import Struct

from tui_inbox.networks.bodies import TooLarge, read_body
from tui_inbox.networks.http import USER_AGENT, is_loopback
from tui_inbox.networks.streams import LARGEST_FRAME
from tui_inbox.networks.tls import tls_context

log = logging.getLogger(__name__)

_PATH = "/xrpc/network.bsky.jetstream.getZstdDictionary"
_MAGIC = b"\x37\xa4\x30\xec"

Unpack: TypeAlias = Callable[[bytes], bytes]
"""A message unpacked.

Raises:
    ValueError: it cannot be, or would be too large.
"""


class Packing(Struct, frozen=True):
    """How a server packs: the number of its dictionary, and the way back."""

    dictionary: int
    unpack: Unpack


def zstandard() -> Any:
    """The module, or None where this Python has none."""
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]  # from Python 3.14 on
    except ImportError:
        try:
            from backports import zstd  # type: ignore[no-redef,unused-ignore]  # the same one
        except ImportError:
            return None
    return zstd


async def ask_packing(server: str) -> Packing | None:
    """How a server packs; None where it does not, or it cannot be unpacked here. Packing is never worth an error.

    Args:
        server: `https://host`.
    """
    zstd = zstandard()
    if zstd is None:
        return None
    url = httpx.URL(server).copy_with(raw_path=_PATH.encode())
    try:
        async with (
            httpx.AsyncClient(
                headers={"User-Agent": USER_AGENT},
                timeout=10,
                verify=tls_context(url.scheme),
                trust_env=not is_loopback(url),
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != 200:
                return None
            blob = await read_body(response)
    except (httpx.HTTPError, TooLarge):
        return None
    return packing(zstd, blob)


def packing(zstd: Any, blob: bytes) -> Packing | None:
    """What a dictionary is good for; None for a blob that is none (RFC 8878, section 5)."""
    if len(blob) < 8 or blob[:4] != _MAGIC:
        return None
    try:
        dictionary = zstd.ZstdDict(blob)
    except (ValueError, zstd.ZstdError):
        log.info("a dictionary was sent that is none")
        return None

    def unpack(message: bytes) -> bytes:
        try:
            way = zstd.ZstdDecompressor(zstd_dict=dictionary)
            plain: bytes = way.decompress(message, max_length=LARGEST_FRAME)
        except zstd.ZstdError:
            raise ValueError("packed in another way") from None
        if not way.eof:
            raise ValueError("too large, or not all of it")
        return plain

    return Packing(int.from_bytes(blob[4:8], "little"), unpack)
