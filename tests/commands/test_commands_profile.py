"""A change of one's own profile: held, taken back, and written back once it has left."""

from __future__ import annotations

from support.town_builder import Town

from tui_inbox.commands import profile
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.outbox_state import HOLD, OutboxState
from tui_inbox.core.profile import ProfileEdit, ProfileWords
from tui_inbox.queries.own_profile import under_way
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow

EDIT = ProfileEdit(ProfileWords("mira"), ProfileWords("Mira Fen"))


def leaving(town: Town) -> list[OutboxRow]:
    return town.ask(outbox.rows, states=[OutboxState.HELD, OutboxState.WAITING])


def become(town: Town, row: OutboxRow, state: OutboxState) -> None:
    """The server has answered, or nobody knows."""
    first = town.now if state is not OutboxState.HELD else None
    town.write(lambda w: outbox.set_row(w, row.id, state=state, at=town.now, first_try_at=first))


def test_it_is_held_and_taken_back_without_a_word_to_anybody(town: Town) -> None:
    outcome = profile.change(town.context, 1, EDIT).result()
    assert outcome.sentence == "your profile changes in 10 s, u takes it back"
    (row,) = leaving(town)
    assert (row.kind, row.release_at) == (ActKind.PROFILE, town.now + HOLD)
    assert town.ask(under_way, 1) == EDIT
    assert undo(town.context).result().sentence == "undone: the change of your profile"
    assert leaving(town) == []
    assert town.ask(under_way, 1) is None


def test_once_it_has_left_the_former_words_are_written(town: Town) -> None:
    profile.change(town.context, 1, EDIT).result()
    (row,) = leaving(town)
    become(town, row, OutboxState.SENT)
    said = undo(town.context).result().sentence
    assert said == "undone: the change of your profile; the former words leave in a moment"
    (back,) = leaving(town)
    assert ProfileEdit.from_json(back.content) == EDIT.reverse


def test_what_was_refused_or_may_have_left_is_not_taken_back(town: Town) -> None:
    for state, said in (
        (OutboxState.REFUSED, "it was not made"),
        (OutboxState.UNKNOWN, "it may have left already"),
    ):
        profile.change(town.context, 1, EDIT).result()
        row = leaving(town)[-1]
        become(town, row, state)
        assert said in undo(town.context).result().sentence


def test_the_same_words_are_no_change(town: Town) -> None:
    outcome = profile.change(town.context, 1, ProfileEdit(EDIT.was, EDIT.was)).result()
    assert outcome == profile.NOTHING
    assert leaving(town) == []
