"""From the draft to the outbox and back: nothing typed is lost, nothing leaves that was stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import acts, drafts, sending
from tui_inbox.commands.context import Context, NotPossible, Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import ItemState, Lane
from tui_inbox.core.draft import Draft, PollDraft
from tui_inbox.core.moment import DAY
from tui_inbox.core.outbox_state import HOLD, LONGEST_LEAVING, OutboxState
from tui_inbox.core.post import Audience
from tui_inbox.queries import inbox
from tui_inbox.store import drafts as stored_drafts
from tui_inbox.store import items, outbox
from tui_inbox.store.outbox import OutboxRow


def rows(town: Town) -> list[OutboxRow]:
    return town.ask(outbox.rows)


def open_rows(town: Town) -> list[OutboxRow]:
    return [row for row in rows(town) if not row.state.is_final]


def texts(town: Town) -> list[str]:
    return [draft.text for draft in town.ask(stored_drafts.drafts)]


def move(town: Town, row: OutboxRow, state: OutboxState) -> None:
    town.write(lambda w: outbox.set_row(w, row.id, state=state, at=town.now))


@pytest.fixture
def asked(town: Town) -> Said:
    said = town.talk("quillfox", ago=5 * DAY)
    return town.says("quillfox", "Does it keep the tags?", to=said)


@pytest.fixture
def draft(town: Town, asked: Said) -> Draft:
    """A kept draft of an answer."""
    return drafts.save(town.context, Draft(0, 1, "@quillfox It does.", reply_to=asked.id)).result()


def test_a_draft_is_kept_under_one_number(town: Town) -> None:
    first = drafts.save(town.context, Draft(0, 1, "It d")).result()
    town.pass_time(1_000)
    second = drafts.save(town.context, replace(first, text="It does.")).result()
    assert second.id == first.id != 0
    assert second.updated_at == town.now
    assert texts(town) == ["It does."]


def test_a_draft_that_is_emptied_is_not_kept(town: Town) -> None:
    kept = drafts.save(town.context, Draft(0, 1, "It d")).result()
    assert drafts.save(town.context, replace(kept, text="")).result().id == 0
    assert drafts.save(town.context, Draft(0, 1)).result().id == 0
    assert texts(town) == []


def test_a_draft_thrown_away_comes_back_by_undo(town: Town, draft: Draft) -> None:
    assert drafts.throw_away(town.context, draft.id).result().action is not None
    assert texts(town) == []
    again = drafts.throw_away(town.context, draft.id).result()
    assert again == Outcome("This draft is gone already.")
    undo(town.context).result()
    assert town.ask(stored_drafts.drafts) == [draft]


def test_a_sent_draft_becomes_a_held_row_with_everything_in_it(town: Town, draft: Draft) -> None:
    outcome = sending.send(town.context, replace(draft, warning="tags", language="en")).result()
    assert outcome.sentence == "to quillfox: leaves in 10 s, U stops it"
    (row,) = rows(town)
    assert (row.state, row.release_at, row.post) == (
        OutboxState.HELD,
        town.now + HOLD,
        draft.reply_to,
    )
    kept = Draft.from_json(row.content)
    assert (kept.text, kept.warning, kept.language) == ("@quillfox It does.", "tags", "en")
    assert texts(town) == []
    assert town.woken == 1


def test_a_post_of_ones_own_needs_no_draft_before(town: Town) -> None:
    outcome = sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    assert outcome.sentence == "leaves in 10 s, U stops it"
    assert len(rows(town)) == 1


def test_two_sends_have_two_keys(town: Town) -> None:
    for _ in range(2):
        sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    assert len({row.key for row in rows(town)}) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing to send yet."),
        (" \n ", "There is nothing to send yet."),
        ("@quillfox @wren@town.example ", "There is nothing in it but names yet."),
        ("a" * 503, "This is 3 characters too long: the server allows 500."),
    ],
)
def test_what_cannot_be_sent_stays_a_draft_and_says_why(
    town: Town, text: str, sentence: str
) -> None:
    draft = drafts.save(town.context, Draft(0, 1, "something")).result()
    outcome = sending.send(town.context, replace(draft, text=text)).result()
    assert outcome == Outcome(sentence)
    assert rows(town) == []
    assert texts(town) == ["something"]


def test_the_servers_own_limit_counts_links_as_it_does(town: Town) -> None:
    long = town.account("acorn", limits=Limits(characters=1_000, url_characters=23))
    link = "https://example.com/" + "x" * 2_000
    assert sending.send(town.context, Draft(0, long, link)).result().action is not None
    text = "a" * 1_001
    assert (
        "1 character too long" in sending.send(town.context, Draft(0, long, text)).result().sentence
    )


def test_an_account_that_is_gone_sends_nothing(town: Town) -> None:
    outcome = sending.send(town.context, Draft(0, 9, "hello")).result()
    assert outcome == Outcome("This account is not signed in any more.")


def test_stopping_makes_drafts_of_all_held_texts_and_gives_the_last_back(
    town: Town, draft: Draft
) -> None:
    sending.send(town.context, Draft(0, 1, "first")).result()
    sending.send(town.context, draft).result()
    reopened = sending.stop_held(town.context).result()
    assert reopened is not None
    assert (reopened.text, reopened.reply_to) == (draft.text, draft.reply_to)
    assert reopened.id != 0
    assert sorted(texts(town)) == ["@quillfox It does.", "first"]
    assert open_rows(town) == []
    assert undo(town.context).result() == Outcome("Nothing to undo.")


def test_stopping_when_nothing_is_held_stops_nothing(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "first")).result()
    move(town, rows(town)[0], OutboxState.WAITING)
    assert sending.stop_held(town.context).result() is None
    assert len(open_rows(town)) == 1


def test_stopping_takes_a_held_block_back_with_all_it_did(town: Town) -> None:
    town.says("rocket", "Grow your business!", naming=["mira"])
    person = town.id_of("rocket")
    acts.on_person(town.context, 1, person, ActKind.BLOCK).result()
    assert sending.stop_held(town.context).result() is None
    (item,) = town.ask(items.items_of_person, 1, person)
    assert item.state is ItemState.NEW
    assert open_rows(town) == []
    assert undo(town.context).result() == Outcome("Nothing to undo.")


def test_undo_of_a_send_makes_it_a_draft_again(town: Town, draft: Draft) -> None:
    sending.send(town.context, draft).result()
    sentence = undo(town.context).result().sentence
    assert sentence == "undone: sending to quillfox; the text is a draft again"
    assert texts(town) == [draft.text]
    assert open_rows(town) == []


@pytest.mark.parametrize("state", [OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN])
def test_undo_does_not_pretend_to_take_back_what_may_have_left(
    town: Town, draft: Draft, state: OutboxState
) -> None:
    sending.send(town.context, draft).result()
    move(town, rows(town)[0], state)
    told = "may have left" if state is OutboxState.UNKNOWN else "has left"
    assert (
        undo(town.context).result().sentence
        == f"not undone: sending to quillfox; it {told} already"
    )
    assert texts(town) == []


def test_while_an_answer_is_held_nobody_waits_for_it(town: Town, draft: Draft) -> None:
    sending.send(town.context, draft).result()
    view = town.ask(inbox.view, town.scope(), now=town.now + 3_000)
    assert [(lane.lane, lane.rows[0].reason) for lane in view.lanes] == [
        (Lane.DONE, "your answer leaves in 7 s")
    ]
    assert view.waiting == 0
    sending.stop_held(town.context).result()
    assert town.ask(inbox.view, town.scope(), now=town.now).waiting == 1


def test_a_verb_sends_without_a_hold(town: Town, draft: Draft) -> None:
    sent = sending.send_now(town.context, draft).result()
    (row,) = rows(town)
    assert ((row.id,), row.state, row.release_at) == (sent.rows, OutboxState.WAITING, town.now)
    assert texts(town) == []
    refused = sending.send_now(town.context, Draft(0, 1, " ")).result()
    assert refused == sending.Sent((), "There is nothing to send yet.")


def test_what_is_stuck_while_it_is_sent_is_looked_for_before_it_is_sent_again(
    town: Town,
) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.SENDING)
    assert sending.retry(town.context, row.id).result().sentence == "This is sending at the moment."
    assert sending.discard(town.context, row.id).result().sentence == sending.TOO_LATE
    town.pass_time(HOLD + LONGEST_LEAVING + 1)
    told = sending.retry(town.context, row.id).result().sentence
    assert told == "trying again; first it is looked up whether it has arrived"
    (again,) = rows(town)
    assert (again.id, again.key, again.state) == (row.id, row.key, OutboxState.UNKNOWN)
    assert again.release_at == town.now


def test_what_is_stuck_while_it_is_sent_can_be_thrown_away_and_brought_back(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.SENDING)
    town.pass_time(HOLD + LONGEST_LEAVING + 1)
    told = sending.discard(town.context, row.id).result().sentence
    assert told == "thrown away, u brings it back; it may have arrived all the same"
    assert open_rows(town) == []
    undo(town.context).result()
    assert texts(town) == ["We bake rye."]


def test_what_should_have_left_long_ago_can_be_let_go_by_hand(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    assert sending.retry(town.context, row.id).result().sentence == "This is held at the moment."
    town.pass_time(HOLD + LONGEST_LEAVING + 1)
    assert sending.retry(town.context, row.id).result().sentence == "trying again"
    assert [one.state for one in open_rows(town)] == [OutboxState.WAITING]


def test_what_was_refused_is_sent_again_as_a_new_row_under_a_new_key(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (old,) = rows(town)
    move(town, old, OutboxState.REFUSED)
    assert sending.retry(town.context, old.id).result().sentence == "trying again"
    (new,) = open_rows(town)
    assert (new.state, new.content) == (OutboxState.WAITING, old.content)
    assert new.key != old.key


def test_in_doubt_the_key_stays(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (old,) = rows(town)
    move(town, old, OutboxState.UNKNOWN)
    sending.retry(town.context, old.id).result()
    (new,) = open_rows(town)
    assert (new.id, new.key, new.state) == (old.id, old.key, OutboxState.WAITING)
    assert new.release_at == town.now


def test_what_waits_for_a_better_moment_can_be_tried_at_once(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    town.write(
        lambda w: outbox.set_row(
            w, row.id, state=OutboxState.WAITING, at=town.now, release_at=town.now + DAY
        )
    )
    sending.retry(town.context, row.id).result()
    assert rows(town)[0].release_at == town.now


def test_what_is_held_being_sent_or_gone_is_not_tried_again(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    assert sending.retry(town.context, row.id).result() == Outcome("This is held at the moment.")
    move(town, row, OutboxState.SENT)
    assert sending.retry(town.context, row.id).result() == Outcome(sending.GONE)


def test_throwing_away_can_be_undone_into_a_draft(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.REFUSED)
    assert sending.discard(town.context, row.id).result().action is not None
    assert open_rows(town) == []
    assert sending.discard(town.context, row.id).result() == Outcome(sending.GONE)
    sentence = undo(town.context).result().sentence
    assert sentence == "undone: throwing away what was to be sent; the text is a draft again"
    assert texts(town) == ["We bake rye."]
    assert open_rows(town) == []


def test_an_act_thrown_away_is_done_again_by_undo(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    acts.toggle(town.context, 1, said.id, ActKind.FAVOURITE).result()
    (row,) = rows(town)
    sending.discard(town.context, row.id).result()
    undo(town.context).result()
    assert [(row.kind, row.state) for row in open_rows(town)] == [
        ("favourite", OutboxState.WAITING)
    ]


def test_what_is_on_its_way_is_neither_thrown_away_nor_reopened(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.SENDING)
    assert sending.discard(town.context, row.id).result() == Outcome(sending.TOO_LATE)
    with pytest.raises(NotPossible, match="left already"):
        sending.reopen(town.context, row.id).result()


def test_reopening_gives_the_text_back_to_write_on(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.", warning="food")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.REFUSED)
    draft = sending.reopen(town.context, row.id).result()
    assert (draft.text, draft.warning) == ("We bake rye.", "food")
    assert open_rows(town) == []
    with pytest.raises(NotPossible, match="not in the outbox"):
        sending.reopen(town.context, row.id).result()


def test_what_was_reopened_is_nothing_to_undo(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    sending.reopen(town.context, rows(town)[0].id).result()
    assert undo(town.context).result() == Outcome("Nothing to undo.")


def test_an_act_has_no_text_to_reopen(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    acts.toggle(town.context, 1, said.id, ActKind.FAVOURITE).result()
    with pytest.raises(NotPossible, match="no text"):
        sending.reopen(town.context, rows(town)[0].id).result()


@settings(max_examples=30, deadline=None)
@given(
    steps=st.lists(
        st.sampled_from(["send", "stop", "undo", "discard", "retry", "reopen"]), max_size=12
    )
)
def test_whatever_is_pressed_the_text_is_in_one_place(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    town.account("mira")
    drafts.save(town.context, Draft(0, 1, "We bake rye.")).result()
    for count, step in enumerate(steps, start=1):
        _press(town, step)
        places = texts(town) + [Draft.from_json(row.content).text for row in open_rows(town)]
        assert len(places) <= 1
        assert places or "discard" in steps[:count]
    town.close()


def _press(town: Town, step: str) -> None:
    kept, waiting = town.ask(stored_drafts.drafts), open_rows(town)
    match step:
        case "send" if kept:
            sending.send(town.context, kept[0]).result()
        case "stop":
            sending.stop_held(town.context).result()
        case "undo":
            undo(town.context).result()
        case "discard" if waiting:
            sending.discard(town.context, waiting[0].id).result()
        case "retry" if waiting:
            sending.retry(town.context, waiting[0].id).result()
        case "reopen" if waiting:
            sending.reopen(town.context, waiting[0].id).result()


def test_nobody_answers_from_an_account_that_does_not_see_the_post(town: Town) -> None:
    town.account("acorn")
    said = town.says("quillfox", "For my followers.", audience=Audience.FOLLOWERS)
    draft = Draft(0, 2, "@quillfox Nice.", reply_to=said.id)
    outcome = sending.send(town.context, draft).result()
    assert outcome == Outcome("This account does not see the post that this answers.")
    assert rows(town) == []
    town.shows(said.post, account=2)
    assert sending.send(town.context, draft).result().action is not None


# What nobody knows of


@pytest.fixture
def unknown(town: Town) -> OutboxRow:
    """A text that left, and of which nothing more is known."""
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    town.write(
        lambda w: outbox.set_row(
            w, row.id, state=OutboxState.UNKNOWN, at=town.now, release_at=2**62, reason="No answer."
        )
    )
    return rows(town)[0]


def test_it_is_looked_for_again_at_once_and_nothing_is_sent_by_that(
    town: Town, unknown: OutboxRow
) -> None:
    outcome = sending.look_again(town.context, unknown.id).result()
    assert outcome.sentence == "looking whether it has arrived"
    (row,) = rows(town)
    assert (row.state, row.release_at) == (OutboxState.UNKNOWN, town.now)


def test_the_owner_may_know_that_it_was_sent(town: Town, unknown: OutboxRow) -> None:
    assert sending.mark_sent(town.context, unknown.id).result().sentence == "marked as sent"
    (row,) = rows(town)
    assert (row.state, row.reason) == (OutboxState.SENT, "")
    undo(town.context).result()
    assert rows(town)[0].state is OutboxState.UNKNOWN


def test_a_part_that_others_answer_is_not_marked_as_sent(town: Town) -> None:
    long = "The tide comes in over the long flat sand. " * 20
    sending.send(town.context, Draft(0, 1, long, split=True)).result()
    first = rows(town)[0]
    move(town, first, OutboxState.UNKNOWN)
    outcome = sending.mark_sent(town.context, first.id).result()
    assert outcome.action is None
    assert "look again instead" in outcome.sentence
    assert rows(town)[0].state is OutboxState.UNKNOWN


@pytest.mark.parametrize("act", [sending.look_again, sending.mark_sent])
def test_what_is_known_is_neither_looked_for_nor_believed(
    town: Town, act: Callable[[Context, int], Future[Outcome]]
) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    assert act(town.context, row.id).result().sentence == sending.NOT_UNKNOWN
    move(town, row, OutboxState.SENT)
    assert act(town.context, row.id).result().sentence == sending.GONE
    assert act(town.context, 4711).result().sentence == sending.GONE


# Several accounts


def test_half_a_success_is_never_sent_again(town: Town) -> None:
    other = town.account("acorn", limits=Limits(characters=100))
    draft = Draft(0, 1, "We bake rye.", also_from=(other,))
    sending.send(town.context, draft).result()
    mine, theirs = rows(town)
    assert (mine.account, theirs.account) == (1, other)
    assert mine.key != theirs.key
    move(town, mine, OutboxState.SENT)
    move(town, theirs, OutboxState.REFUSED)
    sending.retry(town.context, theirs.id).result()
    fresh = open_rows(town)
    assert [row.account for row in fresh] == [other]
    reopened = sending.reopen(town.context, fresh[0].id).result()
    assert (reopened.account, reopened.also_from) == (other, ())
    sending.send(town.context, reopened).result()
    assert [row.account for row in open_rows(town)] == [other]


def test_what_one_of_the_servers_does_not_take_is_sent_by_none(town: Town) -> None:
    other = town.account("acorn", limits=Limits(characters=5))
    draft = Draft(0, 1, "We bake rye.", also_from=(other,))
    outcome = sending.send(town.context, draft).result()
    assert outcome.sentence == (
        "acorn@town.example: This is 7 characters too long: the server allows 5."
    )
    assert rows(town) == []


def test_what_has_too_many_bytes_is_told_so(town: Town) -> None:
    there = town.account("acorn", limits=Limits(characters=300, utf8_bytes=3_000))
    outcome = sending.send(town.context, Draft(0, there, "👨‍👩‍👧‍👦" * 121)).result()
    assert outcome.sentence == (
        "This is 25 bytes too long: the server allows 3000, and an emoji has many."
    )


# What is said of it


def test_a_text_for_later_is_not_said_to_leave_in_a_moment(town: Town) -> None:
    tomorrow = Draft(0, 1, "Good night.", send_at=town.now + DAY)
    said = sending.send(town.context, tomorrow).result().sentence
    assert said.startswith("leaves tomorrow ")
    assert said.endswith(" if the program runs then, u takes it back")
    assert undo(town.context).result().sentence.endswith("the text is a draft again")
    town.allows(Limits(schedules=True))
    said = sending.send(town.context, tomorrow).result().sentence
    assert said.startswith("goes in 10 s to the server, which posts it tomorrow ")
    assert said.endswith("; U stops it")
    past = Draft(0, 1, "Good morning.", send_at=town.now - DAY)
    assert sending.send(town.context, past).result().sentence == "leaves in 10 s, U stops it"


def test_a_retry_says_which_row_leaves(town: Town) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = rows(town)
    move(town, row, OutboxState.WAITING)
    assert sending.retry(town.context, row.id).result().rows == (row.id,)
    move(town, row, OutboxState.REFUSED)
    again = sending.retry(town.context, row.id).result()
    assert again.rows == (rows(town)[-1].id,) != (row.id,)
    assert sending.retry(town.context, row.id).result() == Outcome(sending.GONE)


def test_a_plan_that_is_thrown_away_says_which_row_tells_the_server(town: Town) -> None:
    town.allows(Limits(schedules=True))
    later = Draft(0, 1, "Good night.", send_at=town.now + DAY)
    sending.send(town.context, later).result()
    (row,) = rows(town)
    town.write(
        lambda w: outbox.set_row(
            w, row.id, state=OutboxState.SCHEDULED, at=town.now, remote_id="s1"
        )
    )
    told = sending.discard(town.context, row.id).result()
    (taken_back,) = open_rows(town)
    assert taken_back.kind == ActKind.UNSCHEDULE
    assert told.rows == (taken_back.id,)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"audience": Audience.FOLLOWERS},
            "Everybody can read what is posted there, so it cannot be for followers only.",
        ),
        ({"warning": "Food"}, "No warning can stand in front of a text there"),
        ({"poll": PollDraft(("a", "b"))}, "There are no polls there."),
    ],
)
def test_what_a_network_lacks_is_said_before_anything_is_sent(
    town: Town, changes: dict[str, object], sentence: str
) -> None:
    limits = Limits(audiences=(Audience.PUBLIC,), warnings=False, poll_options=0)
    plain = town.account("acorn", limits=limits)
    draft = replace(Draft(0, plain, "We bake rye."), **changes)
    assert sentence in sending.send(town.context, draft).result().sentence
    assert rows(town) == []


def test_what_everybody_reads_quietly_everybody_reads(town: Town) -> None:
    plain = town.account("acorn", limits=Limits(audiences=(Audience.PUBLIC,)))
    draft = Draft(0, plain, "We bake rye.", audience=Audience.UNLISTED)
    assert sending.send(town.context, draft).result().action is not None
