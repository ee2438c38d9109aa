"""Names of things on Bluesky: `at://` addresses, and where a web client shows what they name.

A record is named by its author, its collection and its key (atproto.com, specs/at-uri-scheme). The author stands
there as a DID, which stays, or as a handle, which somebody else may have tomorrow: only a DID makes it an identity.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from tui_inbox.core.person import PersonRef
from tui_inbox.core.post import PostRef

NETWORK = "bluesky"

POST = "app.bsky.feed.post"
FEED = "app.bsky.feed.generator"
LIST = "app.bsky.graph.list"
STARTER_PACK = "app.bsky.graph.starterpack"

_LONGEST = 2048
_DID = r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]"
_HANDLE = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NSID = r"[a-zA-Z](?:[a-zA-Z0-9-]{0,62})?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,62})?)+"
_KEY = r"[A-Za-z0-9_~.:-]{1,512}"
_AT_URI = rf"at://({_DID}|{_HANDLE})/({_NSID})/({_KEY})"
_SHORT_DID = 8


class AtUri(Struct, frozen=True):
    """The name of a record.

    Attributes:
        author: a DID, or a handle where somebody wrote that instead.
        collection: what kind of record it is, as `app.bsky.feed.post`.
        key: its own name among them; opaque.
    """

    author: str
    collection: str
    key: str

    def __str__(self) -> str:
        return f"at://{self.author}/{self.collection}/{self.key}"

    @classmethod
    def parse(cls, text: str) -> AtUri | None:
        """What an address names; None where it names no record."""
        found = re.fullmatch(_AT_URI, text) if len(text) <= _LONGEST else None
        if found is None or found[3] in (".", ".."):
            return None
        return cls(found[1], found[2], found[3])

    @property
    def is_identity(self) -> bool:
        """Whether it will name the same record for ever."""
        return is_did(self.author)


def is_did(text: str) -> bool:
    """Whether a text is the identity of somebody."""
    return len(text) <= _LONGEST and re.fullmatch(_DID, text) is not None


def is_handle(text: str) -> bool:
    """Whether a text may be a handle; in lower case, as they are compared."""
    return len(text) <= 253 and re.fullmatch(_HANDLE, text) is not None


def person_ref(did: str) -> PersonRef:
    """Who somebody is, by their DID."""
    return PersonRef(NETWORK, did)


def post_ref(did: str, key: str) -> PostRef:
    """What a post is, by its author's DID and its key."""
    return PostRef(NETWORK, str(AtUri(did, POST, key)))


def short_did(did: str) -> str:
    """A DID as it stands where a name should, in few characters."""
    name = did.rpartition(":")[2]
    return f"{name[:_SHORT_DID]}…" if len(name) > _SHORT_DID + 1 else name


class Web(Struct, frozen=True):
    """Where people look at Bluesky with a browser; other web clients use the same paths.

    Attributes:
        client: base address of the web client.
        pictures: base address of the server that shows pictures.
    """

    client: str = "https://bsky.app"
    pictures: str = "https://cdn.bsky.app"

    def person(self, did: str) -> str:
        """The page of somebody."""
        return f"{self.client}/profile/{did}"

    def post(self, did: str, key: str) -> str:
        """The page of a post."""
        return f"{self.person(did)}/post/{key}"

    def tag(self, name: str) -> str:
        """The page of a hashtag."""
        return f"{self.client}/hashtag/{quote(name, safe='')}"

    def picture(self, did: str, cid: str) -> str:
        """A picture, by its author's DID and the hash of its bytes."""
        return f"{self.pictures}/img/feed_fullsize/plain/{did}/{cid}@jpeg"

    def record(self, uri: AtUri) -> str | None:
        """The page of a record, where there is one."""
        match uri.collection:
            case "app.bsky.feed.post":
                return self.post(uri.author, uri.key)
            case "app.bsky.feed.generator":
                return f"{self.person(uri.author)}/feed/{uri.key}"
            case "app.bsky.graph.list":
                return f"{self.person(uri.author)}/lists/{uri.key}"
            case "app.bsky.graph.starterpack":
                return f"{self.client}/starter-pack/{uri.author}/{uri.key}"
        return None

    def post_at(self, address: str) -> AtUri | None:
        """The post that a page of the web client shows; its author may stand there by handle. None for other pages."""
        try:
            page = urlsplit(address)
        except ValueError:
            return None
        if page.netloc.lower().removeprefix("www.") != urlsplit(self.client).netloc:
            return None
        match unquote(page.path).strip("/").split("/"):
            case ["profile", author, "post", key]:
                return AtUri.parse(f"at://{author}/{POST}/{key}")
        return None
