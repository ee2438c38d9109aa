"""The newest posts of a feed as they were bought, so that only what is newer is ever asked for.

Whoever keeps a feed up to now reads its newest page again and again, and wants to find there what is known. X would
sell that page anew every day. So it is asked for what is newer than the newest on the shelf, which costs nothing while
there is nothing, and what was asked for before is taken from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tui_inbox.core.ports import AccountState
from tui_inbox.networks.x import wire

MOST = 100
"""Posts on a shelf."""


class Kept(Enum):
    """What of a shelf outlives the program.

    Everything where pages have to join; how far it was read where they need not; nothing of what somebody only
    looked at. What is kept whole is in use all the time, so that what is gone is taken off it.
    """

    ALL = "all"
    NEWEST = "newest"
    NOTHING = "nothing"


class Shelf(Struct, frozen=True):
    """Posts of a feed with none between them left out, newest first.

    Attributes:
        newest: the highest id that was ever seen; what is asked for is newer.
        is_all: there is nothing below the lowest of them.
        media: their pictures and films.
    """

    newest: str | None = None
    is_all: bool = True
    posts: tuple[wire.Post, ...] = ()
    media: tuple[wire.Medium, ...] = ()

    def with_newer(self, page: wire.PostPage) -> Shelf:
        """With what is newer. Where that did not all fit into the page, what lies below it is another shelf's."""
        if not page.data:
            return self
        newest = page.meta.newest_id or page.data[0].id
        is_torn = self.newest is not None and page.meta.next_token is not None
        if self.newest is None or is_torn:
            is_all = page.meta.next_token is None
            return Shelf(newest, is_all, tuple(page.data), tuple(page.includes.media))._cut()
        return self._joined(replace(self, newest=newest), page.data, self.posts, page)._cut()

    def with_older(self, page: wire.PostPage) -> Shelf:
        """With what stands below its lowest post."""
        longer = replace(self, is_all=page.meta.next_token is None)
        return self._joined(longer, self.posts, page.data, page)._cut()

    def without(self, ids: Iterable[str]) -> Shelf:
        """Without some posts, named by the id of any version."""
        away = frozenset(ids)
        left = tuple(post for post in self.posts if away.isdisjoint(_ids(post)))
        return replace(self, posts=left)

    def below(self, id: str, limit: int) -> tuple[wire.Post, ...] | None:
        """The posts below one that stands here; None where that has to be asked for."""
        at = next((at for at, post in enumerate(self.posts) if id in _ids(post)), None)
        if at is None:
            return None
        found = self.posts[at + 1 : at + 1 + limit]
        return found if found or self.is_all else None

    def has_below(self, post: wire.Post) -> bool:
        """Whether anything stands below one of its posts, here or at X."""
        return not self.is_all or post.id != self.posts[-1].id

    def _joined(
        self,
        shelf: Shelf,
        upper: Sequence[wire.Post],
        lower: Sequence[wire.Post],
        page: wire.PostPage,
    ) -> Shelf:
        met: set[str] = set()
        posts = []
        for post in (*upper, *lower):  # of a post that was edited the newer version stands above
            if post.first_id not in met:
                met.add(post.first_id)
                posts.append(post)
        media = {one.media_key: one for one in (*shelf.media, *page.includes.media)}
        return replace(shelf, posts=tuple(posts), media=tuple(media.values()))

    def _cut(self) -> Shelf:
        kept = self.posts[:MOST]
        keys = {key for post in kept if post.attachments for key in post.attachments.media_keys}
        return replace(
            self,
            posts=kept,
            media=tuple(one for one in self.media if one.media_key in keys),
            is_all=self.is_all and len(kept) == len(self.posts),
        )


class Shelves:
    """The shelves of one account, kept between runs."""

    def __init__(self, state: AccountState) -> None:
        self._state = state
        self._known: dict[str, Shelf] = {}
        self._kept: dict[str, Kept] = {}

    async def get(self, name: str) -> Shelf:
        """The shelf of a feed; an empty one where nothing was read yet."""
        if name not in self._known:
            text = await self._state.get(f"shelf:{name}")
            try:
                self._known[name] = msgspec.json.decode(text, type=Shelf) if text else Shelf()
            except msgspec.MsgspecError:
                self._known[name] = Shelf()
        return self._known[name]

    async def put(self, name: str, shelf: Shelf, kept: Kept = Kept.ALL) -> None:
        """Keep a shelf as it is now.

        Args:
            kept: what of it outlives the program.
        """
        if self._known.get(name) == shelf:
            return
        self._known[name], self._kept[name] = shelf, kept
        if kept is Kept.NEWEST:
            shelf = Shelf(shelf.newest, is_all=False)
        if kept is not Kept.NOTHING:
            await self._state.put(f"shelf:{name}", msgspec.json.encode(shelf).decode())

    async def drop(self, ids: Iterable[str]) -> None:
        """Take posts that are gone off all shelves that are in use."""
        away = tuple(ids)
        for name, shelf in tuple(self._known.items()):
            await self.put(name, shelf.without(away), self._kept.get(name, Kept.ALL))


def _ids(post: wire.Post) -> set[str]:
    return {post.id, *post.edit_history_tweet_ids}
