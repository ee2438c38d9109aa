"""Who waits at the door, as the page of requests and the Inbox show it."""

from __future__ import annotations

from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import door as door_commands
from tui_inbox.commands import undo
from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import HOUR, SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.queries import door as door_queries
from tui_inbox.queries import inbox
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.rows import LaneRows
from tui_inbox.store import door, outbox, people
from tui_inbox.store.door import Waiting


def stands_at_door(town: Town, name: str, wish: Wish, text: str = "") -> int:
    """The server says that somebody waits; their local id."""
    (account,) = town.scope("mira").accounts
    person = town.meets(name)
    one = Waiting(account, wish, person, text=text)
    if wish is Wish.BE_HEARD:
        one = replace(one, request_id=f"request-{name}", at=town.now - HOUR, notices=2)
    before = [each for each in town.ask(door.waiting, [account]) if each.wish is wish]
    town.write(lambda w: door.put_list(w, account, wish, [*before, one]))
    return person


def strangers(town: Town) -> LaneRows | None:
    view = town.ask(inbox.view, town.scope(), now=town.now)
    return next((lane for lane in view.lanes if lane.lane is Lane.STRANGERS), None)


def names(town: Town) -> list[str]:
    return [row.person.name for row in town.ask(door_queries.rows, town.scope())]


def test_each_row_says_who_it_is_and_what_they_last_wrote(town: Town) -> None:
    town.says("ann", "A walk in the fog.")
    stands_at_door(town, "ann", Wish.FOLLOW)
    stands_at_door(town, "bob", Wish.FOLLOW)
    stands_at_door(town, "cyd", Wish.BE_HEARD, "Is anybody there?")
    ann, bob, cyd = town.ask(door_queries.rows, town.scope())
    assert (ann.person.name, ann.text, ann.at) == ("ann", "A walk in the fog.", None)
    assert (bob.person.name, bob.text) == ("bob", "")
    assert (cyd.person.handle, cyd.text) == ("cyd@town.example", "Is anybody there?")
    assert (cyd.at, cyd.notices, cyd.letters) == (town.now - HOUR, 2, "")


def test_the_strangers_lane_counts_who_is_at_the_door_even_where_nobody_stands_in_it(
    town: Town,
) -> None:
    assert strangers(town) is None
    stands_at_door(town, "ann", Wish.FOLLOW)
    stands_at_door(town, "cyd", Wish.BE_HEARD)
    lane = strangers(town)
    assert lane is not None
    assert (lane.rows, lane.asking, lane.held) == ((), 1, 1)


def test_letting_in_counts_at_once_and_the_server_is_told(town: Town) -> None:
    ann = stands_at_door(town, "ann", Wish.FOLLOW)
    cyd = stands_at_door(town, "cyd", Wish.BE_HEARD)
    outcome = door_commands.let_in(town.context, 1, Wish.FOLLOW, ann).result()
    assert outcome.sentence == "ann may follow you"
    outcome = door_commands.let_in(town.context, 1, Wish.BE_HEARD, cyd).result()
    assert outcome.sentence == "cyd is let in"
    assert names(town) == []
    rows = town.ask(outbox.rows)
    assert [(row.kind, row.person, row.content, row.state) for row in rows] == [
        (ActKind.ACCEPT_FOLLOW, ann, "", OutboxState.WAITING),
        (ActKind.ADMIT, cyd, "request-cyd", OutboxState.WAITING),
    ]
    assert [row.what for row in town.ask(outbox_queries.rows, town.scope())] == [
        "follow of ann accepted",
        "cyd let through",
    ]
    view = town.ask(people.view, 1, cyd)
    assert view is not None
    assert view.accepted


def test_what_has_not_left_is_taken_back_by_undo(town: Town) -> None:
    cyd = stands_at_door(town, "cyd", Wish.BE_HEARD)
    door_commands.let_in(town.context, 1, Wish.BE_HEARD, cyd).result()
    assert undo.undo(town.context).result().sentence == "undone: letting cyd in"
    assert names(town) == ["cyd"]
    view = town.ask(people.view, 1, cyd)
    assert view is not None
    assert not view.accepted


def test_a_refusal_is_held_and_says_how_long_it_can_be_taken_back(town: Town) -> None:
    ann = stands_at_door(town, "ann", Wish.FOLLOW)
    outcome = door_commands.refuse(town.context, 1, Wish.FOLLOW, ann).result()
    seconds = town.context.hold // SECOND
    assert outcome.sentence == (
        f"ann may not follow you; u takes that back for {seconds} s, later nothing does"
    )
    (row,) = town.ask(outbox.rows)
    assert row.state is OutboxState.HELD
    assert names(town) == []
    undo.undo(town.context).result()
    assert names(town) == ["ann"]


def test_a_refusal_that_has_left_cannot_be_taken_back_and_that_is_said(town: Town) -> None:
    ann = stands_at_door(town, "ann", Wish.FOLLOW)
    door_commands.refuse(town.context, 1, Wish.FOLLOW, ann).result()
    (row,) = town.ask(outbox.rows)
    town.write(lambda w: outbox.set_row(w, row.id, state=OutboxState.SENT, at=town.now))
    sentence = undo.undo(town.context).result().sentence
    assert sentence == "not undone: refusing ann; the server has been told already"


def test_who_is_gone_from_the_door_cannot_be_decided_on(town: Town) -> None:
    ann = stands_at_door(town, "ann", Wish.FOLLOW)
    for command in (door_commands.let_in, door_commands.refuse, door_commands.let_in):
        command(town.context, 1, Wish.FOLLOW, ann).result()
    assert len(town.ask(outbox.rows)) == 1
    outcome = door_commands.refuse(town.context, 1, Wish.BE_HEARD, ann).result()
    assert outcome.sentence == "Nobody waits there any more."
