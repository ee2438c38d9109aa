"""Reads the feeds that standing searches listen to: one after the other, and more seldom where nothing comes."""

from __future__ import annotations

import logging

from msgspec.structs import replace

from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, Millis
from tui_inbox.core.outside import Feeds, FeedState, FetchedFeed, Source, SourceKind
from tui_inbox.core.ports import Clock, NetworkError, Refused, Throttled
from tui_inbox.store import outside
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest

log = logging.getLogger(__name__)

LOOK_EVERY: Millis = 10 * SECOND
"""How often it is looked whether a feed is due, so a new one is read within so long."""
FIRST_REST: Millis = 10 * MINUTE
LONGEST_REST: Millis = HOUR
"""A feed that brings nothing new is asked less and less often, from the first rest to the longest."""
REST_AFTER_FAILURE: Millis = 15 * MINUTE
REST_AFTER_REFUSAL: Millis = 6 * HOUR
REST_WHEN_GONE: Millis = DAY
"""What is said to be gone for ever is asked for once a day: addresses come back."""


class ListenedFeeds:
    """Reads feeds for all standing searches, whichever account they belong to."""

    def __init__(self, store: Store, ingest: Ingest, clock: Clock, feeds: Feeds) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._feeds = feeds

    async def run(self) -> None:
        """Read what is due, until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY / SECOND)

    async def look(self) -> None:
        """Read the feeds whose rest is over. What is wrong with one stops no other."""
        for source in await done(self._store.read(self._due)):
            try:
                await self._read(source)
            # a fault of ours at one feed must not stop the others
            except Exception:
                log.exception("feed %s could not be read", source.id)
                await self._fail(source, "Something unexpected went wrong here; the log has it.", 0)

    def _due(self, db: Connection) -> list[Source]:
        now, unheard = self._clock.now(), outside.unheard(db)

        def is_due(source: Source) -> bool:
            state = FeedState.parse(source.state)
            if source.id in unheard and not state.refusal:
                return True
            asked_at = state.asked_at or 0
            # Where the clock was set back, a feed is not left alone until that time comes again.
            return asked_at > now or asked_at + state.rest <= now

        return [source for source in outside.sources(db, SourceKind.FEED) if is_due(source)]

    async def _read(self, source: Source) -> None:
        state = FeedState.parse(source.state)
        unheard = await done(self._store.read(outside.unheard))
        # Who has just begun to listen wants to hear what has stood there unchanged.
        validators = ("", "") if source.id in unheard else state.validators
        try:
            fetched = await self._feeds.fetch(source.address, validators)
        except Throttled as error:
            await self._fail(source, str(error), error.until - self._clock.now())
        except Refused as error:
            rest = REST_WHEN_GONE if error.gone else REST_AFTER_REFUSAL
            await self._fail(source, str(error), rest)
        except NetworkError as error:
            await self._fail(source, str(error), REST_AFTER_FAILURE)
        else:
            await self._take(source, state, fetched)

    async def _take(self, source: Source, state: FeedState, fetched: FetchedFeed) -> None:
        """Take in what a feed holds. What stood in it when a search began to listen is no news to it."""
        now = self._clock.now()

        def keep(w: Writing, hits: int) -> None:
            fresh = replace(
                state,
                validators=fetched.validators,
                asked_at=now,
                read_at=now,
                rest=_rest(state.rest, news=hits > 0),
                refusal="",
                failing_since=None,
            )
            outside.put_state(w, source.id, str(fresh), title=fetched.title or None)
            outside.note_heard(w, source.id)
            if fetched.address:
                outside.move_source(w, source.id, fetched.address)

        await done(self._ingest.take_outside(source.id, fetched.posts, also=keep))

    async def _fail(self, source: Source, sentence: str, rest: Millis) -> None:
        """Note why a feed could not be read. What it brought before stays."""
        now = self._clock.now()

        def job(w: Writing) -> None:
            state = FeedState.parse(source.state)
            failed = replace(
                state,
                asked_at=now,
                rest=max(rest, REST_AFTER_FAILURE),
                refusal=sentence,
                failing_since=state.failing_since or now,
            )
            outside.put_state(w, source.id, str(failed))

        await done(self._store.write(job))


def _rest(rest: Millis, *, news: bool) -> Millis:
    return FIRST_REST if news or not rest else min(2 * rest, LONGEST_REST)
