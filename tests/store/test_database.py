"""Opening the store: who may read it, what is refused, and how it grows from version to version."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import TypeAlias

import pytest
from support.store_material import sign_in

from tui_inbox.store import accounts, database
from tui_inbox.store.database import (
    Connection,
    StoreError,
    StoreTooNew,
    StoreUnusable,
    migrate,
    open_database,
    transaction,
)

Opened: TypeAlias = Callable[..., Connection]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens the store in the test's folder, as often as it likes; all are closed in the end."""
    every: list[Connection] = []

    def opened(*, read_only: bool = False) -> Connection:
        every.append(open_database(tmp_path / "store.db", read_only=read_only))
        return every[-1]

    yield opened
    for db in every:
        db.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.db"
    db = open_database(path)
    sign_in(db)
    assert mode(path.parent) == 0o700
    assert {mode(file) for file in path.parent.iterdir()} == {0o600}
    assert len(list(path.parent.iterdir())) > 1, "the side files are there while it is open"
    db.close()


def test_a_store_is_found_again_as_it_was_left(opened: Opened) -> None:
    db = opened()
    mina = sign_in(db)
    db.close()
    assert accounts.accounts(opened()) == [mina]


def test_the_connection_is_set_up_for_a_log_and_little_memory(opened: Opened) -> None:
    db = opened()
    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "synchronous", "auto_vacuum", "cache_size")
    }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "auto_vacuum": 2,
        "cache_size": -database.CACHE_KIBIBYTES,
    }


def test_a_read_only_connection_refuses_to_write_and_needs_less_memory(opened: Opened) -> None:
    sign_in(opened())
    db = opened(read_only=True)
    assert len(accounts.accounts(db)) == 1
    cache = -database.READER_CACHE_KIBIBYTES
    assert db.execute("PRAGMA cache_size").fetchone()[0] == cache
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        sign_in(db, "acorn", letters="ac")


def test_reading_makes_a_store_where_there_is_none(opened: Opened) -> None:
    assert accounts.accounts(opened(read_only=True)) == []


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(
    tmp_path: Path, opened: Opened
) -> None:
    db = opened()
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(StoreTooNew, match="newer version"):
        opened()
    assert (tmp_path / "store.db").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_text("a shopping list: bread, tomatoes, string " * 100)
    with pytest.raises(StoreUnusable, match=r"no store of tui-inbox: .*store\.db"):
        open_database(path)
    assert path.read_text().startswith("a shopping list")


def test_another_programs_database_is_refused_and_left_as_it_is(
    tmp_path: Path, opened: Opened
) -> None:
    other = sqlite3.connect(tmp_path / "store.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(StoreUnusable, match="no store of tui-inbox"):
        opened()
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_path_through_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match="cannot be written"):
        open_database(tmp_path / "file" / "store.db")


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from tui_inbox.store.database import StoreUnusable, open_database
if os.geteuid() == 0:
    os.setuid(65534)  # permissions mean nothing to root
try:
    open_database(Path(sys.argv[1]))
except StoreUnusable as error:
    print(error)
"""


def test_a_read_only_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o555)
    for above in (tmp_path, *tmp_path.parents):
        if os.geteuid() == 0 and above.stat().st_mode & 0o077 == 0:
            above.chmod(0o711)  # nobody has to get this far
    answer = subprocess.run(
        [sys.executable, "-c", OPEN_AS_NOBODY, str(folder / "store.db")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert answer.stderr == ""
    assert answer.stdout.startswith("The store cannot be written: ")


def test_a_full_disk_is_told_in_a_sentence_and_undoes_the_write(
    tmp_path: Path, opened: Opened
) -> None:
    db = opened()
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError) as caught, transaction(db):
        db.execute("INSERT INTO positions VALUES ('home', ?, 0)", ("x" * 100_000,))
    assert str(database.in_words(caught.value, tmp_path)).startswith("The disk is full")
    assert db.execute("SELECT count(*) FROM positions").fetchone() == (0,)


def test_another_program_that_comes_and_goes_leaves_the_log_alone(
    tmp_path: Path, opened: Opened
) -> None:
    first, second = opened(), opened()  # as one program has a connection to write and one to read
    sign_in(first)
    log = tmp_path / "store.db-wal"
    comes_and_goes = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
        "db.execute('SELECT count(*) FROM accounts').fetchone(); db.close()"
    )
    subprocess.run([sys.executable, "-c", comes_and_goes, tmp_path / "store.db"], check=True)
    assert log.exists()
    assert len(accounts.accounts(second)) == 1


def test_two_programs_that_start_at_once_make_one_store(tmp_path: Path, opened: Opened) -> None:
    errors: list[StoreError] = []

    def start() -> None:
        try:
            open_database(tmp_path / "store.db").close()
        except StoreError as error:
            errors.append(error)

    starts = [Thread(target=start) for _ in range(8)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert errors == []
    assert accounts.accounts(opened()) == []


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program one version later; returns the script that leads there."""
    step = tmp_path / "0002.sql"
    steps = (*database._migrations(), step)
    step.write_text("ALTER TABLE accounts ADD COLUMN colour TEXT;\n")
    monkeypatch.setattr(database, "_migrations", lambda: steps)
    return step


def test_an_older_store_is_brought_up_to_date_with_its_rows(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = opened()
    mina = sign_in(old)
    old.close()
    step = tmp_path / "0002.sql"
    step.write_text(
        "-- colours; and a comment with a semicolon\nALTER TABLE accounts ADD COLUMN colour TEXT;\n"
    )
    steps = (*database._migrations(), step)
    monkeypatch.setattr(database, "_migrations", lambda: steps)
    db = opened(read_only=True)
    assert db.execute("PRAGMA user_version").fetchone() == (len(steps),)
    assert db.execute("SELECT colour FROM accounts").fetchall() == [(None,)]
    assert accounts.accounts(db) == [mina]


def test_a_migration_that_fails_leaves_the_version_before(
    tmp_path: Path, opened: Opened, second_version: Path
) -> None:
    second_version.write_text(
        "ALTER TABLE accounts ADD COLUMN colour TEXT;\nINSERT INTO nowhere VALUES (1);\n"
    )
    with pytest.raises(StoreError, match="nowhere"):
        opened()
    raw = sqlite3.connect(tmp_path / "store.db")
    assert raw.execute("PRAGMA user_version").fetchone() == (len(database._migrations()) - 1,)
    assert "colour" not in [row[1] for row in raw.execute("PRAGMA table_info(accounts)")]
    raw.close()


def test_migrating_twice_changes_nothing(opened: Opened) -> None:
    db = opened()
    before = db.total_changes
    migrate(db)
    assert db.total_changes == before
