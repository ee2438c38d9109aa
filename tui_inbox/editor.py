"""Writing in the owner's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path


class NoEditor(Exception):
    """The editor could not be started, or it failed. `str()` is one sentence for the user."""


TAKE_LINES = frozenset(
    {
        "emacs",
        "emacsclient",
        "jed",
        "joe",
        "kak",
        "mcedit",
        "mg",
        "micro",
        "nano",
        "ne",
        "nvim",
        "vi",
        "vim",
    }
)
"""Editors that begin on a line when they are given `+LINE`."""


def edit_file(path: Path, line: int) -> None:
    """Let the owner change a file of theirs in $VISUAL or $EDITOR. Blocks until the editor ends.

    Args:
        path: the file; it need not exist.
        line: where to begin, if the editor can be told.

    Raises:
        NoEditor: it could not be started, or it failed.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    at = [f"+{line}"] if Path(command[0]).name in TAKE_LINES else []
    try:
        # The owner's own choice of program is what is run here, without a shell.
        status = subprocess.run([*command, *at, str(path)], check=False).returncode  # noqa: S603
    except OSError as error:
        raise NoEditor(f"{command[0]} could not be started: {error.strerror}.") from error
    if status:
        raise NoEditor(f"{command[0]} ended with status {status}.")


def edit(text: str) -> str:
    """Let the owner change a text in $VISUAL or $EDITOR, and answer with what they made of it.

    Blocks until the editor ends. The text is in a file that only its owner can read (`mkstemp`).

    Raises:
        NoEditor: the text is as it was.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(prefix="tui-inbox-", suffix=".txt", text=True)
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")  # editors expect a last line that ends
        # The owner's own choice of program is what is run here, without a shell.
        status = subprocess.run([*command, name], check=False).returncode  # noqa: S603
        if status:
            raise NoEditor(f"{command[0]} ended with status {status}; the text is as it was.")
        return path.read_text(encoding="utf-8").removesuffix("\n")
    except OSError as error:
        raise NoEditor(f"{command[0]} could not be started: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NoEditor("The editor left no readable text; the text is as it was.") from error
    finally:
        path.unlink(missing_ok=True)
