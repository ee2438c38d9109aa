"""What is sent together: one text from several accounts, a long one as a thread, and the brake."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.town_builder import Town, TownClock

from tui_inbox.commands import sending
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.account import Limits
from tui_inbox.core.draft import Attachment, Draft
from tui_inbox.core.moment import HOUR, MINUTE, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.post import MediaKind
from tui_inbox.store import accounts, drafts, outbox
from tui_inbox.store.outbox import OutboxRow

HELD, WAITING, SENT = OutboxState.HELD, OutboxState.WAITING, OutboxState.SENT
SCHEDULED = OutboxState.SCHEDULED
REFUSED, DISCARDED, UNKNOWN = OutboxState.REFUSED, OutboxState.DISCARDED, OutboxState.UNKNOWN
THREE_PARTS = "We bake rye on Monday. We bake spelt on Friday.\n\nWe rest on Sunday, all of us."
PARTS = ["We bake rye on Monday. 1/3", "We bake spelt on Friday. 2/3"]
LAST = "We rest on Sunday, all of us. 3/3"


class TickingClock(TownClock):
    """A clock on which time passes while something is done."""

    def now(self) -> int:
        self.moment += 1
        return self.moment


@pytest.fixture
def short(town: Town) -> int:
    """An account on a server that takes posts of 34 characters."""
    return town.account("acorn", limits=Limits(characters=34))


def rows(town: Town) -> list[OutboxRow]:
    return town.ask(outbox.rows)


def texts(town: Town, *states: OutboxState) -> list[str]:
    """Texts in the outbox in these states, in their order."""
    wanted = states or tuple(one for one in OutboxState if one is not DISCARDED)
    return [Draft.from_json(row.content).text for row in rows(town) if row.state in wanted]


def kept(town: Town) -> list[Draft]:
    return town.ask(drafts.drafts)


def move(town: Town, row: OutboxRow, state: OutboxState, sent_post: int | None = None) -> None:
    town.write(lambda w: outbox.set_row(w, row.id, state=state, at=town.now, sent_post=sent_post))


def send(town: Town, draft: Draft, *, asked: bool = False) -> Outcome:
    return sending.send(town.context, draft, asked=asked).result()


# Several accounts


def test_a_text_from_several_accounts_has_a_row_and_a_key_for_each(town: Town, short: int) -> None:
    send(town, Draft(0, 1, "We bake rye.", also_from=(short,)))
    first, second = rows(town)
    assert (first.account, second.account) == (1, short)
    assert first.key != second.key
    assert texts(town) == ["We bake rye."] * 2


def test_what_does_not_fit_one_of_the_accounts_is_sent_from_none(town: Town, short: int) -> None:
    outcome = send(town, Draft(0, 1, "We bake rye and spelt and wheat here.", also_from=(short,)))
    assert outcome.action is None
    assert outcome.sentence.startswith("acorn@town.example: This is 3 characters too long")
    assert rows(town) == []


def test_each_account_splits_by_its_own_limit(town: Town, short: int) -> None:
    send(town, Draft(0, 1, THREE_PARTS, split=True, also_from=(short,)))
    by_account = [[row for row in rows(town) if row.account == one] for one in (1, short)]
    assert [len(found) for found in by_account] == [1, 3]
    assert by_account[1][0].follows is None, "it waits for nothing that another account sends"


def test_half_a_success_is_not_sent_again(town: Town, short: int) -> None:
    send(town, Draft(0, 1, "We bake rye.", also_from=(short,)))
    first, second = rows(town)
    move(town, first, SENT)
    move(town, second, REFUSED)
    sending.retry(town.context, second.id).result()
    assert [(row.account, row.state) for row in rows(town)] == [
        (1, SENT),
        (short, DISCARDED),
        (short, WAITING),
    ]


def test_a_file_uploaded_by_one_account_is_uploaded_again_by_another(
    town: Town, short: int
) -> None:
    attachment = Attachment("a.png", "loaf.png", MediaKind.PICTURE, server_id="17", uploaded_at=5)
    send(town, Draft(0, 1, "Look.", attachments=(attachment,), also_from=(short,)))
    ids = [Draft.from_json(row.content).attachments[0].server_id for row in rows(town)]
    assert ids == ["17", None]


def test_an_account_that_was_removed_meanwhile_keeps_a_text_from_no_other(
    town: Town, short: int
) -> None:
    fennel = town.account("fennel")
    draft = Draft(0, 1, "We bake rye.", also_from=(short, fennel))
    town.write(lambda w: accounts.remove_account(w, short))
    send(town, draft)
    assert [row.account for row in rows(town)] == [1, fennel]


def test_stopping_makes_one_draft_of_what_several_accounts_would_have_sent(
    town: Town, short: int
) -> None:
    send(town, Draft(0, 1, "We bake rye.", also_from=(short,)))
    sending.stop_held(town.context).result()
    (draft,) = kept(town)
    assert (draft.text, draft.also_from) == ("We bake rye.", (short,))
    assert texts(town) == []


# The brake


def test_the_third_text_within_five_seconds_is_asked_about_and_then_sent(town: Town) -> None:
    for number in (1, 2):
        send(town, Draft(0, 1, f"We bake rye {number}."))
        town.pass_time(SECOND)
    third = Draft(0, 1, "We bake rye 3.")
    assert send(town, third) == Outcome(sending.BRAKE, asks=True)
    assert len(rows(town)) == 2
    assert send(town, third, asked=True).action is not None


def test_after_five_seconds_nothing_is_asked(town: Town) -> None:
    for number in range(4):
        assert send(town, Draft(0, 1, f"We bake rye {number}.")).action is not None
        town.pass_time(3 * SECOND)


def test_one_text_from_several_accounts_in_several_parts_counts_once(
    town: Town, short: int
) -> None:
    ticking = replace(town.context, clock=TickingClock(town.now))
    draft = Draft(0, short, THREE_PARTS, split=True, also_from=(1,))
    assert sending.send(ticking, draft).result().action is not None
    assert len(rows(town)) == 4
    again = sending.send(ticking, Draft(0, 1, "And wheat.")).result()
    assert again.action is not None, "that was the second"


# Threads


@pytest.fixture
def thread(town: Town, short: int) -> list[OutboxRow]:
    """The rows of a thread of three parts, the first with a picture."""
    picture = Attachment("a.png", "loaf.png", MediaKind.PICTURE)
    send(town, Draft(0, short, THREE_PARTS, split=True, attachments=(picture,)))
    return rows(town)


def test_each_part_follows_the_one_above_and_only_the_first_has_what_goes_with_it(
    thread: list[OutboxRow],
) -> None:
    first, second, third = thread
    assert [first.follows, second.follows, third.follows] == [None, first.id, second.id]
    assert [len(Draft.from_json(row.content).attachments) for row in thread] == [1, 0, 0]


def test_a_thread_that_is_stopped_is_the_one_text_that_it_was(
    town: Town, thread: list[OutboxRow]
) -> None:
    reopened = sending.stop_held(town.context).result()
    assert reopened is not None
    assert (reopened.text, len(reopened.attachments), reopened.split) == (THREE_PARTS, 1, True)
    assert kept(town) == [reopened]
    assert texts(town) == []


def test_of_a_thread_half_of_which_has_left_the_rest_becomes_one_draft(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], SENT)
    told = undo(town.context).result().sentence
    assert told == "undone: sending; what had not left is a draft again"
    (rest,) = kept(town)
    assert rest.text == "We bake spelt on Friday.\n\nWe rest on Sunday, all of us."
    assert (rest.follows, rest.split, rest.attachments) == (thread[0].id, True, ())
    assert texts(town) == [PARTS[0]]
    send(town, replace(rest, text=rest.text.replace("spelt", "wheat")))
    again = rows(town)[-2:]
    assert [Draft.from_json(row.content).text for row in again] == [
        "We bake wheat on Friday. 1/2",
        "We rest on Sunday, all of us. 2/2",
    ]
    assert [row.follows for row in again] == [thread[0].id, again[0].id]


def test_a_refused_part_brings_those_below_it_along_when_it_is_written_on(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], SENT)
    move(town, thread[1], REFUSED)
    move(town, thread[2], WAITING)
    rest = sending.reopen(town.context, thread[1].id).result()
    assert rest.text == "We bake spelt on Friday.\n\nWe rest on Sunday, all of us."
    assert kept(town) == [rest]
    assert texts(town) == [PARTS[0]]


def test_the_last_part_alone_becomes_a_draft_that_follows_what_is_above_it(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], SENT)
    move(town, thread[1], UNKNOWN)
    move(town, thread[2], WAITING)
    rest = sending.reopen(town.context, thread[2].id).result()
    assert (rest.text, rest.follows) == (LAST, thread[1].id)


def test_a_refused_part_tried_again_takes_those_below_it_along(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], REFUSED)
    move(town, thread[1], WAITING)
    move(town, thread[2], WAITING)
    sending.retry(town.context, thread[0].id).result()
    new = rows(town)[-1]
    assert Draft.from_json(new.content).text == PARTS[0]
    _, second, third, _ = rows(town)
    assert (second.follows, third.follows) == (new.id, second.id)


def test_a_first_part_tried_again_is_followed_by_parts_that_are_held(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], REFUSED)
    sending.retry(town.context, thread[0].id).result()
    _, second, third, new = rows(town)
    assert (second.follows, third.follows) == (new.id, second.id)
    assert (second.state, second.release_at) == (HELD, thread[1].release_at)


def test_a_thread_that_was_stopped_as_a_whole_is_sent_as_a_whole(
    town: Town, thread: list[OutboxRow]
) -> None:
    for part in thread:
        move(town, part, REFUSED)
    sending.retry(town.context, thread[0].id).result()
    _, second, third, new = rows(town)
    assert texts(town, WAITING) == [*PARTS[1:], LAST, PARTS[0]]
    assert (second.follows, third.follows) == (new.id, second.id)


def test_a_thread_that_was_stopped_as_a_whole_is_written_on_as_a_whole(
    town: Town, thread: list[OutboxRow]
) -> None:
    for part in thread:
        move(town, part, REFUSED)
    assert sending.reopen(town.context, thread[0].id).result().text == THREE_PARTS
    assert texts(town) == []


def test_a_part_written_on_after_the_first_was_sent_anew_still_follows_that(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], REFUSED)
    sending.retry(town.context, thread[0].id).result()
    new = rows(town)[-1]
    move(town, new, SENT)
    rest = sending.reopen(town.context, thread[1].id).result()
    assert rest.follows == new.id
    town.pass_time(MINUTE)
    send(town, rest)
    assert next(row for row in rows(town) if row.state is HELD).follows == new.id


def test_what_follows_something_thrown_away_follows_what_was_above_that(
    town: Town, thread: list[OutboxRow]
) -> None:
    move(town, thread[0], SENT)
    move(town, thread[1], UNKNOWN)
    move(town, thread[2], WAITING)
    rest = sending.reopen(town.context, thread[2].id).result()
    sending.discard(town.context, thread[1].id).result()
    send(town, rest)
    assert rows(town)[-1].follows == thread[0].id


def test_what_follows_only_what_was_thrown_away_answers_what_that_had_answered(
    town: Town, short: int
) -> None:
    said = town.says("quillfox", "What do you bake?", naming=["acorn"], account=short)
    send(town, Draft(0, short, THREE_PARTS, split=True, reply_to=said.id))
    first, second, third = rows(town)
    for row in (first, second, third):
        move(town, row, UNKNOWN if row is first else WAITING)
    rest = sending.reopen(town.context, second.id).result()
    assert (rest.reply_to, rest.follows) == (None, first.id)
    sending.discard(town.context, first.id).result()
    send(town, rest)
    again = rows(town)[-2]
    assert (again.post, again.follows) == (said.id, None)


def test_a_thread_for_later_waits_for_its_first_part_only(town: Town, short: int) -> None:
    later = town.now + HOUR
    send(town, Draft(0, short, THREE_PARTS, split=True, send_at=later))
    first, second, third = rows(town)
    assert (first.state, first.release_at) == (OutboxState.SCHEDULED, later)
    assert [Draft.from_json(row.content).send_at for row in (second, third)] == [None, None]
    assert (second.state, second.follows) == (HELD, first.id)


@pytest.mark.parametrize("state", [WAITING, REFUSED, UNKNOWN])
def test_a_single_text_that_ends_like_a_part_keeps_its_words(
    town: Town, state: OutboxState
) -> None:
    send(town, Draft(0, 1, "We won 3/4"))
    move(town, rows(town)[0], state)
    assert sending.reopen(town.context, rows(town)[0].id).result().text == "We won 3/4"


# What servers keep for later


def plan(town: Town, row: OutboxRow, remote_id: str) -> None:
    """The row's server has taken it, and posts it at its moment."""
    town.write(
        lambda w: outbox.set_row(
            w, row.id, state=SCHEDULED, at=town.now, first_try_at=town.now, remote_id=remote_id
        )
    )


