"""Files that go with texts: the store keeps a copy of each beside the database, so that a draft stays whole.

They stand in a folder rather than in the database: a film of 100 MB would hold the writer for a second.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.store.database import StoreUnusable

UNUSED_FOR: Millis = 30 * DAY
"""How long a file that nothing refers to is kept: what was thrown away can be brought back."""

_CHUNK = 1 << 20
_LONGEST_SUFFIX = 12


class KeptFiles:
    """The copies beside one store. Named by their content, so the same picture is kept once.

    Args:
        folder: where they are; made, for the owner only, with the first file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path) -> str:
        """Copy a file; on disk when this returns. May take long, so it is called on no loop.

        Returns:
            the name of the copy.

        Raises:
            OSError: the file cannot be opened.
            StoreUnusable: it cannot be copied.
        """
        import hashlib  # which takes longer to load than the whole module, and the first picture needs none of it

        suffix = file.suffix.lower() if len(file.suffix) <= _LONGEST_SUFFIX else ""
        digest = hashlib.sha256()
        with file.open("rb") as source, self._unfinished(file) as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
            name = digest.hexdigest()[:32] + suffix
            Path(copy.name).replace(self._folder / name)
            self._note_names()
        return name

    def _note_names(self) -> None:
        """See that the names in the folder are on disk, too."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _unfinished(self, file: Path) -> Iterator[IO[bytes]]:
        """A new file in the folder, gone at the end unless it was given its name."""
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as copy:
                try:
                    yield copy
                finally:
                    Path(copy.name).unlink(missing_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StoreUnusable(
                f"No copy of {file.name} could be kept ({reason}), so it was not attached."
            ) from error

    def path_of(self, name: str) -> Path:
        """Where a copy is. The name is one that `keep` gave; any other leads nowhere."""
        return self._folder / Path(name).name

    def has(self, name: str) -> bool:
        """Whether the copy is there."""
        return bool(name) and self.path_of(name).is_file()

    def old(self, now: Millis) -> frozenset[str]:
        """Names of copies that were made long ago, whether or not anything refers to them."""
        found = set()
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(OSError):
                if now - file.stat().st_mtime * 1000 > UNUSED_FOR:
                    found.add(file.name)
        return frozenset(found)

    def forget_unused(self, used: Iterable[str], now: Millis) -> int:
        """Remove copies that nothing has referred to for long; how many. What a copy that was broken off has left goes
        too.

        Args:
            used: names that something refers to, see `store.files_in_use`.
        """
        removed = 0
        for name in self.old(now).difference(used):
            with suppress(OSError):
                self.path_of(name).unlink()
                removed += 1
        return removed
