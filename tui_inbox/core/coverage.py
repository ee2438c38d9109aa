"""Where a standing search looks beside what reaches its account anyway: what its server was asked, and when."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.post import Feed, FeedKind


class Coverage(Struct, frozen=True):
    """What the server of a standing search was asked for it, as it is kept with the account.

    Attributes:
        query: the search as it was then; another one is asked anew.
        feeds: what is read, as `str(feed)` writes it; of timelines of people some each time, in turns.
        turn: which of them is the first next time.
        checked_here: terms the server was not asked for, in the search language.
        not_asked: alternatives it could not be asked for.
        by_word: whether the server searches posts by word; None where it is not known.
        asked_at: when it was last asked; None before the first time.
        rest: how long it is not asked again.
        refusal: why it would or could not answer, one sentence; empty where it did.
    """

    query: str
    feeds: tuple[str, ...] = ()
    checked_here: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    by_word: bool | None = None
    asked_at: Millis | None = None
    rest: Millis = 0
    refusal: str = ""
    turn: int = 0

    @property
    def tags(self) -> int:
        """How many timelines of tags are read."""
        return self._count(FeedKind.TAG)

    @property
    def searches(self) -> int:
        """How often the server's search is asked each time."""
        return self._count(FeedKind.SEARCH)

    @property
    def people(self) -> int:
        """How many people's timelines are read."""
        return self._count(FeedKind.PERSON)

    def _count(self, kind: FeedKind) -> int:
        return sum(Feed.parse(feed).kind is kind for feed in self.feeds)

    def __str__(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> Coverage:
        """What `str` wrote.

        Raises:
            ValueError: the text is something else.
        """
        return msgspec.json.decode(text, type=cls)


def state_name(search: int) -> str:
    """The name under which the coverage of a search is kept with its account."""
    return f"search:{search}"
