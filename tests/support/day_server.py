"""A server on which a whole day happens: posts at a day's rhythm, and all that happens to posts.

Like a real one it keeps the newest 800 entries of a home feed and forgets the others, so that what grows in the
process of a long simulation is not the server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from support.fake_mastodon.prose import words
from support.scripted_network import NOON, ScriptedNetwork

from tui_inbox.core.events import Noticed
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.ports import Page, PageOf, Refused
from tui_inbox.core.post import Feed, FeedEntry, SeenPost

KEEPS = 800
"""Entries of a home feed."""
NOTICES_KEPT = 200
PEOPLE = 400
RHYTHM = (2, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 5, 6, 6, 6, 5, 5, 6, 7, 8, 8, 7, 5, 3)
"""How lively each hour of the day is, compared with the others."""
RECENT = 60
"""Entries that something may still happen to."""


@dataclass
class DayServer(ScriptedNetwork):
    """A scripted server whose time is the clock's.

    Attributes:
        clock: what time it is.
        pick: decides everything.
        posts_a_day: how many posts and boosts.
        happened: how many things happened.
    """

    clock: Callable[[], Millis] = lambda: NOON
    pick: Random = field(default_factory=lambda: Random(1))
    posts_a_day: int = 15_000
    happened: int = 0

    def pause(self, now: Millis) -> Millis:
        """How long it is quiet from a moment on."""
        lively = RHYTHM[now % DAY // HOUR] / sum(RHYTHM)
        return round(self.pick.expovariate(self.posts_a_day * lively / HOUR))

    def happen(self, at: Millis) -> None:
        """Let one thing happen: mostly a post, now and then something to a post."""
        self.now = at - MINUTE  # whatever is written next is written a minute later
        self.happened += 1
        choice = self.pick.random()
        if choice < 0.80 or len(self.entries) < RECENT:
            self.home(self.write(self._somebody(), self._text(), to=self._parent(), at=at))
        elif choice < 0.92:
            self.boost(self._any().seen, self._somebody())
        elif choice < 0.97:
            self.edit(self._any().seen, self._text())
        elif choice < 0.992:
            self.delete(self._any().seen)
        else:
            self._mention()
        self._forget()

    def _mention(self) -> None:
        """One of some twenty people says something to the owner."""
        name = f"person{self.pick.randrange(20)}"
        mine = list(self.published.values())
        to = self.pick.choice(mine) if mine and self.pick.random() < 0.5 else None
        self.mention(name, f"@me {self._text()}?", to=to)
        self.tell(Noticed(self.notices_told[-1]))

    def _somebody(self) -> str:
        """A few write much, many write little."""
        return f"person{int(PEOPLE * self.pick.random() ** 2)}"

    def _text(self) -> str:
        return words(self.pick, max(3, min(90, int(self.pick.lognormvariate(3.0, 0.7)))))

    def _parent(self) -> SeenPost | None:
        return self._any().seen if self.entries and self.pick.random() < 0.25 else None

    def _any(self) -> FeedEntry:
        return self.pick.choice(self.entries[-RECENT:])

    def _forget(self) -> None:
        del self.entries[:-KEEPS]
        del self.notices_told[:-NOTICES_KEPT]
        if len(self._orders) > 2 * KEEPS:
            self._orders = {one.entry_id: self._orders[one.entry_id] for one in self.entries}

    async def feed(self, feed: Feed, page: PageOf) -> Page:
        try:
            return await super().feed(feed, page)
        except KeyError:
            raise Refused("The server no longer has what was there.", gone=True) from None

    def _call(self, method: str) -> None:
        super()._call(method)
        self.calls.clear()
        self.now = self.clock() - MINUTE
