"""The outbox: nothing is posted twice, nothing is lost, whatever the line does."""

from __future__ import annotations

from collections import deque

import pytest
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk, only_row, put_text

from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, YEAR
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import AnswerLost, Refused, SignedOut, Throttled, Unreachable
from tui_inbox.core.post import Audience
from tui_inbox.store import items, outbox, posts
from tui_inbox.sync.outbox import Door, Outbox

HELD, WAITING, SENDING = OutboxState.HELD, OutboxState.WAITING, OutboxState.SENDING
SENT, REFUSED, UNKNOWN = OutboxState.SENT, OutboxState.REFUSED, OutboxState.UNKNOWN


class Crash(BaseException):
    """The program ends here and now."""


def sender(desk: Desk) -> Outbox:
    doors = {desk.account.id: Door(desk.network, desk.network.honours_keys)}
    return Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")


def texts(network: ScriptedNetwork) -> list[str]:
    return [seen.post.text for seen in network.published.values()]


async def test_a_text_waits_out_its_hold_and_leaves_once(desk: Desk) -> None:
    put_text(desk, "hello", hold=10 * SECOND)
    box = sender(desk)
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (HELD, [])
    desk.clock.time += 10 * SECOND
    await box.work(desk.account.id)
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (SENT, ["hello"])


async def test_what_was_sent_is_stored_and_known_by_its_row(desk: Desk) -> None:
    put_text(desk, "hello")
    await sender(desk).work(desk.account.id)
    row = only_row(desk)
    stored = desk.store.read(lambda db: posts.post(db, desk.account.id, row.sent_post or 0))
    assert stored.result().post.text == "hello"  # type: ignore[union-attr]  # a missing post fails too


async def test_without_a_line_the_text_waits_and_keeps_its_reason(desk: Desk) -> None:
    put_text(desk, "hello")
    desk.network.fail("publish", Unreachable("No line to scripted.example."))
    box = sender(desk)
    await box.work(desk.account.id)
    row = only_row(desk)
    assert (row.state, row.reason) == (WAITING, "No line to scripted.example.")
    assert row.release_at > desk.clock.now()
    desk.clock.time = row.release_at
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_spent_budget_puts_the_text_off_until_the_server_said(desk: Desk) -> None:
    put_text(desk, "hello")
    until = desk.clock.now() + 7 * MINUTE
    desk.network.fail("publish", Throttled("Too many requests.", until=until))
    await sender(desk).work(desk.account.id)
    assert (only_row(desk).state, only_row(desk).release_at) == (WAITING, until)


async def test_a_definite_no_keeps_the_text_with_the_servers_words(desk: Desk) -> None:
    put_text(desk, "hello")
    desk.network.fail("publish", Refused("Text is too long."))
    await sender(desk).work(desk.account.id)
    row = only_row(desk)
    assert (row.state, row.reason) == (REFUSED, "Text is too long.")
    assert "hello" in row.content


async def test_a_revoked_token_keeps_the_text_waiting(desk: Desk) -> None:
    put_text(desk, "hello")
    desk.network.fail("publish", SignedOut("Sign in again."))
    await sender(desk).work(desk.account.id)
    assert only_row(desk).state is WAITING


@pytest.mark.parametrize("honours_keys", [True, False])
async def test_a_text_that_arrived_although_the_answer_was_lost_is_found(
    desk: Desk, honours_keys: bool
) -> None:
    desk.network.honours_keys = honours_keys
    desk.network.loses_answers = deque([AnswerLost("The line broke.")])
    put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    assert only_row(desk).state is UNKNOWN
    desk.clock.time = only_row(desk).release_at
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_text_that_never_arrived_is_sent_again_under_the_same_key(desk: Desk) -> None:
    desk.network.fail("publish", AnswerLost("The line broke."))
    put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    key = only_row(desk).key
    desk.clock.time = only_row(desk).release_at
    await box.work(desk.account.id)
    await box.work(desk.account.id)
    assert only_row(desk).state is SENT
    assert list(desk.network.published) == [key]


async def test_where_keys_mean_nothing_the_owner_is_asked_instead(desk: Desk) -> None:
    desk.network.honours_keys = False
    desk.network.fail("publish", AnswerLost("The line broke."))
    put_text(desk, "hello")
    box = sender(desk)
    for _ in range(6):
        await box.work(desk.account.id)
        desk.clock.time += 3 * MINUTE
    row = only_row(desk)
    assert (row.state, texts(desk.network)) == (UNKNOWN, [])
    assert row.reason.startswith("It is not known whether this was posted.")


