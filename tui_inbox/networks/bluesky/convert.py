"""The border: what the AppView sends, turned into the program's words and cleaned.

A view holds the record that its author wrote (`records`) and what the server knows besides: who they are, what hangs
on the post, how the account stands to both. Identity is the `at://` address of a post and the DID of a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.events import Notice, NoticeKind
from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.post import (
    Boost,
    FeedEntry,
    FilterHit,
    Media,
    MediaKind,
    Post,
    PostView,
    QuoteState,
    SeenPost,
)
from tui_inbox.core.text import clean, clean_line, safe_url
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import (
    AtUri,
    Web,
    is_did,
    is_handle,
    person_ref,
    short_did,
)
from tui_inbox.networks.bluesky.records import to_post
from tui_inbox.networks.wire_base import decode

log = logging.getLogger(__name__)

NO_HANDLE = "handle.invalid"
"""What servers call somebody whose handle does not lead back to them."""

_NOTICE_KINDS = {
    "mention": NoticeKind.MENTION,
    "reply": NoticeKind.MENTION,
    "quote": NoticeKind.QUOTE,
    "like": NoticeKind.FAVOURITE,
    "repost": NoticeKind.BOOST,
    "follow": NoticeKind.FOLLOW,
}
ABOUT_ITSELF = frozenset({"mention", "reply", "quote", "subscribed-post"})
"""Notifications whose record is the post that they are about."""
_WORDS = {
    "like-via-repost": "favourited what you boosted",
    "repost-via-repost": "boosted what you boosted",
    "starterpack-joined": "joined by your starter pack",
    "subscribed-post": "posted",
    "verified": "verified you",
    "unverified": "verifies you no more",
    "contact-match": "is one of your contacts",
}

_QUOTE_STATES = {
    "app.bsky.embed.record#viewNotFound": QuoteState.DELETED,
    "app.bsky.embed.record#viewDetached": QuoteState.REVOKED,
    "app.bsky.embed.record#viewBlocked": QuoteState.BLOCKED_ACCOUNT,
}

T = TypeVar("T")
W = TypeVar("W")


class Unusable(ValueError):
    """Too much is missing to make anything of it."""


def _nothing(view: wire.PostView, post: Post, now: Millis) -> tuple[FilterHit, ...]:
    return ()


class Border(Struct, frozen=True):
    """When something was read, and by what it is looked through.

    Attributes:
        now: the time of reading; what claims to come from the future is taken to be from now.
        web: where people look at it with a browser.
        hits: finds what the account's rules say of a post: muted words, hidden posts, labels.
    """

    now: Millis
    web: Web = Web()
    hits: Callable[[wire.PostView, Post, Millis], tuple[FilterHit, ...]] = _nothing


def usable(convert: Callable[[W, Border], T], items: Iterable[W], border: Border) -> Iterator[T]:
    """What could be made of the items; the others are left out, and logged without what is in them."""
    for item in items:
        try:
            yield convert(item, border)
        except Unusable as reason:
            log.info("an entry was left out: %s", reason)


def to_person(actor: wire.Actor, border: Border) -> Person:
    """Somebody, as seen through the account's server."""
    told = clean_line(actor.handle or "", limit=260).removeprefix("@").lower()
    handle = told if is_handle(told) and told != NO_HANDLE else actor.did
    fallback = short_did(actor.did) if handle == actor.did else handle.partition(".")[0]
    return Person(
        ref=person_ref(actor.did),
        server_id=actor.did,
        handle=handle,
        name=clean_line(actor.display_name or "", limit=200) or fallback,
        url=border.web.person(actor.did),
        bio=clean(actor.description or "", limit=5_000),
        bot=any(one.val == "bot" and one.src == actor.did and not one.neg for one in actor.labels),
        has_picture=actor.avatar is not None,
        picture=safe_url(actor.avatar or ""),
        created_at=past(actor.created_at, border),
    )


def to_relationship(actor: wire.Actor) -> Relationship:
    """How the account stands to a person."""
    viewer = actor.viewer or wire.ActorViewer()
    return Relationship(
        server_id=actor.did,
        following=viewer.following is not None,
        followed_by=viewer.followed_by is not None,
        blocking=viewer.blocking is not None or viewer.blocking_by_list is not None,
        muting=bool(viewer.muted),
    )


def to_seen(view: wire.PostView, border: Border) -> SeenPost:
    """A post and the account's view of it.

    Raises:
        Unusable: it holds no post.
    """
    return _to_seen(view, border, with_quote=True)


def seen_in(view: wire.PostView | None, border: Border) -> SeenPost | None:
    """The post of a view; None where there is none, or nothing can be made of it."""
    return next(usable(to_seen, [view] if view else [], border), None)


def to_entry(item: wire.FeedItem, border: Border) -> FeedEntry:
    """An entry of a feed, filed under the time by which servers order feeds: when it was written, but not later
    than it was met.

    Raises:
        Unusable: it holds no post.
    """
    seen = to_seen(item.post, border)
    reason = item.reason
    if reason is None or reason.by is None or not (reason.type or "").endswith("#reasonRepost"):
        return FeedEntry(seen, filed_at=seen.post.created_at, entry_id=seen.view.server_id)
    at = past(reason.indexed_at, border) or border.now
    uri = reason.uri or f"{item.post.uri}#{reason.by.did}"
    boost = Boost(by=to_person(reason.by, border), at=at, uri=uri, server_id=uri)
    return FeedEntry(seen, filed_at=at, entry_id=uri, boost=boost)


