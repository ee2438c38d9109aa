"""The two who wait at the door of the demo town, from the server's lists to the Inbox."""

from __future__ import annotations

from pathlib import Path

from networks.memory_state import MemoryState
from support.sync_desk import new_desk, no_searches

from tui_inbox.commands import door as door_commands
from tui_inbox.commands.context import Context
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.networks.demo import DemoNetwork
from tui_inbox.queries import door as door_queries
from tui_inbox.queries import inbox
from tui_inbox.queries.rows import Scope
from tui_inbox.store import accounts
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.following import Following
from tui_inbox.sync.outbox import Door as WayOut
from tui_inbox.sync.outbox import Outbox


async def test_who_is_let_in_comes_into_the_inbox(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    network = DemoNetwork(clock=desk.clock, state=MemoryState())
    identity = await network.identify()
    mira = desk.store.write(
        lambda w: accounts.add_account(
            w,
            network="demo",
            server="demo",
            person=identity.person,
            letters="mi",
            label="mira",
            limits=identity.limits,
        )
    ).result()
    backfill = Backfill(desk.store, desk.ingest, desk.clock, network, mira.id)
    following = Following(
        desk.store,
        desk.ingest,
        desk.clock,
        network,
        mira.id,
        backfill.catch_up_notices,
        no_searches,
    )
    await backfill.catch_up_notices()
    await following.look()
    scope = Scope((mira.id,))
    asking, held = desk.store.read(lambda db: door_queries.rows(db, scope)).result()
    assert (asking.wish, held.wish) == (Wish.FOLLOW, Wish.BE_HEARD)
    assert "only hum" in held.text

    def lane_of_held() -> Lane | None:
        view = desk.store.read(lambda db: inbox.view(db, scope, now=desk.clock.now())).result()
        rows = (row for lane in view.lanes for row in lane.rows)
        return next((row.lane for row in rows if row.person.id == held.person.id), None)

    assert lane_of_held() is None
    context = Context(desk.store, desk.clock)
    for one in (asking, held):
        door_commands.let_in(context, mira.id, one.wish, one.person.id).result()
    doors = {mira.id: WayOut(network, honours_keys=True)}
    await Outbox(desk.store, desk.ingest, desk.clock, doors, "test").work(mira.id)
    await backfill.catch_up_notices()
    assert lane_of_held() is Lane.NEWCOMERS
    assert desk.store.read(lambda db: door_queries.rows(db, scope)).result() == ()
    desk.store.close()
