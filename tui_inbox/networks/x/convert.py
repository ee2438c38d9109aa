"""From what X answers to posts and people of ours: cleaned, and under ids that mean the same whatever edits come."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import (
    Boost,
    Card,
    FeedEntry,
    Media,
    MediaKind,
    Mention,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.text import Link, addresses_in, clean, clean_fragment, clean_line, safe_url
from tui_inbox.networks.x import wire

NETWORK = "x"

EPOCH: Millis = 1_288_834_974_657
"""The moment from which ids count: `(id >> 22) + EPOCH` is when a post was made (facts/x.md section 4)."""

_KINDS = {"photo": MediaKind.PICTURE, "video": MediaKind.VIDEO, "animated_gif": MediaKind.VIDEO}


class Known(Struct, frozen=True):
    """What is known beside the posts of an answer.

    Attributes:
        users: people by id, of this answer and of earlier ones.
        posts: posts that others refer to, by id.
        media: pictures and films by key.
        now: the time of reading.
    """

    users: Mapping[str, wire.User]
    posts: Mapping[str, wire.Post]
    media: Mapping[str, wire.Medium]
    now: Millis


def known_of(page: wire.PostPage, users: Mapping[str, wire.User], now: Millis) -> Known:
    """What an answer brought along, together with people who were known before."""
    return Known(
        users={**users, **{user.id: user for user in page.includes.users}},
        posts={post.id: post for post in (*page.includes.tweets, *page.data)},
        media={medium.media_key: medium for medium in page.includes.media},
        now=now,
    )


def to_person(user: wire.User) -> Person:
    """Somebody."""
    handle = clean_line(user.username or "", limit=50).removeprefix("@") or user.id
    return Person(
        ref=PersonRef(NETWORK, user.id),
        server_id=user.id,
        handle=handle,
        name=clean_line(user.name or "", limit=200) or handle,
        url=safe_url(f"https://x.com/{handle}") if user.username else None,
        bio=clean(user.description or "", limit=5_000),
        locked=bool(user.protected),
        has_picture="default_profile" not in (user.profile_image_url or ""),
        created_at=to_millis_or_none(user.created_at),
    )


def to_entry(post: wire.Post, known: Known) -> FeedEntry | None:
    """A post's place in a feed. One that only passes another on is a boost of that; None where that did not come."""
    passed_on = _reference(post, "retweeted")
    if passed_on is None:
        seen = to_seen(post, known)
        return FeedEntry(seen, filed_at=seen.post.created_at, entry_id=post.id)
    original = known.posts.get(passed_on)
    if original is None:
        return None
    at = made_at(post, known.now)
    booster = to_person(known.users.get(post.author_id or "", wire.User(id=post.author_id or "0")))
    boost = Boost(by=booster, at=at, uri=post.first_id, server_id=post.id)
    return FeedEntry(to_seen(original, known), filed_at=at, entry_id=post.id, boost=boost)


def to_seen(post: wire.Post, known: Known) -> SeenPost:
    """A post, and the post it quotes where that came along."""
    quoted = known.posts.get(_reference(post, "quoted") or "")
    inner = None
    if quoted is not None and quoted.id != post.id:
        inner = SeenPost(_post(quoted, known), PostView(server_id=quoted.id))
    return SeenPost(_post(post, known), PostView(server_id=post.id), inner)


def made_at(post: wire.Post, now: Millis) -> Millis:
    """When a post was made: as it says, or as its id does; never in the future."""
    told = to_millis_or_none(post.created_at)
    return min(told if told is not None else (int(post.id) >> 22) + EPOCH, now)


def id_before(moment: Millis) -> str:
    """The highest id that a post of before a moment can have, for `since_id`."""
    return str(max(1, (moment - EPOCH << 22) - 1))


