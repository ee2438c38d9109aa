"""Listens to everything public of a network, for all standing searches that want it; while none does, to nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence

from msgspec.structs import replace

from tui_inbox.core.moment import DAY, MINUTE, SECOND, Millis
from tui_inbox.core.outside import PublicStream, Source, StreamBatch
from tui_inbox.core.person import Person, PersonRef
from tui_inbox.core.ports import Clock, NetworkError, Unreachable
from tui_inbox.core.post import Mention, Post, PostRef
from tui_inbox.core.stream_state import Rate, StreamState
from tui_inbox.networks.deadline import end, within
from tui_inbox.store import outside, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.failures import back_off
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.stream_hearers import Hearers, Listening

log = logging.getLogger(__name__)

LOOK_EVERY: Millis = 5 * SECOND
"""How often it is looked who listens: a search that begins to is heard within so long."""
NOTED_EVERY: Millis = 10 * SECOND
"""How often it is noted how far the stream was heard, where it brings no hit."""
LASTED: Millis = MINUTE
"""A line that was open for so long was a good one: the next is opened soon."""
MISSED_KEPT = 3
PATIENCE_SECONDS = 5.0
"""A hit waits so long for its author's name; then it is stored without, and the name comes later."""
NAMES_EVERY: Millis = 5 * MINUTE
ASKED_AGAIN: Millis = DAY
"""Whom the network did not find it is asked for again after so long."""
FAULT = "Something unexpected went wrong here; the log has it."


