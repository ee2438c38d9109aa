"""The feed that a web page names as its own."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from tui_inbox.core.text import safe_url

_LOOKED_AT = 200_000
"""Characters of a page: what names its feeds stands at its beginning."""
_LINK = re.compile(r"<link\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_KINDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+xml"})


def feed_named_in(body: bytes, address: str) -> str | None:
    """The address of the first feed that a page names (`<link rel="alternate">`), or None.

    Args:
        body: the page.
        address: where it stands; feeds may be named relative to it.
    """
    page = body[: 4 * _LOOKED_AT].decode("utf-8", errors="replace")[:_LOOKED_AT]
    for link in _LINK.finditer(page):
        told = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(link[1])
        }
        is_alternate = "alternate" in told.get("rel", "").lower().split()
        if is_alternate and told.get("type", "").strip().lower() in _KINDS:
            try:
                return safe_url(urljoin(address, told.get("href", "")))
            except ValueError:
                continue
    return None
