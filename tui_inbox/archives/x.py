"""The archive that X makes of an account ("Download an archive of your data").

It is a zip with lines of JavaScript in the folder `data`: `account.js`, `tweets.js`, `tweets-part1.js` …,
`direct-messages.js`, `direct-messages-group.js`. Older ones say `tweet.js`. Shapes as in facts/x.md and in archives of
2018 to 2025; everything in them is text, numbers too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from tui_inbox.archives.entries import entries
from tui_inbox.archives.members import Members, read_whole
from tui_inbox.archives.moments import in_words
from tui_inbox.core.archive import ArchivedTouch, BadArchive
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import DAY, Millis, to_millis_or_none
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
from tui_inbox.core.text import addresses_in, clean, clean_line, safe_url

T = TypeVar("T")

NETWORK = "x"
TWEETS = re.compile(r"(?:.*/)?tweets?(?:-part(\d+))?\.js")
MESSAGES = re.compile(r"(?:.*/)?direct-messages(?:-group)?(?:-part(\d+))?\.js")

TALK_ENDS: Millis = 30 * DAY
"""Messages that lie further apart are two conversations: nobody goes on with a sentence after a month."""

_KINDS = {"photo": MediaKind.PICTURE, "video": MediaKind.VIDEO, "animated_gif": MediaKind.VIDEO}


class _Named(Struct):
    id_str: str = ""
    screen_name: str = ""
    name: str = ""


class _Address(Struct):
    url: str = ""
    expanded_url: str = ""


class _Medium(Struct):
    url: str = ""
    type: str = ""
    media_url_https: str = ""


class _Tag(Struct):
    text: str = ""


class _Entities(Struct):
    user_mentions: list[_Named] = field(default_factory=list)
    urls: list[_Address] = field(default_factory=list)
    hashtags: list[_Tag] = field(default_factory=list)
    media: list[_Medium] = field(default_factory=list)


class _Tweet(Struct):
    id_str: str
    full_text: str = ""
    created_at: str = ""
    lang: str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    entities: _Entities = field(default_factory=_Entities)
    extended_entities: _Entities = field(default_factory=_Entities)


class _Wrapped(Struct):
    tweet: _Tweet


class _Message(Struct):
    id: str
    senderId: str
    createdAt: str = ""
    text: str = ""
    recipientId: str | None = None
    urls: list[dict[str, str]] = field(default_factory=list)


class _MessageEvent(Struct):
    messageCreate: _Message | None = None


class _Conversation(Struct):
    conversationId: str = ""
    messages: list[_MessageEvent] = field(default_factory=list)


class _Talk(Struct):
    dmConversation: _Conversation


class XArchive:
    """An archive of X. Fulfils `core.archive.Archive`.

    Args:
        path: of the zip, or of the folder into which it was unpacked.

    Raises:
        BadArchive: it is none.
    """

    network = NETWORK

    def __init__(self, path: Path) -> None:
        self._members = Members(path)
        self._names: dict[str, Person] = {}
        self._owner = self._read_owner()
        self._names[self._owner.ref.uri] = self._owner

    @property
    def owner(self) -> Person:
        """Whose it is."""
        return self._owner

    def posts(self) -> Iterator[SeenPost]:
        """What the owner wrote, then messages."""
        for tweet in self._tweets():
            if not _is_repost(tweet):
                yield self._post(tweet)
        for name in self._files(MESSAGES):
            for told in entries(self._members, name, script=True):
                if (talk := _converted(told, _Talk)) is not None:
                    yield from self._messages(talk.dmConversation)

    def touches(self) -> Iterator[ArchivedTouch]:
        """What the owner passed on, as far as the archive says whose it was."""
        for tweet in self._tweets():
            at, named = in_words(tweet.created_at), tweet.entities.user_mentions
            if _is_repost(tweet) and named and at is not None:
                person = self._person(named[0])
                yield ArchivedTouch(InteractionKind.BOOST, person, f"of:{tweet.id_str}", at)

    def _read_owner(self) -> Person:
        names = self._members.ending("account.js")
        if not names:
            raise BadArchive("There is no account.js in it, so it is no archive of X.")
        _, _, text = read_whole(self._members, names[0]).partition(b"=")
        try:
            (told,) = msgspec.json.decode(text, type=list[dict[str, dict[str, Any]]])
            account = told["account"]
            named = _Named(str(account["accountId"]), str(account["username"]))
        except (msgspec.DecodeError, RecursionError, ValueError, KeyError) as error:
            raise BadArchive("Its account.js does not say whose archive it is.") from error
        named.name = str(account.get("accountDisplayName") or named.screen_name)
        return self._person(named)

    def _files(self, pattern: re.Pattern[str]) -> list[str]:
        found = [one for name in self._members.names if (one := pattern.fullmatch(name))]
        return [one[0] for one in sorted(found, key=lambda one: (int(one[1] or 0), one[0]))]

    def _tweets(self) -> Iterator[_Tweet]:
        for name in self._files(TWEETS):
            for told in entries(self._members, name, script=True):
                wrapped = _converted(told, _Wrapped)
                tweet = wrapped.tweet if wrapped else _converted(told, _Tweet)
                if tweet is not None and _is_id(tweet.id_str):
                    yield tweet

    def _post(self, tweet: _Tweet) -> SeenPost:
        named = [one for one in tweet.entities.user_mentions if _is_id(one.id_str)]
        answered = _Named(tweet.in_reply_to_user_id_str or "", tweet.in_reply_to_screen_name or "")
        if _is_id(answered.id_str) and answered.id_str not in {one.id_str for one in named}:
            named.insert(0, answered)
        addresses = [(one.url, one.expanded_url) for one in tweet.entities.urls]
        addresses += [(one.url, "") for one in tweet.entities.media]
        text = _text(tweet.full_text, addresses)
        files = tweet.extended_entities.media or tweet.entities.media
        post = Post(
            ref=PostRef(NETWORK, tweet.id_str),
            author=self._owner,
            created_at=in_words(tweet.created_at) or 0,
            text=text,
            links=addresses_in(text),
            language=clean_line(tweet.lang, limit=20) if tweet.lang else None,
            url=_url_of(self._owner, tweet.id_str),
            reply_to=_reply_to(tweet),
            mentions=tuple(self._mention(one) for one in named),
            tags=tuple(clean_line(tag.text, limit=200) for tag in tweet.entities.hashtags),
            media=tuple(_medium(one) for one in files),
        )
        return SeenPost(post, PostView(server_id=tweet.id_str))

    def _messages(self, talk: _Conversation) -> Iterator[SeenPost]:
        told = [one.messageCreate for one in talk.messages if one.messageCreate is not None]
        told = [one for one in told if _is_id(one.id) and _is_id(one.senderId)]
        people = {one.senderId for one in told} | {
            one.recipientId for one in told if one.recipientId
        }
        before: tuple[str, Millis] | None = None
        for message in sorted(told, key=lambda one: to_millis_or_none(one.createdAt) or 0):
            at = to_millis_or_none(message.createdAt)
            if at is None:
                continue
            goes_on = before is not None and at - before[1] <= TALK_ENDS
            uri = f"dm:{message.id}"
            yield self._message(message, uri, at, people, before[0] if before and goes_on else None)
            before = uri, at

    def _message(
        self, message: _Message, uri: str, at: Millis, people: set[str], answers: str | None
    ) -> SeenPost:
        others = sorted(people - {message.senderId})
        text = _text(
            message.text, [(one.get("url", ""), one.get("expanded", "")) for one in message.urls]
        )
        post = Post(
            ref=PostRef(NETWORK, uri),
            author=self._known(message.senderId),
            created_at=at,
            text=text,
            links=addresses_in(text),
            audience=Audience.DIRECT,
            reply_to=ReplyTo(uri=answers) if answers else None,
            mentions=tuple(
                Mention(one.ref, one.server_id, one.handle) for one in map(self._known, others)
            ),
        )
        return SeenPost(post, PostView(server_id=uri))

    def _mention(self, named: _Named) -> Mention:
        person = self._person(named)
        return Mention(person.ref, person.server_id, person.handle)

    def _person(self, named: _Named) -> Person:
        """Somebody as a text names them, remembered for their messages, which only say who they are by number."""
        handle = clean_line(named.screen_name, limit=50) or named.id_str
        person = Person(
            ref=PersonRef(NETWORK, clean_line(named.id_str, limit=30)),
            server_id=clean_line(named.id_str, limit=30),
            handle=handle,
            name=clean_line(named.name) or handle,
            url=safe_url(f"https://x.com/{handle}"),
        )
        return self._names.setdefault(person.ref.uri, person)

    def _known(self, number: str) -> Person:
        return self._names.get(number) or self._person(_Named(number))


def _converted(told: object, kind: type[T]) -> T | None:
    """An entry in its form; None where it has another: one odd entry spoils no archive."""
    try:
        return msgspec.convert(told, kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19


def _is_repost(tweet: _Tweet) -> bool:
    return tweet.full_text.startswith("RT @")


def _reply_to(tweet: _Tweet) -> ReplyTo | None:
    answered = tweet.in_reply_to_status_id_str
    if not answered or not _is_id(answered):
        return None
    return ReplyTo(answered, answered, tweet.in_reply_to_user_id_str)


def _text(told: str, addresses: list[tuple[str, str]]) -> str:
    """A text with the addresses that X has shortened written out, without those of its own pictures."""
    for short, long in addresses:
        if short:
            told = told.replace(short, long)
    return clean(html.unescape(told))


def _medium(told: _Medium) -> Media:
    return Media(_KINDS.get(told.type, MediaKind.FILE), safe_url(told.media_url_https))


def _url_of(owner: Person, number: str) -> str | None:
    return safe_url(f"https://x.com/{owner.handle}/status/{number}")
