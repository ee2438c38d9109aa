"""A clock that ran ahead and was set right: nothing waits for hours, and no text is sent again by its key alone."""

from __future__ import annotations

from collections import deque
from contextlib import suppress

import pytest
from msgspec.structs import replace
from support.sync_desk import Desk, only_row, put_text

from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import AnswerLost, Throttled, Unreachable
from tui_inbox.sync.looking import ASK
from tui_inbox.sync.outbox import Door, Outbox

AHEAD = 3 * HOUR


def sender(desk: Desk) -> Outbox:
    doors = {desk.account.id: Door(desk.network, True)}
    return Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")


def texts(desk: Desk) -> list[str]:
    return [seen.post.text for seen in desk.network.published.values()]


class Ended(BaseException):
    """The program ends here and now."""


@pytest.mark.parametrize("error", [AnswerLost("It broke."), Ended()])
async def test_a_text_that_left_while_the_clock_ran_ahead_is_not_sent_by_its_key(
    desk: Desk, error: BaseException
) -> None:
    network, really = desk.network, desk.clock.time
    put_text(desk, "hello")
    desk.clock.time += AHEAD
    network.loses_answers = deque([error])
    with suppress(Ended):
        await sender(desk).work(desk.account.id)
    network.published = {
        key: replace(seen, post=replace(seen.post, created_at=really))
        for key, seen in network.published.items()
    }
    desk.clock.time = really + 2 * HOUR
    box = sender(desk)
    await box.recover()
    for later in (2 * HOUR, 3 * HOUR + MINUTE, 4 * HOUR):
        desk.clock.time = network.now = really + later
        await box.work(desk.account.id)
    assert (only_row(desk).state, only_row(desk).reason) == (OutboxState.UNKNOWN, ASK)
    assert texts(desk) == ["hello"]


async def test_a_text_held_when_the_clock_is_set_back_leaves_after_its_hold(desk: Desk) -> None:
    desk.clock.time += AHEAD
    put_text(desk, "hello", hold=10 * SECOND)
    desk.clock.time -= AHEAD
    box = sender(desk)
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk)) == (OutboxState.HELD, [])
    desk.clock.time += 10 * SECOND
    await box.work(desk.account.id)
    assert (only_row(desk).state, texts(desk)) == (OutboxState.SENT, ["hello"])


@pytest.mark.parametrize("is_throttled", [False, True])
async def test_a_text_put_off_when_the_clock_is_set_back_waits_no_longer_for_it(
    desk: Desk, is_throttled: bool
) -> None:
    desk.clock.time += AHEAD
    until = desk.clock.now() + 4 * MINUTE
    throttled = Throttled("Enough.", until=until)
    desk.network.fail("publish", throttled if is_throttled else Unreachable("No line."))
    put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    desk.clock.time -= AHEAD
    await box.work(desk.account.id)
    assert texts(desk) == []
    desk.clock.time += 4 * MINUTE
    await box.work(desk.account.id)
    assert texts(desk) == ["hello"]
