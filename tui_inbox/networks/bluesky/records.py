"""The border: posts as they stand in their authors' repositories, turned into the program's words and cleaned.

A record is what its author's client wrote, and servers check little of it: every part is read by itself, so that
one that makes no sense is left out and the others stay (lexicons `app.bsky.feed.post` and `app.bsky.embed.*`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from tui_inbox.core.language_tag import language_tag
from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.person import Person
from tui_inbox.core.post import Card, Media, MediaKind, Post, PostRef, ReplyTo
from tui_inbox.core.text import clean, clean_line, safe_url
from tui_inbox.networks.bluesky.addresses import (
    FEED,
    LIST,
    NETWORK,
    POST,
    STARTER_PACK,
    AtUri,
    Web,
    is_did,
    person_ref,
    post_ref,
    short_did,
)
from tui_inbox.networks.bluesky.facets import marked_text, tag_name

_SENSITIVE = frozenset({"porn", "sexual", "nudity", "graphic-media", "gore", "!warn", "!hide"})
"""What authors say of their own posts (atproto.com, specs/label) that is to be folded."""

_THINGS = {FEED: "A feed", LIST: "A list", STARTER_PACK: "A starter pack"}
_MOST_PICTURES = 20
_MOST_TAGS = 50
_LONGEST_ALT = 5_000

T = TypeVar("T")


class _StrongRef(Struct):
    """The name of another record."""

    uri: str


class _Reply(Struct):
    """What a post answers, and the first post of that conversation."""

    parent: _StrongRef
    root: _StrongRef | None = None


class _Record(Struct, rename="camel"):
    """A post. Parts whose form is not sure are read one by one."""

    text: str = ""
    created_at: object = None
    langs: object = None
    reply: object = None
    facets: object = None
    embed: object = None
    labels: object = None
    tags: object = None


class _BlobRef(Struct):
    link: str = field(name="$link")


class _Blob(Struct):
    ref: _BlobRef


class _Picture(Struct):
    image: _Blob
    alt: str = ""


class _Video(Struct):
    alt: str = ""


class _External(Struct):
    uri: str
    title: str = ""
    description: str = ""


class _Attached(Struct):
    """What hangs on a post."""

    media: tuple[Media, ...] = ()
    card: Card | None = None
    quoted: PostRef | None = None


def unknown_person(did: str, web: Web) -> Person:
    """Somebody of whom nothing is known but who they are: their DID stands where the handle will."""
    return Person(
        ref=person_ref(did), server_id=did, handle=did, name=short_did(did), url=web.person(did)
    )


def to_post(
    record: Mapping[str, object],
    *,
    author: Person,
    key: str,
    now: Millis,
    web: Web,
    edited_at: Millis | None = None,
) -> Post | None:
    """A post from its record; None where it is none.

    Args:
        record: the JSON of an `app.bsky.feed.post`.
        author: in whose repository it stands.
        key: its key there.
        now: the time of reading; what claims to come from the future is taken to be from now.
        web: where people look at it with a browser.
        edited_at: when it was written over, as far as that is known.
    """
    try:
        read = msgspec.convert(record, _Record)
    except (msgspec.ValidationError, RecursionError):
        return None
    did = author.ref.uri
    marked = marked_text(read.text, read.facets, web)
    attached = _attached(read.embed, did, key, web)
    told_at = read.created_at if isinstance(read.created_at, str) else None
    created_at = to_millis_or_none(told_at)
    return Post(
        ref=post_ref(did, key),
        author=author,
        created_at=now if created_at is None else max(0, min(created_at, now)),
        text=marked.text,
        links=marked.links,
        sensitive=_is_sensitive(read.labels),
        language=_language(read.langs),
        url=web.post(did, key),
        reply_to=_reply_to(read.reply),
        mentions=marked.mentions,
        tags=tuple(dict.fromkeys((*marked.tags, *_tags(read.tags)))),
        media=attached.media,
        card=attached.card,
        quoted=attached.quoted,
        edited_at=edited_at,
    )


def root_of(record: Mapping[str, object]) -> str | None:
    """The address of the first post of the conversation that a post belongs to; None for one that answers nothing."""
    reply = _read(_Reply, record.get("reply"))
    if reply is None or reply.root is None:
        return None
    return reply.root.uri if AtUri.parse(reply.root.uri) else None


def _read(kind: type[T], part: object) -> T | None:
    """A part of a record in its form; None where it has another."""
    try:
        return msgspec.convert(part, kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def _reply_to(told: object) -> ReplyTo | None:
    reply = _read(_Reply, told)
    parent = AtUri.parse(reply.parent.uri) if reply else None
    if parent is None:
        return None
    author = parent.author if is_did(parent.author) else None
    return ReplyTo(uri=str(parent), author_server_id=author)


def _language(told: object) -> str | None:
    """The first language of those a post is said to be in, where it is one."""
    first = told[0] if isinstance(told, list) and told else None
    try:
        return language_tag(first) if isinstance(first, str) and len(first) <= 35 else None
    except ValueError:
        return None


def _tags(told: object) -> Iterator[str]:
    """Tags that stand beside the text."""
    for tag in told[:_MOST_TAGS] if isinstance(told, list) else ():
        if isinstance(tag, str) and (name := tag_name(tag)):
            yield name


def _is_sensitive(told: object) -> bool:
    match told:
        case {"values": [*values]}:
            return any(isinstance(one, dict) and one.get("val") in _SENSITIVE for one in values)
    return False


def _attached(embed: object, did: str, key: str, web: Web) -> _Attached:
    """What hangs on a post; of a kind that is not known, nothing."""
    match embed:
        case {"$type": "app.bsky.embed.images", "images": [*pictures]}:
            return _Attached(tuple(_pictures(pictures, did, web)))
        case {"$type": "app.bsky.embed.gallery", "items": [*pictures]}:
            return _Attached(tuple(_pictures(pictures, did, web)))
        case {"$type": "app.bsky.embed.video"}:
            alt = clean((_read(_Video, embed) or _Video()).alt, limit=_LONGEST_ALT)
            return _Attached((Media(MediaKind.VIDEO, web.post(did, key), alt),))
        case {"$type": "app.bsky.embed.external", "external": told}:
            return _Attached(card=_card(told))
        case {"$type": "app.bsky.embed.record", "record": told}:
            return _told_of(told, web)
        case {
            "$type": "app.bsky.embed.recordWithMedia",
            "record": {"record": told},
            "media": {"$type": kind} as media,
        } if kind != "app.bsky.embed.recordWithMedia":
            shown, quote = _attached(media, did, key, web), _told_of(told, web)
            return _Attached(shown.media, shown.card or quote.card, quote.quoted)
    return _Attached()


def _pictures(told: list[object], did: str, web: Web) -> Iterator[Media]:
    for one in told[:_MOST_PICTURES]:
        picture = _read(_Picture, one)
        if picture is not None:
            address = safe_url(web.picture(did, picture.image.ref.link))
            yield Media(MediaKind.PICTURE, address, clean(picture.alt, limit=_LONGEST_ALT))


def _card(told: object) -> Card | None:
    """A link as its author's client described it; None without an address that can be opened."""
    external = _read(_External, told)
    address = safe_url(external.uri) if external else None
    if external is None or address is None:
        return None
    return Card(
        url=address,
        title=clean_line(external.title),
        description=clean(external.description, limit=2_000),
    )


def _told_of(told: object, web: Web) -> _Attached:
    """What a post tells of: a post is quoted, anything else is a link to its page."""
    named = _read(_StrongRef, told)
    uri = AtUri.parse(named.uri) if named else None
    if uri is None:
        return _Attached()
    if uri.collection == POST:
        return _Attached(quoted=PostRef(NETWORK, str(uri)))
    page = web.record(uri)
    return _Attached(card=Card(page, _THINGS[uri.collection]) if page else None)