async def test_an_old_key_is_not_trusted(desk: Desk) -> None:
    desk.network.fail("publish", AnswerLost("The line broke."))
    put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    desk.clock.time += HOUR
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (UNKNOWN, [])


async def test_two_rows_with_one_text_never_claim_the_same_post(desk: Desk) -> None:
    put_text(desk, "thanks")
    box = sender(desk)
    await box.work(desk.account.id)
    desk.network.fail("publish", AnswerLost("The line broke."))
    second = put_text(desk, "thanks")
    await box.work(desk.account.id)
    row = desk.store.read(lambda db: outbox.row(db, second)).result()
    assert row is not None
    desk.clock.time = row.release_at
    await box.work(desk.account.id)
    await box.work(desk.account.id)
    assert texts(desk.network) == ["thanks", "thanks"]


async def test_after_a_crash_what_was_being_sent_is_looked_for(desk: Desk) -> None:
    row_id = put_text(desk, "hello")
    desk.network.loses_answers = deque([Crash()])
    with pytest.raises(Crash):
        await sender(desk).work(desk.account.id)
    assert only_row(desk).state is SENDING
    again = sender(desk)
    await again.recover()
    assert only_row(desk).state is UNKNOWN
    desk.clock.time = max(desk.clock.time, only_row(desk).release_at)
    await again.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (SENT, ["hello"])
    assert row_id == only_row(desk).id


async def test_texts_of_an_account_leave_in_the_order_they_were_written(desk: Desk) -> None:
    put_text(desk, "one")
    put_text(desk, "two")
    desk.network.fail("publish", Unreachable("No line."))
    box = sender(desk)
    await box.work(desk.account.id)
    assert texts(desk.network) == []
    desk.clock.time += MINUTE
    await box.work(desk.account.id)
    assert texts(desk.network) == ["one", "two"]


async def test_an_answer_to_a_mention_closes_it(desk: Desk) -> None:
    asked = desk.network.mention("ann", "Are you coming?")
    await desk.backfill.catch_up_notices()
    (item,) = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    put_text(desk, "@ann yes", reply_to=item.post, audience=asked.post.audience)
    await sender(desk).work(desk.account.id)
    (item,) = desk.store.read(lambda db: items.items(db, [desk.account.id])).result()
    assert (item.state, item.closed_by) == ("answered", "reply")


async def test_a_direct_text_never_leaves_wider(desk: Desk) -> None:
    put_text(desk, "only you", audience=Audience.DIRECT)
    await sender(desk).work(desk.account.id)
    (seen,) = desk.network.published.values()
    assert seen.post.audience is Audience.DIRECT


async def test_an_act_becomes_part_of_what_the_account_sees(desk: Desk) -> None:
    asked = desk.network.mention("ann", "Look at this.")
    await desk.backfill.catch_up_notices()
    found = desk.store.read(
        lambda db: posts.find(db, desk.account.id, asked.view.server_id)
    ).result()
    assert found is not None
    desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind=ActKind.FAVOURITE,
            state=WAITING,
            key="f",
            content="",
            created_at=desk.clock.now(),
            release_at=desk.clock.now(),
            post=found,
        )
    ).result()
    await sender(desk).work(desk.account.id)
    stored = desk.store.read(lambda db: posts.post(db, desk.account.id, found)).result()
    assert stored is not None
    assert stored.view is not None
    assert stored.view.favourited
    assert [act.target for act in desk.network.acts] == [asked.view.server_id]


async def test_a_key_that_is_never_forgotten_is_trusted_however_late(desk: Desk) -> None:
    desk.network.fail("publish", AnswerLost("The line broke."))
    put_text(desk, "hello")
    doors = {desk.account.id: Door(desk.network, True, keys_last=YEAR)}
    box = Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")
    await box.work(desk.account.id)
    desk.clock.time += 30 * DAY
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_text_is_from_the_moment_at_which_it_may_have_left_first(desk: Desk) -> None:
    put_text(desk, "hello")
    box = sender(desk)
    for error in (Unreachable("No line."), AnswerLost("The line broke.")):
        desk.network.fail("publish", error)
        desk.clock.time = max(desk.clock.time, only_row(desk).release_at) + MINUTE
        await box.work(desk.account.id)
    lost_at = desk.clock.time
    desk.clock.time = only_row(desk).release_at + MINUTE
    await box.work(desk.account.id)
    assert only_row(desk).state is SENT
    moments = [outgoing.created_at for outgoing in desk.network.offered]
    assert moments[0] < moments[1] == moments[2] == lost_at
