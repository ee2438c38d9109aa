"""Who is the same person: linked by hand or because a server says so, and taken apart again."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.store_material import MONDAY, new_store, person, sign_in

from tui_inbox.core.changes import Change, Topic
from tui_inbox.store import accounts, identities, people
from tui_inbox.store.database import Connection
from tui_inbox.store.identities import Alias, linked, same_as
from tui_inbox.store.store import Writing


def met(db: Connection, *names: str) -> list[int]:
    """Local ids of people whom an account has met."""
    account = sign_in(db).id
    return [people.put_person(Writing(db), account, person(name)) for name in names]


def test_whoever_was_never_linked_is_one_person_alone(db: Connection) -> None:
    (odile,) = met(db, "odile")
    assert same_as(db, odile) == (odile,)
    assert linked(db) == {}


def test_linked_people_are_one_in_both_directions_and_over_others(db: Connection) -> None:
    w = Writing(db)
    here, there, third, other = met(db, "odile", "odile2", "odile3", "ben")
    assert identities.link(w, there, here, at=MONDAY)
    assert identities.link(w, there, third, at=MONDAY)
    assert same_as(db, here) == (here, there, third)
    assert same_as(db, third) == (third, here, there), "the one asked about stands first"
    assert same_as(db, other) == (other,)
    assert linked(db)[there] == (there, here, third)


def test_a_link_is_told_once_and_to_every_account(db: Connection) -> None:
    one, two = met(db, "odile", "odile2")
    w = Writing(db)
    assert identities.link(w, one, two, at=MONDAY)
    assert Change(Topic.PEOPLE, 1) in w.changes
    assert not identities.link(w, two, one, at=MONDAY + 1)
    assert not identities.link(w, one, one, at=MONDAY)
    assert identities.aliases_of(db, two) == [Alias(one, two, None, MONDAY)]


def test_taking_apart_leaves_what_else_is_linked(db: Connection) -> None:
    w = Writing(db)
    one, two, three = met(db, "odile", "odile2", "odile3")
    identities.link(w, one, two, at=MONDAY)
    identities.link(w, two, three, at=MONDAY)
    assert identities.part(w, two, one)
    assert not identities.part(w, two, one)
    assert (same_as(db, one), same_as(db, two)) == ((one,), (two, three))


def test_who_has_moved_counts_for_the_new_identity_and_gains_nothing_from_it(
    db: Connection,
) -> None:
    w = Writing(db)
    old, new, third = met(db, "odile", "odile2", "odile3")
    assert identities.link(w, old, new, moved=old)
    assert (same_as(db, new), same_as(db, old)) == ((new, old), (old,))
    assert linked(db) == {new: (new, old)}
    assert identities.moved_to(db) == {old: new}
    identities.link(w, third, new, at=MONDAY)
    assert same_as(db, third) == (third, old, new), "by hand, both ways"
    assert same_as(db, old) == (old,)


def test_a_server_does_not_join_again_what_the_owner_took_apart(db: Connection) -> None:
    w = Writing(db)
    old, new = met(db, "odile", "odile2")
    assert identities.link(w, old, new, moved=old)
    identities.part(w, old, new)
    assert not identities.link(w, old, new, moved=old)
    assert same_as(db, new) == (new,)
    assert identities.link(w, old, new, at=MONDAY), "the owner may"
    assert identities.is_linked(db, new, old)
    assert not identities.link(w, old, new, moved=old)
    assert same_as(db, old) == (old, new), "and the owner's word holds"


def test_a_person_who_moved_is_linked_as_their_server_tells_it(db: Connection) -> None:
    account = sign_in(db).id
    moved = replace(person("odile"), moved_to=person("odile2"))
    old = people.put_person(Writing(db), account, moved)
    new = people.find_by_ref(db, person("odile2").ref)
    assert new is not None
    assert same_as(db, new) == (new, old)


def test_accounts_whose_owners_are_one_are_together(db: Connection) -> None:
    w = Writing(db)
    mine, work = sign_in(db), sign_in(db, "mina2", letters="wo")
    owners = {one.id: accounts.owner(db, one.id) for one in (mine, work)}
    assert identities.owners_together(db, mine.id) == {mine.id: owners[mine.id]}
    identities.link(w, *owners.values(), at=MONDAY)
    assert identities.owners_together(db, work.id) == owners


people_ids = st.integers(1, 7)


@given(st.lists(st.tuples(people_ids, people_ids, st.booleans()), max_size=14))
def test_being_one_person_is_the_closure_of_the_links_that_stand(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    db = new_store(tmp_path_factory.mktemp("identities"))
    met(db, *(f"p{number}" for number in range(6)))
    w, edges = Writing(db), set()
    for one, other, joins in steps:
        pair = frozenset((one, other))
        if joins:
            identities.link(w, one, other, at=MONDAY)
            edges.add(pair)
        else:
            identities.part(w, one, other)
            edges.discard(pair)
    group = {number: {number} for number in range(1, 8)}
    for one, *rest in edges:
        for other in rest:
            both = group[one] | group[other]
            group.update(dict.fromkeys(both, both))
    for one, other in combinations(range(1, 8), 2):
        assert (other in same_as(db, one)) == (other in group[one])
    assert {one: set(all_) for one, all_ in linked(db).items()} == {
        one: all_ for one, all_ in group.items() if len(all_) > 1
    }
    db.close()
