"""What the server holds: people, their repositories, and what only servers know."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from tui_inbox.networks.bluesky.tid import tid_of

Json: TypeAlias = dict[str, Any]

POST = "app.bsky.feed.post"
LIKE = "app.bsky.feed.like"
PROFILE = "app.bsky.actor.profile"
REPOST = "app.bsky.feed.repost"
FOLLOW = "app.bsky.graph.follow"
BLOCK = "app.bsky.graph.block"


def when(millis: int) -> str:
    """A moment as servers write it."""
    return f"{datetime.fromtimestamp(millis / 1000, tz=UTC):%Y-%m-%dT%H:%M:%S}.{millis % 1000:03}Z"


def cid_of(record: Json) -> str:
    """The hash of a record."""
    return "bafyrei" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:40]


@dataclass
class Person:
    """Somebody with an account here."""

    did: str
    handle: str
    name: str
    password: str
    about: str = ""
    state: str = "active"
    preferences: list[Any] = field(default_factory=list)
    mutes: set[str] = field(default_factory=set)
    muted_talks: set[str] = field(default_factory=set)
    bookmarks: dict[str, int] = field(default_factory=dict)
    seen_at: str | None = None
    tokens: int = 0


@dataclass
class Kept:
    """A record in its repository."""

    uri: str
    cid: str
    value: Json
    indexed_at: int


class World:
    """Everything. What a test lets people do is of the last hour, a second apart."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.records: dict[str, Kept] = {}
        self.blobs: dict[str, tuple[bytes, str]] = {}
        self.labels: dict[str, list[Json]] = {}
        self.reports: list[Json] = []
        self.closed_to: dict[str, set[str]] = {}
        self.no_quotes: set[str] = set()
        self._last = int(time.time() * 1000) - 3_600_000
        self._numbers = itertools.count(1)

    def now(self) -> int:
        """This moment."""
        return int(time.time() * 1000)

    def past(self) -> int:
        """A moment of the last hour, after all earlier ones."""
        self._last += 1_000
        return self._last

    def join(self, name: str) -> Person:
        """Somebody who joins, called `name.test` with the password `pw-name`."""
        digest = hashlib.sha256(name.encode()).hexdigest()
        person = Person(f"did:plc:{digest[:24]}", f"{name}.test", name.capitalize(), f"pw-{name}")
        self.people[person.did] = person
        return person

    def named(self, name: str) -> Person:
        """Somebody, by the first part of their handle."""
        return next(one for one in self.people.values() if one.handle == f"{name}.test")

    def put(self, did: str, collection: str, record: Json, key: str | None = None) -> Kept:
        """Write a record, as its author's client does."""
        at = self.now()
        key = key or tid_of(at, str(next(self._numbers)))
        uri = f"at://{did}/{collection}/{key}"
        kept = Kept(uri, cid_of(record), record, at)
        self.records[uri] = kept
        return kept

    def post_as(self, name: str, text: str, *, at: int | None = None, **parts: Any) -> Kept:
        """Let somebody post."""
        moment = self.past() if at is None else at
        record = {"$type": POST, "text": text, "createdAt": when(moment), **parts}
        return self.put(self.named(name).did, POST, record)

    def reply_as(self, name: str, to: Kept, text: str, **parts: Any) -> Kept:
        """Let somebody answer a post."""
        parent = {"uri": to.uri, "cid": to.cid}
        root = to.value.get("reply", {}).get("root", parent)
        return self.post_as(name, text, reply={"root": root, "parent": parent}, **parts)

    def mention(self, name: str) -> tuple[str, Json]:
        """How somebody is named at the beginning of a text, and the facet for it."""
        person = self.named(name)
        word = f"@{person.handle}"
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": person.did}
        return word, {"index": {"byteStart": 0, "byteEnd": len(word)}, "features": [feature]}

    def act_as(self, name: str, collection: str, subject: Any) -> Kept:
        """Let somebody like, repost, follow or block."""
        record = {"$type": collection, "subject": subject, "createdAt": when(self.past())}
        return self.put(self.named(name).did, collection, record)

    def of(self, collection: str, did: str | None = None) -> list[Kept]:
        """Records of a kind, newest first."""
        found = [
            one
            for one in self.records.values()
            if f"/{collection}/" in one.uri and (did is None or one.uri.startswith(f"at://{did}/"))
        ]
        return sorted(found, key=lambda one: (self.filed(one), one.cid), reverse=True)

    def filed(self, kept: Kept) -> int:
        """By which moment feeds are ordered: as it was written, but not later than it was met."""
        told = kept.value.get("createdAt", "")
        try:
            written = int(datetime.fromisoformat(told).timestamp() * 1000)
        except ValueError:
            return kept.indexed_at
        return min(written, kept.indexed_at)


def author_of(uri: str) -> str:
    """In whose repository a record is."""
    return uri.removeprefix("at://").partition("/")[0]
