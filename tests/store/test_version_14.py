"""From version 13 to 14: people have a picture; who was known stays, without one until it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.store_material import sign_in

from tui_inbox.core.person import Person, PersonRef
from tui_inbox.store import database, people
from tui_inbox.store.database import open_database
from tui_inbox.store.store import Writing

ODILE = Person(PersonRef("mastodon", "https://x.example/odile"), "7", "odile@x.example", "odile")
ADDRESS = "https://x.example/odile.png"


def test_who_was_known_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = database._migrations()[:13]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        db = open_database(tmp_path / "store.db")
    db.execute(
        "INSERT INTO people (id, network, uri, handle, name, folded) "
        "VALUES (70, 'mastodon', 'https://x.example/odile', 'odile@x.example', 'odile', 'odile')"
    )
    database.migrate(db)
    known = people.person(db, 70)
    assert known is not None
    assert (known.name, known.picture) == ("odile", None)
    db.close()


def test_a_picture_is_kept_until_it_is_taken_away(tmp_path: Path) -> None:
    db = open_database(tmp_path / "store.db")
    account = sign_in(db)

    def told(**changes: object) -> str | None:
        id = people.put_person(Writing(db), account.id, replace(ODILE, **changes))
        known = people.person(db, id)
        assert known is not None
        return known.picture

    assert told() is None
    assert told(picture=ADDRESS) == ADDRESS
    assert told() == ADDRESS, "lists of posts leave it out"
    assert told(has_picture=False) is None
    db.close()
