"""A file of text replaced as a whole: whoever reads it sees the old text or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def replace_text(path: Path, text: str, *, is_as_before: Callable[[], bool]) -> bool:
    """Put another text in the place of a file's, for the owner's eyes only.

    Args:
        path: the file; it need not exist.
        text: what it says from now on.
        is_as_before: asked at the last moment whether it still says what was read; where it does not, somebody else
            has written it meanwhile, and it is left alone.

    Returns:
        Whether it was replaced.

    Raises:
        OSError: the system refuses.
    """
    import tempfile  # at start nothing is written

    real = path.resolve()  # a link to a file that is kept elsewhere stays one
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file 0600 from the start.
    handle, temporary = tempfile.mkstemp(dir=real.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not is_as_before():
            return False
        Path(temporary).replace(real)
        return True
    finally:
        Path(temporary).unlink(missing_ok=True)
