"""People: one identity, and what each account knows and decided about them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from support.store_material import mention, person, post, seen, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.person import ProfileField, Relationship
from tui_inbox.store import batches, outbox, people, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.people import PersonView
from tui_inbox.store.store import Writing

ADA = replace(
    person("ada"),
    bio="Bakes.",
    url="https://town.example/@ada",
    fields=(ProfileField("pronouns", "she/her", True),),
    bot=True,
    locked=True,
    has_picture=False,
    created_at=5,
)


def relationship(**facts: object) -> Relationship:
    """What ada's server says of her."""
    return Relationship(ADA.server_id, **facts)  # type: ignore[arg-type]  # names and types are checked by it


def test_a_person_comes_back_as_they_were_put(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    assert people.person(db, id) == ADA
    assert people.find_by_ref(db, ADA.ref) == people.find_by_server_id(db, account, "u-ada") == id
    assert people.names(db, [id, 99]) == {id: ("Ada", "ada@town.example")}
    assert people.person(db, 99) is None


def test_putting_somebody_again_costs_no_write(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    people.put_person(w, account, ADA)
    before = db.total_changes
    people.put_person(w, account, ADA)
    assert db.total_changes == before
    assert w.changes == set()


def test_a_new_name_is_news_and_what_is_left_out_is_not(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    bare = replace(person("ada"), handle="ada@moved.example", name="Ada B.")
    people.put_person(w, account, bare)
    assert people.person(db, id) == replace(
        ADA,
        handle="ada@moved.example",
        name="Ada B.",
        bot=False,
        locked=False,
        has_picture=True,
    )
    assert w.changes == {Change(Topic.PEOPLE, account)}


def test_a_server_has_an_id_of_its_own_for_everybody(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    id = people.put_person(w, mina, ADA)
    assert people.put_person(w, acorn, replace(ADA, server_id="77")) == id
    assert people.find_by_server_id(db, acorn, "77") == id
    assert people.find_by_server_id(db, mina, "77") is None
    people.put_person(w, acorn, replace(ADA, server_id="78"))
    assert people.find_by_server_id(db, acorn, "78") == id
    assert people.find_by_server_id(db, acorn, "77") is None


def test_somebody_named_is_known_by_handle_until_more_is_heard(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    put = posts.put_post(w, account, seen(post("it", names=("otto",))))
    assert put is not None
    otto = people.find_by_handle(db, "OTTO@town.example")
    assert otto is not None
    assert people.names(db, [otto]) == {otto: ("otto", "otto@town.example")}
    assert people.find_by_server_id(db, account, mention("otto").server_id) == otto
    people.put_person(w, account, replace(person("otto"), name="Otto K."))
    assert people.names(db, [otto])[otto][0] == "Otto K."
    posts.put_post(w, account, seen(post("two", names=("otto",))))
    assert people.names(db, [otto])[otto][0] == "Otto K.", "a mention does not undo that"
    assert people.find_by_handle(db, "nobody@town.example") is None


def test_relationships_are_kept_with_the_moment_they_were_read(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    assert (id, "u-ada") in people.unchecked(db, account, 10)
    assert people.unchecked(db, account, 0) == []
    people.put_relationship(w, account, id, relationship(following=True, note="the baker"), 50)
    assert people.view(db, account, id) == PersonView(
        account, id, "u-ada", following=True, note="the baker", checked_at=50
    )
    assert (id, "u-ada") not in people.unchecked(db, account, 10)
    assert w.changes == {Change(Topic.PEOPLE, account), Change(Topic.INBOX, account)}
    w = Writing(db)
    people.put_relationship(w, account, id, relationship(following=True), 60)
    view = people.view(db, account, id)
    assert view is not None
    assert (view.note, view.checked_at) == ("the baker", 60)
    assert w.changes == set()
    every = relationship(
        following=True, followed_by=True, requested=True, blocking=True, muting=True
    )
    people.put_relationship(w, account, id, every, 70)
    view = people.view(db, account, id)
    assert view is not None
    assert view.followed_by
    assert view.requested
    assert view.blocking
    assert view.muting


def test_a_note_that_was_taken_away_elsewhere_goes_here_too(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    people.put_relationship(w, account, id, relationship(note="the baker"), 50)
    people.put_relationship(w, account, id, relationship(note=""), 60)
    view = people.view(db, account, id)
    assert view is not None
    assert view.note == ""


def test_a_note_on_its_way_is_not_replaced_by_the_one_before(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    people.set_note(w, account, id, "rye on Saturdays")
    row = outbox.add(
        w,
        account=account,
        kind="note",
        state=OutboxState.WAITING,
        key="k",
        content="rye on Saturdays",
        created_at=50,
        release_at=50,
        person=id,
    )
    people.put_relationship(w, account, id, relationship(note="the baker"), 60)
    view = people.view(db, account, id)
    assert view is not None
    assert view.note == "rye on Saturdays"
    outbox.set_row(w, row, state=OutboxState.SENT, at=70)
    people.put_relationship(w, account, id, relationship(note="rye on Sundays"), 80)
    view = people.view(db, account, id)
    assert view is not None
    assert view.note == "rye on Sundays"


def test_what_the_owner_decides_about_somebody_is_kept(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    people.set_accepted(w, account, id, True)
    people.set_pinned(w, account, id, True)
    people.set_note(w, account, id, "rye on Saturdays")
    people.set_flag(w, account, id, "muting", True)
    people.put_person(w, account, replace(ADA, name="Ada B."))
    view = people.view(db, account, id)
    wanted = PersonView(
        account, id, "u-ada", accepted=True, pinned=True, note="rye on Saturdays", muting=True
    )
    assert view == wanted
    w = Writing(db)
    people.set_accepted(w, account, id, True)
    people.set_pinned(w, account, id, True)
    people.set_note(w, account, id, "rye on Saturdays")
    people.set_flag(w, account, id, "muting", True)
    assert w.changes == set()
    people.set_pinned(w, account, id, False)
    assert people.view(db, account, id) == replace(wanted, pinned=False)


def test_decisions_are_kept_for_people_the_server_has_not_named(db: Connection, w: Writing) -> None:
    mina, acorn = sign_in(db).id, sign_in(db, "acorn", "far-", letters="ac").id
    id = people.put_person(w, mina, ADA)
    assert people.view(db, acorn, id) is None
    people.set_accepted(w, acorn, id, True)
    assert people.view(db, acorn, id) == PersonView(acorn, id, "", accepted=True)
    assert (id, "") not in people.unchecked(db, acorn, 10), "there is nothing to ask by"
    people.put_person(w, acorn, replace(ADA, server_id="77"))
    assert people.view(db, acorn, id) == PersonView(acorn, id, "77", accepted=True)


def test_there_are_four_flags_and_no_other(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    id = people.put_person(w, account, ADA)
    for name in ("following", "requested", "blocking", "muting"):
        people.set_flag(w, account, id, name, True)
        assert getattr(people.view(db, account, id), name)
    with pytest.raises(ValueError, match="no such flag"):
        people.set_flag(w, account, id, "note = ''; --", True)


def test_what_is_known_of_many_is_read_at_once(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ada, otto, rosa = (
        people.put_person(w, account, person(name)) for name in ("ada", "otto", "rosa")
    )
    people.set_pinned(w, account, ada, True)
    people.set_flag(w, account, otto, "muting", True)
    people.set_flag(w, account, rosa, "blocking", True)
    views = batches.person_views(db, account, [ada, otto, 99])
    assert views == {id: people.view(db, account, id) for id in (ada, otto)}
    assert batches.pinned(db, account) == {ada: views[ada]}
    assert batches.silenced(db, account) == {otto, rosa}
    assert batches.people_by_server_id(db, account, ["u-ada", "?"]) == {"u-ada": ada}


def test_a_meeting_elsewhere_is_noted_and_taken_back(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    ada = people.put_person(w, account, ADA)
    people.set_met(w, account, ada, 50)
    people.set_met(w, account, ada, 50)
    assert batches.met(db, account, [ada, 99]) == {ada: 50}
    assert w.changes == {Change(Topic.PEOPLE, account)}
    people.set_met(w, account, ada, None)
    assert batches.met(db, account, [ada]) == {}
