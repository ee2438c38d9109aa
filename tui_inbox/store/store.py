"""The store's threads: one that writes, in order and one transaction at a time, and one that reads."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from queue import PriorityQueue
from threading import Lock, Thread
from typing import NamedTuple, TypeVar

from msgspec import Struct, field

from tui_inbox.core.changes import Change, Topic
from tui_inbox.store.database import (
    Connection,
    StoreError,
    in_words,
    open_database,
    transaction,
)
from tui_inbox.store.kept_files import KeptFiles
from tui_inbox.store.seen_people import SeenPeople

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Writing(Struct):
    """A transaction under way: the connection, what the job has changed so far, and whom it need not look up."""

    db: Connection
    changes: set[Change] = field(default_factory=set)
    people: SeenPeople = field(default_factory=SeenPeople)

    def changed(self, topic: Topic, key: int = 0) -> None:
        """Note that something is not as it was; told to the listeners after the commit."""
        self.changes.add(Change(topic, key))


class _Order(NamedTuple):
    """A job in the writer's queue. Urgent ones go first, the closing one last, else in order of arrival.

    Two never compare beyond their numbers, which are all different.
    """

    rank: int
    number: int
    run: Callable[[], None]


_URGENT, _NORMAL, _LAST = range(3)


class Store:
    """The store as the rooms outside see it: hand in a job, get a future.

    Threads and connections are opened with the first job that needs them. A job is a function of a `Writing`
    or a `Connection`; what it returns must be plain data, never a cursor.

    Attributes:
        files: copies of what goes with texts; they stand beside the database.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_commit: Callable[[frozenset[Change]], None] = lambda changes: None,
        also: Callable[[Writing], None] = lambda writing: None,
    ) -> None:
        """Name the file; nothing is opened yet.

        Args:
            path: the store's file.
            on_commit: told what changed, on the writer's thread, after it is committed and before the future of
                the write is done. Must only hand over and return.
            also: changes what follows from a job's changes, in the same transaction. What it raises undoes the job.
        """
        self._path = path
        self.files = KeptFiles(path.with_suffix(".files"))
        self._on_commit = on_commit
        self._also = also
        self._lock = Lock()
        self._closed = False
        self._numbers = count()
        self._queue: PriorityQueue[_Order] = PriorityQueue()
        self._writer: Thread | None = None
        self._write_db: Connection | None = None
        self._people = SeenPeople()
        self._data_version = 0
        self._reader: ThreadPoolExecutor | None = None
        self._read_db: Connection | None = None

    def write(
        self, job: Callable[[Writing], T], *, urgent: bool = False, durable: bool = False
    ) -> Future[T]:
        """Run a job in a transaction on the writer's thread.

        A job that raises changes nothing, and its exception is the future's.

        Args:
            job: what to do. It may be run while other jobs wait, so it should take less than 50 ms.
            urgent: overtake the jobs that are not; for what the owner does.
            durable: on disk, past a power cut, when the future is done; for drafts and the outbox. Other
                writes survive a crash of the program, not one of the machine.

        Raises:
            StoreError: the store is closed. Everything else that goes wrong is the future's exception.
        """
        future: Future[T] = Future()
        order = _Order(
            _URGENT if urgent else _NORMAL,
            next(self._numbers),
            partial(self._run_write, job, future, durable),
        )
        with self._lock:
            self._refuse_when_closed()
            if self._writer is None:
                self._writer = Thread(target=self._write_all, name="store-writer", daemon=True)
                self._writer.start()
            self._queue.put(order)
        return future

    def read(self, job: Callable[[Connection], T]) -> Future[T]:
        """Run a job on the reader's thread, on one state of the store, which is let go of afterwards.

        Raises:
            StoreError: the store is closed. Everything else that goes wrong is the future's exception.
        """
        with self._lock:
            self._refuse_when_closed()
            if self._reader is None:
                self._reader = ThreadPoolExecutor(1, thread_name_prefix="store-reader")
            return self._reader.submit(self._run_read, job)

    def close(self) -> None:
        """Finish every job that was handed in, fold the log into the file and let go. Safe to repeat."""
        with self._lock:
            self._closed = True
            reader, self._reader = self._reader, None
            writer, self._writer = self._writer, None
            if writer is not None:
                self._queue.put(_Order(_LAST, next(self._numbers), self._close_write_db))
        if reader is not None:
            reader.submit(self._close_read_db)
            reader.shutdown()
        if writer is not None:
            writer.join()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StoreError("The store is closed.")

    def _write_all(self) -> None:
        while True:
            order = self._queue.get()
            order.run()
            if order.rank == _LAST:
                return

    def _run_write(self, job: Callable[[Writing], T], future: Future[T], durable: bool) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result, changes = self._transact(job, durable)
        except sqlite3.Error as error:
            sentence = in_words(error, self._path)
            sentence.__cause__ = error
            future.set_exception(sentence)
        except BaseException as error:
            # The exception belongs to whoever handed the job in; the thread goes on.
            future.set_exception(error)
        else:
            if changes:
                self._tell(changes)
            future.set_result(result)

    def _transact(self, job: Callable[[Writing], T], durable: bool) -> tuple[T, frozenset[Change]]:
        if self._write_db is None:
            self._write_db = open_database(self._path)
        db = self._write_db
        if durable:
            db.execute("PRAGMA synchronous = FULL")
        try:
            with transaction(db):
                writing = Writing(db, people=self._seen_people(db))
                result = job(writing)
                self._also(writing)
        except BaseException:
            self._people = SeenPeople()
            raise
        finally:
            if durable:
                db.execute("PRAGMA synchronous = NORMAL")
        return result, frozenset(writing.changes)

    def _seen_people(self, db: Connection) -> SeenPeople:
        """Whom this thread has stored last, nobody if another process has written since."""
        version: int = db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._data_version:
            self._data_version = version
            self._people = SeenPeople()
        return self._people

    def _tell(self, changes: frozenset[Change]) -> None:
        try:
            self._on_commit(changes)
        except Exception:
            # What was written is written: a listener that fails must neither undo it nor stop the writer.
            _log.exception("a listener to the store failed")

    def _close_write_db(self) -> None:
        if self._write_db is None:
            return
        try:
            self._write_db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error:
            # Another process is at work on it: the log stays beside the file and is folded in later.
            _log.info("the store's log was not folded in", exc_info=True)
        self._write_db.close()
        self._write_db = None

    def _run_read(self, job: Callable[[Connection], T]) -> T:
        try:
            if self._read_db is None:
                self._read_db = open_database(self._path, read_only=True)
            db = self._read_db
            db.execute("BEGIN")
            try:
                return job(db)
            finally:
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise in_words(error, self._path) from error

    def _close_read_db(self) -> None:
        if self._read_db is not None:
            self._read_db.close()
            self._read_db = None
