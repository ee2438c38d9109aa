"""Which hosts may be asked for what others point to: those of the public internet, and none of the owner's own network.

A post may point to anything. Without this rule its author could have this machine ask the owner's router, or
a service that listens on loopback and trusts whoever asks from there.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from urllib.request import getproxies

import httpx

from tui_inbox.core.ports import Refused, Unreachable

_LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""Names that mean something only in the network at hand (RFC 6761, RFC 6762, RFC 8375)."""


async def see_that_public(url: httpx.URL) -> None:
    """See that a host lies in the public internet. Its name is looked up, unless a proxy does that.

    Raises:
        Refused: it does not.
        Unreachable: nobody knows the name.
    """
    host = url.host.lower().rstrip(".")
    if host == "localhost" or host.endswith(_LOCAL):
        raise _refused(host)
    try:
        addresses = [ipaddress.ip_address(host)]
    except ValueError:
        addresses = [] if getproxies() else await _looked_up(host, url.port or 443)
    if not all(one.is_global and not one.is_multicast for one in addresses):
        raise _refused(host)


async def _looked_up(host: str, port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"{host} cannot be found; there may be no line.") from None
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


def _refused(host: str) -> Refused:
    return Refused(f"{host} lies in your own network; what a post points to there is not fetched.")
