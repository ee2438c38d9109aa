"""A server with filters of the first form, from its door to what the Timeline shows."""

from __future__ import annotations

from typing import Any

from networks.mastodon.entities import status
from networks.mastodon.scripted import Scripted, knowing
from support.scripted_network import HOME
from support.sync_desk import Desk, no_searches

from tui_inbox.queries import timeline
from tui_inbox.queries.rows import EntryRow, Scope
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.following import AT_MOST_EVERY, Following


def shown(desk: Desk) -> list[tuple[str, str | None]]:
    """What the Timeline shows, with the title of the filter under which it is folded."""
    scope = Scope((desk.account.id,))
    window = desk.store.read(lambda db: timeline.window(db, scope, now=desk.clock.now())).result()
    posts = [row.post for row in window.rows if isinstance(row, EntryRow)]
    return [(post.text, post.hidden) for post in posts]


async def test_they_hold_for_what_is_stored_and_for_what_arrives(desk: Desk) -> None:
    def arrives(*texts: str) -> list[dict[str, Any]]:
        return [status(n, content=f"<p>{text}</p>") for n, text in enumerate(texts, 1)][::-1]

    hides = {"id": "1", "phrase": "goal", "context": ["home"], "irreversible": True}
    folds = {"id": "2", "phrase": "match", "context": ["home"]}
    server = Scripted({"GET /api/v1/timelines/home": arrives("a goal", "a match", "soup")})
    server.answers["GET /api/v1/preferences"] = {"posting:default:visibility": "public"}
    server.answers["GET /api/v1/filters"] = [hides, folds]
    network = server.connect(knowing())
    backfill = Backfill(desk.store, desk.ingest, desk.clock, network, desk.account.id)
    following = Following(
        desk.store,
        desk.ingest,
        desk.clock,
        network,
        desk.account.id,
        backfill.catch_up_notices,
        no_searches,
    )
    await backfill.catch_up(HOME)
    assert {text for text, _ in shown(desk)} == {"a goal", "a match", "soup"}
    await following.look()
    assert set(shown(desk)) == {("a match", "match"), ("soup", None)}

    told = arrives("a goal", "a match", "soup", "another goal", "another match")
    server.answers["GET /api/v1/timelines/home"] = told
    await backfill.catch_up(HOME)
    assert set(shown(desk)) == {("a match", "match"), ("soup", None), ("another match", "match")}

    server.answers["GET /api/v1/filters"] = []
    desk.clock.time += 60 * AT_MOST_EVERY
    await following.look()
    assert {text for text, hidden in shown(desk) if hidden is None} == {
        "a goal", "a match", "soup", "another goal", "another match",
    }  # fmt: skip
    await network.close()
