"""What may have arrived although no answer said so: nothing takes it for unsent, and the owner is told."""

from __future__ import annotations

import pytest
from support.town_builder import Said, Town

from tui_inbox.commands import acts, own_posts, sending
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.versions import Original
from tui_inbox.store import drafts, outbox
from tui_inbox.store.outbox import OutboxRow

WAITING, UNKNOWN = OutboxState.WAITING, OutboxState.UNKNOWN


def open_rows(town: Town) -> list[OutboxRow]:
    return [row for row in town.ask(outbox.rows) if not row.state.is_final]


def kept(town: Town) -> list[Draft]:
    return town.ask(drafts.drafts)


def lose_answer(town: Town, row: OutboxRow, state: OutboxState = WAITING) -> None:
    """It has left, the answer was lost, and it waits for another try."""
    town.write(lambda w: outbox.set_row(w, row.id, state=state, at=town.now, first_try_at=town.now))


@pytest.fixture
def mine(town: Town) -> Said:
    return town.says("mira", "The kettle is on.")


def test_the_text_of_a_post_whose_deletion_may_have_arrived_is_kept(town: Town, mine: Said) -> None:
    draft = own_posts.redraft(town.context, 1, mine.id, Original("The kettle is on.")).result()
    (deletion,) = open_rows(town)
    lose_answer(town, deletion)
    sentence = undo(town.context).result().sentence
    assert sentence.startswith("not undone: ")
    assert "its text is kept as a draft; it may have left already" in sentence
    assert kept(town) == [draft]
    assert [row.id for row in open_rows(town)] == [deletion.id], "the deletion is tried again"


@pytest.mark.parametrize("state", [WAITING, UNKNOWN])
def test_a_text_that_may_have_arrived_does_not_become_a_draft_by_undo(
    town: Town, state: OutboxState
) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = open_rows(town)
    lose_answer(town, row, state)
    sentence = undo(town.context).result().sentence
    assert sentence == "not undone: sending; it may have left already"
    assert kept(town) == []
    assert [one.key for one in open_rows(town)] == [row.key]


def test_a_boost_that_may_have_arrived_is_followed_by_its_reverse(town: Town) -> None:
    said = town.says("quillfox", "It keeps the tags.")
    acts.toggle(town.context, 1, said.id, ActKind.BOOST).result()
    (boost,) = open_rows(town)
    lose_answer(town, boost)
    sentence = acts.toggle(town.context, 1, said.id, ActKind.BOOST).result().sentence
    assert sentence == "not boosted any more"
    assert [row.kind for row in open_rows(town)] == [ActKind.BOOST, ActKind.UNBOOST]


def test_undo_of_a_favourite_that_may_have_arrived_tells_the_server(town: Town) -> None:
    said = town.says("quillfox", "It keeps the tags.")
    acts.toggle(town.context, 1, said.id, ActKind.FAVOURITE).result()
    (favourite,) = open_rows(town)
    lose_answer(town, favourite)
    assert "the server is told" in undo(town.context).result().sentence
    assert [row.kind for row in open_rows(town)] == [ActKind.FAVOURITE, ActKind.UNFAVOURITE]


def test_a_note_that_may_have_arrived_is_followed_by_the_next(town: Town) -> None:
    person = town.meets("quillfox")
    acts.on_person(town.context, 1, person, ActKind.NOTE, "bakes").result()
    (first,) = open_rows(town)
    lose_answer(town, first)
    acts.on_person(town.context, 1, person, ActKind.NOTE, "bakes rye").result()
    assert [row.content for row in open_rows(town)] == ["bakes", "bakes rye"]


def test_of_a_thread_whose_first_part_may_have_arrived_only_the_rest_is_a_draft_again(
    town: Town,
) -> None:
    long = "We bake rye on Monday. " * 30
    sending.send(town.context, Draft(0, 1, long, split=True)).result()
    first, *rest = open_rows(town)
    lose_answer(town, first)
    assert rest
    sentence = undo(town.context).result().sentence
    assert "what had not left is a draft again" in sentence
    assert [row.id for row in open_rows(town)] == [first.id]
    (draft,) = kept(town)
    assert draft.follows == first.id


@pytest.mark.parametrize("state", [WAITING, UNKNOWN])
def test_throwing_away_what_may_have_arrived_says_so(town: Town, state: OutboxState) -> None:
    sending.send(town.context, Draft(0, 1, "We bake rye.")).result()
    (row,) = open_rows(town)
    lose_answer(town, row, state)
    sentence = sending.discard(town.context, row.id).result().sentence
    assert sentence == "thrown away, u brings it back; it may have arrived all the same"
