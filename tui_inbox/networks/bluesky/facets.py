"""Facets: the links, names and tags of a text, marked by offsets into its UTF-8 bytes (app.bsky.richtext.facet).

Servers keep them as they were sent. Those that end before they begin, cut a character in two, lie outside the
text, overlap an earlier one or lead to what must not be opened are dropped, and the text stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeGuard

from msgspec import Struct

from tui_inbox.core.post import Mention
from tui_inbox.core.text import Link, clean, clean_fragment, clean_line, safe_url
from tui_inbox.networks.bluesky.addresses import Web, is_did, is_handle, person_ref

_LONGEST_TEXT = 20_000
_MOST = 500
"""Facets that are looked at; a post of 3,000 bytes has no room for more."""


class MarkedText(Struct, frozen=True):
    """Clean text with what is marked in it. `links` are in order, without overlaps."""

    text: str
    links: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    tags: tuple[str, ...] = ()


class _Mark(Struct, frozen=True):
    """What a facet marks: `text[start:end]` in code points, and where that leads."""

    start: int
    end: int
    url: str
    did: str = ""
    tag: str = ""


def marked_text(text: str, facets: object, web: Web) -> MarkedText:
    """A text and its facets, as they stand in a record.

    Args:
        text: as its author wrote it.
        facets: the list of them; anything else marks nothing.
        web: where names and tags lead.
    """
    marks = _without_overlaps(text, facets, web) if isinstance(facets, list) and facets else []
    cleaned, places = _cleaned(text, marks)
    links = [
        Link(start, end, mark.url) for mark, (start, end) in zip(marks, places, strict=True) if end
    ]
    return MarkedText(
        cleaned,
        tuple(links),
        tuple(_mentions(text, marks)),
        tuple(dict.fromkeys(mark.tag for mark in marks if mark.tag)),
    )


def _without_overlaps(text: str, facets: Sequence[object], web: Web) -> list[_Mark]:
    """The marks that mean something, in order; of those that overlap the first."""
    data = text.encode("utf-8", "surrogatepass")
    marks: list[_Mark] = []
    for mark in sorted(_marks(data, facets[:_MOST], web), key=lambda one: one.start):
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    return marks


def _marks(data: bytes, facets: Sequence[object], web: Web) -> Iterator[_Mark]:
    for facet in facets:
        if not isinstance(facet, dict):
            continue
        place, features = facet.get("index"), facet.get("features")
        if not isinstance(place, dict) or not isinstance(features, list):
            continue
        start, end = place.get("byteStart"), place.get("byteEnd")
        if not _is_edge(start, data) or not _is_edge(end, data) or start >= end:
            continue
        first, last = _characters(data[:start]), _characters(data[:end])
        for feature in features:
            if isinstance(feature, dict) and (mark := _mark(first, last, feature, web)):
                yield mark
                break


def _is_edge(at: object, data: bytes) -> TypeGuard[int]:
    """Whether an offset lies between two characters."""
    if type(at) is not int or not 0 <= at <= len(data):
        return False
    return at == len(data) or data[at] & 0xC0 != 0x80


def _characters(data: bytes) -> int:
    """How many code points these whole characters are."""
    return len(data) if data.isascii() else len(data.decode("utf-8", "surrogatepass"))


def _mark(start: int, end: int, feature: Mapping[object, object], web: Web) -> _Mark | None:
    """What a feature says of a place; None where it says nothing that is known."""
    match feature:
        case {"$type": "app.bsky.richtext.facet#link", "uri": str(uri)}:
            url = safe_url(uri)
            return _Mark(start, end, url) if url else None
        case {"$type": "app.bsky.richtext.facet#mention", "did": str(did)} if is_did(did):
            return _Mark(start, end, web.person(did), did=did)
        case {"$type": "app.bsky.richtext.facet#tag", "tag": str(tag)}:
            name = tag_name(tag)
            return _Mark(start, end, web.tag(name), tag=name) if name else None
    return None


def tag_name(tag: str) -> str:
    """A hashtag without its sign, clean; empty where nothing is left."""
    return clean_line(tag, limit=200).removeprefix("#").strip()


def _mentions(text: str, marks: Sequence[_Mark]) -> Iterator[Mention]:
    """Who is named. Their handle is what the author wrote; identity is the DID alone."""
    seen: set[str] = set()
    for mark in marks:
        if mark.did and mark.did not in seen:
            seen.add(mark.did)
            written = text[mark.start : mark.end].strip().removeprefix("@").lower()
            handle = written if is_handle(written) else mark.did
            yield Mention(person_ref(mark.did), mark.did, handle)


def _cleaned(text: str, marks: Sequence[_Mark]) -> tuple[str, list[tuple[int, int]]]:
    """The text cleaned, and where its marks are then; `(0, 0)` for one of which nothing is left.

    Nearly every text is clean. Where one is not, the pieces between the edges of marks are cleaned one by one, and
    what is taken away after that is white space alone: a mark is then found by counting what is none.
    """
    cleaned = clean(text, limit=_LONGEST_TEXT)
    if cleaned == text:
        return text, [(mark.start, mark.end) for mark in marks]
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    solid_before = {0: 0}
    pieces = []
    for start, end in pairwise(edges):
        pieces.append(clean_fragment(text[start:end]))
        solid_before[end] = solid_before[start] + _solid(pieces[-1])
    cleaned = clean("".join(pieces), limit=_LONGEST_TEXT)
    solid = [at for at, sign in enumerate(cleaned) if not sign.isspace()]
    return cleaned, [
        _place(solid_before[mark.start], solid_before[mark.end], solid) for mark in marks
    ]


def _place(first: int, last: int, solid: Sequence[int]) -> tuple[int, int]:
    """From which to which character a mark goes that holds the solid ones from `first` up to `last`."""
    if first >= last or last > len(solid):
        return 0, 0
    return solid[first], solid[last - 1] + 1


def _solid(text: str) -> int:
    """How many characters are no white space."""
    return sum(not sign.isspace() for sign in text)