def post_entry(view: wire.PostView, border: Border) -> FeedEntry:
    """A post as an entry of a feed of posts alone.

    Raises:
        Unusable: it holds no post.
    """
    return to_entry(wire.FeedItem(post=view), border)


def to_notice(told: wire.Notification, seen: SeenPost | None, border: Border) -> Notice:
    """A notification.

    Args:
        seen: the post that it is about, as the account sees it.
    """
    reason = told.reason or ""
    kind = _NOTICE_KINDS.get(reason, NoticeKind.OTHER)
    words = _WORDS.get(reason) or reason.replace("-", " ")
    return Notice(
        notice_id=told.uri,
        kind=kind,
        at=past(told.indexed_at, border) or border.now,
        by=to_person(told.author, border),
        seen=seen,
        words=clean_line(words, limit=200) if kind is NoticeKind.OTHER else "",
    )


def written_in(told: wire.Notification, border: Border) -> SeenPost | None:
    """The post that a notification brings along, where the server shows it in no other way."""
    view = wire.PostView(
        uri=told.uri,
        cid=told.cid,
        author=told.author,
        record=told.record,
        labels=told.labels,
        indexed_at=told.indexed_at,
    )
    return seen_in(view, border)


def past(text: str | None, border: Border) -> Millis | None:
    """A moment of the wire, now at the latest."""
    moment = to_millis_or_none(text)
    return None if moment is None else max(0, min(moment, border.now))


def _to_seen(view: wire.PostView, border: Border, *, with_quote: bool) -> SeenPost:
    post = _post(view, border)
    quoted, told, personal = _quoted(view.embed, border, with_quote=with_quote)
    state = told or (QuoteState.ACCEPTED if post.quoted else None)
    post = replace(post, quote=state if post.quoted else None)
    viewer = view.viewer or wire.PostViewer()
    return SeenPost(
        post=post,
        view=PostView(
            server_id=view.uri,
            favourited=viewer.like is not None,
            boosted=viewer.repost is not None,
            bookmarked=bool(viewer.bookmarked),
            muted=bool(viewer.thread_muted),
            filtered=border.hits(view, post, border.now),
            quote=personal,
        ),
        quoted=quoted,
    )


def _post(view: wire.PostView, border: Border) -> Post:
    uri = AtUri.parse(view.uri)
    if uri is None or not is_did(uri.author) or view.record is None:
        raise Unusable("what is no post")
    post = to_post(
        view.record,
        author=to_person(view.author, border),
        key=uri.key,
        now=border.now,
        web=border.web,
    )
    if post is None or post.ref.uri != view.uri:
        raise Unusable("a post that is none")
    indexed = past(view.indexed_at, border)
    if indexed is not None and indexed < post.created_at:
        post = replace(post, created_at=indexed)
    return replace(post, media=_with_addresses(post.media, view.embed))


def _with_addresses(media: tuple[Media, ...], embed: wire.Data | None) -> tuple[Media, ...]:
    """What hangs on a post, at the addresses where the server shows it."""
    told = _media_view(embed)
    shown = told.get("images") or told.get("items")
    if not isinstance(shown, list) or len(shown) != len(media):
        return media
    return tuple(
        replace(one, url=_address(view) or one.url) if one.kind is MediaKind.PICTURE else one
        for one, view in zip(media, shown, strict=True)
    )


def _media_view(embed: wire.Data | None) -> wire.Data:
    media = (embed or {}).get("media")
    return media if isinstance(media, dict) else embed or {}


def _address(view: object) -> str | None:
    told = view.get("fullsize") if isinstance(view, dict) else None
    return safe_url(told) if isinstance(told, str) else None


def _quoted(
    embed: wire.Data | None, border: Border, *, with_quote: bool
) -> tuple[SeenPost | None, QuoteState | None, QuoteState | None]:
    """The post that is quoted, whether anybody may be shown it, and what keeps it from this account.

    One level is shown: a quote inside a quote is known by its identity alone.
    """
    record = (embed or {}).get("record")
    if (
        isinstance(record, dict) and "$type" not in record
    ):  # beside media the view stands one deeper
        record = record.get("record")
    if not isinstance(record, dict):
        return None, None, None
    kind = record.get("$type")
    state = _QUOTE_STATES.get(kind) if isinstance(kind, str) else None
    if state is not None:
        return (None, QuoteState.ACCEPTED, state) if state.is_personal else (None, state, None)
    told = decode(wire.QuotedView, record) if kind == "app.bsky.embed.record#viewRecord" else None
    if told is None or not with_quote:
        return None, None, None
    view = wire.PostView(
        uri=told.uri,
        cid=told.cid,
        author=told.author,
        record=told.value,
        embed=told.embeds[0] if told.embeds else None,
        labels=told.labels,
        indexed_at=told.indexed_at,
    )
    try:
        return _to_seen(view, border, with_quote=False), None, None
    except Unusable:
        return None, None, None
