"""The lock that makes sure one hub at a time works on a store."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class HubLock:
    """An advisory lock on a file beside the store. The kernel lets go of it when its process dies.

    The holder's process id is written into the file, for the sentence that says who is at work. The file is
    never removed: a lock on a removed file locks nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if nobody has it; True when it is ours, also when it already was."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock(file, fcntl.LOCK_EX):
            os.close(file)
            return False
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode("ascii"), 0)
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the lock; no error when it is not held."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def holder(self) -> int | None:
        """The process id of who holds the lock, or None when nobody does."""
        if self._file is not None:
            return os.getpid()
        try:
            file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            pid = _number(os.read(file, 20))
            # The lock is only tried while such a process lives: trying takes it for an instant.
            if pid is None or not _is_alive(pid) or _lock(file, fcntl.LOCK_SH):
                return None
            return pid
        finally:
            os.close(file)


def _lock(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _number(text: bytes) -> int | None:
    return int(text) if text.isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