class ListenedStream:
    """Keeps one network's stream open for all searches of all accounts, and stores what they find.

    Everything else that it tells is forgotten at once. Where it goes on stands in the transaction of the hits, so
    that a program that is killed has each of them once.
    """

    def __init__(
        self, store: Store, ingest: Ingest, clock: Clock, stream: PublicStream, network: str
    ) -> None:
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._stream = stream
        self._listening = Listening(network)
        self._network = network
        self._rate = Rate(clock.monotonic())
        self._state = StreamState()
        self._told = StreamState()
        self._noted_at: Millis = 0
        self._gone: list[PostRef] = []
        self._edited: list[Post] = []
        self._passed: Counter[int] = Counter()
        self._asked: dict[str, Millis] = {}
        self._named_at: Millis = clock.now()
        self._in_vain_at: Millis = 0

    async def run(self) -> None:
        """Listen while somebody does, until cancelled."""
        tries = 0
        while True:
            began = self._clock.now()
            try:
                hearers = await self._hearers()
                if hearers is None or hearers.authors == frozenset():
                    tries = 0
                    await self._rest_unheard(hearers)
                    continue
                await self._listen(hearers)
                tries = 0
            except NetworkError as error:
                tries = 1 if self._clock.now() - began > LASTED else tries + 1
                await self._fail(str(error), tries)
            # a fault of ours must stop neither this stream for good nor anything else
            except Exception:
                log.exception("the public stream of %s stopped unexpectedly", self._network)
                tries += 1
                await self._fail(FAULT, tries)

    async def _hearers(self) -> Hearers | None:
        """Who listens; the handles that they name are looked up, as far as the network answers."""
        hearers = await done(self._store.read(self._listening.read))
        now = self._clock.now()
        if hearers is None or not hearers.unknown or 0 <= now - self._in_vain_at < LASTED:
            return hearers
        for handle in sorted(hearers.unknown):
            try:
                whose = await within(self._clock, PATIENCE_SECONDS, self._stream.whose(handle))
            except (NetworkError, TimeoutError) as error:
                log.info("a handle could not be looked up: %s", error)
                self._in_vain_at = now
                break
            self._listening.whose[handle] = whose
        return await done(self._store.read(self._listening.read))

    async def _rest_unheard(self, hearers: Hearers | None) -> None:
        """Nobody listens, or only to people who are not there."""
        if hearers is not None:
            state = StreamState.parse(hearers.source.state)
            if state.open or state.narrowed != 0:
                await self._keep(hearers.source, replace(state, open=False, narrowed=0, cursor=""))
        await self._clock.sleep(LOOK_EVERY / SECOND)

    async def _listen(self, hearers: Hearers) -> None:
        """Listen until the line is lost, or to whom is to be listened changes.

        Raises:
            NetworkError: the line was lost.
        """
        authors = hearers.authors
        self._state = StreamState.parse(hearers.source.state)
        self._gone, self._edited, self._passed = [], [], Counter()
        self._rate = Rate(self._clock.monotonic())
        self._noted_at = 0
        batches = self._stream.listen(self._state.cursor, authors or frozenset())
        reading: asyncio.Task[StreamBatch] | None = None
        ticking: asyncio.Task[None] | None = None
        try:
            while hearers.authors == authors:
                reading = reading or asyncio.create_task(_next(batches))
                ticking = ticking or asyncio.create_task(self._tick())
                await asyncio.wait({reading, ticking}, return_when=asyncio.FIRST_COMPLETED)
                if reading.done():
                    batch, reading = reading.result(), None
                    await self._hear(batch, hearers)
                if ticking.done():
                    ticking = None
                    later = await self._look(hearers)
                    if later is None:
                        return
                    hearers = later
        finally:
            await end(reading, ticking)
            await batches.aclose()

    async def _tick(self) -> None:
        await self._clock.sleep(LOOK_EVERY / SECOND)

    async def _hear(self, batch: StreamBatch, hearers: Hearers) -> None:
        """Take in what a batch brings; where it brings nothing that is kept, that waits for the next look."""
        now = self._clock.now()
        self._state = self._heard(self._state, batch, hearers, now)
        found = self._found(batch, hearers, now)
        if found or not self._noted_at:
            await self._take(hearers.source, found)

    async def _look(self, hearers: Hearers) -> Hearers | None:
        """Look who listens now, and note how far the stream was heard."""
        now = self._clock.now()
        later = await self._hearers()
        is_over = later is None or later.authors != hearers.authors
        if is_over:
            self._state = replace(self._state, open=False)
        if is_over or self._gone or self._edited or not 0 <= now - self._noted_at < NOTED_EVERY:
            self._state = replace(self._state, noted_at=now)
            await self._take(hearers.source, [])
        if not is_over:
            await self._name_some()
        return later

    def _heard(
        self, state: StreamState, batch: StreamBatch, hearers: Hearers, now: Millis
    ) -> StreamState:
        """How the stream is doing after a batch."""
        self._rate.note(self._clock.monotonic(), batch.events, batch.bytes)
        missed = (*state.missed, batch.missed)[-MISSED_KEPT:] if batch.missed else state.missed
        return replace(
            state,
            cursor=batch.cursor,
            host=self._stream.host,
            heard_at=now if batch.events else state.heard_at,
            noted_at=now,
            open=True,
            narrowed=None if hearers.authors is None else len(hearers.authors),
            events=self._rate.events,
            bytes=self._rate.bytes_a_day,
            missed=missed,
            refusal="",
            failing_since=None,
        )

    def _found(self, batch: StreamBatch, hearers: Hearers, now: Millis) -> list[Post]:
        """What some search finds in a batch and has room for; the rest is counted."""
        self._gone += batch.gone
        room = self._ingest.room()
        found = []
        for told in batch.posts:
            post = hearers.with_author(told)
            if post.edited_at is not None:
                self._edited.append(post)
            searches = hearers.asked(post, now)
            is_kept = [room.has(search, asks=asks) for search, asks in searches.items()]
            if any(is_kept):
                found.append(post)
            else:
                self._passed.update(search for search, asks in searches.items() if asks)
        return found

    async def _take(self, source: Source, found: Sequence[Post]) -> None:
        """Store hits, what has become of stored posts, and how far the stream was heard, all at once."""
        named = await self._with_names(found) if found else []
        state, gone, edited, passed = self._state, self._gone, self._edited, self._passed

        def also(w: Writing, hits: int) -> None:
            for post in edited:
                if posts.find_by_ref(w.db, post.ref) is not None:
                    outside.put_post(w, post)
            self._put(w, source, state)

        taking = self._ingest.take_outside(source.id, named, gone=gone, passed=passed, also=also)
        await done(taking)
        self._gone, self._edited, self._passed = [], [], Counter()
        self._noted_at = state.noted_at
        self._tell(state)

    async def _with_names(self, found: Sequence[Post]) -> list[Post]:
        """Posts with the handles and names of those who wrote them, and of those whom they name."""
        uris = {post.author.ref.uri for post in found}
        uris |= {named.person.uri for post in found for named in post.mentions}
        known = await done(self._store.read(lambda db: self._stored(db, uris)))
        known |= await self._ask_names([uri for uri in uris if uri not in known])
        return [_named(post, known) for post in found]

    def _stored(self, db: Connection, uris: set[str]) -> dict[str, Person]:
        """Those of whom the network, or an account’s server, has told: what others wrote who named them is no proof."""
        found = {}
        for uri in uris:
            id = people.find_by_ref(db, PersonRef(self._network, uri))
            person = people.person(db, id) if id is not None else None
            if person is not None and (person.created_at is not None or person.server_id):
                found[uri] = person
        return found

    async def _ask_names(self, uris: Sequence[str]) -> dict[str, Person]:
        """Who people are, as the network tells; those who are not found, or not in time, are left out."""
        now = self._clock.now()
        asked = [uri for uri in uris if now - self._asked.get(uri, 0) > ASKED_AGAIN]
        if not asked:
            return {}
        try:
            told = await within(self._clock, PATIENCE_SECONDS, self._stream.people(asked))
        except (NetworkError, TimeoutError) as error:
            log.info("names could not be looked up: %s", error)
            return {}
        self._asked |= dict.fromkeys(asked, now)
        return {person.ref.uri: person for person in told}

    async def _name_some(self) -> None:
        """Look up those who were stored without a name: the network could not be asked then."""
        now = self._clock.now()
        if 0 <= now - self._named_at < NAMES_EVERY:
            return
        self._named_at = now
        self._asked = {uri: at for uri, at in self._asked.items() if now - at < ASKED_AGAIN}
        nameless = await done(
            self._store.read(lambda db: people.nameless(db, self._network, limit=50))
        )
        told = await self._ask_names(nameless)
        if told:
            await done(self._store.write(lambda w: outside.put_authors(w, told.values())))

    async def _fail(self, sentence: str, tries: int) -> None:
        """Note why the stream cannot be heard, and wait before the next try."""
        now = self._clock.now()
        hearers = await done(self._store.read(self._listening.read))
        if hearers is not None:
            state = StreamState.parse(hearers.source.state)
            failed = replace(
                state,
                open=False,
                noted_at=now,
                refusal=sentence if tries > 1 else state.refusal,
                failing_since=state.failing_since or now,
            )
            await self._keep(hearers.source, failed)
        await self._clock.sleep(back_off(tries) / SECOND)

    async def _keep(self, source: Source, state: StreamState) -> None:
        await done(self._store.write(lambda w: self._put(w, source, state)))
        self._tell(state)

    def _tell(self, state: StreamState) -> None:
        """Screens have heard of it, if it was news to them."""
        if not state.is_told_as(self._told):
            self._told = state

    def _put(self, w: Writing, source: Source, state: StreamState) -> None:
        """Keep how far the stream was heard; every few seconds, so screens hear only of what they show."""
        is_shown = not state.is_told_as(self._told)
        outside.put_state(w, source.id, str(state), is_shown=is_shown)


async def _next(batches: AsyncGenerator[StreamBatch, None]) -> StreamBatch:
    try:
        return await anext(batches)
    except StopAsyncIteration:
        raise Unreachable("The stream came to its end.") from None


def _named(post: Post, known: Mapping[str, Person]) -> Post:
    """A post with those who are known: who wrote it, and whom it names."""

    def mention(told: Mention) -> Mention:
        person = known.get(told.person.uri)
        return told if person is None else replace(told, handle=person.handle)

    return replace(
        post,
        author=known.get(post.author.ref.uri, post.author),
        mentions=tuple(map(mention, post.mentions)),
    )
