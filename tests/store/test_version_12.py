"""From version 11 to 12: watched threads come; what was there stays, and with an account goes what it watches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_material import sign_in

from tui_inbox.core.watching import QUIET
from tui_inbox.store import accounts, database, watches
from tui_inbox.store.database import Connection, open_database
from tui_inbox.store.store import Writing


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A store of version 11 with a conversation of two posts."""
    steps = database._migrations()[:11]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        db = open_database(tmp_path / "store.db")
    account = sign_in(db).id
    db.executescript(
        f"""
        INSERT INTO people (id, network, uri, handle, name, folded)
            VALUES (70, 'demo', 'https://town.example/odile', 'odile@town.example', 'Odile', 'odile');
        INSERT INTO conversations (id, same_as) VALUES (80, NULL);
        INSERT INTO posts (id, network, uri, author, created_at, text, audience, conversation, parent)
            VALUES (90, 'demo', 'https://town.example/1', 70, 40, 'Is it open?', 'public', 80, NULL),
            (91, 'demo', 'https://town.example/2', 70, 41, 'It is.', 'public', 80, 90);
        INSERT INTO words (rowid, tokens) VALUES (90, 'is it open'), (91, 'it is');
        INSERT INTO post_views (account, post, server_id) VALUES ({account}, 90, 's1'), ({account}, 91, 's2');
        """
    )
    yield db
    db.close()


def posts(db: Connection) -> list[tuple[object, ...]]:
    return db.execute("SELECT * FROM posts ORDER BY id").fetchall()


def test_what_was_there_stays_and_threads_can_be_watched(old: Connection) -> None:
    before = posts(old)
    database.migrate(old)
    assert posts(old) == before
    (account,) = (one.id for one in accounts.accounts(old))
    assert watches.watches(old, [account]) == []
    id = watches.begin(Writing(old), account, 80, 91, at=50, quiet=QUIET)
    assert watches.watched(old, account) == {80}
    assert watches.path(old, 91) == [(90, False), (91, False)]
    assert watches.unseen(old, [id]) == {}
    assert old.execute("PRAGMA foreign_key_check").fetchall() == []
    assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_with_an_account_goes_what_it_watches(old: Connection) -> None:
    database.migrate(old)
    (account,) = (one.id for one in accounts.accounts(old))
    watches.begin(Writing(old), account, 80, 90, at=50, quiet=QUIET)
    accounts.remove_account(Writing(old), account)
    for table in ("watches", "watched_posts"):
        assert old.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # constant
