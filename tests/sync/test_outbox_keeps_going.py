"""The outbox where something goes wrong: one row, one server or one limit never stops the others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from support.scripted_network import ScriptedNetwork, somebody
from support.sync_desk import Desk, put_text

from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.draft import Draft, Outgoing
from tui_inbox.core.moment import MINUTE
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import AnswerLost, Refused, Throttled, Unreachable
from tui_inbox.core.post import SeenPost
from tui_inbox.store import accounts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.failures import MOST_FAILURES
from tui_inbox.sync.outbox import FAULT, Door, Outbox

WAITING, SENDING, SENT = OutboxState.WAITING, OutboxState.SENDING, OutboxState.SENT
REFUSED, UNKNOWN = OutboxState.REFUSED, OutboxState.UNKNOWN


def sender(desk: Desk) -> Outbox:
    doors = {desk.account.id: Door(desk.network, desk.network.honours_keys)}
    return Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")


def put_act(desk: Desk, kind: ActKind, seen: SeenPost) -> int:
    """The owner does something to a post that the account was shown."""
    (post,) = desk.ingest.take_posts(desk.account.id, [seen]).result()
    return desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=kind,
            state=WAITING,
            key=f"{kind} {post}",
            content="",
            created_at=desk.clock.now(),
            release_at=desk.clock.now(),
            post=post,
        )
    ).result()


def row_of(desk: Desk, id: int) -> OutboxRow:
    row = desk.store.read(lambda db: outbox.row(db, id)).result()
    assert row is not None
    return row


def states(desk: Desk) -> list[OutboxState]:
    return [row.state for row in desk.store.read(outbox.rows).result()]


async def test_a_text_at_which_we_fail_is_of_unknown_fate_at_once_and_the_next_leaves(
    desk: Desk,
) -> None:
    first, _ = put_text(desk, "hello"), put_text(desk, "again")
    desk.network.fail("publish", ZeroDivisionError("a bug"))
    await sender(desk).work(desk.account.id)
    assert states(desk) == [UNKNOWN, SENT]
    row = row_of(desk, first)
    assert row.reason == FAULT
    assert row.owner is None


async def test_a_text_at_which_we_failed_leaves_when_it_is_surely_not_there(desk: Desk) -> None:
    first = put_text(desk, "hello")
    desk.network.fail("publish", ZeroDivisionError("a bug"))
    box = sender(desk)
    await box.work(desk.account.id)
    desk.clock.time = row_of(desk, first).release_at
    await box.work(desk.account.id)
    assert row_of(desk, first).state is SENT
    assert len(desk.network.published) == 1


async def test_a_failure_while_looking_puts_the_look_off(desk: Desk) -> None:
    first = put_text(desk, "hello")
    desk.network.fail("publish", AnswerLost("The line broke."))
    box = sender(desk)
    await box.work(desk.account.id)
    desk.clock.time = row_of(desk, first).release_at
    desk.network.fail("feed", ZeroDivisionError("a bug"))
    second = put_text(desk, "again")
    await box.work(desk.account.id)
    assert (row_of(desk, first).state, row_of(desk, first).reason) == (UNKNOWN, FAULT)
    assert row_of(desk, first).release_at > desk.clock.now()
    assert row_of(desk, second).state is SENT


async def test_an_act_at_which_we_fail_is_put_off_and_at_last_handed_back(desk: Desk) -> None:
    seen = desk.network.write("ann", "Look at this.")
    act = put_act(desk, ActKind.FAVOURITE, seen)
    text = put_text(desk, "hello")
    desk.network.fail("act", *[ZeroDivisionError("a bug")] * MOST_FAILURES)
    box = sender(desk)
    await box.work(desk.account.id)
    assert (row_of(desk, act).state, row_of(desk, act).reason) == (WAITING, FAULT)
    assert row_of(desk, act).release_at > desk.clock.now()
    assert row_of(desk, text).state is SENT, "a text does not wait for an act"
    for _ in range(MOST_FAILURES):
        desk.clock.time += 3 * MINUTE
        await box.work(desk.account.id)
    assert row_of(desk, act).state is REFUSED
    assert desk.network.acts == []


async def test_an_act_that_waits_for_a_line_is_never_handed_back(desk: Desk) -> None:
    act = put_act(desk, ActKind.FAVOURITE, desk.network.write("ann", "Look at this."))
    desk.network.fail("act", *[Unreachable("No line.")] * 3 * MOST_FAILURES)
    box = sender(desk)
    for _ in range(3 * MOST_FAILURES):
        await box.work(desk.account.id)
        desk.clock.time += 3 * MINUTE
    assert row_of(desk, act).state is WAITING
    await box.work(desk.account.id)
    assert row_of(desk, act).state is SENT


async def test_a_limit_of_one_kind_stops_nothing_else(desk: Desk) -> None:
    gone, kept = desk.network.write("me", "Not this."), desk.network.write("ann", "But this.")
    until = desk.clock.now() + 20 * MINUTE
    desk.network.fail("act", Throttled("There were enough deletions.", until=until))
    deletion = put_act(desk, ActKind.DELETE, gone)
    favourite, text = put_act(desk, ActKind.FAVOURITE, kept), put_text(desk, "hello")
    await sender(desk).work(desk.account.id)
    assert (row_of(desk, deletion).state, row_of(desk, deletion).release_at) == (WAITING, until)
    assert row_of(desk, favourite).state is SENT
    assert row_of(desk, text).state is SENT


async def test_what_is_done_to_one_post_keeps_its_order(desk: Desk) -> None:
    seen = desk.network.write("ann", "Look at this.")
    desk.network.fail("act", Throttled("Enough.", until=desk.clock.now() + MINUTE))
    put_act(desk, ActKind.BOOST, seen)
    put_act(desk, ActKind.UNBOOST, seen)
    box = sender(desk)
    await box.work(desk.account.id)
    assert desk.network.acts == []
    desk.clock.time += MINUTE
    await box.work(desk.account.id)
    target = seen.view.server_id
    assert desk.network.acts == [Act(ActKind.BOOST, target), Act(ActKind.UNBOOST, target)]


async def test_without_a_line_only_one_row_is_tried(desk: Desk) -> None:
    for number in range(5):
        put_act(desk, ActKind.FAVOURITE, desk.network.write("ann", f"post {number}"))
    desk.network.fail("act", Unreachable("No line."))
    box = sender(desk)
    due = await box.work(desk.account.id)
    assert desk.network.calls.count("act") == 1
    assert due is not None
    desk.clock.time = due
    await box.work(desk.account.id)
    assert states(desk) == [SENT] * 5


async def test_an_act_that_was_being_done_when_the_program_ended_is_done_again(desk: Desk) -> None:
    act = put_act(desk, ActKind.FAVOURITE, desk.network.write("ann", "Look at this."))
    text = put_text(desk, "hello")
    desk.store.write(
        lambda w: outbox.set_row(
            w, act, state=SENDING, at=desk.clock.now(), owner="before", tries=1
        )
    ).result()
    box = sender(desk)
    await box.recover()
    await box.work(desk.account.id)
    assert (row_of(desk, act).state, row_of(desk, text).state) == (SENT, SENT)


async def test_a_row_whose_end_could_not_be_noted_is_taken_up_again(desk: Desk) -> None:
    text = put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    desk.store.write(
        lambda w: outbox.set_row(w, text, state=SENDING, at=desk.clock.now(), owner="test")
    ).result()
    await box.work(desk.account.id)
    assert row_of(desk, text).state is SENT, "it is found on the server"
    assert len(desk.network.published) == 1


async def test_nobody_is_called_for_rows_that_wait_for_something_else(desk: Desk) -> None:
    put_text(desk, "one")
    put_text(desk, "two")
    until = desk.clock.now() + 20 * MINUTE
    desk.network.fail("publish", Throttled("Enough.", until=until))
    assert await sender(desk).work(desk.account.id) == until


async def test_a_definite_no_to_one_text_stops_no_other(desk: Desk) -> None:
    first, second = put_text(desk, "too long"), put_text(desk, "short")
    desk.network.fail("publish", Refused("Text is too long."))
    await sender(desk).work(desk.account.id)
    assert (row_of(desk, first).state, row_of(desk, second).state) == (REFUSED, SENT)


@dataclass
class SilentNetwork(ScriptedNetwork):
    """A server that takes a text and says nothing."""

    took: asyncio.Event = field(default_factory=asyncio.Event)

    async def publish(self, outgoing: Outgoing) -> SeenPost:
        self.took.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody waits that long")


async def test_a_silent_server_holds_up_no_other_account(desk: Desk) -> None:
    silent = SilentNetwork()
    other = desk.store.write(
        lambda w: accounts.add_account(
            w,
            network="scripted",
            server="https://silent.example",
            person=somebody("other"),
            letters="ot",
            label="other",
            limits=Limits(),
        )
    ).result()
    doors = {other.id: Door(silent, True), desk.account.id: Door(desk.network, True)}
    box = Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")
    desk.store.write(
        lambda w: outbox.add(
            w,
            account=other.id,
            kind="post",
            state=OutboxState.HELD,
            key="silent",
            content=Draft(0, other.id, "into the void").to_json(),
            created_at=desk.clock.now(),
            release_at=desk.clock.now(),
        )
    ).result()
    put_text(desk, "hello")
    waiting = asyncio.create_task(box.work(other.id))
    await silent.took.wait()
    await box.work(desk.account.id)
    waiting.cancel()
    assert states(desk) == [SENDING, SENT]


async def test_a_row_stopped_while_others_are_sent_does_not_leave(desk: Desk) -> None:
    put_text(desk, "one")
    second = put_text(desk, "two")
    publish = desk.network.publish

    async def stopping(outgoing: Outgoing) -> SeenPost:
        desk.store.write(
            lambda w: outbox.set_row(w, second, state=OutboxState.DISCARDED, at=desk.clock.now())
        ).result()
        return await publish(outgoing)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.network, "publish", stopping)
        await sender(desk).work(desk.account.id)
    assert states(desk) == [SENT, OutboxState.DISCARDED]
    assert len(desk.network.published) == 1
