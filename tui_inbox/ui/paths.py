"""Paths as they are typed or pasted."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST_LOOKED_AT = 5_000
"""So many names of a folder are looked at for completing one."""


def path_named(text: str) -> Path:
    r"""The path that a text names: with `~`, `$VARIABLES`, quotes, `\ ` as a shell writes it, or as a file:// URL."""
    text = text.strip()
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    else:
        text = re.sub(r"\\(.)", r"\1", text)
    return Path(os.path.expandvars(text)).expanduser()


def completed(text: str) -> str:
    """What a path may go on with, as far as it is certain. Reads a folder, so it is called on no loop."""
    head, slash, begun = text.rpartition("/")
    if text == "~":
        return "~/"
    folder = path_named(f"{head}/") if slash else Path()
    try:
        with os.scandir(folder) as entries:
            looked_at = [entry for _, entry in zip(range(MOST_LOOKED_AT), entries, strict=False)]
            names = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in looked_at
                if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
            ]
    except OSError:
        return text
    longer = _common_beginning(names)
    return f"{head}{slash}{longer}" if len(longer) > len(begun) else text


def is_file(text: str) -> bool:
    """Whether a text names a file that is there. Waits for a disk, so it is called on no loop."""
    try:
        return path_named(text).is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a null in it, an unknown ~user
        return False


def _common_beginning(names: list[str]) -> str:
    """The characters that all of some names begin with."""
    first, last = min(names, default=""), max(names, default="")
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same]
