"""The spammer and the newcomer of the demo town, found by really reading what they posted there."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from networks.memory_state import MemoryState
from support.sync_desk import new_desk

from tui_inbox.core.conversation import Lane
from tui_inbox.core.findings import Verdict
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.demo import DemoNetwork
from tui_inbox.queries import inbox, strangers
from tui_inbox.queries.rows import Scope
from tui_inbox.queries.strangers import CheckView
from tui_inbox.store import accounts
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.history import History
from tui_inbox.sync.strangers import Strangers


async def test_both_are_found_with_their_sentences(tmp_path: Path) -> None:
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
    await backfill.catch_up(Feed(FeedKind.HOME))
    await History(desk.store, desk.ingest, network, mira.id, lambda past: None).read()
    await backfill.catch_up_notices()
    for _ in range(8):
        await backfill.read_relationships()
    checks = Strangers(desk.store, desk.ingest, desk.clock, network, mira.id)
    scope = Scope((mira.id,))

    def lanes() -> dict[str, tuple[Lane, int]]:
        view = desk.store.read(lambda db: inbox.view(db, scope, now=desk.clock.now())).result()
        rows = (row for lane in view.lanes for row in lane.rows)
        return {row.person.name: (row.lane, row.person.id) for row in rows}

    before = lanes()
    assert before["late starling"][0] is Lane.STRANGERS
    for _ in range(20):
        await checks.look()

    def found(name: str) -> CheckView:
        person, now = before[name][1], desk.clock.now()
        view = desk.store.read(
            lambda db: strangers.check_view(db, mira.id, person, now=now, zone=UTC)
        ).result()
        assert view is not None
        return view

    spammer = found("deal rocket 77")
    assert spammer.verdict is Verdict.SAME
    assert {line.label: line.words for line in spammer.lines} == {
        "same text": "to 15 people since yesterday",
        "links": "40 of 40 go to rocketpanel.example",
        "conversation": "0 of 40 answer somebody",
        "account": "2 days old, no description, no picture",
        "you two": "never talked, nobody you talk with has either",
    }
    assert [len(line.evidence) for line in spammer.lines] == [15, 40, 0, 0, 0]
    newcomer = found("late starling")
    assert newcomer.verdict is Verdict.PERSON
    sentences = {line.label: line.words for line in newcomer.lines}
    assert "answer somebody, 15 different people" in sentences["conversation"]
    assert sentences["knows"] == "odile fenn (they write to each other)"
    assert sentences["about"] == "one field filled in, a site that links back"
    assert sentences["to you"] == "names you, asks a question"
    after = lanes()
    assert after["late starling"][0] is Lane.NEWCOMERS
    assert after["deal rocket 77"][0] is Lane.STRANGERS
    unsure = found("parcel20418")
    assert (unsure.verdict, unsure.why) == (Verdict.UNKNOWN, "4 posts only")
    desk.store.close()
