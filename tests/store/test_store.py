"""The store's threads: order, all or nothing, who is told, and what survives a sudden end."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tui_inbox.core.changes import Change, Topic
from tui_inbox.store import positions
from tui_inbox.store.database import Connection, StoreError, StoreUnusable, open_database
from tui_inbox.store.store import Store, Writing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")
    yield store
    store.close()


def put(value: str) -> object:
    """A job that notes where the owner is."""

    def job(w: Writing) -> None:
        positions.put_position(w, value, value, 0)

    return job


def places(store: Store) -> list[str]:
    def job(db: Connection) -> list[str]:
        return [place for (place,) in db.execute("SELECT place FROM positions ORDER BY place")]

    return store.read(job).result()


class Door:
    """Holds the writer up until it is opened, so that jobs queue behind it."""

    def __init__(self, store: Store) -> None:
        self._open = threading.Event()
        entered = threading.Event()

        def job(w: Writing) -> None:
            entered.set()
            self._open.wait()

        self.passed: Future[None] = store.write(job)
        entered.wait()

    def open(self) -> None:
        self._open.set()


def test_nothing_is_opened_before_the_first_job(tmp_path: Path) -> None:
    threads = threading.active_count()
    store = Store(tmp_path / "store.db")
    assert not (tmp_path / "store.db").exists()
    assert threading.active_count() == threads
    store.close()
    assert not (tmp_path / "store.db").exists()


def test_what_is_written_can_be_read(store: Store) -> None:
    store.write(lambda w: positions.put_position(w, "home", "12", 0)).result()
    assert store.read(lambda db: positions.position(db, "home")).result() == "12"


def test_jobs_run_in_the_order_in_which_they_came(store: Store) -> None:
    ran: list[int] = []
    door = Door(store)
    done = [store.write(lambda w, n=n: ran.append(n)) for n in range(50)]  # type: ignore[misc]  # bound now
    door.open()
    for one in done:
        one.result()
    assert ran == list(range(50))


def test_what_the_owner_does_overtakes_what_arrives(store: Store) -> None:
    ran: list[str] = []
    door = Door(store)
    store.write(lambda w: ran.append("first arrival"))
    store.write(lambda w: ran.append("second arrival"))
    store.write(lambda w: ran.append("first key"), urgent=True)
    last = store.write(lambda w: ran.append("second key"), urgent=True)
    door.open()
    last.result()
    store.write(lambda w: None).result()
    assert ran == ["first key", "second key", "first arrival", "second arrival"]


def test_a_job_that_fails_changes_nothing_and_the_next_one_runs(store: Store) -> None:
    def failing(w: Writing) -> None:
        positions.put_position(w, "home", "12", 0)
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        store.write(failing).result()
    store.write(lambda w: positions.put_position(w, "people", "3", 0)).result()
    assert places(store) == ["people"]


def test_an_error_of_the_database_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match=r"^The store failed: no such table: nowhere\.$"):
        store.write(lambda w: w.db.execute("DELETE FROM nowhere")).result()
    with pytest.raises(StoreError, match="no such table"):
        store.read(lambda db: db.execute("SELECT * FROM nowhere")).result()


def test_a_store_that_cannot_be_opened_says_so_through_every_future(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("a shopping list " * 100)
    store = Store(tmp_path / "store.db")
    with pytest.raises(StoreUnusable, match="no store of tui-inbox"):
        store.write(lambda w: None).result()
    with pytest.raises(StoreUnusable, match="no store of tui-inbox"):
        store.read(lambda db: None).result()
    store.close()


def test_listeners_hear_what_changed_once_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    heard: list[tuple[frozenset[Change], str | None, str]] = []

    def on_commit(changes: frozenset[Change]) -> None:
        db = open_database(path, read_only=True)
        heard.append((changes, positions.position(db, "home"), threading.current_thread().name))
        db.close()

    def job(w: Writing) -> None:
        positions.put_position(w, "home", "12", 0)
        w.changed(Topic.FEED, 3)
        w.changed(Topic.FEED, 3)
        w.changed(Topic.HEALTH)

    store = Store(path, on_commit=on_commit)
    store.write(job).result()
    changes = frozenset({Change(Topic.FEED, 3), Change(Topic.HEALTH)})
    assert heard == [(changes, "12", "store-writer")]
    store.close()


def test_nobody_is_told_of_nothing_or_of_what_failed(tmp_path: Path) -> None:
    heard: list[frozenset[Change]] = []
    store = Store(tmp_path / "store.db", on_commit=heard.append)

    def failing(w: Writing) -> None:
        w.changed(Topic.FEED, 3)
        raise ValueError

    store.write(lambda w: None).result()
    with pytest.raises(ValueError):  # noqa: PT011  # it is the one raised above
        store.write(failing).result()
    store.close()
    assert heard == []


def test_a_listener_that_fails_does_not_undo_the_write(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def on_commit(changes: frozenset[Change]) -> None:
        raise RuntimeError("the hub has gone home")

    def job(w: Writing) -> None:
        positions.put_position(w, "home", "12", 0)
        w.changed(Topic.FEED, 3)

    store = Store(tmp_path / "store.db", on_commit=on_commit)
    with caplog.at_level(logging.ERROR):
        store.write(job).result()
    assert "the hub has gone home" in caplog.text
    assert places(store) == ["home"]
    store.close()


def test_closing_finishes_every_job_and_folds_the_log_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    door = Door(store)
    done = [
        store.write(lambda w, n=n: positions.put_position(w, f"place {n:02}", "", 0))  # type: ignore[misc]  # bound now
        for n in range(40)
    ]
    closing = threading.Thread(target=store.close)
    closing.start()
    door.open()
    closing.join()
    assert all(one.done() for one in done)
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]
    db = open_database(tmp_path / "store.db")
    assert db.execute("SELECT count(*) FROM positions").fetchone() == (40,)
    db.close()


def test_a_closed_store_takes_no_jobs(store: Store) -> None:
    store.write(lambda w: None).result()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.write(lambda w: None)
    with pytest.raises(StoreError, match="closed"):
        store.read(lambda db: None)


def test_a_job_that_was_cancelled_in_the_queue_is_not_run(store: Store) -> None:
    ran: list[str] = []
    door = Door(store)
    first = store.write(lambda w: ran.append("cancelled"))
    last = store.write(lambda w: ran.append("kept"))
    assert first.cancel()
    door.open()
    last.result()
    assert ran == ["kept"]


def test_a_read_sees_one_state_and_keeps_none(store: Store, tmp_path: Path) -> None:
    def count(db: Connection) -> int:
        number: int = db.execute("SELECT count(*) FROM positions").fetchone()[0]
        return number

    def twice(db: Connection) -> tuple[int, int]:
        before = count(db)
        store.write(lambda w: positions.put_position(w, "home", "12", 0)).result()
        return before, count(db)

    assert store.read(twice).result() == (0, 0)
    assert store.read(count).result() == 1
    other = sqlite3.connect(tmp_path / "store.db")
    busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    other.close()
    assert not busy, "a snapshot that is kept would not let the log be cut"


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        store.read(lambda db: db.execute("DELETE FROM positions")).result()


def test_durable_writes_are_synced_and_others_are_not(store: Store) -> None:
    def level(w: Writing) -> int:
        number: int = w.db.execute("PRAGMA synchronous").fetchone()[0]
        return number

    assert store.write(level).result() == 1
    assert store.write(level, durable=True).result() == 2
    with pytest.raises(StoreError):
        store.write(lambda w: w.db.execute("nonsense"), durable=True).result()
    assert store.write(level).result() == 1


WRITE_UNTIL_KILLED = """
import sys
from itertools import count
from pathlib import Path
from tui_inbox.store import positions
from tui_inbox.store.store import Store
store = Store(Path(sys.argv[1]))
for n in count():
    store.write(lambda w: positions.put_position(w, f"{n:06}", "", n), urgent=True, durable=True).result()
    print(n, flush=True)
"""


def test_what_was_confirmed_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        for _ in range(25):
            process.stdout.readline()
        process.kill()
        confirmed = 25 + len([line for line in process.stdout if line.endswith("\n")])
    db = open_database(path)
    stored = [int(place) for (place,) in db.execute("SELECT place FROM positions ORDER BY place")]
    assert stored in (list(range(confirmed)), list(range(confirmed + 1)))
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
