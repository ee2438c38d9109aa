"""One hub per store, held by a lock that no crash leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_inbox.store.lock import HubLock

HOLD = (
    "import sys; from pathlib import Path; from tui_inbox.store.lock import HubLock\n"
    "print(HubLock(Path(sys.argv[1])).try_acquire(), flush=True); sys.stdin.read()"
)


@contextmanager
def other_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the lock until it ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_a_second_process_does_not_get_the_lock_and_learns_who_has_it(tmp_path: Path) -> None:
    lock = HubLock(tmp_path / "state" / "hub.lock")
    with other_process(tmp_path / "state" / "hub.lock") as process:
        assert not lock.try_acquire()
        assert lock.holder() == process.pid


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    lock = HubLock(tmp_path / "hub.lock")
    with other_process(tmp_path / "hub.lock") as process:
        process.kill()
        process.wait()
        assert lock.holder() is None
        assert lock.try_acquire()
        assert lock.holder() == os.getpid()


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    first, second = HubLock(tmp_path / "hub.lock"), HubLock(tmp_path / "hub.lock")
    assert first.try_acquire()
    assert first.try_acquire(), "it is ours already"
    assert not second.try_acquire()
    assert second.holder() == os.getpid()
    first.release()
    first.release()
    assert second.holder() is None
    assert second.try_acquire()


def test_nobody_holds_a_lock_that_was_never_taken(tmp_path: Path) -> None:
    assert HubLock(tmp_path / "hub.lock").holder() is None


def test_a_dead_or_recycled_process_id_in_the_file_is_not_a_holder(tmp_path: Path) -> None:
    path = tmp_path / "hub.lock"
    for text in ("", "not a number", str(os.getpid()), "4194999"):
        path.write_text(text)
        assert HubLock(path).holder() is None