def take_back(town: Town, remote_id: str) -> int:
    """The row by which a server is told to forget a plan."""
    (row,) = (row for row in rows(town) if row.content == remote_id)
    return row.id


@pytest.fixture
def planned(town: Town, short: int) -> Draft:
    """A text that was planned at the servers of two accounts, and reopened."""
    town.allows(Limits(schedules=True))
    town.allows(Limits(schedules=True), account=short)
    send(town, Draft(0, 1, "We bake rye.", send_at=town.now + HOUR, also_from=(short,)))
    for row, remote_id in zip(rows(town), ("s1", "s2"), strict=True):
        plan(town, row, remote_id)
    reopened = sending.reopen(town.context, rows(town)[0].id).result()
    town.pass_time(MINUTE)
    return reopened


def test_each_account_waits_until_its_own_server_has_forgotten_the_plan(
    town: Town, short: int, planned: Draft
) -> None:
    send(town, replace(planned, text="We bake rye today.", send_at=None))
    assert [(row.account, row.follows) for row in rows(town) if row.state is HELD] == [
        (1, take_back(town, "s1")),
        (short, take_back(town, "s2")),
    ]
    undo(town.context).result()
    assert kept(town)[0].unplanned == (take_back(town, "s1"), take_back(town, "s2"))


def test_an_account_that_had_planned_nothing_waits_for_the_plan_of_the_other(
    town: Town, short: int
) -> None:
    town.allows(Limits(schedules=True))
    send(town, Draft(0, 1, "We bake rye.", send_at=town.now + HOUR))
    plan(town, rows(town)[0], "s1")
    draft = sending.reopen(town.context, rows(town)[0].id).result()
    town.pass_time(MINUTE)
    send(town, replace(draft.written_by(short), send_at=None))
    assert rows(town)[-1].follows == take_back(town, "s1")


