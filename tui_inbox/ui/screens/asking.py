"""A query that is put to everything stored, step by step, and how far that has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from tui_inbox.core.matching import TooSlow
from tui_inbox.core.moment import Millis
from tui_inbox.core.query_text import QueryError
from tui_inbox.queries import finding, words
from tui_inbox.queries.finding import Further, Order
from tui_inbox.queries.rows import HitRow, Scope
from tui_inbox.ui.desk import Desk

MOST = 100
"""Posts that are looked for at once, and further ones each time somebody comes near the last of them."""

SCREENFUL = 40
"""So many come first: what is on the screen shall not wait for the rest."""

PATIENCE = 250
"""So many steps are done unasked, some seconds: a query that finds little would go on for long on a large store."""

WORDS = {Order.TIME: "newest first", Order.RELEVANCE: "best first"}


class Asking:
    """What was found by then.

    Args:
        query: in the search language.
        order: in which order what is found is shown.
        scope: who looks.
        wanted: how many to look for.

    Attributes:
        hits: what was found, in its order.
        looked_to: everything back to this moment was looked at; None for everything.
        error: why it cannot be asked.
    """

    def __init__(self, query: str, order: Order, scope: Scope, wanted: int = MOST) -> None:
        self.query, self.order, self.scope = query, order, scope
        self.hits: Sequence[HitRow] = ()
        self.looked_to: Millis | None = None
        self.error: QueryError | TooSlow | None = None
        self._wanted = wanted
        self._patience = PATIENCE
        self._further: Further | None = None
        self._is_begun = not query

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to look at."""
        return self._is_begun and self._further is None

    @property
    def rests(self) -> bool:
        """Whether it stays as it is until more is asked for."""
        return self.is_over or self.is_full or not self._patience

    @property
    def is_full(self) -> bool:
        """Whether as many were found as were looked for; the best are looked for until all are ranked."""
        return self.order is Order.TIME and len(self.hits) >= self._wanted

    def is_of(self, other: Asking) -> bool:
        """Whether both ask the same."""
        return (self.query, self.order, self.scope) == (other.query, other.order, other.scope)

    def ask_for_more(self) -> None:
        """Look for further ones, or further back."""
        if self.is_full:
            self._wanted = len(self.hits) + MOST
        self._patience = PATIENCE

    async def step(self, desk: Desk) -> None:
        """Look a little further."""
        by_time = self.order is Order.TIME
        missing = self._wanted - len(self.hits) if self.hits else SCREENFUL
        try:
            found = await desk.ask(
                finding.find,
                self.scope,
                self.query,
                now=desk.services.now(),
                limit=missing if by_time else MOST,
                order=self.order,
                further=self._further,
            )
        except (QueryError, TooSlow) as refused:
            self.error, self._further = refused, None
        else:
            self.hits = (*self.hits, *found.hits) if by_time else found.hits
            self._further, self.looked_to = found.further, found.looked_to
        self._is_begun = True
        self._patience -= 1

    def said(self, now: Millis, zone: tzinfo | None = None) -> str:
        """How many were found and how far was looked, in words.

        Args:
            now: the moment.
            zone: the owner's time zone, None for the machine's own.
        """
        if not self.query or (self.error and not self.hits):
            return f"Search everything stored · {WORDS[self.order]}"
        how_many = f"{len(self.hits)} found" if self.hits else "nothing so far"
        if self.looked_to is None or self.error:
            how_many = f"{len(self.hits)} found"
            return f"Search · {how_many}, {WORDS[self.order]}"
        back = f"back to {words.day(self.looked_to, now, zone or words.local_zone(now))}"
        if self.order is Order.RELEVANCE and self.is_over:
            return f"Search · the best {len(self.hits)} of the newest {finding.RANKED:,}, {back}"
        if self.is_full:
            return f"Search · the newest {len(self.hits)}, {back}"
        goes_on = "space looks further" if self.rests else "goes on"
        return f"Search · {how_many}, {WORDS[self.order]} · {back}, {goes_on}"
