"""The feeds of the demo town, from its door through the store to what the Timeline reads."""

from __future__ import annotations

import pytest
from support.scripted_network import NOON
from support.sync_desk import Desk

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.ports import PageOf, Unsupported
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.demo.network import DemoNetwork
from tui_inbox.queries import sources, timeline
from tui_inbox.queries.rows import EntryRow, PostRow, Scope
from tui_inbox.queries.timeline import TimelineSource
from tui_inbox.sync.account_state import StoredState
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.feed_reader import FeedReader


async def test_every_feed_that_the_town_offers_can_be_shown(desk: Desk) -> None:
    network = DemoNetwork(clock=desk.clock, state=StoredState(desk.store, desk.account.id))
    backfill = Backfill(desk.store, desk.ingest, desk.clock, network, desk.account.id)
    door = FeedReader(desk.store, desk.ingest, desk.clock, network, desk.account.id, backfill)
    scope = Scope((desk.account.id,))

    def shown(source: TimelineSource) -> list[PostRow]:
        window = desk.store.read(
            lambda db: timeline.window(db, scope, now=NOON, source=source)
        ).result()
        return [row.post for row in window.rows if isinstance(row, EntryRow)]

    home = (await network.feed(Feed(FeedKind.HOME), PageOf())).entries[0]
    for kind in (ActKind.BOOKMARK, ActKind.FAVOURITE):
        await network.act(Act(kind, home.seen.view.server_id))
    await door.read_sources()
    view = desk.store.read(lambda db: sources.view(db, scope)).result()
    found = {}
    for row in view.offered:
        await door.read(row.source.feed)
        found[row.source.title] = shown(row.source)
    assert set(found) >= {"this server", "list Friends", "#choir", "favourites", "bookmarks"}
    assert [title for title, posts in found.items() if not posts] == []
    assert home.seen.post.text in [post.text for post in found["bookmarks"]]
    assert all("#choir" in post.text.casefold() for post in found["#choir"])

    (lack,) = view.lacking
    with pytest.raises(Unsupported):
        await door.read(Feed(lack.kind))
    await network.close()
