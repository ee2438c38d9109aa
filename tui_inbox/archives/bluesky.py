"""The repository of a Bluesky account, as its server hands it out: a CAR file (atproto.com/specs/repository).

It is a bundle of blocks named by their hashes (CARv1). The commit names the root of a tree (MST) whose keys are
`collection/key` and whose leaves are records. Whether hashes and signature are right is not asked: it is one's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import libipld

from tui_inbox.core.archive import ArchivedTouch, BadArchive
from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import Millis, to_millis_or_none
from tui_inbox.core.person import Person
from tui_inbox.core.post import PostView, SeenPost
from tui_inbox.networks.bluesky.addresses import NETWORK as BLUESKY
from tui_inbox.networks.bluesky.addresses import AtUri, Web, is_did
from tui_inbox.networks.bluesky.records import to_post, unknown_person

MOST_BYTES = 1 << 30
"""What is read into memory. Repositories of a hundred thousand posts are about a hundredth of that."""

DEEPEST = 64
"""Levels of the tree: each holds a quarter of the one below, so that there are never more than about sixteen."""

POSTS = "app.bsky.feed.post"
_TOUCHES = {
    "app.bsky.feed.like": InteractionKind.FAVOURITE,
    "app.bsky.feed.repost": InteractionKind.BOOST,
    "app.bsky.graph.follow": InteractionKind.FOLLOW,
}


class BlueskyArchive:
    """A repository in a CAR file. Fulfils `core.archive.Archive`.

    Args:
        path: of the file.
        now: the time of reading; what claims to come from the future is taken to be from now.

    Raises:
        BadArchive: it is none.
    """

    network = BLUESKY

    def __init__(self, path: Path, now: Millis) -> None:
        self._web, self._now = Web(), now
        try:
            if path.stat().st_size > MOST_BYTES:
                raise BadArchive(f"{path.name} is larger than {MOST_BYTES >> 30} GB.")
            header, self._blocks = libipld.decode_car(path.read_bytes())
            commit = self._blocks[header["roots"][0]]
            did, self._root = commit["did"], commit["data"]
        except OSError as error:
            raise BadArchive(f"{path.name} cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise BadArchive(f"{path.name} is damaged or no repository (CAR).") from error
        if not isinstance(did, str) or not is_did(did):
            raise BadArchive(f"{path.name} does not say whose repository it is.")
        self._owner = unknown_person(did, self._web)

    @property
    def owner(self) -> Person:
        """Whose it is; the handle is not in it."""
        return self._owner

    def posts(self) -> Iterator[SeenPost]:
        """What the owner wrote: the oldest first, as keys are made of moments."""
        for _, key, record in self._records(POSTS):
            post = to_post(record, author=self._owner, key=key, now=self._now, web=self._web)
            if post is not None:
                yield SeenPost(post, PostView(server_id=post.ref.uri))

    def touches(self) -> Iterator[ArchivedTouch]:
        """Favourites, boosts and follows; whose a post is stands in its address."""
        for collection, _, record in self._records(*_TOUCHES):
            touch = self._touch(_TOUCHES[collection], record)
            if touch is not None:
                yield touch

    def _touch(self, kind: InteractionKind, record: Mapping[str, object]) -> ArchivedTouch | None:
        told, subject = record.get("createdAt"), record.get("subject")
        at = to_millis_or_none(told) if isinstance(told, str) else None
        address = subject.get("uri") if isinstance(subject, dict) else None
        uri = AtUri.parse(address) if isinstance(address, str) else None
        did = subject if isinstance(subject, str) else uri.author if uri else ""
        if at is None or not is_did(did):
            return None
        return ArchivedTouch(
            kind, unknown_person(did, self._web), str(uri or ""), min(at, self._now)
        )

    def _records(self, *collections: str) -> Iterator[tuple[str, str, dict[str, object]]]:
        """The records of some collections, with collection and key, in the order of the keys."""
        for path, block in self._leaves(self._root, 0, b"", set()):
            collection, _, key = path.partition("/")
            record = self._blocks.get(block) if isinstance(block, bytes) else None
            if collection in collections and isinstance(record, dict):
                yield collection, key, record

    def _leaves(
        self, node: object, depth: int, before: bytes, met: set[bytes]
    ) -> Iterator[tuple[str, object]]:
        """The keys of a tree with the names of their blocks. A block that is missing, or odd, holds nothing.

        Each is visited once: a tree that refers to itself would have no end, and one that does so often too many
        leaves.
        """
        told = self._blocks.get(node) if isinstance(node, bytes) and node not in met else None
        if depth > DEEPEST or not isinstance(told, dict) or not isinstance(node, bytes):
            return
        met.add(node)
        yield from self._leaves(told.get("l"), depth + 1, before, met)
        entries = told.get("e")
        for entry in entries if isinstance(entries, list) else ():
            shared, rest = (entry.get("p"), entry.get("k")) if isinstance(entry, dict) else (0, 0)
            if not isinstance(shared, int) or not isinstance(rest, bytes):
                continue
            before = before[:shared] + rest
            yield before.decode("ascii", "replace"), entry.get("v")
            yield from self._leaves(entry.get("t"), depth + 1, before, met)