def test_a_planned_thread_reopened_at_its_second_part_waits_for_the_plan_of_the_first(
    town: Town, short: int
) -> None:
    town.allows(Limits(schedules=True, characters=34), account=short)
    send(town, Draft(0, short, THREE_PARTS, send_at=town.now + HOUR, split=True))
    plan(town, rows(town)[0], "s1")
    draft = sending.reopen(town.context, rows(town)[1].id).result()
    assert draft.text == THREE_PARTS
    town.pass_time(MINUTE)
    send(town, replace(draft, send_at=None))
    first, *_ = (row for row in rows(town) if row.state is HELD)
    assert first.follows == take_back(town, "s1")


def test_what_waits_for_one_server_to_forget_a_plan_still_does_when_another_has_planned_anew(
    town: Town, short: int, planned: Draft
) -> None:
    send(town, planned)
    first, second = (row for row in rows(town) if row.state is HELD)
    plan(town, first, "s3")
    draft = sending.reopen(town.context, second.id).result()
    town.pass_time(MINUTE)
    send(town, replace(draft, send_at=None))
    assert [(row.account, row.follows) for row in rows(town) if row.state is HELD] == [
        (1, take_back(town, "s3")),
        (short, take_back(town, "s2")),
    ]


def test_a_picture_that_only_one_server_has_comes_back_with_its_account(town: Town) -> None:
    other = town.account("acorn")
    only_there = Attachment("", "choir.png", MediaKind.PICTURE, "a choir", "44", 5, "a choir")
    draft = Draft(0, 1, "Look.", attachments=(only_there,))
    handed = draft.written_by(other)
    assert [one.server_id for one in handed.attachments] == [None]
    outcome = send(town, handed)
    assert "choir.png is not kept here" in outcome.sentence
    assert outcome.action is None
    assert Draft.from_json(handed.to_json()).written_by(1) == draft
    assert send(town, handed.written_by(1)).action is not None
