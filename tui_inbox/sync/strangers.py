"""The stranger check of one account: whom to ask about, when, and what becomes of the answer.

Who writes to the owner for the first time is asked about by itself: one person at a time, so many in an hour, as the
last thing that an account does with its budget, and never while there is no line. What was found is kept for a week.
The posts that were read enter no table of posts: they are kept beside what was found, because one that names the owner
would otherwise open a turn, or hide from the line that tells of it later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from tui_inbox.core.findings import Account, Check, Knows, Quoted, ToYou, Verdict
from tui_inbox.core.moment import DAY, HOUR, Millis
from tui_inbox.core.ports import (
    Clock,
    Network,
    NetworkError,
    Recent,
    Refused,
    SignedOut,
    Throttled,
    Unsupported,
)
from tui_inbox.core.post import SeenPost
from tui_inbox.core.stranger import check, links_of, unread
from tui_inbox.core.text import ELLIPSIS, cut
from tui_inbox.store import accounts, checks, people
from tui_inbox.store.checks import Due
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

MOST_AN_HOUR = 20
"""People who are asked about by themselves. A wave of strangers must not become a wave of requests."""
KEPT: Millis = 7 * DAY
"""How long what was found is believed."""
UNSURE_KEPT: Millis = DAY
"""The same where nobody could tell: another day brings other posts."""
AGAIN_AFTER: Millis = HOUR
"""When somebody is asked about again whose server did not answer."""
MOST_TEXT = 300
"""Characters of a post that are kept as evidence."""
NOT_ANSWERED = "the server did not answer"
NOT_SHOWN = "the server shows nothing of theirs"
GONE = "the account is not there any more"
NOT_KNOWN = "This account’s server does not know them."


class Strangers:
    """Asks about strangers for one account."""

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, network: Network, account: int
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._network = network
        self._account = account
        self._asked: deque[Millis] = deque(maxlen=MOST_AN_HOUR)
        self._has_failed = False

    async def look(self) -> None:
        """Ask about the next one, if there is one and the hour allows it.

        Raises:
            Throttled: the budget is spent.
            SignedOut: the token is not accepted any more.
            Unsupported: the server has no such thing.
            Unreachable: the server answered about nobody, twice in a row; that is noted, and whoever calls rests.
        """
        now = self._clock.now()
        if len(self._asked) == MOST_AN_HOUR and 0 <= now - self._asked[0] < HOUR:
            return
        due = await done(self._store.read(lambda db: self._next(db, now)))
        if due is None:
            return
        self._asked.append(now)
        failed_before, self._has_failed = self._has_failed, False
        try:
            await self._ask(due, waited_for=False)
        except Refused:
            return  # it is noted, and says nothing of the others
        except (SignedOut, Throttled, Unsupported):
            raise
        except NetworkError:
            # It may be the page of this one, at which the server fails: nobody else waits for that.
            self._has_failed = True
            if failed_before:
                raise

    async def check(self, person: int) -> str:
        """Ask about somebody (local id) now. Returns an empty sentence.

        Raises:
            NetworkError: they could not be asked about; that is noted.
        """
        due = await done(self._store.read(lambda db: checks.one_due(db, self._account, person)))
        if due is None:
            return NOT_KNOWN
        await self._ask(due, waited_for=True)
        return ""

    async def read_quoted(self, server_id: str) -> int:
        """Bring a post that stands behind a finding into the store, because the owner opens it. Its local id.

        Raises:
            NetworkError: it could not be asked for, or is not there any more.
        """
        found = await self._network.posts([server_id])
        seen = found.there.get(server_id)
        ids = await done(self._ingest.take_posts(self._account, [seen])) if seen else []
        if not ids:
            raise Refused("This post is not there any more.", gone=True)
        return ids[0]

    def _next(self, db: Connection, now: Millis) -> Due | None:
        if not accounts.door(db, self._account).checks:
            return None
        return next(iter(checks.due(db, self._account, now)), None)

    async def _ask(self, due: Due, *, waited_for: bool) -> None:
        try:
            recent = await self._network.recent(due.server_id, waited_for=waited_for)
        except (SignedOut, Throttled, Unsupported):
            raise
        except NetworkError as error:
            await self._note_failure(due, error)
            raise
        # It takes some twenty milliseconds, which panes and writes would wait for on a thread of the store.
        posts = [seen.post for seen in recent.posts]
        parents = [reply.server_id for post in posts if (reply := post.reply_to)]
        ids = [id for id in parents if id]
        known = await done(
            self._store.read(lambda db: checks.known(db, self._account, due.person, ids))
        )
        found = check(recent.person, posts, known)
        quoted = await done(self._store.read(lambda db: self._quoted(db, found, recent.posts)))
        await done(self._store.write(lambda w: self._keep(w, due, recent, found, quoted)))

    def _keep(
        self, w: Writing, due: Due, recent: Recent, found: Check, quoted: Sequence[Quoted]
    ) -> None:
        now = self._clock.now()
        people.put_person(w, self._account, recent.person)
        kept = KEPT if found.verdict is not Verdict.UNKNOWN else UNSURE_KEPT
        checks.put_check(
            w,
            self._account,
            due.person,
            found,
            quoted,
            at=now,
            due_at=now + kept,
            said=due.gist,
        )

    async def _note_failure(self, due: Due, error: NetworkError) -> None:
        found, quoted = await done(self._store.read(lambda db: self._unread(db, due, error)))
        is_final = isinstance(error, Refused)
        await done(
            self._store.write(lambda w: self._keep_unread(w, due, found, quoted, is_final=is_final))
        )

    def _unread(
        self, db: Connection, due: Due, error: NetworkError
    ) -> tuple[Check, Sequence[Quoted]]:
        why = (GONE if error.gone else NOT_SHOWN) if isinstance(error, Refused) else NOT_ANSWERED
        known = checks.known(db, self._account, due.person, ())
        found = unread(why, people.person(db, due.person), known)
        return found, self._quoted(db, found, ())

    def _keep_unread(
        self, w: Writing, due: Due, found: Check, quoted: Sequence[Quoted], *, is_final: bool
    ) -> None:
        """Note that nothing was learnt; what was found before stays, and is asked about again."""
        now = self._clock.now()
        due_at = now + (UNSURE_KEPT if is_final else AGAIN_AFTER)
        if not checks.put_off(w, self._account, due.person, due_at):
            checks.put_check(
                w, self._account, due.person, found, quoted, at=now, due_at=due_at, said=due.gist
            )

    def _quoted(self, db: Connection, found: Check, read: Iterable[SeenPost]) -> Sequence[Quoted]:
        """The posts behind what was found: those that were read, else those that are stored."""
        wanted = dict.fromkeys(
            uri
            for finding in found.findings
            if not isinstance(finding, Account)
            for uri in getattr(finding, "posts", ())
        )
        there = {seen.post.ref.uri: _as_quoted(seen) for seen in read}
        is_stored = any(isinstance(finding, Knows | ToYou) for finding in found.findings)
        if is_stored and (missing := [uri for uri in wanted if uri not in there]):
            there |= {one.uri: one for one in checks.quoted(db, self._account, missing)}
        return [there[uri] for uri in wanted if uri in there]


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_TEXT else f"{cut(line, MOST_TEXT)}{ELLIPSIS}"


def _as_quoted(seen: SeenPost) -> Quoted:
    post = seen.post
    return Quoted(
        uri=post.ref.uri,
        server_id=seen.view.server_id,
        at=post.created_at,
        text=_beginning(post.warning or post.text),
        links=tuple(links_of(post)),
        url=post.url,
    )
