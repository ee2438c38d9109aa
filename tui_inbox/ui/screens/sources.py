"""The list of what the Timeline can show: lists, tags, what else servers offer or lack, and what is gathered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping

from tui_inbox.core.post import FeedKind
from tui_inbox.queries import sources as source_queries
from tui_inbox.queries.sources import SourceRow, SourcesView
from tui_inbox.queries.timeline import TimelineSource
from tui_inbox.ui.render.sources import AnotherTag, SourceData, SourceRenderer
from tui_inbox.ui.screens.list_page import EnterPage
from tui_inbox.ui.services import errand
from tui_inbox.ui.widgets import Row
from tui_inbox.ui.widgets.status_line import READING

_TITLES = {
    frozenset({FeedKind.LIST, FeedKind.CUSTOM}): "Which list or saved feed",
    frozenset({FeedKind.TAG}): "Which tag",
}
NOTHING = ("There is none of that yet.", "Lists and followed tags are made on the server.")


class SourcesPage(EnterPage):
    """Some kinds of feeds, to choose one from.

    Args:
        kinds: which kinds.
        choose: called with the one that was chosen.
    """

    def __init__(
        self, kinds: frozenset[FeedKind], choose: Callable[[TimelineSource], None]
    ) -> None:
        super().__init__(SourceRenderer)
        self._kinds = kinds
        self._choose = choose
        self._said = READING

    def on_mount(self) -> None:
        """Ask the servers whether what is known is still so."""
        self.desk.start(self._ask())

    async def _ask(self) -> None:
        said = await asyncio.gather(*map(self._ask_of, self.desk.scope.accounts))
        self._said = " ".join(dict.fromkeys(sentence for sentence in said if sentence))
        self.reread()

    async def _ask_of(self, account: int) -> str:
        return await errand(self.desk.services, lambda hub: hub.read_sources(account))

    # What it shows

    async def read(self) -> None:
        """Read what is known of the servers."""
        view = await self.desk.ask(source_queries.view, self.desk.scope)
        waits = bool(view.unknown) and self._said == READING  # rows would come in above the hand
        self.fill(
            _TITLES.get(self._kinds, "What the Timeline shows"),
            [] if waits else list(source_rows(view, self._kinds)),
            hint=(self._said if view.unknown else "") or "Enter shows it",
            empty=(self._said,) if self._said else NOTHING,
        )

    def scope_changed(self) -> None:
        """Other accounts have other lists."""
        super().scope_changed()
        self.desk.start(self._ask())

    # What keys act on

    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Enter."""
        return {self.OPENS: self.open}

    def open(self) -> None:
        """Show the selected one in the Timeline; the list has done its work."""
        row = self._rows.selected
        if row is None:
            self.desk.say("Nothing is selected.")
        elif isinstance(row.data, AnotherTag):
            self.desk.opening(self._type_tag())
        elif isinstance(row.data, SourceRow):
            self._show(row.data.source)

    async def _type_tag(self) -> None:
        answer = await self.desk.ask_line("which tag?")
        if not answer or not answer.strip():
            return
        try:
            source = source_queries.tag(answer)
        except ValueError:
            self.desk.say("That is no tag.")
        else:
            self._show(source)

    def _show(self, source: TimelineSource) -> None:
        self.desk.close_page(self)
        self._choose(source)


def source_rows(view: SourcesView, kinds: Collection[FeedKind]) -> Iterator[Row[SourceData]]:
    """The rows of the list. What is gathered here stands before what servers offer, where all is wanted.

    Args:
        view: what is known of the servers.
        kinds: the kinds of feeds that are wanted.
    """
    for gathered in view.gathered if FeedKind.HOME in kinds else ():
        yield Row(f"gathered:{gathered.source.group or 'links'}", gathered, gathered)
    for offered in view.offered:
        if (feed := offered.source.feed).kind in kinds:
            yield Row(f"{offered.source.account or ''}:{feed}", offered, offered)
    if FeedKind.TAG in kinds:
        yield Row("another", "", AnotherTag())
    for place, lack in enumerate(view.lacking):
        if lack.kind in kinds:
            yield Row(f"lack:{place}", lack, lack, selectable=False)
