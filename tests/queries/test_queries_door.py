"""Who stands before the door, as the screener and the Inbox show it."""

from __future__ import annotations

from msgspec.structs import replace
from support.town_builder import Town

from tui_inbox.commands import acts, items, silencing, undo
from tui_inbox.commands import door as door_commands
from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.conversation import Door, Lane
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


# The screener


def at_the_door(town: Town) -> list[tuple[str, Wish | None]]:
    found = town.ask(door_queries.visitors, town.scope(), now=town.now)
    return [(one.person.name, one.wish) for one in found]


def test_strangers_come_first_then_who_is_held_back_then_who_asks_to_follow(town: Town) -> None:
    town.talk("odile")
    town.says("rocket", "Great account!", naming=["mira"])
    stands_at_door(town, "ann", Wish.FOLLOW)
    stands_at_door(town, "cyd", Wish.BE_HEARD, "Is anybody there?")
    assert at_the_door(town) == [
        ("rocket", None),
        ("cyd", Wish.BE_HEARD),
        ("ann", Wish.FOLLOW),
    ]
    rocket, cyd, _ = town.ask(door_queries.visitors, town.scope(), now=town.now)
    assert (rocket.text, cyd.text, cyd.notices) == ("Great account!", "Is anybody there?", 2)
    assert rocket.item is not None


def test_who_was_decided_on_or_blocked_is_gone_at_once_and_u_brings_them_back(town: Town) -> None:
    town.says("rocket", "Great account!", naming=["mira"])
    cyd = stands_at_door(town, "cyd", Wish.BE_HEARD, "Is anybody there?")
    rocket, _ = town.ask(door_queries.visitors, town.scope(), now=town.now)
    assert rocket.item is not None
    report = Report(category="spam")
    silencing.report(town.context, 1, rocket.person.id, report, block=True).result()
    assert at_the_door(town) == [("cyd", Wish.BE_HEARD)]
    acts.on_person(town.context, 1, cyd, ActKind.BLOCK).result()
    assert at_the_door(town) == []
    for _ in range(2):
        undo.undo(town.context).result()
    assert at_the_door(town) == [("rocket", None), ("cyd", Wish.BE_HEARD)]


def test_who_is_let_in_here_is_let_through_by_the_server_too(town: Town) -> None:
    """Some of what they wrote came through, the rest is held back."""
    town.says("cyd", "Hello?", naming=["mira"])
    cyd = stands_at_door(town, "cyd", Wish.BE_HEARD, "Is anybody there?")
    visitor, _ = town.ask(door_queries.visitors, town.scope(), now=town.now)
    assert visitor.item is not None
    items.let_in(town.context, visitor.item.id).result()
    assert at_the_door(town) == []
    (row,) = town.ask(outbox.rows)
    assert (row.kind, row.person) == (ActKind.ADMIT, cyd)
    undo.undo(town.context).result()
    assert at_the_door(town) == [("cyd", None), ("cyd", Wish.BE_HEARD)]


def test_anybody_can_be_looked_at_wherever_they_stand(town: Town) -> None:
    town.talk("odile")
    found = town.ask(door_queries.visitor, 1, town.id_of("odile"), now=town.now)
    assert found is not None
    assert (found.person.name, found.wish) == ("odile", None)
    assert town.ask(door_queries.visitor, 1, 99, now=town.now) is None
    assert town.ask(door_queries.visitor, 9, town.id_of("odile"), now=town.now) is None


def test_the_door_of_an_account_moves_strangers_at_once_and_is_undone(town: Town) -> None:
    town.says("rocket", "Great account!", naming=["mira"])
    said = door_commands.set_door(town.context, 1, Door.OPEN).result()
    assert said.sentence == "the door of mira is open now"
    assert strangers(town) is None
    again = door_commands.set_door(town.context, 1, Door.OPEN).result()
    assert (again.sentence, again.action) == ("The door of mira is open already.", None)
    undo.undo(town.context).result()
    lane = strangers(town)
    assert lane is not None
    assert len(lane.rows) == 1
    gone = door_commands.set_door(town.context, 9, Door.OPEN).result()
    assert gone.sentence == "This account is not signed in any more."
