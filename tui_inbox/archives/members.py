"""The files in an archive, opened for reading one after the other. Nothing is ever written to the disk.

What may not be is refused with a sentence: names that lead outside (zip slip), files that unpack to far more than
they are (zip bombs), files behind a password, and single entries that are longer than anybody writes.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from tui_inbox.core.archive import BadArchive
from tui_inbox.core.text import clean_line

MOST_FILES = 2_000_000
"""Pictures are files of their own; half a million of them have been seen."""

MOST_BYTES = 8 << 30
"""What one file may unpack to. The texts of a busy account of fifteen years are a twentieth of that."""

MOST_ENTRY = 16 << 20
"""What one post may take up, with all that is said of it. The longest known are some hundred thousand bytes."""

MOST_RATIO = 200
"""How many times its size a file may unpack to: JSON comes to about thirty, and zeros to a thousand."""

SMALL = 10 << 20
"""Below this a high ratio is no harm."""

PIECE = 1 << 16

_BROKEN = (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, zlib.error, NotImplementedError)


class Members:
    """An archive: a `.zip`, a `.tar.gz`, or a folder into which the owner has unpacked one.

    Args:
        path: where it is.

    Raises:
        BadArchive: it is none of them, or holds what may not be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip: zipfile.ZipFile | None = None
        try:
            self._names = tuple(self._listed())
        except _BROKEN as error:
            raise BadArchive(f"{path.name} is damaged or no archive: {_why(error)}.") from error

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, their folders in front, parted by strokes."""
        return self._names

    def ending(self, *ends: str) -> list[str]:
        """The names that end so, whatever folders stand in front, in their order."""
        return [
            name for end in ends for name in self._names if name == end or name.endswith(f"/{end}")
        ]

    @contextmanager
    def open(self, name: str) -> Iterator[Measured]:
        """Read a file of it.

        Raises:
            BadArchive: while it is read, where it is damaged or larger than it may be.
        """
        try:
            with self._opened(name) as stream:
                yield Measured(stream, PurePosixPath(name).name)
        except _BROKEN as error:
            raise BadArchive(f"{_shown(name)} in it cannot be read: {_why(error)}.") from error
        except RuntimeError as error:  # what zipfile says of a password
            raise BadArchive(f"{_shown(name)} in it is behind a password.") from error

    def close(self) -> None:
        """Let go of the file."""
        if self._zip is not None:
            self._zip.close()

    def _listed(self) -> Iterator[str]:
        if self._path.is_dir():
            root = self._path.resolve()
            for found in sorted(root.rglob("*")):
                if found.is_file() and found.resolve().is_relative_to(root):
                    yield found.relative_to(root).as_posix()
        elif zipfile.is_zipfile(self._path):
            self._zip = zipfile.ZipFile(self._path)
            infos = self._zip.infolist()
            if len(infos) > MOST_FILES:
                raise BadArchive(f"{self._path.name} holds more files than an account has.")
            for info in infos:
                self._check(info)
                if not info.is_dir():
                    yield info.filename
        else:
            with tarfile.open(self._path) as tar:
                for count, member in enumerate(tar):
                    if count > MOST_FILES:
                        raise BadArchive(f"{self._path.name} holds more files than an account has.")
                    _refuse_outside(member.name)
                    if member.isfile():
                        yield member.name

    def _check(self, info: zipfile.ZipInfo) -> None:
        _refuse_outside(info.filename)
        too_much = info.file_size > MOST_RATIO * max(1, info.compress_size)
        if info.file_size > MOST_BYTES or (too_much and info.file_size > SMALL):
            raise BadArchive(
                f"{_shown(info.filename)} in it would unpack to {info.file_size >> 20} MB, which no archive of an "
                "account does, so it was not opened."
            )

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        if self._zip is not None:
            with self._zip.open(name) as stream:
                yield stream
        elif self._path.is_dir():
            with (self._path / name).open("rb") as file:
                yield file
        else:
            with tarfile.open(self._path) as tar:
                found = tar.extractfile(name)
                if found is None:
                    raise BadArchive(f"{_shown(name)} in it is no file.")
                yield found


class Measured:
    """A file that is read in pieces, with a limit to each entry of it: call `next_entry` between two.

    Args:
        stream: what is read.
        name: of the file, for what is said of it.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._total = 0
        self._of_entry = 0
        self._first = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many and never more than a piece.

        Raises:
            BadArchive: an entry, or the whole, is too large.
        """
        if size == 0:
            return b""
        most = min(size, PIECE) if size > 0 else PIECE
        data = self._first[:most] or self._stream.read(most)
        self._first = self._first[most:]
        self._total += len(data)
        self._of_entry += len(data)
        if self._of_entry > MOST_ENTRY:
            raise BadArchive(
                f"{_shown(self._name)} in it has an entry of more than {MOST_ENTRY >> 20} MB, which nobody writes."
            )
        if self._total > MOST_BYTES:
            raise BadArchive(f"{_shown(self._name)} in it is larger than {MOST_BYTES >> 30} GB.")
        return data

    def next_entry(self) -> None:
        """An entry is complete; what was read ahead belongs to the next one."""
        self._of_entry = 0

    def skip_to(self, sign: bytes, *, within: int) -> None:
        """Leave out what stands before a sign, as `window.YTD.tweets.part0 = ` before `[`.

        Raises:
            BadArchive: it does not come within so many bytes.
        """
        head = self.read(within)
        at = head.find(sign)
        if at < 0:
            raise BadArchive(f"{_shown(self._name)} in it does not begin as it should.")
        self._first = head[at:] + self._first


def _refuse_outside(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name:
        raise BadArchive(
            f"a file in it is called {_shown(name)}, which leads outside of the archive, so it was not opened."
        )


def _shown(name: str) -> str:
    return clean_line(name, limit=80)


def _why(error: Exception) -> str:
    return clean_line(str(error), limit=120).rstrip(".") or type(error).__name__


def read_whole(members: Members, name: str) -> bytes:
    """A small file as a whole, such as the one that says whose archive it is.

    Raises:
        BadArchive: it is too large for that, or damaged.
    """
    with members.open(name) as file:
        return b"".join(iter(lambda: file.read(PIECE), b""))
