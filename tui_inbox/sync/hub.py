"""The hub: the one place where networks are spoken to, on a thread and event loop of its own.

An hour in an editor must not kill sockets or timers, so nothing here shares a loop with the screen.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from tui_inbox.core.health import Health, HealthState
from tui_inbox.core.ports import Clock, NetworkError, Told
from tui_inbox.core.post import Feed
from tui_inbox.store import feeds
from tui_inbox.store.store import Store
from tui_inbox.sync.bus import Bus
from tui_inbox.sync.futures import done

if TYPE_CHECKING:
    from tui_inbox.core.answerers import Openness
    from tui_inbox.core.media_file import MediaFile
    from tui_inbox.core.person import Person
    from tui_inbox.core.post import Card
    from tui_inbox.core.profile import OwnProfile
    from tui_inbox.core.versions import Original, Translation, Version
    from tui_inbox.sync.connected import Connected, Outside, Web
    from tui_inbox.sync.runner import Runner
    from tui_inbox.sync.supervisor import Supervisor

T = TypeVar("T")

NOT_SIGNED_IN = "That account is not connected at the moment."
NO_PAGES = "No pages are read in the demo: nothing of it leaves this machine."
FAULT = "Something unexpected went wrong here; the log has it."

log = logging.getLogger(__name__)


class Hub:
    """Keeps every account live and the outbox empty. Fulfils `core.ports.Fetcher`.

    What does the work is loaded on the hub's thread when it starts, because the screen is painted first.
    """

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        accounts: Callable[[], list[Connected]],
        outside: Callable[[], Outside] | None = None,
        web: Callable[[], Web] | None = None,
    ) -> None:
        """Prepare; nothing is connected before `start`.

        Args:
            accounts: makes the networks. Called on the hub's thread, so that heavy imports happen there.
            outside: makes what reads sources outside all accounts, there too; None where nothing does.
            web: makes what reads the web when the owner asks for something there, there too; None where nothing does.
        """
        self._store = store
        self._bus = bus
        self._clock = clock
        self._accounts = accounts
        self._outside = outside
        self._web = web
        self._supervisor: Supervisor | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, name="hub", daemon=True)

    # -- life ------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, on the hub's thread. Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End: close connections and wait for the thread. What was under way is in the store or the outbox."""
        if not self._thread.is_alive():
            return
        self._ready.wait()
        self._on_loop(lambda supervisor: supervisor.stop())
        self._thread.join(timeout=10)

    def retry_now(self, account: int) -> None:
        """Try to connect an account now instead of at its next try."""
        self._on_loop(lambda supervisor: supervisor.retry_now(account))

    def hear_anew(self) -> None:
        """Listen to sources outside all accounts as the settings say it now."""
        self._on_loop(lambda supervisor: supervisor.hear_anew())

    def account_signed_in(self, account: int) -> None:
        """Connect an account into which the owner has just signed in, new or not, without a restart."""
        self._on_loop(lambda supervisor: supervisor.account_signed_in(account))

    # -- Fetcher ---------------------------------------------------------------------------

    def read_thread(self, account: int, post: int) -> Future[str]:
        """See `Fetcher.read_thread`."""
        return self._errand(account, lambda runner: runner.threads.read(post))

    def find_post(self, account: int, post: int) -> Future[str]:
        """See `Fetcher.find_post`."""
        return self._errand(account, lambda runner: runner.finding.find(post))

    def read_older(self, account: int, feed: Feed) -> Future[str]:
        """See `Fetcher.read_older`."""
        return self._errand(account, lambda runner: runner.feeds.read_older(feed))

    def read_feed(self, account: int, feed: Feed) -> Future[str]:
        """See `Fetcher.read_feed`."""
        return self._errand(account, lambda runner: runner.feeds.read(feed))

    def read_sources(self, account: int) -> Future[str]:
        """See `Fetcher.read_sources`."""
        return self._errand(account, lambda runner: runner.feeds.read_sources())

    def fill_gap(self, gap: int) -> Future[str]:
        """See `Fetcher.fill_gap`."""
        return self._submit(lambda: self._fill(gap), failed=str)

    def read_person(self, account: int, person: int) -> Future[str]:
        """See `Fetcher.read_person`."""
        return self._errand(account, lambda runner: runner.backfill.read_person(person))

    def check_stranger(self, account: int, person: int) -> Future[str]:
        """See `Fetcher.check_stranger`."""
        return self._errand(account, lambda runner: runner.following.strangers.check(person))

    def read_quoted(self, account: int, server_id: str) -> Future[Told[int]]:
        """See `Fetcher.read_quoted`."""
        return self._asked(
            account,
            lambda runner: _told(runner.following.strangers.read_quoted(server_id)),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_versions(self, account: int, post: int) -> Future[Told[Sequence[Version]]]:
        """See `Fetcher.read_versions`."""
        from tui_inbox.sync import wordings

        return self._asked(
            account,
            lambda runner: wordings.read_versions(self._store, account, runner.network, post),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_translation(self, account: int, post: int, language: str) -> Future[Told[Translation]]:
        """See `Fetcher.read_translation`."""
        from tui_inbox.sync import wordings

        return self._asked(
            account,
            lambda runner: wordings.read_translation(
                self._store, account, runner.network, post, language
            ),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_original(self, account: int, post: int) -> Future[Told[Original]]:
        """See `Fetcher.read_original`."""
        from tui_inbox.sync import wordings

        return self._asked(
            account,
            lambda runner: wordings.read_original(self._store, account, runner.network, post),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_profile(self, account: int) -> Future[Told[OwnProfile]]:
        """See `Fetcher.read_profile`."""
        return self._asked(
            account,
            lambda runner: _told(runner.network.profile()),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_openness(self, account: int, post: int) -> Future[Told[Openness]]:
        """See `Fetcher.read_openness`."""
        from tui_inbox.sync import openness

        return self._asked(
            account,
            lambda runner: openness.read(self._store, account, runner.network, post),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def find_people(self, account: int, words: str) -> Future[Told[Sequence[Person]]]:
        """See `Fetcher.find_people`."""
        return self._asked(
            account,
            lambda runner: _told(runner.network.find_people(words)),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def find_tags(self, account: int, words: str) -> Future[Told[Sequence[str]]]:
        """See `Fetcher.find_tags`."""
        return self._asked(
            account,
            lambda runner: _told(runner.network.find_tags(words)),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_emoji(self, account: int) -> Future[Told[Sequence[str]]]:
        """See `Fetcher.read_emoji`."""
        return self._asked(
            account,
            lambda runner: _told(runner.network.emoji()),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_media(self, account: int, address: str) -> Future[Told[MediaFile]]:
        """See `Fetcher.read_media`."""
        return self._submit(
            lambda: self._read_media(account, address),
            failed=lambda sentence: Told(sentence=sentence),
        )

    def read_card(self, address: str) -> Future[Told[Card]]:
        """See `Fetcher.read_card`."""
        return self._submit(
            lambda: self._read_card(address), failed=lambda sentence: Told(sentence=sentence)
        )

    def stand_on_screen(self, account: int, posts: Sequence[int]) -> None:
        """See `Fetcher.stand_on_screen`."""
        self._on_loop(lambda supervisor: supervisor.stand_on_screen(account, posts))

    def wake_outbox(self) -> None:
        """See `Fetcher.wake_outbox`."""
        self._on_loop(lambda supervisor: supervisor.wake_outbox())

    def health(self) -> Mapping[int, Health]:
        """See `Fetcher.health`."""
        supervisor = self._supervisor
        runners = supervisor.runners if supervisor is not None else {}
        return {account: runner.health for account, runner in runners.items()}

    async def _read_card(self, address: str) -> Told[Card]:
        """A page is asked for by no account, so how they are doing does not matter."""
        cards = self._supervisor.cards if self._supervisor is not None else None
        if cards is None:
            return Told(sentence=NO_PAGES)
        return Told(await cards.card(address))

    async def _read_media(self, account: int, address: str) -> Told[MediaFile]:
        """A file that was fetched before is there without a line, so how the account is doing does not matter."""
        media = self._supervisor.media if self._supervisor is not None else None
        if media is None:
            return Told(sentence=NOT_SIGNED_IN)
        runner = self._runner(account)
        return await media.read(address, runner.account.server if runner is not None else "")

    async def _fill(self, gap: int) -> str:
        """Which account a hole belongs to is read here: nobody who asks for it waits for the store."""
        from tui_inbox.sync.gaps import LOST

        found = await done(self._store.read(lambda db: feeds.gap_with_feed(db, gap)))
        if found is None:
            return ""
        hole, account, feed = found
        if hole.lost:
            return LOST
        return await self._work(
            account, lambda runner: runner.backfill.fill_gap(hole, feed), failed=str
        )

    # -- on the hub's thread ---------------------------------------------------------------

    def _main(self) -> None:
        try:
            asyncio.run(self._run())
        finally:
            self._ready.set()

    async def _run(self) -> None:
        from tui_inbox.sync.supervisor import Supervisor

        self._loop = asyncio.get_running_loop()
        self._supervisor = Supervisor(
            self._store,
            self._bus,
            self._clock,
            self._accounts,
            self._outside,
            self._web() if self._web is not None else None,
        )
        self._ready.set()
        await self._supervisor.run()

    # -- from other threads ----------------------------------------------------------------

    def _runner(self, account: int) -> Runner | None:
        supervisor = self._supervisor
        return supervisor.runners.get(account) if supervisor is not None else None

    def _on_loop(self, do: Callable[[Supervisor], None]) -> None:
        """Do something on the hub's loop. Once that has ended there is nothing to do it with: rows wait."""
        supervisor, loop = self._supervisor, self._loop
        if supervisor is not None and loop is not None:
            with suppress(RuntimeError):  # the loop has ended in the meantime
                loop.call_soon_threadsafe(do, supervisor)

    def _errand(
        self, account: int, work: Callable[[Runner], Coroutine[Any, Any, str]]
    ) -> Future[str]:
        """Run something for a screen on the hub's loop; every failure becomes a sentence."""
        return self._asked(account, work, failed=str)

    def _asked(
        self,
        account: int,
        work: Callable[[Runner], Coroutine[Any, Any, T]],
        *,
        failed: Callable[[str], T],
    ) -> Future[T]:
        """Run something for a screen on the hub's loop; `failed` makes an answer of what went wrong."""
        return self._submit(lambda: self._work(account, work, failed=failed), failed=failed)

    async def _work(
        self,
        account: int,
        work: Callable[[Runner], Coroutine[Any, Any, T]],
        *,
        failed: Callable[[str], T],
    ) -> T:
        runner = self._runner(account)
        if runner is None:
            return failed(NOT_SIGNED_IN)
        if runner.health.state is HealthState.SIGNED_OUT:
            return failed(runner.health.reason)
        return await work(runner)

    def _submit(
        self, errand: Callable[[], Coroutine[Any, Any, T]], *, failed: Callable[[str], T]
    ) -> Future[T]:
        """Let the hub's loop run an errand; whatever goes wrong becomes an answer."""
        loop = self._loop
        if loop is None:
            return _answered(failed(NOT_SIGNED_IN))

        async def answer() -> T:
            try:
                return await errand()
            except NetworkError as error:
                return failed(str(error))
            # a fault of ours is a sentence too: the screen goes on
            except Exception:
                log.exception("an errand failed unexpectedly")
                return failed(FAULT)

        running = answer()
        try:
            return asyncio.run_coroutine_threadsafe(running, loop)
        except RuntimeError:  # the loop has ended in the meantime
            running.close()
            return _answered(failed(NOT_SIGNED_IN))


async def _told(asked: Awaitable[T]) -> Told[T]:
    return Told(await asked)


def _answered(answer: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(answer)
    return future
