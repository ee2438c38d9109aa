"""Files that were fetched to be looked at, kept for a while: a picture is asked for once, and is there without a line.

Nothing refers to them: the whole folder may be removed at any time. A name is a hash of the address, which says
nothing to whoever lists the folder, with an ending that the bytes have earned.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tui_inbox.core.media_file import HEAD, MediaFile, kind_of
from tui_inbox.core.moment import DAY, Millis
from tui_inbox.store.database import StoreUnusable

MOST_BYTES = 200 * 1024 * 1024
"""How much is kept; what was looked at least lately goes first."""
KEPT_FOR: Millis = 30 * DAY
"""How long a file is kept that nobody looks at."""


class MediaCache:
    """The files of one store.

    Args:
        folder: where they are; made, for the owner only, with the first file.
        most: see `MOST_BYTES`.
    """

    def __init__(self, folder: Path, *, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most

    def find(self, address: str) -> MediaFile | None:
        """The file that was fetched from an address, if it is here; it counts as looked at."""
        for file in self._folder.glob(f"{_name(address)}.*"):
            with suppress(OSError):
                with file.open("rb") as opened:
                    found = kind_of(opened.read(HEAD))
                if found is not None:
                    os.utime(file)
                    return MediaFile(file, found[0])
        return None

    @contextmanager
    def unfinished(self) -> Iterator[IO[bytes]]:
        """A new file, readable by the owner only; gone at the end unless it was kept.

        Raises:
            StoreUnusable: the system refuses to write.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                try:
                    yield file
                finally:
                    Path(file.name).unlink(missing_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StoreUnusable(f"The file could not be kept ({reason}).") from error

    def keep(self, address: str, file: IO[bytes], suffix: str) -> Path:
        """Keep an unfinished file as what lies at an address."""
        file.flush()
        path = self._folder / f"{_name(address)}{suffix}"
        Path(file.name).replace(path)
        return path

    def tidy(self, now: Millis, *, spare: Path | None = None) -> None:
        """Remove what is old, what was broken off, and what is too much.

        Args:
            now: the moment; files are dated by the machine's clock.
            spare: stays, whatever it takes.
        """
        kept = 0
        for file, (changed, size) in sorted(self._files(), key=lambda one: one[1], reverse=True):
            kept += size
            too_old = now - changed * 1000 > KEPT_FOR
            if file != spare and (too_old or kept > self._most):
                with suppress(OSError):
                    file.unlink()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, (_, size) in self._files())

    def _files(self) -> Iterator[tuple[Path, tuple[float, int]]]:
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(OSError):
                told = file.stat()
                yield file, (told.st_mtime, told.st_size)


def _name(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]
