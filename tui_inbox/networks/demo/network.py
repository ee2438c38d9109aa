"""The demo's door: one account in the town, behind the same interface as every network."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path

from tui_inbox.core.act import Act
from tui_inbox.core.door import HeldBackCount, HeldBackPage, PeopleList, PeoplePage
from tui_inbox.core.draft import Outgoing, Scheduled, Upload
from tui_inbox.core.events import Heard, NetworkEvent, StreamOpened
from tui_inbox.core.moment import MINUTE, SECOND, Millis
from tui_inbox.core.other_clients import Marker, Preferences, Talk
from tui_inbox.core.person import Person, Relationship
from tui_inbox.core.ports import (
    AccountState,
    Clock,
    Found,
    Identity,
    NoticePage,
    Page,
    PageOf,
    Recent,
    Refused,
    Thread,
    Unsupported,
)
from tui_inbox.core.post import Feed, Media, PostView, SeenPost
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.query import Leaf
from tui_inbox.core.server_query import Said
from tui_inbox.core.sources import Sources
from tui_inbox.core.text import clean
from tui_inbox.core.versions import Original, Translation, Version
from tui_inbox.networks.demo import acts, door, feeds, finding, offers, own, profile
from tui_inbox.networks.demo.decks import decks
from tui_inbox.networks.demo.filters import filters_with
from tui_inbox.networks.demo.journal import Acted, Journal, Line, Opened, Published, Uploaded
from tui_inbox.networks.demo.live import Life
from tui_inbox.networks.demo.past import write_past
from tui_inbox.networks.demo.town import Town, owner_identity
from tui_inbox.networks.demo.writing import id_of, stamped

_LOOK_AGAIN = 0.5  # seconds; an answer may become due sooner than what was waited for
_HEARTBEAT = 15.0  # seconds
_NAP: Millis = 5 * MINUTE
_AHEAD: Millis = SECOND


class DemoNetwork:
    """An account in the demo town. Nothing leaves the machine.

    Args:
        clock: real or set; the town keeps its time by it.
        state: where founding, sessions and the owner's doings are kept.
        seed: of which town; a town that was founded already keeps its own.
        speed: how many times faster than ordinary things happen.
    """

    def __init__(
        self, *, clock: Clock, state: AccountState, seed: int = 7, speed: float = 1.0
    ) -> None:
        if speed <= 0:
            raise ValueError("the speed must be above 0")
        self._clock = clock
        self._journal = Journal(state)
        self._seed = seed
        self._speed = speed
        self._lock = asyncio.Lock()
        self._life: Life | None = None
        self._shift: Millis = 0
        self._lived_until: Millis = 0
        self._awake_at: Millis | None = None
        self._listeners: dict[object, deque[NetworkEvent]] = {}
        self._is_closed = False

    async def identify(self) -> Identity:
        """Mira of the town, and what fits into a post."""
        async with self._lock:
            await self._awake()
            return owner_identity()

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        """A page of a feed.

        Raises:
            Refused: the person or place is not known.
            Unsupported: the town has no such feed.
        """
        async with self._lock:
            return feeds.page_of_feed((await self._awake()).town, feed, page, self._now())

    async def notices(self, page: PageOf) -> NoticePage:
        """A page of notifications.

        Raises:
            Refused: the place to go on from is not known.
        """
        async with self._lock:
            return feeds.page_of_notices((await self._awake()).town, page, self._now())

    async def thread(self, server_id: str, *, waited_for: bool = True) -> Thread:
        """A post with what stands above and below it.

        Raises:
            Refused: it is not there (any more).
        """
        async with self._lock:
            return feeds.thread_of((await self._awake()).town, server_id, self._now())

    async def posts(self, server_ids: Sequence[str]) -> Found:
        """Posts as they stand in the town now."""
        async with self._lock:
            town = (await self._awake()).town
            there = {one: town.posts[one] for one in server_ids if one in town.posts}
            seen = {
                one: town.seen(one, self._now())
                for one, post in there.items()
                if town.may_read(post)
            }
            return Found(seen, frozenset(server_ids) - seen.keys())

    async def resolve(self, address: str) -> SeenPost:
        """The post of the town with a URI.

        Raises:
            Refused: nothing stands there, or the owner may not read it.
        """
        async with self._lock:
            return feeds.post_at((await self._awake()).town, address, self._now())

    async def recent(self, server_id: str, *, waited_for: bool = False) -> Recent:
        """Who somebody of the town is and what they posted lately.

        Raises:
            Refused: nobody of that name lives here.
        """
        async with self._lock:
            return feeds.recent_of((await self._awake()).town, server_id, self._now())

    async def relationships(self, server_ids: Sequence[str]) -> Sequence[Relationship]:
        """How the owner stands to people of the town."""
        async with self._lock:
            town = (await self._awake()).town
            keys = [town.key_of(server_id) for server_id in server_ids]
            return [town.relationship(key) for key in keys if key in town.standing]

    async def upload(self, upload: Upload) -> str:
        """Hand over a file: the town takes note of what it is, and of what can be seen in it.

        Raises:
            Refused: there is no such file.
        """
        is_there = await asyncio.to_thread(Path(upload.path).is_file)
        if not is_there:
            raise Refused(f"{upload.name} cannot be read; attach it again.")
        async with self._lock:
            life = await self._awake()
            name = stamped(max(self._now(), life.at + 2), f"file{len(life.town.uploads)}")
            await self._write(
                life, Uploaded(self._now(), name, own.kind_of(upload.mime), clean(upload.alt))
            )
            return name

    async def describe(self, media_id: str, alt: str) -> None:
        """Say something else of a file.

        Raises:
            Refused: it is not there.
        """
        async with self._lock:
            life = await self._awake()
            file = life.town.uploads.get(media_id)
            if file is None:
                raise Refused("This file is not there any more.", gone=True)
            await self._write(life, Uploaded(self._now(), media_id, file.kind, clean(alt)))

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        """Post a text, or change a post; the same key does it once, whatever happened in between.

        Raises:
            Refused: it is empty or too long, or what it refers to is gone.
        """
        outgoing = own.cleaned(outgoing, send_at=None)
        async with self._lock:
            life = await self._awake()
            if outgoing.key not in life.posted:
                own.check(life.town, outgoing, self._now())
                await self._write(life, Published(self._now(), outgoing))
            post = life.posted[outgoing.key]
            if id_of(post) in life.town.posts:
                return life.town.seen(id_of(post), self._now())
            return SeenPost(post, PostView(id_of(post)))

    async def plan(self, outgoing: Outgoing) -> Scheduled:
        """Leave a text to the town, which posts it at its moment; the same key plans it once.

        Raises:
            Refused: it cannot be posted as it is, or its moment is too near.
        """
        outgoing = own.cleaned(outgoing, send_at=outgoing.send_at)
        async with self._lock:
            life = await self._awake()
            if (known := own.plan_of(life.town, outgoing.key)) is not None:
                return known
            own.check(life.town, outgoing, self._now())
            await self._write(life, Published(self._now(), outgoing))
            known = own.plan_of(life.town, outgoing.key)
            assert known is not None
            return known

    async def scheduled(self) -> Sequence[Scheduled]:
        """What the town will post by itself."""
        async with self._lock:
            return own.scheduled((await self._awake()).town)

    async def find_people(self, words: str) -> Sequence[Person]:
        """People of the town whose name or handle begins so."""
        async with self._lock:
            return finding.find_people((await self._awake()).town, words)

    async def find_tags(self, words: str) -> Sequence[str]:
        """Tags of the town that begin so."""
        async with self._lock:
            return finding.find_tags((await self._awake()).town, words)

    def search_words(self, leaf: Leaf) -> Said | None:
        """The town looks for words, wherever they stand."""
        return finding.in_words(leaf)

    async def emoji(self) -> Sequence[str]:
        """The town's own emoji."""
        return finding.EMOJI

    async def act(self, act: Act) -> None:
        """Do something to a post or a person.

        Raises:
            Refused: it is not there, or it may not be done to it.
        """
        async with self._lock:
            life = await self._awake()
            if acts.is_done(life.town, act):
                return
            acts.check(life.town, act, self._now())
            await self._write(life, Acted(self._now(), act))

    async def sources(self) -> Sources:
        """Home, the whole town, two lists and a tag."""
        return offers.SOURCES

    async def people(self, which: PeopleList, page: PageOf) -> PeoplePage:
        """All of a list of people at once."""
        async with self._lock:
            return door.people_of((await self._awake()).town, which)

    async def held_back(self, page: PageOf) -> HeldBackPage:
        """One who came to town lately, until the owner has decided."""
        async with self._lock:
            return HeldBackPage(door.held_back((await self._awake()).town))

    async def held_back_count(self) -> HeldBackCount:
        """How many that are."""
        held = (await self.held_back(PageOf())).held
        return HeldBackCount(len(held), sum(one.notices for one in held))

    async def marker(self) -> Marker | None:
        """None: no other client ever read here."""
        return None

    async def move_marker(
        self, notice_id: str, is_behind: Callable[[str], Awaitable[bool]]
    ) -> Marker:
        """Unsupported: there is nobody to tell."""
        raise Unsupported("The demo town has no other clients.")

    async def talks(self) -> Sequence[Talk]:
        """Unsupported: there is nobody to tell what was read."""
        raise Unsupported("The demo town has no other clients.")

    async def read_talk(self, talk_id: str) -> None:
        """Unsupported: there is nobody to tell."""
        raise Unsupported("The demo town has no other clients.")

    async def preferences(self) -> Preferences:
        """Mira writes to everybody, in English, and has heard enough of machines."""
        identity = owner_identity()
        async with self._lock:
            hidden = (await self._awake()).town.done.hidden_words
            filters = filters_with(hidden)
        return Preferences(identity.usual_audience, identity.usual_language, filters=filters)

    async def versions(self, server_id: str) -> Sequence[Version]:
        """A post in all its versions, as far as they are not long gone.

        Raises:
            Refused: it is not there (any more).
        """
        async with self._lock:
            return offers.versions_of((await self._awake()).town, server_id)

    async def translation(self, server_id: str, language: str) -> Translation:
        """Unsupported: nobody translates."""
        raise Unsupported("The demo town has no translator.")

    async def original(self, server_id: str) -> Original:
        """What the owner typed.

        Raises:
            Refused: the post is not there, or somebody else wrote it.
        """
        async with self._lock:
            return own.original_of((await self._awake()).town, server_id, self._now())

    async def profile(self) -> OwnProfile:
        """Mira, as the town sees her."""
        async with self._lock:
            return profile.profile_of((await self._awake()).town, self._now())

    async def listen(self) -> AsyncGenerator[NetworkEvent, None]:
        """Events as they happen, until the network is closed."""
        token, heard = object(), deque[NetworkEvent]()
        async with self._lock:
            await self._awake()
            self._listeners[token] = heard
        try:
            yield StreamOpened("demo town")
            last_word = self._clock.monotonic()
            while not self._is_closed:
                async with self._lock:
                    next_at = (await self._awake()).next_at()
                while heard:
                    yield heard.popleft()
                    last_word = self._clock.monotonic()
                if self._clock.monotonic() - last_word >= _HEARTBEAT:
                    yield Heard()
                    last_word = self._clock.monotonic()
                wait = _LOOK_AGAIN
                if next_at is not None:
                    wait = min(wait, max(1, next_at - self._now()) / SECOND)
                await self._clock.sleep(wait)
        finally:
            del self._listeners[token]

    async def close(self) -> None:
        """End what is listened to. The town goes on with the next call, as after a restart."""
        self._is_closed = True

    # The life behind it; called with the lock held

    async def _awake(self) -> Life:
        """The town as it is now: told again at the first call, then lived on."""
        life = self._life
        if life is None:
            life = self._life = await self._told_again()
        now = self._now()
        if self._awake_at is None or now - self._awake_at > _NAP:
            await self._open_session(life, now)
        self._awake_at = now = self._now()
        due = life.next_at()
        if due is not None and due <= now:
            await self._keep_lived_until(now)
            self._hear(life.advance(now))
        return life

    async def _told_again(self) -> Life:
        """The town of the journal, with everything that has happened in it; a new one if there is none."""
        record = await self._journal.read()
        if record is None:
            record = await self._journal.found(self._seed, self._clock.now())
        town = Town(record.founded_at)
        dealt = decks(record.seed)
        write_past(town, dealt, record.founded_at, record.seed)
        life = Life(town, dealt, record.founded_at, record.seed)
        for line in record.lines:
            self._replay(life, line)
        life.advance(record.lived_until)
        self._lived_until = record.lived_until
        return life

    async def _write(self, life: Life, line: Line) -> None:
        """Write down what the owner did, then let it happen."""
        await self._journal.add(line)
        self._replay(life, line)

    def _replay(self, life: Life, line: Line) -> None:
        """Let happen what a line of the journal says, now or again."""
        match line:
            case Opened():
                self._hear(life.advance(line.left_at))
                life.open(line.left_at, line.at, line.speed)
            case Published():
                self._hear(life.advance(line.at))
                post = life.publish if line.outgoing.send_at is None else life.plan
                self._hear(post(line.outgoing, line.at))
            case Uploaded():
                self._hear(life.advance(line.at))
                life.upload(line.name, Media(line.kind, None, line.alt))
            case Acted():
                self._hear(life.advance(line.at))
                self._hear(life.act(line.act, line.at))

    async def _open_session(self, life: Life, now: Millis) -> None:
        """Begin a session. The town's time never goes back, even if the clock was set back."""
        left_at = max(self._lived_until, self._awake_at or 0, life.at)
        self._shift += max(0, left_at - now)
        line = Opened(left_at, self._now(), self._speed)
        await self._journal.add(line)
        self._replay(life, line)
        self._lived_until = line.at

    async def _keep_lived_until(self, now: Millis) -> None:
        """Write down what will have happened before it is told, so that a killed program cannot tell it
        differently; a little ahead, so that this is done once a second at most."""
        if now > self._lived_until:
            await self._journal.live_until(now + _AHEAD)
            self._lived_until = now + _AHEAD

    def _now(self) -> Millis:
        return self._clock.now() + self._shift

    def _hear(self, events: Sequence[NetworkEvent]) -> None:
        for heard in self._listeners.values():
            heard.extend(events)
