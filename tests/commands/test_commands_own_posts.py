"""Own posts: changed, or deleted and written anew, from what was typed and never from what is shown."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.town_builder import Said, Town

from tui_inbox.commands import acts, drafts, own_posts, sending
from tui_inbox.commands.context import NotPossible
from tui_inbox.commands.undo import undo
from tui_inbox.core.account import Limits
from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Attachment, Draft, PollDraft
from tui_inbox.core.outbox_state import EDIT, POST, OutboxState
from tui_inbox.core.post import Audience, MediaKind, ReplyTo
from tui_inbox.core.versions import Original
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import PostRow
from tui_inbox.store import drafts as stored_drafts
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow

LAMP = Attachment("", "lamp.png", MediaKind.PICTURE, "a lamp", server_id="m1", told_alt="a lamp")
TYPED = Original("The kettle is on. #tea", "hot", language="en", attachments=(LAMP,))


@pytest.fixture
def mine(town: Town) -> Said:
    """A post of the owner's, on a server where posts can be edited."""
    town.allows(Limits(edits=True))
    return town.says("mira", "The kettle is on.", audience=Audience.UNLISTED)


def row_of(town: Town, said: Said) -> PostRow:
    eyes = town.ask(viewer, 1)
    assert eyes is not None
    return town.ask(rows_of, eyes, [said.id], context=None)[said.id]


def kept(town: Town) -> list[Draft]:
    return town.ask(stored_drafts.drafts)


def open_rows(town: Town) -> list[OutboxRow]:
    return [row for row in town.ask(outbox.rows) if not row.state.is_final]


# Edits


def test_an_edit_begins_with_what_was_typed_and_is_not_kept_before_it_is_changed(
    town: Town, mine: Said
) -> None:
    draft = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    assert (draft.text, draft.warning, draft.edits) == ("The kettle is on. #tea", "hot", mine.id)
    assert draft.attachments == (LAMP,)
    assert draft.audience is Audience.UNLISTED
    assert kept(town) == []
    changed = drafts.save(town.context, replace(draft, text="The kettle is off.")).result()
    assert kept(town) == [changed]


def test_an_edit_that_was_begun_is_gone_on_with(town: Town, mine: Said) -> None:
    begun = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    changed = drafts.save(town.context, replace(begun, text="The kettle is off.")).result()
    again = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    assert again == changed
    assert len(kept(town)) == 1


def test_an_edit_is_seen_at_once_and_gone_again_when_it_is_stopped(town: Town, mine: Said) -> None:
    draft = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    text = "The kettle is off, see https://tea.example/kettle."
    outcome = sending.send(town.context, replace(draft, text=text)).result()
    assert outcome.sentence == "the change leaves in 10 s, U stops it"
    (row,) = open_rows(town)
    assert (row.kind, row.state, row.post) == (EDIT, OutboxState.HELD, mine.id)
    seen = row_of(town, mine)
    assert (seen.text, seen.warning, seen.edited) == (text, "hot", True)
    assert [link.url for link in seen.links] == ["https://tea.example/kettle"]
    stopped = sending.stop_held(town.context).result()
    assert stopped is not None
    assert (stopped.edits, stopped.text) == (mine.id, text)
    assert row_of(town, mine).text == "The kettle is on."
    assert not row_of(town, mine).edited


def test_u_makes_a_draft_of_an_edit_that_is_held(town: Town, mine: Said) -> None:
    draft = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    sending.send(town.context, replace(draft, text="The kettle is off.")).result()
    assert undo(town.context).result().sentence == (
        "undone: changing your post; the text is a draft again"
    )
    assert row_of(town, mine).text == "The kettle is on."
    assert [one.text for one in kept(town)] == ["The kettle is off."]


def test_a_refused_edit_is_rolled_back_and_kept(town: Town, mine: Said) -> None:
    draft = own_posts.edit(town.context, 1, mine.id, TYPED).result()
    sending.send(town.context, replace(draft, text="The kettle is off.")).result()
    (row,) = open_rows(town)
    town.changes.clear()
    town.write(
        lambda w: outbox.set_row(w, row.id, state=OutboxState.REFUSED, at=town.now, reason="No.")
    )
    assert row_of(town, mine).text == "The kettle is on."
    assert ("post", mine.id) in [(change.topic, change.key) for change in town.changes]
    assert sending.reopen(town.context, row.id).result().text == "The kettle is off."


