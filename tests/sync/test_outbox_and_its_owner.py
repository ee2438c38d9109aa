"""What the owner decides while a request is under way holds, and what surely never left is no riddle."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from msgspec.structs import replace
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk, put_draft, put_text

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context
from tui_inbox.core.account import Limits
from tui_inbox.core.act import Act
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.moment import DAY, HOUR, MINUTE
from tui_inbox.core.outbox_state import LONGEST_LEAVING, OutboxState
from tui_inbox.core.ports import AnswerLost, Refused, Throttled, Unreachable
from tui_inbox.core.post import Audience, MediaKind
from tui_inbox.store import accounts, drafts, outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.sync.outbox import ABOVE_NOT_SENT, Door, Outbox

T = TypeVar("T")

WAITING, SENDING, SENT = OutboxState.WAITING, OutboxState.SENDING, OutboxState.SENT
UNKNOWN, DISCARDED = OutboxState.UNKNOWN, OutboxState.DISCARDED
REFUSED, SCHEDULED = OutboxState.REFUSED, OutboxState.SCHEDULED


def sender(desk: Desk) -> Outbox:
    doors = {desk.account.id: Door(desk.network, desk.network.honours_keys)}
    return Outbox(desk.store, desk.ingest, desk.clock, doors, lease="test")


def texts(network: ScriptedNetwork) -> list[str]:
    return [seen.post.text for seen in network.published.values()]


def row_of(desk: Desk, id: int) -> OutboxRow:
    row = desk.store.read(lambda db: outbox.row(db, id)).result()
    assert row is not None
    return row


def hands(desk: Desk) -> Context:
    return Context(desk.store, desk.clock)


async def work(desk: Desk, box: Outbox, times: int = 1) -> None:
    """Let the sender work, and let the time pass until what it put off is due."""
    for _ in range(times):
        await box.work(desk.account.id)
        desk.clock.time += 3 * MINUTE


def meanwhile(desk: Desk, patch: pytest.MonkeyPatch, method: str, do: Callable[[], object]) -> None:
    """Let something happen while the server is asked."""
    ask: Callable[..., Awaitable[object]] = getattr(desk.network, method)

    async def asked(*args: object, **kwargs: object) -> object:
        do()
        return await ask(*args, **kwargs)

    patch.setattr(desk.network, method, asked)


@pytest.fixture
async def lost(desk: Desk) -> int:
    """A text whose answer was lost before it was posted."""
    desk.network.fail("publish", AnswerLost("The line broke."))
    row = put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    assert row_of(desk, row).state is UNKNOWN
    desk.clock.time = row_of(desk, row).release_at
    return row


async def test_a_text_thrown_away_while_it_is_looked_for_does_not_leave(
    desk: Desk, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = hands(desk)
    meanwhile(desk, monkeypatch, "feed", lambda: sending.discard(ctx, lost).result())
    await work(desk, sender(desk), 3)
    assert row_of(desk, lost).state is DISCARDED
    assert texts(desk.network) == []


async def test_a_text_reopened_while_it_is_looked_for_is_a_draft_and_nothing_else(
    desk: Desk, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.network.honours_keys = False
    ctx = hands(desk)
    meanwhile(desk, monkeypatch, "feed", lambda: sending.reopen(ctx, lost).result())
    await work(desk, sender(desk), 3)
    assert row_of(desk, lost).state is DISCARDED
    assert [one.text for one in desk.store.read(drafts.drafts).result()] == ["hello"]
    assert texts(desk.network) == []


async def test_a_text_thrown_away_while_its_look_fails_stays_thrown_away(
    desk: Desk, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = hands(desk)
    desk.network.fail("feed", Unreachable("No line."))
    meanwhile(desk, monkeypatch, "feed", lambda: sending.discard(ctx, lost).result())
    await work(desk, sender(desk), 3)
    assert row_of(desk, lost).state is DISCARDED


def put_with_file(desk: Desk) -> int:
    """A text with a file that is to be handed over first."""
    picture = desk.store.files.path_of("").parent / "loaf.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"a loaf")
    file = desk.store.files.keep(picture)
    attachment = Attachment(file, "loaf.png", MediaKind.PICTURE)
    draft = Draft(0, desk.account.id, "hello", attachments=(attachment,))
    return put_draft(desk.store, draft, desk.clock.now())


async def test_a_text_thrown_away_while_its_file_is_handed_over_does_not_leave(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = put_with_file(desk)

    def discard() -> None:
        desk.clock.time += LONGEST_LEAVING + 1
        assert sending.discard(hands(desk), row).result().action is not None

    meanwhile(desk, monkeypatch, "upload", discard)
    await work(desk, sender(desk), 2)
    assert row_of(desk, row).state is DISCARDED
    assert texts(desk.network) == []


async def test_a_text_stuck_with_its_file_and_tried_again_leaves_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.network.honours_keys = False
    row = put_with_file(desk)

    def retry() -> None:
        desk.clock.time += LONGEST_LEAVING + 1
        sending.retry(hands(desk), row).result()

    with pytest.MonkeyPatch.context() as patch:
        meanwhile(desk, patch, "upload", retry)
        await work(desk, sender(desk))
    assert (row_of(desk, row).state, texts(desk.network)) == (UNKNOWN, [])
    await work(desk, sender(desk))
    assert (row_of(desk, row).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_text_that_waited_long_for_a_line_is_trusted_to_its_key_from_when_it_left(
    desk: Desk,
) -> None:
    desk.network.fail("publish", Unreachable("No line."), AnswerLost("The line broke."))
    row = put_text(desk, "hello")
    box = sender(desk)
    await box.work(desk.account.id)
    assert row_of(desk, row).first_try_at is None, "it surely never left"
    desk.clock.time += 5 * HOUR
    await work(desk, box)
    assert row_of(desk, row).state is UNKNOWN
    await work(desk, box)
    assert (row_of(desk, row).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_line_that_is_gone_after_a_lost_answer_does_not_make_it_unsent(desk: Desk) -> None:
    desk.network.fail("publish", AnswerLost("It broke."), Unreachable("No line."))
    row = put_text(desk, "hello")
    box = sender(desk)
    began = desk.clock.now()
    await work(desk, box, 2)
    assert row_of(desk, row).state is UNKNOWN
    assert row_of(desk, row).first_try_at == began


async def test_a_text_kept_here_for_days_is_trusted_to_its_key_from_when_it_left(
    desk: Desk,
) -> None:
    desk.network.fail("publish", AnswerLost("The line broke."))
    draft = Draft(0, desk.account.id, "hello", send_at=desk.clock.now() + 3 * DAY)
    row = put_draft(desk.store, draft, desk.clock.now())
    box = sender(desk)
    await box.work(desk.account.id)
    assert (row_of(desk, row).state, row_of(desk, row).first_try_at) == (SCHEDULED, None)
    desk.clock.time += 3 * DAY
    await work(desk, box)
    assert row_of(desk, row).state is UNKNOWN
    await work(desk, box)
    assert (row_of(desk, row).state, texts(desk.network)) == (SENT, ["hello"])


async def test_a_lease_of_an_earlier_program_is_found_although_the_start_could_not_note_it(
    desk: Desk,
) -> None:
    row = put_text(desk, "hello")
    now = desk.clock.now()
    desk.store.write(
        lambda w: outbox.set_row(
            w, row, state=SENDING, at=now, owner="before", tries=1, first_try_at=now
        )
    ).result()
    box = sender(desk)
    await box.work(desk.account.id)
    assert row_of(desk, row).state is SENT
    assert row_of(desk, row).tries == 2


def put_part(desk: Desk, text: str, follows: int | None) -> int:
    draft = Draft(0, desk.account.id, text, follows=follows)
    return desk.store.write(
        lambda w: outbox.add(
            w,
            account=desk.account.id,
            kind="post",
            state=WAITING,
            key=text,
            content=draft.to_json(),
            created_at=desk.clock.now(),
            release_at=desk.clock.now(),
            follows=follows,
        )
    ).result()


async def test_a_part_of_a_thread_that_waits_for_the_one_above_holds_up_no_other_text(
    desk: Desk,
) -> None:
    desk.network.fail("publish", Refused("Too long."))
    first = put_part(desk, "one", None)
    second = put_part(desk, "two", first)
    third = put_part(desk, "three", second)
    other = put_text(desk, "another text")
    await work(desk, sender(desk), 2)
    assert [row_of(desk, row).state for row in (first, second, third, other)] == [
        REFUSED,
        WAITING,
        WAITING,
        SENT,
    ]
    assert texts(desk.network) == ["another text"]


async def test_the_parts_of_a_thread_leave_before_what_was_written_after_them(desk: Desk) -> None:
    desk.network.fail("publish", Unreachable("No line."))
    first = put_part(desk, "one", None)
    put_part(desk, "two", first)
    put_text(desk, "another text")
    await work(desk, sender(desk), 2)
    assert texts(desk.network) == ["one", "two", "another text"]


@dataclass
class Keeper(ScriptedNetwork):
    """A server that keeps texts for later, and forgets them when it is told to."""

    schedules: bool = True

    async def act(self, act: Act) -> None:
        await super().act(act)
        if all(plan.server_id != act.target for plan in self.plans):
            raise Refused("It has been posted already.", gone=True)
        self.plans = [plan for plan in self.plans if plan.server_id != act.target]
        if self.loses_answers:
            raise self.loses_answers.popleft()


@pytest.fixture
async def planned(desk: Desk) -> int:
    """A text that the server keeps for later."""
    desk.network = Keeper()
    desk.store.write(
        lambda w: accounts.set_limits(
            w,
            desk.account.id,
            Limits(schedules=True),
            usual_audience=Audience.PUBLIC,
            usual_language=None,
        )
    ).result()
    draft = Draft(0, desk.account.id, "hello", send_at=desk.clock.now() + DAY)
    row = put_draft(desk.store, draft, desk.clock.now())
    await work(desk, sender(desk))
    assert row_of(desk, row).remote_id == desk.network.plans[0].server_id
    return row


@pytest.mark.parametrize("is_lost", [False, True])
async def test_a_planned_text_written_on_leaves_after_its_server_has_forgotten_the_plan(
    desk: Desk, planned: int, is_lost: bool
) -> None:
    draft = sending.reopen(hands(desk), planned).result()
    sending.send_now(hands(desk), replace(draft, text="hello all", send_at=None)).result()
    desk.network.fail("act", Throttled("Enough.", until=desk.clock.now() + HOUR))
    if is_lost:
        desk.network.loses_answers = deque([AnswerLost("It broke.")])
    await work(desk, sender(desk))
    assert texts(desk.network) == []
    desk.clock.time += HOUR
    await work(desk, sender(desk), 3)
    assert (texts(desk.network), desk.network.plans) == (["hello all"], [])


async def test_a_planned_text_that_was_posted_before_it_could_be_taken_back_is_not_posted_again(
    desk: Desk, planned: int
) -> None:
    draft = sending.reopen(hands(desk), planned).result()
    again = sending.send_now(hands(desk), replace(draft, send_at=None)).result().rows[0]
    desk.network.plans.clear()
    await work(desk, sender(desk), 3)
    assert texts(desk.network) == []
    assert row_of(desk, again).reason == ABOVE_NOT_SENT
