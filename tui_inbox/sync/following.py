"""How an account follows what its owner does with other clients, and what waits for the owner on the server only.

Nothing of it is urgent, and much of it few servers have. So it begins when the account has caught up, asks one thing
after the other at long intervals, and does not ask again in the same session for what the server does not offer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct

from tui_inbox.core.door import PeopleList
from tui_inbox.core.events import (
    HeldBackLetIn,
    NetworkEvent,
    Noticed,
    NoticeKind,
    SettingsChanged,
)
from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.ports import (
    Clock,
    Network,
    NetworkError,
    Refused,
    SignedOut,
    Throttled,
    Unsupported,
)
from tui_inbox.store.store import Store
from tui_inbox.sync.answer_checks import AnswerChecks
from tui_inbox.sync.checks import Checks
from tui_inbox.sync.door_lists import DoorLists
from tui_inbox.sync.filtering import read_settings
from tui_inbox.sync.finding import Finding
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.private_messages import PrivateMessages
from tui_inbox.sync.read_mark import ReadMark
from tui_inbox.sync.screen_checks import ScreenChecks
from tui_inbox.sync.standing import Standing
from tui_inbox.sync.strangers import Strangers
from tui_inbox.sync.talks import Talks
from tui_inbox.sync.watched_threads import WatchedThreads

log = logging.getLogger(__name__)

LOOK_EVERY: Millis = 10 * SECOND
"""How often it is looked whether something is due; so the marker is moved this often at most (facts 1.7: ≥ 5–10 s)."""
SETTINGS_EVERY: Millis = 45 * MINUTE
DOOR_EVERY: Millis = 15 * MINUTE
MARKER_EVERY: Millis = 60 * MINUTE
TALKS_EVERY: Millis = 15 * MINUTE
CHECK_EVERY: Millis = 2 * MINUTE
AGAIN_AFTER: Millis = 5 * MINUTE
"""How long something rests that failed for the moment."""
AT_MOST_EVERY: Millis = 1 * MINUTE
"""However often a server says that something has changed, it is not asked more often."""


class _Job(Struct):
    """Something that is done now and then.

    Attributes:
        due: when next; `begun`: when last.
        is_lacking: the server does not offer it, or not to this account; that holds for the session.
        was_noted: the log says so already.
    """

    read: Callable[[], Awaitable[object]]
    every: Millis
    due: Millis = 0
    begun: Millis = 0
    is_lacking: bool = False
    was_noted: bool = False


class Following:
    """Keeps one account in step with the owner's other clients.

    Args:
        catch_up_notices: reads what is new among notifications.
        look_for_searches: asks the server for what standing searches look for.

    Attributes:
        on_screen: asks about what the owner is looking at; told by the screen.
        strangers: asks about people who write for the first time.
        watched: asks about conversations that the owner watches.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        network: Network,
        account: int,
        catch_up_notices: Callable[[], Awaitable[None]],
        look_for_searches: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._account = account
        self._catch_up_notices = catch_up_notices
        self._mark = ReadMark(store, network, account)
        self._caught_up = asyncio.Event()
        lists = DoorLists(store, clock, network, account)
        self._asking = _Job(lists.read_asking, DOOR_EVERY)
        self._held = _Job(lists.read_held_back, DOOR_EVERY)
        self._preferences = _Job(self._read_preferences, SETTINGS_EVERY)
        self._settings = (
            _Job(lambda: lists.read_shut_out(PeopleList.MUTED), SETTINGS_EVERY),
            _Job(lambda: lists.read_shut_out(PeopleList.BLOCKED), SETTINGS_EVERY),
            self._preferences,
        )
        self._marker = _Job(self._mark.read, MARKER_EVERY)
        self._tells = _Job(self._mark.tell, LOOK_EVERY)
        talks = Talks(store, ingest, clock, network, account)
        self._private = _Job(PrivateMessages(ingest, network, account).read, AT_MOST_EVERY)
        self._talks = (
            self._private,
            _Job(talks.read, TALKS_EVERY),
            _Job(talks.tell, AT_MOST_EVERY),
        )
        standing = Standing(ingest, network, account)
        self._checks = Checks(store, clock, standing)
        self.on_screen = ScreenChecks(store, clock, standing, ingest.sightings)
        answers = AnswerChecks(store, ingest, clock, network, account, self.on_screen.rests)
        self.strangers = Strangers(store, ingest, clock, network, account)
        self.watched = WatchedThreads(
            store, ingest, clock, network, account, Finding(store, ingest, network, account)
        )
        self._jobs = (
            self._marker,
            self._tells,
            *self._talks,
            self._asking,
            self._held,
            *self._settings,
            _Job(self._checks.look, CHECK_EVERY),
            _Job(look_for_searches, AT_MOST_EVERY),
            _Job(self.on_screen.look, AT_MOST_EVERY),
            _Job(self.strangers.look, LOOK_EVERY),
            _Job(answers.look, AT_MOST_EVERY),
            _Job(self.watched.look, LOOK_EVERY),
        )

    async def run(self) -> None:
        """Keep in step for one session, from its first catching up until cancelled.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        self._caught_up.clear()
        self._checks.begin()
        self.on_screen.begin()
        for job in self._jobs:
            job.due, job.is_lacking = 0, False
        await self._caught_up.wait()
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY / SECOND)

    def caught_up(self) -> None:
        """The pages are in: what is asked now can be compared with them."""
        self._caught_up.set()

    async def look(self) -> None:
        """Do what is due, one thing after the other.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        for job in self._jobs:
            if job.due <= self._clock.now() and not job.is_lacking:
                await self._do(job)

    async def read_private(self) -> None:
        """Private messages, where no notification tells of them.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        await self._do(self._private)

    async def heard(self, events: Iterable[NetworkEvent]) -> None:
        """Take notice of what the server said; what it let in is read at once, the rest when it is next looked.

        Raises:
            SignedOut: the token is not accepted any more.
        """
        for event in events:
            match event:
                case SettingsChanged():
                    self._soon(*self._settings)
                case HeldBackLetIn():
                    self._soon(self._held)
                    await self._read_let_in()
                case Noticed(notice) if notice.kind is NoticeKind.FOLLOW_REQUEST:
                    self._soon(self._asking)

    async def last_words(self) -> None:
        """At the end: move the marker if there is something to say. The caller bounds how long that may take."""
        if self._caught_up.is_set() and not self._tells.is_lacking:
            try:
                await self._mark.tell()
            except NetworkError as error:
                self._note(error)

    async def _read_let_in(self) -> None:
        """What failed here comes with the next catching up."""
        try:
            await self._catch_up_notices()
        except SignedOut:
            raise
        except NetworkError as error:
            self._note(error)

    def _soon(self, *jobs: _Job) -> None:
        for job in jobs:
            job.due = min(job.due, job.begun + AT_MOST_EVERY)

    async def _do(self, job: _Job) -> None:
        job.begun = self._clock.now()
        job.due = job.begun + job.every
        try:
            await job.read()
        except SignedOut:
            raise
        except (Refused, Unsupported) as error:
            if not job.was_noted:
                self._note(error)
            job.is_lacking = job.was_noted = True
        except Throttled as error:
            self._note(error)
            job.due = max(error.until, job.begun + AGAIN_AFTER)
        except NetworkError as error:
            self._note(error)
            job.due = job.begun + AGAIN_AFTER
        # a fault of ours in what is not urgent must not cost the line
        except Exception:
            log.exception("account %s: something that is done now and then failed", self._account)
            job.due = job.begun + AGAIN_AFTER

    def _note(self, error: NetworkError) -> None:
        """Nothing that the owner would have to know."""
        log.info("account %s: %s", self._account, type(error).__name__)

    async def _read_preferences(self) -> None:
        told = await read_settings(self._store, self._account, self._network)
        ends = [one.expires_at for one in told.filters or () if one.expires_at is not None]
        self._preferences.due = min([self._preferences.due, *ends])
