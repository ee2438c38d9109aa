"""Whom to believe about a host's name: one context for HTTP and streams of all accounts.

Making one reads a hundred and forty certificates: 20 ms and 2 MiB, and websockets would make another for each
line it opens, from other certificates than httpx uses.
"""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def tls_context(scheme: str) -> ssl.SSLContext:
    """The context for addresses of a scheme. Plain `http` and `ws`, on loopback only, get one that trusts nobody."""
    if scheme in ("https", "wss"):
        return httpx.create_ssl_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
