"""What the writer remembers of people spares questions and never changes what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.store_material import new_store, person, sign_in

from tui_inbox.core.person import Person
from tui_inbox.store import people
from tui_inbox.store.database import Connection, open_database, transaction
from tui_inbox.store.seen_people import REMEMBERED, SeenPeople
from tui_inbox.store.store import Store, Writing

ADA = person("ada")
RENAMED = replace(ADA, name="Ada B.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with threads of its own."""
    store = Store(tmp_path / "store.db")
    yield store
    store.close()


def put(store: Store, account: int, who: Person) -> int:
    return store.write(lambda w: people.put_person(w, account, who)).result()


def name_of(store: Store, id: int) -> str:
    return store.read(lambda db: people.names(db, [id])[id][0]).result()


def signed_in(store: Store, name: str = "mina", letters: str = "mi") -> int:
    return store.write(lambda w: sign_in(w.db, name, letters=letters).id).result()


def questions(db: Connection, w: Writing, account: int, who: Person) -> int:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    people.put_person(w, account, who)
    db.set_trace_callback(None)
    return len(asked)


def test_somebody_who_is_put_again_unchanged_is_not_looked_up(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    first = people.put_person(w, account, ADA)
    assert questions(db, w, account, ADA) == 0
    assert people.put_person(w, account, ADA) == first


def test_another_name_is_stored_and_so_is_the_old_one_after_it(db: Connection, w: Writing) -> None:
    account = sign_in(db).id
    for told in (ADA, RENAMED, ADA):
        id = people.put_person(w, account, told)
        assert people.names(db, [id])[id][0] == told.name


def test_what_one_account_says_is_said_again_after_another_said_otherwise(store: Store) -> None:
    mina, bo = signed_in(store), signed_in(store, "bo", "bo")
    for account, told in ((mina, ADA), (bo, RENAMED), (mina, ADA)):
        assert name_of(store, put(store, account, told)) == told.name


def test_whoever_came_with_a_write_that_failed_is_put_anew(store: Store) -> None:
    account = signed_in(store)

    def fails(w: Writing) -> None:
        people.put_person(w, account, ADA)
        raise RuntimeError("the page ended in the middle")

    with pytest.raises(RuntimeError):
        store.write(fails).result()
    assert name_of(store, put(store, account, ADA)) == ADA.name


def test_what_another_process_wrote_is_not_overlooked(store: Store, tmp_path: Path) -> None:
    account = signed_in(store)
    id = put(store, account, ADA)
    beside = open_database(tmp_path / "store.db")
    with transaction(beside):
        people.put_person(Writing(beside), account, RENAMED)
    beside.close()
    assert name_of(store, id) == RENAMED.name
    assert put(store, account, ADA) == id
    assert name_of(store, id) == ADA.name


def test_only_so_many_are_remembered_and_those_seen_last() -> None:
    seen = SeenPeople()
    crowd = [person(f"p{number}") for number in range(REMEMBERED)]
    for id, who in enumerate(crowd):
        seen.note(1, who, id)
    assert seen.find(1, crowd[0]) == 0
    seen.note(1, ADA, 7)
    assert seen.find(1, ADA) == 7
    assert seen.find(1, crowd[0]) == 0
    assert seen.find(1, crowd[1]) is None


def test_a_writing_of_its_own_remembers_nobody(tmp_path: Path) -> None:
    db = new_store(tmp_path)
    account = sign_in(db).id
    people.put_person(Writing(db), account, ADA)
    assert questions(db, Writing(db), account, ADA) > 0
    db.close()
