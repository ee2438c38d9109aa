"""The border of private conversations: messages, turned into posts that only those who take part can read.

Source: lexicons `chat.bsky.convo.defs`. A message has no `at://` address, so its identity is made of two ids: that of
its conversation and its own. A conversation is a line of messages, so each answers the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from tui_inbox.core.person import Person
from tui_inbox.core.post import Audience, Mention, PostRef, PostView, QuoteState, ReplyTo, SeenPost
from tui_inbox.networks.bluesky import wire
from tui_inbox.networks.bluesky.addresses import NETWORK, AtUri
from tui_inbox.networks.bluesky.convert import Border, to_person
from tui_inbox.networks.bluesky.records import to_post, unknown_person
from tui_inbox.networks.wire_base import Many, Maybe, Wire

_ID = r"[A-Za-z0-9_-]{1,128}"
_ADDRESS = re.compile(rf"chat://({_ID})/({_ID})")


class Sender(Wire, frozen=True, rename="camel"):
    """Who wrote a message."""

    did: wire.Did


class Message(Wire, frozen=True, rename="camel"):
    """A message; one that was deleted has neither text nor facets."""

    id: str
    sender: Sender
    text: Maybe[str] = None
    facets: Maybe[list[object]] = None
    embed: Maybe[wire.Data] = None
    sent_at: Maybe[str] = None


class Convo(Wire, frozen=True, rename="camel"):
    """A conversation, with those who take part."""

    id: str
    members: Many[wire.Actor] = field(default_factory=list)
    last_message: Maybe[wire.Data] = None
    unread_count: Maybe[int] = None
    status: Maybe[str] = None


class Convos(Wire, frozen=True, rename="camel"):
    """A page of them, the one with the newest message first."""

    convos: Many[Convo] = field(default_factory=list)
    cursor: Maybe[str] = None


class OneConvo(Wire, frozen=True, rename="camel"):
    """One that was asked for."""

    convo: Convo


class Messages(Wire, frozen=True, rename="camel"):
    """A page of messages, newest first."""

    messages: Many[wire.Data] = field(default_factory=list)
    cursor: Maybe[str] = None


class Address(Struct, frozen=True):
    """What a message is called here."""

    convo: str
    message: str

    def __str__(self) -> str:
        return f"chat://{self.convo}/{self.message}"

    @classmethod
    def parse(cls, text: str) -> Address | None:
        """What an id names; None where it is that of a post."""
        found = _ADDRESS.fullmatch(text)
        return cls(found[1], found[2]) if found else None


def is_deleted(told: Mapping[str, object]) -> bool:
    """Whether a message is only the place where one was."""
    return str(told.get("$type", "")).endswith("#deletedMessageView")


def to_message(
    convo: Convo, message: Message, before: Message | None, border: Border
) -> SeenPost | None:
    """A message as a post that those can read who take part; None where nothing can be made of it.

    Args:
        before: the message before it, which it answers; None for the first of all.
    """
    address = Address.parse(str(Address(convo.id, message.id)))
    if address is None:
        return None
    people = {one.did: to_person(one, border) for one in convo.members}
    author = people.get(message.sender.did) or unknown_person(message.sender.did, border.web)
    record: dict[str, object] = {"text": message.text or "", "createdAt": message.sent_at}
    record["facets"] = message.facets
    if (quoted := _quoted(message.embed)) is not None:
        record["embed"] = {"$type": "app.bsky.embed.record", "record": {"uri": quoted}}
    post = to_post(record, author=author, key=message.id, now=border.now, web=border.web)
    if post is None:
        return None
    name = str(address)
    post = replace(
        post,
        ref=PostRef(NETWORK, name),
        audience=Audience.DIRECT,
        url=f"{border.web.client}/messages/{convo.id}",
        mentions=_addressed(people.values(), author),
        reply_to=_reply_to(convo, before),
        quote=QuoteState.ACCEPTED if post.quoted else None,
    )
    return SeenPost(post, PostView(server_id=name))


def chained(
    convo: Convo, messages: Sequence[Message], border: Border, *, to_the_first: bool
) -> list[SeenPost]:
    """Messages of a conversation, newest first, each answering the one before it.

    Args:
        to_the_first: whether the last of them is the first of all; else what it answers is not known, and it is left
            out.
    """
    before: list[Message | None] = [*messages[1:], None]
    pairs = list(zip(messages, before, strict=False))  # of no messages there is no first either
    seen = [
        to_message(convo, one, above, border)
        for one, above in (pairs if to_the_first else pairs[:-1])
    ]
    return [one for one in seen if one is not None]


def _reply_to(convo: Convo, before: Message | None) -> ReplyTo | None:
    if before is None:
        return None
    return ReplyTo(uri=str(Address(convo.id, before.id)), author_server_id=before.sender.did)


def _addressed(people: Iterable[Person], author: Person) -> tuple[Mention, ...]:
    """Everybody else who takes part: a message is written to all of them."""
    return tuple(
        Mention(one.ref, one.server_id, one.handle) for one in people if one.ref != author.ref
    )


def _quoted(embed: wire.Data | None) -> str | None:
    """The post that a message passes on."""
    record = (embed or {}).get("record")
    uri = record.get("uri") if isinstance(record, dict) else None
    return uri if isinstance(uri, str) and AtUri.parse(uri) else None
