"""The settings file as text: read as it stands, and replaced as a whole unless somebody was quicker."""

from __future__ import annotations

import os
from pathlib import Path


def read_text(path: Path) -> str:
    """What stands in the file, with the owner's line ends; nothing where there is none.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is no text.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def replace_text(path: Path, before: str, text: str) -> bool:
    """Write the file anew, for its owner only (mode 0600).

    Args:
        path: the file; it need not exist.
        before: what stood there when the text was made.
        text: what shall stand there.

    Returns:
        False if something else stands there by now; then nothing was written.

    Raises:
        OSError: it cannot be written.
        UnicodeDecodeError: it is no text any more.
    """
    import tempfile

    real = path.resolve()  # a link to a file that is kept elsewhere stays one
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
