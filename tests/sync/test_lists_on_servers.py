"""People put on a list of the server: what the outbox says to it, and what becomes of a refusal."""

from __future__ import annotations

from support.scripted_network import somebody
from support.sync_desk import Desk, only_row

from tui_inbox.commands import lists
from tui_inbox.commands.context import Context
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.person import Relationship
from tui_inbox.core.ports import Refused
from tui_inbox.store import laid_over, people
from tui_inbox.sync.outbox import Door, Outbox


def put_on(desk: Desk) -> int:
    """The owner puts somebody they follow on a list; the local id of that person."""
    ada, account = somebody("ada"), desk.account.id
    id = desk.store.write(lambda w: people.put_person(w, account, ada)).result()
    followed = Relationship(ada.server_id, following=True)
    desk.store.write(lambda w: people.put_relationship(w, account, id, followed, 1)).result()
    lists.put_on(Context(desk.store, desk.clock), account, id, "l1", "Friends").result()
    return id


async def work(desk: Desk) -> None:
    doors = {desk.account.id: Door(desk.network, True)}
    await Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test").work(desk.account.id)


async def test_the_server_is_told_the_list_and_the_person_by_its_own_ids(desk: Desk) -> None:
    id = put_on(desk)
    await work(desk)
    assert only_row(desk).state is OutboxState.SENT
    assert desk.network.acts == [Act(ActKind.LIST, somebody("ada").server_id, "l1")]
    told = desk.store.read(lambda db: laid_over.lists_of(db, desk.account.id, id)).result()
    assert told == {"l1": True}


async def test_a_list_that_is_gone_keeps_the_servers_words_and_nobody_is_on_it(desk: Desk) -> None:
    desk.network.fail("act", Refused("Record not found", gone=True))
    id = put_on(desk)
    await work(desk)
    row = only_row(desk)
    assert (row.state, row.reason) == (OutboxState.REFUSED, "Record not found")
    told = desk.store.read(lambda db: laid_over.lists_of(db, desk.account.id, id)).result()
    assert told == {}
