"""Opening the store's file: settings of the connection, migrations, and sentences for what can go wrong."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from tui_inbox.core.not_kept import NotKept
from tui_inbox.store.sql_functions import teach

Connection: TypeAlias = sqlite3.Connection
"""What every function of this room works on. Outer rooms pass it along and never look inside."""

MINIMUM_SQLITE = (3, 40, 0)
APPLICATION_ID = 0x74756978
"""Marks the file as ours ("tuix"), so that no other program's database is ever written to."""

BUSY_MILLISECONDS = 5_000
"""How long to wait for another process that writes: a verb beside the running app."""

CACHE_KIBIBYTES = 2_048
"""Page cache of one that writes. The system's own cache holds the rest; a larger one is only resident memory."""

READER_CACHE_KIBIBYTES = 1_024
"""That of one that only reads: windows are read no slower with it. Writing would be, by a seventh."""

_SCHEMA = Path(__file__).with_name("schema.sql")
_JOINED_FEEDS = Path(__file__).with_name("schema_2.sql")
_DOOR = Path(__file__).with_name("schema_3.sql")
_GROUPS_AND_LINKS = Path(__file__).with_name("schema_4.sql")
_QUOTES_AND_MENTIONS = Path(__file__).with_name("schema_5.sql")
_WITH_TEXTS = Path(__file__).with_name("schema_6.sql")
_CHECKS = Path(__file__).with_name("schema_7.sql")
_PEOPLE = Path(__file__).with_name("schema_8.sql")
_IDENTITIES = Path(__file__).with_name("schema_9.sql")
_HITS = Path(__file__).with_name("schema_10.sql")
_OUTSIDE = Path(__file__).with_name("schema_11.sql")
_WATCHES = Path(__file__).with_name("schema_12.sql")
_FEED_NAMES = Path(__file__).with_name("schema_13.sql")
_PICTURES = Path(__file__).with_name("schema_14.sql")
_SPENDING = Path(__file__).with_name("schema_15.sql")


def _migrations() -> tuple[Path, ...]:
    """The scripts that lead from an empty file to the newest version; the n-th leads to version n."""
    return (
        *(_SCHEMA, _JOINED_FEEDS, _DOOR, _GROUPS_AND_LINKS, _QUOTES_AND_MENTIONS, _WITH_TEXTS),
        *(_CHECKS, _PEOPLE, _IDENTITIES, _HITS, _OUTSIDE, _WATCHES, _FEED_NAMES),
        _PICTURES,
        _SPENDING,
    )


class StoreError(NotKept):
    """The store could not do something. `str()` is one sentence for the user."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of the program. It is left as it is."""


class StoreUnusable(StoreError):
    """There is no store to work with: not a database, a folder that cannot be written, a full disk."""


def open_database(path: Path, *, read_only: bool = False) -> Connection:
    """Open the store, making it where there is none yet, and bring it to the newest version.

    The file is readable by its owner only (0600), so is a folder that had to be made (0700); SQLite gives its
    side files the same mode. The connection is in autocommit mode: whoever writes says BEGIN.

    Args:
        path: the file.
        read_only: refuse every write through this connection.

    Raises:
        StoreTooNew: the file is from a newer version.
        StoreUnusable: the file cannot be used.
    """
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        wanted = ".".join(map(str, MINIMUM_SQLITE))
        raise StoreUnusable(f"SQLite {wanted} is needed; here is {sqlite3.sqlite_version}.")
    with _in_words(path):
        _make_file(path)
        uri = f"file:{quote(str(path.absolute()))}?mode=rw"
        db = sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_MILLISECONDS / 1000,
            isolation_level=None,
            cached_statements=256,
        )
    try:
        with _in_words(path):
            _check_ours(db, path)
            _configure(db)
            migrate(db)
            if read_only:
                db.execute("PRAGMA query_only = 1")
                db.execute(f"PRAGMA cache_size = -{READER_CACHE_KIBIBYTES}")
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: Connection) -> None:
    """Bring the schema to the newest version, each step in a transaction of its own.

    Two processes may start at once: the version is read again under the write lock.

    Raises:
        StoreTooNew: the schema is newer than this program.
    """
    steps = _migrations()
    _refuse_newer(db)
    while (version := _version(db)) < len(steps):
        with transaction(db):
            if _version(db) == version:
                for statement in _statements(steps[version].read_text(encoding="utf-8")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """A write transaction: all or nothing, and nobody else writes meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # SQLite has already rolled back by itself after some errors, a full disk among them.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def in_words(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence for an error that lies outside the program."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    match code:
        case sqlite3.SQLITE_FULL:
            return StoreUnusable(f"The disk is full: {path} cannot grow.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreUnusable(f"The store cannot be written: {path}.")
        case sqlite3.SQLITE_NOTADB:
            return StoreUnusable(no_store(path))
        case sqlite3.SQLITE_CORRUPT:
            return StoreUnusable(damaged(path))
        case sqlite3.SQLITE_IOERR:
            return StoreUnusable(f"The disk reported an error: {path}.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError("Another process keeps the store busy.")
    return StoreError(f"The store failed: {error}.")


def no_store(path: Path) -> str:
    """What to tell the owner when another program's file, or none of any program's, lies in its place."""
    return (
        f"This file is no store of tui-inbox: {path}. It was left as it is: move it away, "
        "or name another folder in TUI_INBOX_HOME."
    )


def damaged(path: Path) -> str:
    """What to tell the owner when the file is not what was written to it."""
    return (
        f"The store is damaged: {path}; move it to another folder, with the files beside it that begin with "
        "its name, and sign in again: what the servers have is read anew."
    )


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from error
    except OSError as error:
        raise StoreUnusable(f"The store cannot be written: {path} ({error.strerror}).") from error


def _make_file(path: Path) -> None:
    """Make an empty file that only the owner can read, if there is none.

    A file that is there is not touched: to close any handle of it would drop the locks that all other
    connections of this process hold (POSIX, and sqlite.org/howtocorrupt.html, 2.2), and the next process
    that opens and closes the store would take away the log from under them.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _check_ours(db: Connection, path: Path) -> None:
    """Refuse other programs' files and newer stores before anything is written."""
    tables: int = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    mark: int = db.execute("PRAGMA application_id").fetchone()[0]
    if tables and mark != APPLICATION_ID:
        raise StoreUnusable(no_store(path))
    _refuse_newer(db)


def _refuse_newer(db: Connection) -> None:
    if _version(db) > len(_migrations()):
        raise StoreTooNew(
            "The store was written by a newer version of tui-inbox; "
            "please update the program. Nothing was changed."
        )


def _configure(db: Connection) -> None:
    if not _version(db):
        # Both are fixed once the first table stands.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _patiently(db, "PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    # A long checkpoint leaves a long log behind; it is cut back when it is next reset.
    db.execute("PRAGMA journal_size_limit = 8388608")
    teach(db)


def _patiently(db: Connection, statement: str) -> None:
    """Run a statement for which SQLite does not wait although it was told to.

    Changing the kind of journal is refused at once while another process opens or closes the store.
    """
    last = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            db.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(0.01)
        else:
            return


def _version(db: Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit in between."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
