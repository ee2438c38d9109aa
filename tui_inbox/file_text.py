"""A text file of the owner's, read and replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path


def read_text(path: Path) -> str:
    """The text of a file with its line ends as they are; empty where there is none.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is no readable text.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def replace_text(path: Path, before: str, text: str) -> bool:
    """Replace a file as a whole, readable by its owner only; False if it is not what it was any more.

    Args:
        path: the file; a link to a file that is kept elsewhere stays one.
        before: what was read of it.
        text: what shall stand in it.

    Raises:
        OSError: it cannot be written.
    """
    import tempfile

    real = path.resolve()
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file 0600 from the start.
    handle, temporary = tempfile.mkstemp(dir=real.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if read_text(path) != before:
            return False
        Path(temporary).replace(real)
        return True
    finally:
        Path(temporary).unlink(missing_ok=True)
