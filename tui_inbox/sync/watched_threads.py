"""Asks an account's server about the conversations that its owner watches: now and then, one after the other.

It is the last thing that an account does with its budget, and all that it watches shares so many questions an hour.
When each is asked next stands in the store, so that a program that was closed or killed goes on where it was. What
comes by the stream or a page counts as well: that is noted where posts are taken in.
"""

from __future__ import annotations

from collections import deque

from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.ports import Clock, Network, NetworkError, Refused, SignedOut, Throttled
from tui_inbox.core.watching import Ended, Watch, rest_after
from tui_inbox.store import posts, watches
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

MOST_AN_HOUR = 12
"""Questions about watched conversations in an hour, however many there are: each costs a request or two."""
NOT_KNOWN = "This account’s server does not know the post."


class WatchedThreads:
    """Asks about what one account watches."""

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        account: int,
        finding: Finding,
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self._finding = finding
        self._asked: deque[Millis] = deque(maxlen=MOST_AN_HOUR)

    async def look(self) -> bool:
        """Ask about the one that has waited longest, if one is due and the hour allows it; whether that was done.

        A server that fails is noted with the conversation, which is asked about again: it ends nothing.

        Raises:
            Throttled: the budget is spent.
            SignedOut: the token is not accepted any more.
        """
        now = self._clock.now()
        if len(self._asked) == MOST_AN_HOUR and 0 <= now - self._asked[0] < HOUR:
            return False
        watch = await done(self._store.read(lambda db: watches.due(db, self._account, now)))
        if watch is None:
            return False
        self._asked.append(now)
        await self._ask(watch)
        return True

    async def look_at_all(self) -> None:
        """Ask about all that are due, as far as the hour allows; for verbs that ask the servers once.

        Raises:
            NetworkError: as `look`.
        """
        while await self.look():
            pass

    async def _ask(self, watch: Watch) -> None:
        server_id: str | None = None
        try:
            server_id = await self._named(watch)
            if server_id is None:
                await self._note_trouble(watch, NOT_KNOWN)
                return
            thread = await self._network.thread(server_id, waited_for=False)
        except (SignedOut, Throttled):
            raise
        except NetworkError as error:
            if server_id is not None and isinstance(error, Refused) and error.gone:
                await self._withdraw(watch, server_id)
            else:
                await self._note_trouble(watch, str(error))
        else:
            await done(self._ingest.take_thread(self._account, thread))
            await done(self._store.write(lambda w: self._note_answer(w, watch)))

    async def _named(self, watch: Watch) -> str | None:
        """By what the server is asked; what it never showed, as what a source outside brought, it looks for first."""
        server_id = await done(self._store.read(lambda db: self._topmost(db, watch)))
        if server_id is None:
            await self._finding.find(watch.post)
            server_id = await done(self._store.read(lambda db: self._topmost(db, watch)))
        return server_id

    def _topmost(self, db: Connection, watch: Watch) -> str | None:
        """The server's id of the topmost post that it has told of: its thread has all that is below."""
        now = watches.watch(
            db, watch.id
        )  # what a feed brought may have turned out to be another post
        for post, _ in watches.path(db, now.post) if now is not None else ():
            server_id = posts.server_id(db, self._account, post)
            if server_id is not None:
                return server_id
        return None

    async def _withdraw(self, watch: Watch, server_id: str) -> None:
        """What the conversation began with is gone; another account that may see it keeps it."""
        await done(self._ingest.take_withdrawals(self._account, [server_id]))
        now = self._clock.now()
        await done(self._store.write(lambda w: watches.end(w, watch.id, Ended.DELETED, at=now)))

    async def _note_trouble(self, watch: Watch, sentence: str) -> None:
        now, rest = self._clock.now(), rest_after(watch.rest, news=False)
        await done(
            self._store.write(
                lambda w: watches.note_answer(
                    w, watch.id, at=now, next_at=now + rest, rest=rest, trouble=sentence
                )
            )
        )

    def _note_answer(self, w: Writing, before: Watch) -> None:
        """The server has answered, and what it told is stored: whether that was news stands with the watch."""
        now, watch = self._clock.now(), watches.watch(w.db, before.id)
        if watch is None or not watch.is_on:
            return
        news = watch.asked_at is None or watch.active_at > before.active_at
        rest = rest_after(before.rest, news=news)
        watches.note_answer(w, watch.id, at=now, next_at=now + rest, rest=rest)
        if watch.was_quiet(now):
            watches.end(w, watch.id, Ended.QUIET, at=now)
