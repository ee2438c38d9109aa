"""What only the server's lists of people tell: who waits at the door, and whom the owner shut out by other clients."""

from __future__ import annotations

from collections.abc import Collection

from tui_inbox.core.act import ActKind
from tui_inbox.core.door import HeldBack, PeopleList, Wish
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.ports import Clock, Network, PageOf
from tui_inbox.store import door, people, silenced
from tui_inbox.store.door import Waiting
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done

A_PAGE = 80
PAGES_AT_DOOR = 5
"""Pages of people at the door that are read. Nobody decides on more of them in a quarter of an hour."""
PAGES_SHUT_OUT = 25
"""Pages of people who are muted or blocked. Of a longer list the rest is not known, and nobody is freed."""

_FLAGS: dict[PeopleList, tuple[silenced.Flag, tuple[ActKind, ActKind]]] = {
    PeopleList.MUTED: ("muting", (ActKind.MUTE, ActKind.UNMUTE)),
    PeopleList.BLOCKED: ("blocking", (ActKind.BLOCK, ActKind.UNBLOCK)),
}


class DoorLists:
    """Reads those lists of one account into the store.

    What the owner decided while a list was read is left as it is: the list may be from before.
    """

    def __init__(self, store: Store, clock: Clock, network: Network, account: int) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._account = account

    async def read_asking(self) -> None:
        """Who asks to follow.

        Raises:
            NetworkError: the list could not be read; what was known stays.
        """
        began = self._clock.now()
        asking, _ = await self._people(PeopleList.ASKING, PAGES_AT_DOOR)

        def job(w: Writing) -> None:
            decided = self._decided(w, Wish.FOLLOW, began)
            ids = [people.put_person(w, self._account, person) for person in asking]
            waiting = [Waiting(self._account, Wish.FOLLOW, id) for id in ids if id not in decided]
            door.put_list(w, self._account, Wish.FOLLOW, waiting)

        await done(self._store.write(job))

    async def read_held_back(self) -> None:
        """Whose notifications the server holds back. Their posts enter no table of posts before they are let in.

        Raises:
            NetworkError: the list could not be read; what was known stays.
        """
        began = self._clock.now()
        held: list[HeldBack] = []
        cursor: str | None = None
        for _ in range(PAGES_AT_DOOR):
            page = await self._network.held_back(PageOf(limit=A_PAGE, older_than=cursor))
            held += page.held
            cursor = page.older
            if cursor is None:
                break

        def job(w: Writing) -> None:
            decided = self._decided(w, Wish.BE_HEARD, began)
            told = [self._waiting(w, one) for one in held]
            waiting = [one for one in told if one.person not in decided]
            door.put_list(w, self._account, Wish.BE_HEARD, waiting)

        await done(self._store.write(job))

    async def read_shut_out(self, which: PeopleList) -> None:
        """Who is muted, or who is blocked. Whoever is not on the list any more is free.

        Raises:
            NetworkError: the list could not be read; what was known stays.
        """
        began = self._clock.now()
        flag, kinds = _FLAGS[which]
        listed, is_whole = await self._people(which, PAGES_SHUT_OUT)

        def job(w: Writing) -> None:
            decided = door.decided_since(w.db, self._account, kinds, began)
            silenced.put_list(w, self._account, flag, listed, is_whole=is_whole, but=decided)

        await done(self._store.write(job))

    async def _people(self, which: PeopleList, pages: int) -> tuple[list[Person], bool]:
        """A list of people within a bound, and whether that is all of it."""
        found: list[Person] = []
        cursor: str | None = None
        for _ in range(pages):
            page = await self._network.people(which, PageOf(limit=A_PAGE, older_than=cursor))
            found += page.people
            cursor = page.older
            if cursor is None:
                return found, True
        return found, False

    def _decided(self, w: Writing, wish: Wish, began: Millis) -> Collection[int]:
        kinds = (wish.granted, wish.refused)
        return door.decided_since(w.db, self._account, kinds, began)

    def _waiting(self, w: Writing, held: HeldBack) -> Waiting:
        post = held.newest.post if held.newest else None
        return Waiting(
            account=self._account,
            wish=Wish.BE_HEARD,
            person=people.put_person(w, self._account, held.by),
            request_id=held.request_id,
            at=held.at,
            notices=held.notices,
            text=(post.warning or post.text) if post else "",
        )
