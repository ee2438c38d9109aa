"""Kept drafts: texts that were begun and not sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui_inbox.commands import drafts as draft_commands
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import Millis
from tui_inbox.queries import drafts as draft_queries
from tui_inbox.ui import keys
from tui_inbox.ui.render.outgoing import DraftRenderer
from tui_inbox.ui.screens.list_page import ListPage
from tui_inbox.ui.widgets import Row

EMPTY = ("No draft is kept.", "A text that is not sent stays here until it is.")


class DraftsPage(ListPage):
    """Drafts, the latest first."""

    PLACE = "drafts"
    OWN = frozenset({"drafts.open", "drafts.discard"})
    BINDINGS = keys.bindings(keys.Context.LIST, keys.Context.DRAFTS)
    OPENS = "drafts.open"
    WORDS = ("drafts.open", "drafts.discard", "undo.last", "close")

    def __init__(self) -> None:
        super().__init__(DraftRenderer)

    # What it shows

    def concerns(self, change: Change) -> bool:
        """What becomes of drafts. A send takes its draft along."""
        return change.topic in (Topic.DRAFTS, Topic.OUTBOX)

    async def read(self) -> None:
        """Read the drafts."""
        kept = await self.desk.ask(draft_queries.rows, self.desk.scope)
        title = f"Drafts · {len(kept)}" if kept else "Drafts"
        self.fill(title, [Row(f"draft:{row.draft.id}", row, row) for row in kept], empty=EMPTY)

    def moments(self) -> Iterable[Millis]:
        """When each was last changed."""
        return [row.data.draft.updated_at for row in self._rows.rows]

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Go on writing, throw away."""
        return {"drafts.open": self.go_on, "drafts.discard": self.discard}

    def _selected(self) -> Draft | None:
        row = self._rows.selected
        if row is None:
            self.desk.say("Nothing is selected.")
            return None
        draft: Draft = row.data.draft
        return draft

    def go_on(self) -> None:
        """Go on writing it, its thread above it."""
        if (draft := self._selected()) is not None:
            self.desk.write_draft(draft, kept=True)

    def discard(self) -> None:
        """Throw it away; `u` brings it back."""
        if (draft := self._selected()) is not None:
            self.desk.follow(draft_commands.throw_away(self.desk.services.ctx, draft.id))
