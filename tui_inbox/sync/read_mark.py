"""How far notifications were read, kept together with the owner's other clients.

The server keeps one marker for all clients. Up to where another client has put it, what is new here is seen; and it
is moved forward to the newest notification that was seen here. "Forward" is told by the account's own order of
notifications: ids say nothing of order (facts 1.7).
"""

from __future__ import annotations

from tui_inbox.core.other_clients import Marker
from tui_inbox.core.ports import Network
from tui_inbox.store import accounts, read_marks
from tui_inbox.store.database import Connection
from tui_inbox.store.notices import NoticeKey
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done

TOLD = "read mark told"
"""The name in an account's state under which stands the notification that this program named last."""


class ReadMark:
    """The marker of one account."""

    def __init__(self, store: Store, network: Network, account: int) -> None:
        self._store = store
        self._network = network
        self._account = account
        self._there: Marker | None = None
        self._told: NoticeKey | None = None

    async def read(self) -> None:
        """Ask how far the other clients have read, and let that be seen here.

        A marker that this program has set itself says nothing new: what lies below it may not have been looked at.

        Raises:
            NetworkError: the marker could not be read.
        """
        there = await self._network.marker()
        self._there = there
        if there is None:
            return

        def job(w: Writing) -> None:
            if there.notice_id != accounts.get_state(w.db, self._account, TOLD):
                read = read_marks.place(w.db, self._account, there.notice_id)
                if read is not None:
                    read_marks.see_up_to(w, self._account, read)

        await done(self._store.write(job))

    async def tell(self) -> None:
        """Move the marker forward to what was seen here since it was last moved; asks nothing where that is nothing.

        Raises:
            NetworkError: the marker could not be moved; it is tried again with the next call.
        """
        told = self._told
        seen = await done(
            self._store.read(lambda db: read_marks.newest_seen(db, self._account, told))
        )
        if seen is None:
            return
        _, _, notice_id = seen
        if not await self._was_told(seen):
            there = await self._network.move_marker(
                notice_id, lambda other: self._is_behind(other, seen)
            )
            self._there = there
            if there.notice_id == notice_id:
                await done(
                    self._store.write(
                        lambda w: accounts.put_state(w, self._account, TOLD, notice_id)
                    )
                )
        self._told = seen

    async def _was_told(self, seen: NoticeKey) -> bool:
        """Whether the marker is known to stand there, or further on."""
        there = self._there

        def read(db: Connection) -> bool:
            if accounts.get_state(db, self._account, TOLD) == seen[2]:
                return True
            place = read_marks.place(db, self._account, there.notice_id) if there else None
            return place is not None and place >= seen

        return await done(self._store.read(read))

    async def _is_behind(self, notice_id: str, seen: NoticeKey) -> bool:
        """Whether a notification stands before one that is known.

        One that is not known here stands before it surely if the marker was put there before that one was told.
        """
        place = await done(
            self._store.read(lambda db: read_marks.place(db, self._account, notice_id))
        )
        if place is not None:
            return place < seen
        there = self._there
        if there is None or there.notice_id != notice_id or there.at is None:
            return False
        return there.at < seen[0]