def as_iso(moment: Millis) -> str:
    """A moment as X wants it in `start_time`: whole seconds."""
    return datetime.fromtimestamp(moment // 1000, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _post(post: wire.Post, known: Known) -> Post:
    author = to_person(known.users.get(post.author_id or "", wire.User(id=post.author_id or "0")))
    note = post.note_tweet
    whole = note.text if note and note.text else post.text or ""
    entities = (note.entities if note and note.text else post.entities) or wire.Entities()
    text, links = _text(whole, entities)
    answered, quoted = _reference(post, "replied_to"), _reference(post, "quoted")
    first = post.first_id
    versions = [int(id) for id in post.edit_history_tweet_ids]
    return Post(
        ref=PostRef(NETWORK, first),
        author=author,
        created_at=made_at(wire.Post(id=first, created_at=_of_first(post)), known.now),
        text=text if not post.withheld else _withheld(post.withheld, text),
        links=links if not post.withheld else (),
        sensitive=bool(post.possibly_sensitive),
        language=_language(post.lang),
        url=safe_url(f"https://x.com/{author.handle}/status/{post.id}"),
        reply_to=ReplyTo(answered, answered, post.in_reply_to_user_id) if answered else None,
        mentions=tuple(_mentions(entities)),
        tags=tuple(clean_line(one.tag, limit=200) for one in entities.hashtags if one.tag),
        media=tuple(_media(post, known)),
        card=_card(entities),
        quoted=PostRef(NETWORK, quoted) if quoted else None,
        edited_at=made_at(wire.Post(id=str(max(versions))), known.now)
        if len(versions) > 1
        else None,
    )


def _of_first(post: wire.Post) -> str | None:
    return post.created_at if len(post.edit_history_tweet_ids) <= 1 else None


def _reference(post: wire.Post, kind: str) -> str | None:
    return next((one.id for one in post.referenced_tweets if one.type == kind and one.id), None)


def _language(told: str | None) -> str | None:
    """The language of a post; X invents names of its own for what it could not tell (`und`, `qme`)."""
    return told if told and told != "und" and not (len(told) == 3 and told[0] == "q") else None


def _withheld(told: wire.Withheld, text: str) -> str:
    where = ", ".join(clean_line(one, limit=10) for one in told.country_codes)
    why = "for its author's rights" if told.copyright else "by its law"
    return clean(f"[X withholds this in {where or 'some countries'} {why}]\n{text}")


class _Piece(Struct, frozen=True):
    """A stretch of a text that stands for something else; `url` is where it leads, `shown` what is shown."""

    start: int
    end: int
    shown: str
    url: str | None


def _text(told: str, entities: wire.Entities) -> tuple[str, tuple[Link, ...]]:
    """A text with its addresses written out. Places are those of the text as it was answered, with `&amp;` as it is."""
    parts: list[tuple[str, str | None]] = []
    at = 0
    for piece in _pieces(len(told), entities):
        parts += [(_decoded(told[at : piece.start]), None), (piece.shown, piece.url)]
        at = piece.end
    parts.append((_decoded(told[at:]), None))
    text, links = "", []
    for shown, url in parts:
        start = len(text)
        text += shown
        if url is not None and shown:
            links.append(Link(start, len(text), url))
    cleaned = clean(text)
    if not text.startswith(cleaned):
        return cleaned, addresses_in(cleaned)
    return cleaned, tuple(link for link in links if link.end <= len(cleaned))


def _pieces(length: int, entities: wire.Entities) -> Iterator[_Piece]:
    """The addresses of a text in their order, none in another; those of its own pictures show nothing."""
    at = 0
    usable = [one for one in entities.urls if one.start is not None and one.end is not None]
    for one in sorted(usable, key=lambda one: one.start or 0):
        start, end = one.start or 0, one.end or 0
        if not at <= start < end <= length:
            continue
        url = safe_url(one.unwound_url or one.expanded_url or one.url or "")
        own = one.media_key is not None
        yield _Piece(
            start,
            end,
            "" if own or url is None else clean_line(url, limit=2_048),
            None if own else url,
        )
        at = end


def _decoded(told: str) -> str:
    return clean_fragment(html.unescape(told))


def _mentions(entities: wire.Entities) -> Iterator[Mention]:
    met = set()
    for one in entities.mentions:
        if one.id and one.username and one.id not in met:
            met.add(one.id)
            handle = clean_line(one.username, limit=50).removeprefix("@")
            yield Mention(PersonRef(NETWORK, one.id), one.id, handle)


def _media(post: wire.Post, known: Known) -> Iterator[Media]:
    keys: Sequence[str] = post.attachments.media_keys if post.attachments else ()
    for key in keys:
        medium = known.media.get(key)
        if medium is not None:
            seconds = medium.duration_ms // 1000 if medium.duration_ms is not None else None
            yield Media(
                _KINDS.get(medium.type or "", MediaKind.FILE),
                safe_url(medium.url or medium.preview_image_url or ""),
                clean_line(medium.alt_text or "", limit=2_000),
                seconds,
            )


def _card(entities: wire.Entities) -> Card | None:
    for one in entities.urls:
        url = safe_url(one.unwound_url or one.expanded_url or "")
        if url and one.title and one.media_key is None:
            return Card(url, clean_line(one.title), clean_line(one.description or ""))
    return None