def test_what_is_not_mine_cannot_be_edited_nor_where_the_server_has_no_edits(
    town: Town, mine: Said
) -> None:
    theirs = town.says("quillfox", "The oven is warm.")
    with pytest.raises(NotPossible, match="Only what is yours"):
        own_posts.edit(town.context, 1, theirs.id, TYPED).result()
    town.allows(Limits())
    with pytest.raises(NotPossible, match="lets nobody edit"):
        own_posts.edit(town.context, 1, mine.id, TYPED).result()
    assert kept(town) == []


# Deleting and writing anew


def test_a_redraft_is_on_disk_with_the_deletion_and_waits_for_it(town: Town, mine: Said) -> None:
    draft = own_posts.redraft(town.context, 1, mine.id, TYPED).result()
    (deletion,) = open_rows(town)
    assert (deletion.kind, deletion.state) == (ActKind.DELETE, OutboxState.HELD)
    assert draft.follows == deletion.id
    assert draft.edits is None
    assert draft.attachments == (LAMP,)
    assert kept(town) == [draft]
    assert row_of(town, mine).deleted
    sending.send(town.context, draft).result()
    text = next(row for row in open_rows(town) if row.kind == POST)
    assert text.follows == deletion.id


def test_undo_brings_the_post_back_while_the_deletion_is_held(town: Town, mine: Said) -> None:
    own_posts.redraft(town.context, 1, mine.id, TYPED).result()
    undo(town.context).result()
    assert not row_of(town, mine).deleted
    assert open_rows(town) == []
    assert kept(town) == []


def test_what_was_changed_before_the_undo_is_kept_and_waits_for_nothing(
    town: Town, mine: Said
) -> None:
    draft = own_posts.redraft(town.context, 1, mine.id, TYPED).result()
    drafts.save(town.context, replace(draft, text="The kettle sings.")).result()
    outcome = undo(town.context).result()
    assert "what you have changed is kept as a draft" in outcome.sentence
    (left,) = kept(town)
    assert (left.text, left.follows) == ("The kettle sings.", None)


def test_once_the_deletion_has_left_undo_keeps_the_text(town: Town, mine: Said) -> None:
    draft = own_posts.redraft(town.context, 1, mine.id, TYPED).result()
    (deletion,) = open_rows(town)
    town.write(lambda w: outbox.set_row(w, deletion.id, state=OutboxState.SENT, at=town.now))
    outcome = undo(town.context).result()
    assert outcome.sentence.startswith("not undone: ")
    assert "its text is kept as a draft" in outcome.sentence
    assert kept(town) == [draft]


def test_a_text_whose_deletion_was_stopped_does_not_wait_for_it_for_ever(
    town: Town, mine: Said
) -> None:
    draft = own_posts.redraft(town.context, 1, mine.id, TYPED).result()
    (deletion,) = open_rows(town)
    sending.discard(town.context, deletion.id).result()
    sending.send(town.context, draft).result()
    (text,) = open_rows(town)
    assert text.follows is None


def test_an_answer_is_written_anew_as_an_answer_or_not_at_all(town: Town) -> None:
    asked = town.says("quillfox", "Does it keep the tags?", naming=["mira"])
    answer = town.says("mira", "It does.", to=asked)
    draft = own_posts.redraft(town.context, 1, answer.id, Original("It does.")).result()
    assert draft.reply_to == asked.id
    lost = replace(
        town.says("mira", "It keeps them.").post,
        ref=replace(asked.post.ref, uri="https://town.example/posts/lost"),
        reply_to=ReplyTo("gone", None, None),
    )
    orphan = town.shows(lost)
    with pytest.raises(NotPossible, match="What this answers is not stored here"):
        own_posts.redraft(town.context, 1, orphan.id, Original("It does.")).result()
    assert not row_of(town, orphan).deleted


def test_what_is_being_deleted_is_not_deleted_twice(town: Town, mine: Said) -> None:
    acts.delete(town.context, 1, mine.id).result()
    with pytest.raises(NotPossible, match="being deleted already"):
        own_posts.redraft(town.context, 1, mine.id, TYPED).result()


def test_a_poll_comes_back_with_its_choices(town: Town, mine: Said) -> None:
    poll = PollDraft(("tea", "coffee"))
    draft = own_posts.redraft(town.context, 1, mine.id, Original("Which?", poll=poll)).result()
    assert draft.poll == poll
