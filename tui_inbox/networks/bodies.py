"""Bodies of answers: read up to a cap, however they are packed."""

from __future__ import annotations

import httpx

LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of a body, decompressed. The largest honest answer (a thread of 4096) stays below."""


class TooLarge(Exception):
    """The body is larger than may be read, or packed so that it could be."""


async def read_body(response: httpx.Response, *, largest: int = LARGEST_BODY) -> bytes:
    """Read the body up to a cap, in bytes.

    Only one layer of gzip is unpacked: each layer multiplies the size of a chunk by up to 1000
    before anything can count it.

    Raises:
        TooLarge: there is more.
        httpx.HTTPError: the line was lost under a successful answer; under any other status, what
            could be read is enough.
    """
    if response.headers.get("content-encoding", "identity").strip().lower() not in (
        "gzip",
        "identity",
    ):
        raise TooLarge
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > largest:
                raise TooLarge
    except httpx.HTTPError:
        if response.is_success:
            raise
    return bytes(body)
