"""Pictures that stand among the rows of a thread: those that the settings have fetched without a key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from msgspec import Struct

from tui_inbox.core.post import MediaKind
from tui_inbox.queries.rows import PostRow
from tui_inbox.ui.desk import Desk
from tui_inbox.ui.pictures import library
from tui_inbox.ui.pictures.painted import Painted
from tui_inbox.ui.pictures.unasked import painted_for_rows

MOST_ROWS = 14
"""Lines of a picture in a thread: half of what a screen has, so that what was said about it stands beside it."""
MOST_ROWS_OF_SEVERAL = 8
LEAST_COLUMNS = 16


class Room(Struct, frozen=True):
    """What a picture in a row may take: cells across, the ground it is laid on, and how the owner wants it shown."""

    columns: int
    ground: tuple[int, int, int]
    protocol: str


def fetched_unasked(wish: str, post: PostRow) -> bool:
    """Whether the pictures of a post are fetched without a key.

    What stands behind a warning or a filter, or is marked sensitive, never is, whoever wrote it.

    Args:
        wish: the setting `pictures`.
        post: the post.
    """
    if post.deleted or post.sensitive or post.folds_something or post.warning:
        return False
    known = post.author.partner or post.mine or bool(post.own_as)
    return wish == "always" or (wish == "talk" and known)


class PicturesInRows:
    """The pictures of one thread; each is fetched once, when its row comes onto the screen.

    Args:
        desk: the application.
        start: runs something that waits, for as long as the thread is open.
        changed: a post (local id) has a picture now that was not there.
    """

    def __init__(
        self,
        desk: Desk,
        start: Callable[[Coroutine[Any, Any, None]], None],
        changed: Callable[[int], None],
    ) -> None:
        self._desk = desk
        self._start = start
        self._changed = changed
        self._asked: set[str] = set()
        self._painted: dict[tuple[int, int], Painted] = {}
        self._room: Room | None = None

    def of(self, post: int) -> tuple[Painted, ...]:
        """The pictures that stand under a post (local id), in its order."""
        mine = sorted(key for key in self._painted if key[0] == post)
        return tuple(self._painted[key] for key in mine)

    def look(self, posts: Iterable[PostRow], room: Room) -> None:
        """Fetch and paint what the posts on the screen show.

        Args:
            posts: those on the screen.
            room: what a picture may take; pictures that were painted for another one are painted anew.
        """
        wish = self._desk.services.look.pictures
        if wish not in ("talk", "always") or not library.is_installed():
            return
        if room != self._room:
            self.forget()
            self._room = room
        if room.columns < LEAST_COLUMNS:
            return
        for post in posts:
            if fetched_unasked(wish, post):
                for place, media in enumerate(post.media):
                    if media.kind is MediaKind.PICTURE and media.url is not None:
                        self._begin(post, place, media.url, room)

    def forget(self) -> None:
        """Show none of them any more."""
        gone, self._painted = self._painted, {}
        self._asked.clear()
        self._room = None
        for painted in gone.values():
            self._desk.painter.forget(painted)

    def _begin(self, post: PostRow, place: int, address: str, room: Room) -> None:
        name = f"{post.id} {place}"
        if name not in self._asked:
            self._asked.add(name)
            self._start(self._show(post, place, address, room))

    async def _show(self, post: PostRow, place: int, address: str, room: Room) -> None:
        """What cannot be had or read stays a line of words."""
        most = MOST_ROWS if len(post.media) == 1 else MOST_ROWS_OF_SEVERAL
        size = room.columns, most
        painted = await painted_for_rows(self._desk, post.account, address, size, room.ground)
        if painted is None:
            return
        if room != self._room:
            self._desk.painter.forget(painted)
            return
        self._painted[post.id, place] = painted
        self._changed(post.id)
