"""Texts that a server keeps for later: handed over in time, moved elsewhere, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.scripted_network import NOON, ScriptedNetwork
from support.sync_desk import Desk, SelfPassingClock, put_draft

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act
from tui_inbox.core.draft import Attachment, Draft, Upload
from tui_inbox.core.moment import DAY, HOUR, MINUTE, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import AnswerLost, Refused
from tui_inbox.core.post import Audience, MediaKind
from tui_inbox.store import accounts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.outbox import ABOVE_NOT_SENT, Door, Outbox


@dataclass
class Keeper(ScriptedNetwork):
    """A server that keeps texts for later, forgets them when it is told to, and takes its time with files."""

    schedules: bool = True
    clock: SelfPassingClock = field(default_factory=lambda: SelfPassingClock(NOON))
    upload_takes: Millis = 0

    async def upload(self, upload: Upload) -> str:
        self.clock.time += self.upload_takes
        return await super().upload(upload)

    async def act(self, act: Act) -> None:
        await super().act(act)
        if all(plan.server_id != act.target for plan in self.plans):
            raise Refused("It has been posted already.", gone=True)
        self.plans = [plan for plan in self.plans if plan.server_id != act.target]

    def post_plan(self) -> None:
        """Post what it keeps, as its moment has come."""
        plan = self.plans.pop(0)
        self.published[plan.server_id] = self.write("me", plan.text, at=plan.send_at)


@pytest.fixture
def keeper(desk: Desk) -> Keeper:
    """The server of the desk's account, which keeps texts for later."""
    desk.network = keeper = Keeper(clock=desk.clock)
    desk.store.write(
        lambda w: accounts.set_limits(
            w,
            desk.account.id,
            Limits(schedules=True),
            usual_audience=Audience.PUBLIC,
            usual_language=None,
        )
    ).result()
    return keeper


def sender(desk: Desk) -> Outbox:
    return Outbox(
        desk.store, desk.ingest, desk.clock, {desk.account.id: Door(desk.network, True)}, "test"
    )


def rows(desk: Desk) -> list[OutboxRow]:
    return desk.store.read(outbox.rows).result()


def texts(network: ScriptedNetwork) -> list[str]:
    return [seen.post.text for seen in network.published.values()]


def put_plan(desk: Desk, ahead: Millis, *files: Attachment) -> int:
    draft = Draft(
        0, desk.account.id, "hello", send_at=desk.clock.now() + ahead, attachments=tuple(files)
    )
    return put_draft(desk.store, draft, desk.clock.now())


async def test_a_text_whose_file_takes_long_is_not_posted_before_its_moment(
    desk: Desk, keeper: Keeper, tmp_path: Path
) -> None:
    (tmp_path / "loaf.png").write_bytes(b"a loaf")
    file = desk.store.files.keep(tmp_path / "loaf.png")
    keeper.upload_takes = 2 * MINUTE
    put_plan(desk, 6 * MINUTE, Attachment(file, "loaf.png", MediaKind.PICTURE))
    box = sender(desk)
    await box.work(desk.account.id)
    (row,) = rows(desk)
    assert (row.state, texts(keeper), keeper.plans) == (OutboxState.SCHEDULED, [], [])
    desk.clock.time = row.release_at
    await box.work(desk.account.id)
    assert (rows(desk)[0].state, texts(keeper)) == (OutboxState.SENT, ["hello"])
    assert len(keeper.uploads) == 1


async def test_a_plan_that_was_posted_before_it_was_taken_back_is_not_posted_in_other_words(
    desk: Desk, keeper: Keeper
) -> None:
    row = put_plan(desk, HOUR)
    box = sender(desk)
    await box.work(desk.account.id)
    ctx = Context(desk.store, desk.clock)
    draft = sending.reopen(ctx, row).result()
    sending.send_now(ctx, replace(draft, text="hello all", send_at=None)).result()
    keeper.fail("act", AnswerLost("503"))
    await box.work(desk.account.id)
    desk.clock.time += 2 * HOUR
    keeper.post_plan()
    for _ in range(3):
        await box.work(desk.account.id)
        desk.clock.time += 3 * MINUTE
    assert texts(keeper) == ["hello"]
    assert rows(desk)[-1].reason == ABOVE_NOT_SENT


async def test_a_plan_that_was_moved_in_another_client_is_waited_for(
    desk: Desk, keeper: Keeper
) -> None:
    put_plan(desk, HOUR)
    box = sender(desk)
    await box.work(desk.account.id)
    moved = desk.clock.now() + DAY
    keeper.plans = [replace(plan, send_at=moved) for plan in keeper.plans]
    desk.clock.time += HOUR + MINUTE
    await box.work(desk.account.id)
    (row,) = rows(desk)
    assert row.state is OutboxState.SCHEDULED
    assert row.release_at > moved
    assert Draft.from_json(row.content).send_at == moved
    desk.clock.time = row.release_at
    keeper.post_plan()
    await box.work(desk.account.id)
    assert (rows(desk)[0].state, texts(keeper)) == (OutboxState.SENT, ["hello"])
