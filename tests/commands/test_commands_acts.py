"""Favourites, boosts, follows, blocks: seen at once, in the outbox till the server knows, undone without it."""

from __future__ import annotations

from functools import partial

from support.town_builder import Said, Town

from tui_inbox.commands import acts, people
from tui_inbox.commands.context import Outcome
from tui_inbox.commands.undo import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import ItemState
from tui_inbox.core.moment import DAY
from tui_inbox.core.outbox_state import HOLD, OutboxState
from tui_inbox.core.post import Audience, PostView
from tui_inbox.queries import person_card
from tui_inbox.queries.accounts import viewer
from tui_inbox.queries.post_rows import rows_of
from tui_inbox.queries.rows import PersonCard, PostRow
from tui_inbox.store import items, outbox, posts
from tui_inbox.store import people as stored_people
from tui_inbox.store.outbox import OutboxRow

ON_THE_WAY = (OutboxState.HELD, OutboxState.WAITING)


def leaving(town: Town) -> list[tuple[str, OutboxState]]:
    return [(row.kind, row.state) for row in rows(town)]


def rows(town: Town) -> list[OutboxRow]:
    return town.ask(outbox.rows, states=ON_THE_WAY)


def row_of(town: Town, said: Said) -> PostRow:
    eyes = town.ask(viewer, 1)
    assert eyes is not None
    return town.ask(rows_of, eyes, [said.id], context=None)[said.id]


def card_of(town: Town, name: str) -> PersonCard:
    card = town.ask(person_card.card, 1, town.id_of(name), now=town.now)
    assert card is not None
    return card


def sent(town: Town) -> None:
    """The server has everything that was to leave."""
    for row in rows(town):
        town.write(partial(outbox.set_row, id=row.id, state=OutboxState.SENT, at=town.now))
        if row.kind == ActKind.FAVOURITE and row.post is not None:
            town.write(partial(posts.set_view, account=1, post=row.post, favourited=True))


