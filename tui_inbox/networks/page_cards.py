"""Cards of links in texts that are being written: what a page says of itself, fetched because the owner asked for it.

The page's host learns that somebody looks, and nothing of who asks: it is fetched as files of posts are (`media`), over
https and from the public internet alone. Of the page only its head is read: its title and what it is about, as it says
to whoever makes cards (ogp.me), else to search engines.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser

import httpx

from tui_inbox.core.ports import Refused
from tui_inbox.core.post import Card
from tui_inbox.core.text import clean_line
from tui_inbox.networks.media import MediaClient

PATIENCE = 20.0
"""Seconds for one page as a whole: somebody waits for it."""
MOST_BYTES = 1 << 18
"""The head of a page stands at its beginning; what comes after so much is not read."""
_ACCEPTED = "text/html, application/xhtml+xml"
_CHARSET = re.compile(rb"""charset=["']?([\w-]{1,40})""", re.IGNORECASE)
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 300, 1_000


class PageCards:
    """Fulfils `core.further_ports.CardSource` over HTTP.

    Args:
        transport: replaces the network in tests; then no name is looked up.
    """

    def __init__(self, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = MediaClient(transport=transport, patience=PATIENCE, accepted=_ACCEPTED)

    async def card(self, address: str) -> Card:
        """See `CardSource.card`."""
        head = bytearray()

        def take(piece: bytes) -> None:
            head.extend(piece[: MOST_BYTES - len(head)])
            if len(head) >= MOST_BYTES or b"</head" in head.lower():
                raise _Enough

        with suppress(_Enough):
            await self._client.fetch(address, take)
        told = card_of(address, bytes(head))
        if told is None:
            raise Refused("That page says nothing of itself, so no card was made of it.")
        return told

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()


class _Enough(Exception):
    """All was read that is wanted."""


def card_of(address: str, page: bytes) -> Card | None:
    """What a page says of itself, cleaned; None where it has no title.

    Args:
        page: its beginning, as it came.
    """
    found = _CHARSET.search(page[:4096])
    try:
        text = page.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except (LookupError, UnicodeError):  # nobody knows such a charset, or it is none for texts
        text = page.decode("utf-8", "replace")
    head = _Head()
    head.feed(text)
    said = head.said
    title = said.get("og:title") or said.get("twitter:title") or head.title
    about = said.get("og:description") or said.get("twitter:description") or said.get("description")
    title = clean_line(title, limit=_LONGEST_TITLE)
    if not title:
        return None
    return Card(address, title, clean_line(about or "", limit=_LONGEST_DESCRIPTION))


class _Head(HTMLParser):
    """Reads what the head of a page says; entities are decoded by the parser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.said: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._in_title = tag == "title" and not self.title
        if tag == "meta":
            name = (told.get("property") or told.get("name") or "").lower()
            self.said.setdefault(name, told.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
