"""The archive that a Mastodon server makes of an account: `actor.json` and `outbox.json` in a zip, or in a `.tar.gz`.

The outbox is a collection of ActivityStreams (`Create` for posts, `Announce` for boosts); see
docs.joinmastodon.org/user/moving/#export. Who was answered stands in the tags of a post; whose a boosted post is
stands nowhere, so boosts are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, field

from tui_inbox.archives.entries import entries
from tui_inbox.archives.members import Members, read_whole
from tui_inbox.core.archive import ArchivedTouch, BadArchive
from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.post import (
    Audience,
    Media,
    MediaKind,
    Mention,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.text import clean_line, safe_url
from tui_inbox.networks.html import to_text

NETWORK = "mastodon"
PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_LONGEST = 2048
_ACTOR = re.compile(r"(?P<server>https?://[^/]+)/users/(?P<name>[^/]+)")
"""How Mastodon writes who somebody is; their profile, by which its API calls them, is at `/@name`."""


class _Actor(Struct):
    id: str
    preferredUsername: str
    name: str | None = None
    url: str | None = None


class _Tag(Struct):
    type: str = ""
    name: str | None = None
    href: str | None = None


class _File(Struct):
    mediaType: str | None = None
    url: str | None = None
    name: str | None = None


class _Note(Struct):
    id: str
    type: str = ""
    published: str | None = None
    content: str | None = None
    summary: str | None = None
    sensitive: bool | None = None
    inReplyTo: str | None = None
    url: str | None = None
    to: list[str] | str = field(default_factory=list)
    cc: list[str] | str = field(default_factory=list)
    tag: list[_Tag] = field(default_factory=list)
    attachment: list[_File] = field(default_factory=list)
    contentMap: dict[str, str] = field(default_factory=dict)


class MastodonArchive:
    """An archive of a Mastodon account. Fulfils `core.archive.Archive`.

    Args:
        path: of the archive, or of the folder into which it was unpacked.

    Raises:
        BadArchive: it is none.
    """

    network = NETWORK

    def __init__(self, path: Path) -> None:
        self._members = Members(path)
        self._outbox = self._one("outbox.json")
        try:
            told = msgspec.json.decode(
                read_whole(self._members, self._one("actor.json")), type=_Actor
            )
        except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
            raise BadArchive("Its actor.json does not say whose archive it is.") from error
        self._server = urlsplit(told.id)
        name = clean_line(told.preferredUsername, limit=200)
        self._owner = Person(
            ref=_person_ref(told.url or told.id),
            server_id="",
            handle=f"{name}@{self._server.netloc}",
            name=clean_line(told.name or name) or name,
            url=safe_url(told.url or told.id),
        )

    @property
    def owner(self) -> Person:
        """Whose it is."""
        return self._owner

    def posts(self) -> Iterator[SeenPost]:
        """What the owner wrote, as the outbox has it: the oldest first."""
        for told in entries(self._members, self._outbox, "orderedItems.item"):
            note = _note(told)
            if note is not None and _is_address(note.id):
                yield self._post(note)

    def touches(self) -> Iterator[ArchivedTouch]:
        """None: boosts and favourites do not say whose post it was."""
        return iter(())

    def _one(self, name: str) -> str:
        found = self._members.ending(name)
        if not found:
            raise BadArchive(
                f"There is no {name} in it, so it is no archive of a Mastodon account."
            )
        return found[0]

    def _post(self, note: _Note) -> SeenPost:
        named = [tag for tag in note.tag if tag.type == "Mention" and tag.href and tag.name]
        mentions = [self._mention(tag.href or "", tag.name or "") for tag in named]
        rich = to_text(
            note.content or "",
            mentions=[
                (address, one.handle)
                for tag, one in zip(named, mentions, strict=True)
                for address in (tag.href or "", one.person.uri)
            ],
        )
        server_id = note.id.rstrip("/").rpartition("/")[2]
        post = Post(
            ref=PostRef(NETWORK, note.id),
            author=self._owner,
            created_at=to_millis_or_none(note.published) or 0,
            text=rich.text,
            links=rich.links,
            warning=clean_line(note.summary or ""),
            sensitive=bool(note.sensitive),
            language=next(iter(note.contentMap), None),
            audience=_audience(note),
            url=safe_url(note.url or note.id),
            reply_to=self._reply_to(note),
            mentions=tuple(mentions),
            tags=tuple(
                clean_line(tag.name or "", limit=200).lstrip("#")
                for tag in note.tag
                if tag.type == "Hashtag" and tag.name
            ),
            media=tuple(_medium(one) for one in note.attachment),
        )
        return SeenPost(post, PostView(server_id=clean_line(server_id, limit=100)))

    def _mention(self, href: str, name: str) -> Mention:
        handle = clean_line(name, limit=300).lstrip("@")
        if "@" not in handle:
            handle = f"{handle}@{self._server.netloc}"
        return Mention(_person_ref(href), "", handle)

    def _reply_to(self, note: _Note) -> ReplyTo | None:
        answered = note.inReplyTo
        if not answered or not _is_address(answered):
            return None
        own = urlsplit(answered).netloc == self._server.netloc
        return ReplyTo(answered.rstrip("/").rpartition("/")[2] if own else None, answered)


def _note(told: Any) -> _Note | None:
    """The post of an entry of the outbox; None where it is something else, or has another form."""
    try:
        if told["type"] != "Create":
            return None
        return msgspec.convert(told["object"], _Note)
    except (TypeError, KeyError, msgspec.ValidationError, RecursionError):
        return None


def _person_ref(address: str) -> PersonRef:
    """Who somebody is, called as the API of Mastodon calls them, so that they are known when they are met again."""
    written = _ACTOR.fullmatch(address)
    uri = f"{written['server']}/@{written['name']}" if written else address
    return PersonRef(NETWORK, clean_line(uri, limit=_LONGEST))


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and text.isprintable() and len(text) <= _LONGEST


def _listed(told: list[str] | str) -> list[str]:
    return [told] if isinstance(told, str) else told


def _audience(note: _Note) -> Audience:
    to, cc = _listed(note.to), _listed(note.cc)
    if any(one in PUBLIC for one in to):
        return Audience.PUBLIC
    if any(one in PUBLIC for one in cc):
        return Audience.UNLISTED
    followers = any(one.endswith("/followers") for one in (*to, *cc))
    return Audience.FOLLOWERS if followers else Audience.DIRECT


def _medium(told: _File) -> Media:
    kind = {"image": MediaKind.PICTURE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}.get(
        (told.mediaType or "").partition("/")[0], MediaKind.FILE
    )
    return Media(kind, safe_url(told.url or ""), clean_line(told.name or "", limit=2000))
