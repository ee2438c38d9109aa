"""Tokens at rest: in the system's keyring where there is a real one, else in a file of the owner's.

The file is made with mode 0600 in a 0700 folder and replaced as a whole, so that no crash leaves half of it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path
from threading import Lock
from typing import Any

SERVICE = "tui-inbox"


class SecretFile:
    """Secrets in a JSON file that only the owner can read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"SecretFile({str(self._path)!r})"

    def get(self, name: str) -> str | None:
        """The secret of that name, or None."""
        return self._read().get(name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it is entered, no other process is."""
        with _held(self._path.with_suffix(".exchange")):
            yield

    def put(self, name: str, secret: str) -> None:
        """Keep a secret; it is on disk when this returns. Others are kept by other processes at the same time."""
        with self._lock, _held(self._path.with_suffix(".lock")):
            self._write({**self._read(), name: secret})

    def forget(self, name: str) -> None:
        """Remove a secret."""
        with self._lock, _held(self._path.with_suffix(".lock")):
            secrets = self._read()
            if secrets.pop(name, None) is not None:
                self._write(secrets)

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError):  # not text, not JSON, or no table of texts
            raise OSError(EIO, "it holds no tokens that can be read", str(self._path)) from None

    def _write(self, secrets: dict[str, str]) -> None:
        import tempfile  # reading is what each start does, and loading this takes 4 ms

        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes the file 0600 from the start, so there is no moment at which others can read it.
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".secrets-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(secrets, file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(self._path)


class SecretKeyring:
    """Secrets in the system's keyring, through the optional `keyring` package."""

    def __init__(self, keyring: Any, beside: Path) -> None:
        self._keyring = keyring
        self._beside = beside

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it is entered, no other process is."""
        with _held(self._beside.with_suffix(".exchange")):
            yield

    def get(self, name: str) -> str | None:
        """The secret of that name, or None."""
        secret = self._keyring.get_password(SERVICE, name)
        return None if secret is None else str(secret)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._keyring.set_password(SERVICE, name, secret)

    def forget(self, name: str) -> None:
        """Remove a secret."""
        if self.get(name) is not None:
            self._keyring.delete_password(SERVICE, name)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a file's lock, waiting for whoever has it; the kernel lets go of it when a process dies."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def open_secrets(path: Path) -> SecretFile | SecretKeyring:
    """The keyring where the package is installed and has a real backend, else the file at `path`.

    Backends of low priority keep plain text or nothing at all (`keyring` gives them a priority below 1).
    A token that already stands in the file is not moved: the file stays in use as long as it exists.
    """
    if path.exists():
        return SecretFile(path)
    try:
        import keyring
    except ImportError:
        return SecretFile(path)
    backend = keyring.get_keyring()
    return SecretKeyring(backend, path) if backend.priority >= 1 else SecretFile(path)
