"""RSS and Atom as posts. Everything in them is from outside, and is cleaned here."""

from __future__ import annotations

import calendar
import time
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias

import feedparser

from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import Media, MediaKind, Post, PostRef
from tui_inbox.core.text import Link, clean_line, display_host, safe_url
from tui_inbox.networks.html import to_text

MOST_ITEMS = 200
"""Items of one feed that are read: the newest, or the first where it gives no times."""
_LONGEST_ID = 2_048
_LONGEST_TEXT = 3_000
"""Characters of an item. Some feeds hold whole articles; a hit is read at a glance, and Enter opens the page."""
_MOST_TAGS = 30
_MOST_MEDIA = 8

_Parsed: TypeAlias = Mapping[str, Any]
"""What feedparser makes of a piece: it reads what is malformed as far as it can, so anything may be missing."""


class NoFeed(Exception):
    """What stands at an address is neither RSS nor Atom."""


def read_feed(body: bytes, address: str, now: Millis) -> tuple[str, tuple[Post, ...]]:
    """A feed's title and its items as posts, newest first.

    Args:
        body: as its server sent it.
        address: where it stands.
        now: for items without a time of their own, and those from the future.

    Raises:
        NoFeed: it is neither RSS nor Atom.
    """
    # As a file: of bare bytes the parser takes short ones for the name of a file, and opens that. HTML in it is read
    # by our own reader.
    parsed = feedparser.parse(
        BytesIO(body), response_headers={"content-location": address}, sanitize_html=False
    )
    if not parsed.get("version") and not parsed.get("entries"):
        raise NoFeed
    title = clean_line(to_text(_text(parsed.get("feed", {}).get("title"))).text, limit=200)
    posts = [
        post
        # Feeds begin with what is new: what has no time is older by its place, so that this order stays.
        for place, item in enumerate(parsed["entries"][: 5 * MOST_ITEMS])
        if (post := _post(item, title, address, now - place)) is not None
    ]
    posts.sort(key=lambda post: post.created_at)
    once = {post.ref: post for post in posts}  # of two of the same name the newer one
    newest = sorted(once.values(), key=lambda post: post.created_at, reverse=True)
    return title, tuple(newest[:MOST_ITEMS])


def _post(item: _Parsed, feed_title: str, address: str, now: Millis) -> Post | None:
    url = safe_url(_text(item.get("link")))
    text, links = _words(item)
    uri = _identity(item, url, address)
    if uri is None or not (text or url):
        return None
    at = _moment(item, "published_parsed") or _moment(item, "updated_parsed")
    edited = _moment(item, "updated_parsed")
    return Post(
        ref=PostRef(FEED_NETWORK, uri),
        author=_author(item, feed_title, address),
        created_at=now if at is None else min(at, now),
        text=text or str(url),
        links=links,
        language=_language(item),
        url=url,
        tags=tuple(_tags(item.get("tags") or ())),
        media=tuple(_media(item)),
        edited_at=edited if at is not None and edited is not None and edited > at else None,
    )


def _identity(item: _Parsed, url: str | None, address: str) -> str | None:
    """What an item is for ever. A name that is no address is one only within its feed."""
    told = _text(item.get("id")).strip()[:_LONGEST_ID]
    if told.startswith(("http://", "https://", "tag:", "urn:")):
        return clean_line(told, limit=_LONGEST_ID)
    if told:
        return clean_line(f"{address}#{told}", limit=2 * _LONGEST_ID)
    return url


def _words(item: _Parsed) -> tuple[str, tuple[Link, ...]]:
    """Title and text, the title only where the text does not begin with it, as those of short posts do."""
    title = clean_line(to_text(_text(item.get("title"))).text, limit=300)
    summary = _text(item.get("summary"))
    bodies = [
        _text(part.get("value"))
        for part in item.get("content") or ()
        if _is_text(part) and not _describes_media(part, summary)
    ]
    body = to_text(max([*bodies, summary], key=len))
    text, links = body.text, body.links
    if title and not text.startswith(title.rstrip("….")):
        shift = len(title) + 2
        links = tuple(Link(one.start + shift, one.end + shift, one.url) for one in links)
        text = f"{title}\n\n{text}" if text else title
    if len(text) > _LONGEST_TEXT:
        text = text[: text.rfind(" ", 0, _LONGEST_TEXT)] + " …"
        links = tuple(one for one in links if one.end < len(text) - 2)
    return text, links


def _is_text(part: _Parsed) -> bool:
    return _text(part.get("type")).startswith(("text/", "application/xhtml"))


def _describes_media(part: _Parsed, summary: str) -> bool:
    """The parser files a picture's description as plain content beside the words of the item itself."""
    return bool(summary) and _text(part.get("type")) == "text/plain"


def _author(item: _Parsed, feed_title: str, address: str) -> Person:
    """Who wrote an item: whom it names, else the feed itself."""
    told = item.get("author_detail") or {}
    name = clean_line(_text(told.get("name")) or _text(item.get("author")), limit=100)
    url = safe_url(_text(told.get("href")))
    host = display_host(address)
    return Person(
        ref=PersonRef(FEED_NETWORK, url or (f"{address}#{name}" if name else address)),
        server_id="",
        handle=display_host(url) if url else host,
        name=name or feed_title or host,
        url=url,
    )


def _tags(told: Iterable[_Parsed]) -> Iterator[str]:
    seen: set[str] = set()
    for one in told:
        tag = clean_line(_text(one.get("term")), limit=100).lstrip("#")
        if tag and tag not in seen and len(seen) < _MOST_TAGS:
            seen.add(tag)
            yield tag


def _media(item: _Parsed) -> Iterator[Media]:
    """Attachments, as podcasts and servers of short posts have them.

    Of one picture its description is known; of several the parser keeps one, and does not say whose it is.
    """
    summary = _text(item.get("summary"))
    described = [
        _text(part.get("value"))
        for part in item.get("content") or ()
        if _describes_media(part, summary)
    ]
    alone = len(item.get("media_content") or ()) == 1
    told = [*(item.get("media_content") or ()), *(item.get("enclosures") or ())]
    addresses: set[str] = set()
    for one in told:
        url = safe_url(_text(one.get("url")) or _text(one.get("href")))
        if url is None or url in addresses or len(addresses) == _MOST_MEDIA:
            continue
        alt = described[0] if described and alone and not addresses else ""
        addresses.add(url)
        yield Media(_kind(one), url, to_text(alt).text)


def _kind(told: _Parsed) -> MediaKind:
    kind = _text(told.get("medium")) or _text(told.get("type")).partition("/")[0]
    kinds = {"image": MediaKind.PICTURE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}
    return kinds.get(kind, MediaKind.FILE)


def _language(item: _Parsed) -> str | None:
    told = item.get("title_detail") or {}
    return clean_line(_text(told.get("language")), limit=35) or None


def _moment(item: _Parsed, name: str) -> Millis | None:
    """A time that was told; none where it makes no sense."""
    # As a plain dictionary: the parser's own lends one time in place of the other.
    told = dict.get(item, name) if isinstance(item, dict) else None
    if not isinstance(told, time.struct_time):
        return None
    try:
        return max(0, calendar.timegm(told)) * SECOND
    except (ValueError, OverflowError):
        return None


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""
