"""Conversations read because the owner opens them: what is shown of one is then as its server has it."""

from __future__ import annotations

from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.core.ports import Clock, Network, NetworkError, Refused, SignedOut, Thread
from tui_inbox.store import posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store
from tui_inbox.sync.finding import NOT_FOR_IT, Finding
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.standing import Standing

GONE = "The post is no longer on the server."

QUESTIONS = 20
"""Posts of one conversation that are asked about because the server did not show them: the newest."""
ASKED_FOR: Millis = HOUR
"""How long nobody is asked again about such a post: it may stand beside what servers show of a conversation."""


class Threads:
    """Reads conversations through one account."""

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        standing: Standing,
        finding: Finding,
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._standing = standing
        self._finding = finding
        self._account = standing.account
        self._asked: dict[str, Millis] = {}

    async def read(self, post: int) -> str:
        """Ask the server for the conversation around a post (local id); one that it never showed it looks for first.

        Returns:
            A sentence, empty when all went well.

        Raises:
            NetworkError: it could not be asked.
        """
        server_id = await self._named(post)
        if server_id is None:
            if why := await self._finding.find(post):
                return why
            server_id = await self._named(post)
        if server_id is None:
            return NOT_FOR_IT
        try:
            thread = await self._network.thread(server_id)
        except Refused as refused:
            if not refused.gone:
                return str(refused)
            await done(self._ingest.take_withdrawals(self._account, [server_id]))
            return GONE
        await done(self._ingest.take_thread(self._account, thread))
        await self._ask_about_missing(post, thread)
        return ""

    async def _named(self, post: int) -> str | None:
        return await done(self._store.read(lambda db: posts.server_id(db, self._account, post)))

    async def _ask_about_missing(self, post: int, thread: Thread) -> None:
        """Ask about what is stored of the conversation and was not shown: it may have been deleted."""
        now = self._clock.now()
        self._asked = {one: at for one, at in self._asked.items() if 0 <= now - at < ASKED_FOR}
        shown = {seen.view.server_id for seen in (*thread.above, thread.focus, *thread.below)}
        stored = await done(self._store.read(lambda db: self._stored(db, post)))
        missing = [one for one in stored if one not in shown and one not in self._asked]
        if not missing:
            return
        try:
            await self._standing.ask(missing[-QUESTIONS:])
        except SignedOut:
            raise
        except NetworkError:
            return  # the conversation itself is read; the rest is asked about the next time
        self._asked |= dict.fromkeys(missing[-QUESTIONS:], now)

    def _stored(self, db: Connection, post: int) -> list[str]:
        """The server's ids of what stands in the conversation of a post, oldest first."""
        found = posts.post(db, self._account, post)
        if found is None:
            return []
        together = posts.conversation_posts(db, self._account, found.conversation)
        return [one.view.server_id for one in together if one.view and not one.deleted]
