"""The calls by which somebody signs in, as panes, verbs and documents print them."""

from __future__ import annotations

MASTODON = "tui-inbox login mastodon https://your.server"
BLUESKY = "tui-inbox login bluesky you.bsky.social"

_BY_HANDLE = frozenset({"bluesky"})
"""Networks on which one signs in by one's handle, because that says which server it is."""


def command(network: str, server: str, handle: str, *, by_browser: bool = False) -> str:
    """What signs an account in again, in the way in which it was signed in.

    Args:
        server: base address of its server.
        handle: its own name on the network.
        by_browser: whether it was signed in by the browser where a password is the usual way.
    """
    who = handle if network in _BY_HANDLE else server
    return f"tui-inbox login {network} {who}{' --browser' * by_browser}"