def test_a_favourite_is_seen_at_once_and_waits_in_the_outbox(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    town.changes.clear()
    outcome = acts.toggle(town.context, 1, said.id, ActKind.FAVOURITE).result()
    assert outcome.sentence == "favourite"
    assert leaving(town) == [("favourite", OutboxState.WAITING)]
    assert row_of(town, said).did == ("favourite",)
    assert Change(Topic.POST, said.id) in town.changes
    assert Change(Topic.OUTBOX, 1) in town.changes
    assert town.woken == 1


def test_a_second_press_before_it_left_takes_it_out_again(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    acts.toggle(town.context, 1, said.id, ActKind.BOOST).result()
    outcome = acts.toggle(town.context, 1, said.id, ActKind.BOOST).result()
    assert outcome.sentence == "not boosted any more"
    assert leaving(town) == []
    assert row_of(town, said).did == ()
    undo(town.context).result()
    assert leaving(town) == [("boost", OutboxState.WAITING)]


def test_what_the_server_has_is_taken_back_by_the_reverse(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    town.shows(said.post, view=PostView(f"1:{said.post.ref.uri}", bookmarked=True))
    assert row_of(town, said).did == ("saved",)
    assert (
        acts.toggle(town.context, 1, said.id, ActKind.BOOKMARK).result().sentence
        == "not saved any more"
    )
    assert leaving(town) == [("unbookmark", OutboxState.WAITING)]
    assert row_of(town, said).did == ()


def test_undo_of_a_favourite_that_has_left_tells_the_server(town: Town) -> None:
    said = town.says("quillfox", "The oven is warm")
    acts.toggle(town.context, 1, said.id, ActKind.FAVOURITE).result()
    sent(town)
    assert row_of(town, said).did == ("favourite",)
    assert undo(town.context).result().sentence == "undone: favourite; the server is told"
    assert leaving(town) == [("unfavourite", OutboxState.WAITING)]
    assert row_of(town, said).did == ()


def test_a_favourite_closes_a_turn_that_asks_nothing(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    remark = town.says("quillfox", "The second bridge, the one with the lamp.", to=said)
    (item,) = town.ask(items.items_of_person, 1, town.id_of("quillfox"))
    outcome = acts.toggle(town.context, 1, remark.id, ActKind.FAVOURITE).result()
    assert outcome.sentence == "favourite, done with quillfox"
    (closed,) = town.ask(items.items_of_person, 1, town.id_of("quillfox"))
    assert (closed.state, closed.closed_by) == (ItemState.DONE, "favourite")
    undo(town.context).result()
    assert town.ask(items.items_of_person, 1, town.id_of("quillfox")) == [item]
    assert row_of(town, remark).did == ()


def test_a_favourite_on_a_question_leaves_it_open(town: Town) -> None:
    said = town.talk("quillfox", ago=5 * DAY)
    question = town.says("quillfox", "Does it keep the tags?", to=said)
    assert (
        acts.toggle(town.context, 1, question.id, ActKind.FAVOURITE).result().sentence
        == "favourite"
    )
    (item,) = town.ask(items.items_of_person, 1, town.id_of("quillfox"))
    assert item.state is ItemState.NEW


def test_what_was_written_to_few_is_not_boosted(town: Town) -> None:
    said = town.says("quillfox", "only for you", naming=["mira"], audience=Audience.DIRECT)
    outcome = acts.toggle(town.context, 1, said.id, ActKind.BOOST).result()
    assert outcome == Outcome("This was written to a few people only, so it cannot be boosted.")
    assert leaving(town) == []


def test_a_post_the_accounts_server_never_showed_is_not_acted_on(town: Town) -> None:
    acorn = town.account("acorn")
    said = town.says("quillfox", "The oven is warm")
    outcome = acts.toggle(town.context, acorn, said.id, ActKind.FAVOURITE).result()
    assert outcome.sentence.startswith("This account’s server has not shown this post yet")
    assert acts.toggle(town.context, 1, 99, ActKind.FAVOURITE).result() == acts.NOT_HERE


def test_following_is_seen_at_once_and_once_only(town: Town) -> None:
    person = town.meets("quillfox")
    assert (
        acts.on_person(town.context, 1, person, ActKind.FOLLOW).result().sentence
        == "you follow quillfox"
    )
    assert card_of(town, "quillfox").following
    again = acts.on_person(town.context, 1, person, ActKind.FOLLOW).result()
    assert again == Outcome("you follow quillfox already")
    assert undo(town.context).result().sentence == "undone: following quillfox"
    assert not card_of(town, "quillfox").following
    assert leaving(town) == []


def test_unfollowing_who_is_not_followed_does_nothing(town: Town) -> None:
    person = town.meets("quillfox")
    outcome = acts.on_person(town.context, 1, person, ActKind.UNFOLLOW).result()
    assert outcome.action is None
    assert leaving(town) == []


def test_a_block_is_held_and_closes_what_is_open(town: Town) -> None:
    town.says("rocket", "Grow your business!", naming=["mira"])
    person = town.id_of("rocket")
    (item,) = town.ask(items.items_of_person, 1, person)
    assert (
        acts.on_person(town.context, 1, person, ActKind.BLOCK).result().sentence
        == "rocket is blocked"
    )
    (row,) = rows(town)
    assert (row.kind, row.state, row.release_at) == ("block", OutboxState.HELD, town.now + HOLD)
    assert card_of(town, "rocket").blocking
    (closed,) = town.ask(items.items_of_person, 1, person)
    assert (closed.state, closed.closed_by) == (ItemState.JUNK, "blocked")
    undo(town.context).result()
    assert town.ask(items.items_of_person, 1, person) == [item]
    assert leaving(town) == []
    assert not card_of(town, "rocket").blocking


def test_muting_closes_what_is_open(town: Town) -> None:
    town.says("rocket", "Grow your business!", naming=["mira"])
    person = town.id_of("rocket")
    acts.on_person(town.context, 1, person, ActKind.MUTE).result()
    (closed,) = town.ask(items.items_of_person, 1, person)
    assert (closed.state, closed.closed_by) == (ItemState.DONE, "muted")
    assert leaving(town) == [("mute", OutboxState.WAITING)]


def test_only_ones_own_posts_are_deleted_after_a_hold(town: Town) -> None:
    theirs = town.says("quillfox", "The oven is warm")
    mine = town.says("mira", "We bake rye.")
    assert acts.delete(town.context, 1, theirs.id).result() == Outcome(
        "Only its author can delete it."
    )
    assert acts.delete(town.context, 1, mine.id).result().sentence == "deleted"
    assert leaving(town) == [("delete", OutboxState.HELD)]
    assert row_of(town, mine).deleted
    again = acts.delete(town.context, 1, mine.id).result()
    assert again == Outcome("This is being deleted already.")
    assert undo(town.context).result().sentence == "undone: deleting your post"
    assert not row_of(town, mine).deleted
    assert leaving(town) == []


def test_a_deletion_that_has_left_cannot_be_undone(town: Town) -> None:
    mine = town.says("mira", "We bake rye.")
    acts.delete(town.context, 1, mine.id).result()
    sent(town)
    sentence = undo(town.context).result().sentence
    assert sentence == "not undone: deleting your post; the server has been told already"


def test_a_note_is_kept_here_and_goes_to_the_server_once(town: Town) -> None:
    person = town.meets("quillfox")
    people.note(town.context, 1, person, "runs a choir").result()
    people.note(town.context, 1, person, "runs the choir in Elmport").result()
    view = town.ask(stored_people.view, 1, person)
    assert view is not None
    assert view.note == "runs the choir in Elmport"
    assert [(row.kind, row.content) for row in rows(town)] == [
        ("note", "runs the choir in Elmport")
    ]
    undo(town.context).result()
    view = town.ask(stored_people.view, 1, person)
    assert view is not None
    assert view.note == "runs a choir"
    assert [row.content for row in rows(town)] == ["runs a choir"]


def test_pinning_can_be_undone(town: Town) -> None:
    person = town.meets("quillfox")
    assert people.pin(town.context, 1, person, True).result().sentence == "quillfox is pinned"
    again = people.pin(town.context, 1, person, True).result()
    assert again == Outcome("quillfox is pinned already.")
    assert card_of(town, "quillfox").pinned
    undo(town.context).result()
    assert not card_of(town, "quillfox").pinned


def test_nothing_is_done_as_an_account_that_does_not_see_the_post(town: Town) -> None:
    town.account("acorn")
    said = town.says("quillfox", "For my followers.", audience=Audience.FOLLOWERS)
    for kind in (ActKind.FAVOURITE, ActKind.BOOST, ActKind.BOOKMARK):
        assert acts.toggle(town.context, 2, said.id, kind).result() == acts.NOT_HERE
    public = town.says("quillfox", "For everybody.")
    assert acts.toggle(town.context, 2, public.id, ActKind.BOOST).result() == acts.NOT_SHOWN
    assert rows(town) == []
    town.shows(public.post, account=2)
    assert acts.toggle(town.context, 2, public.id, ActKind.BOOST).result().sentence == "boosted"
    assert [row.account for row in rows(town)] == [2]
