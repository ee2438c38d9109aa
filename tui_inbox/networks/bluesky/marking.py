"""Making facets: the links, names and tags of an own text, by offsets into its UTF-8 bytes.

Servers mark nothing by themselves (facts 6, pitfall 3). A name is marked where somebody is called so; the rest of it
stays plain text.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.text import addresses_in
from tui_inbox.networks.bluesky.addresses import is_handle

_NAME = re.compile(r"(?<![\w@#/.])@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)")
_TAG = re.compile(r"(?<![^\s(（\[\"'])[#＃]([^\s#＃\u00ad\u2060\u200a-\u200f\ufe0f]+)")
_AT_ITS_END = ".,;:!?\"'”’»)]}…、。！？）"
_LONGEST_TAG = 64
"""Graphemes of a tag, about (lexicon `app.bsky.richtext.facet`)."""

Facet: TypeAlias = dict[str, object]
Resolve: TypeAlias = Callable[[str], Awaitable[str | None]]
"""From a handle to the DID of who is called so, or None."""


class _Mark(Struct, frozen=True):
    start: int
    end: int
    kind: str
    value: str


async def facets_of(text: str, resolve: Resolve) -> list[Facet]:
    """The facets of a text, in order, none in another.

    Args:
        text: as it is sent.
        resolve: asked once for each name.
    """
    facets: list[Facet] = []
    dids: dict[str, str | None] = {}
    for mark in _marks(text):
        value = mark.value
        if mark.kind == "mention":
            if value not in dids:
                dids[value] = await resolve(value)
            did = dids[value]
            if did is None:
                continue
            feature: dict[str, object] = {"did": did}
        else:
            feature = {"uri" if mark.kind == "link" else "tag": value}
        place = {"byteStart": _bytes(text[: mark.start]), "byteEnd": _bytes(text[: mark.end])}
        kind = f"app.bsky.richtext.facet#{mark.kind}"
        facets.append({"index": place, "features": [{"$type": kind, **feature}]})
    return facets


def _marks(text: str) -> Iterator[_Mark]:
    """What is to be marked, in order; what stands in a link is part of it."""
    found = [_Mark(link.start, link.end, "link", link.url) for link in addresses_in(text)]
    for name in _NAME.finditer(text):
        handle = name[1].lower()
        if is_handle(handle):
            found.append(_Mark(name.start(), name.end(), "mention", handle))
    for tag in _TAG.finditer(text):
        word = tag[1].rstrip(_AT_ITS_END)
        if word and not word.isdigit() and len(word) <= _LONGEST_TAG:
            found.append(_Mark(tag.start(), tag.start() + 1 + len(word), "tag", word))
    end = 0
    for mark in sorted(found, key=lambda one: (one.start, -one.end)):
        if mark.start >= end:
            yield mark
            end = mark.end


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
