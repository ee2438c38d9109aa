"""What stories about the demo town begin with: a visit on a clock that passes by itself."""

from __future__ import annotations

from contextlib import aclosing
from itertools import count

from networks.clocks import SteppedClock
from networks.memory_state import MemoryState

from tui_inbox.core.draft import Outgoing
from tui_inbox.core.events import Heard, NetworkEvent, Notice, NoticeKind
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.ports import PageOf
from tui_inbox.core.post import Audience, Feed, FeedEntry, FeedKind, Post, SeenPost
from tui_inbox.networks.demo import DemoNetwork

HOME = Feed(FeedKind.HOME)
OWN = Feed(FeedKind.OWN)
NOON: Millis = 1_790_000_000_000

_keys = count(1)


class Visit:
    """One run of the program: a clock, a state that may be from an earlier run, and the network."""

    def __init__(
        self,
        state: MemoryState | None = None,
        *,
        at: Millis = NOON,
        seed: int = 7,
        speed: float = 1.0,
    ) -> None:
        self.state = state or MemoryState()
        self.clock = SteppedClock(at, passes_by_itself=True)
        self.network = DemoNetwork(clock=self.clock, state=self.state, seed=seed, speed=speed)

    async def entries(self, feed: Feed = HOME) -> list[FeedEntry]:
        """All of a feed, newest first."""
        found: list[FeedEntry] = []
        cursor: str | None = None
        while True:
            page = await self.network.feed(feed, PageOf(limit=80, older_than=cursor))
            found += page.entries
            cursor = page.older
            if cursor is None:
                return found

    async def posts(self, feed: Feed = HOME) -> list[Post]:
        """All posts of a feed, newest first, boosted ones too."""
        return [entry.seen.post for entry in await self.entries(feed)]

    async def posts_by(self, who: str) -> list[Post]:
        """All that somebody posted, newest first."""
        return await self.posts(Feed(FeedKind.PERSON, f"person-{who}"))

    async def notices(self) -> list[Notice]:
        """All notifications, newest first."""
        found: list[Notice] = []
        cursor: str | None = None
        while True:
            page = await self.network.notices(PageOf(limit=80, older_than=cursor))
            found += page.notices
            cursor = page.older
            if cursor is None:
                return found

    async def mentions_by(self, who: str) -> list[SeenPost]:
        """What somebody wrote to the owner, newest first."""
        return [
            notice.seen
            for notice in await self.notices()
            if notice.kind is NoticeKind.MENTION
            and notice.seen
            and notice.seen.post.author.server_id == f"person-{who}"
        ]

    async def say(
        self,
        text: str,
        to: SeenPost | None = None,
        *,
        key: str | None = None,
        language: str = "en",
        audience: Audience = Audience.PUBLIC,
    ) -> SeenPost:
        """The owner posts, or answers somebody."""
        reply_to = to.view.server_id if to else None
        number = key or f"key-{next(_keys)}"
        return await self.network.publish(
            Outgoing(number, text, "", audience, language, reply_to, None, self.clock.now())
        )

    async def answers(self, said: SeenPost) -> list[Post]:
        """What stands below a post."""
        thread = await self.network.thread(said.view.server_id)
        return [seen.post for seen in thread.below]

    async def watch(self, seconds: float) -> list[NetworkEvent]:
        """What is heard while somebody watches for so long; without heartbeats."""
        until = self.clock.now() + round(seconds * SECOND)
        heard: list[NetworkEvent] = []
        async with aclosing(self.network.listen()) as events:
            async for event in events:
                if not isinstance(event, Heard):
                    heard.append(event)
                if self.clock.now() >= until:
                    return heard
        return heard
