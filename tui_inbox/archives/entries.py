"""The entries of a long list in JSON, one after the other, however long the file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import ijson
from ijson.common import IncompleteJSONError, JSONError

from tui_inbox.archives.members import Members
from tui_inbox.core.archive import BadArchive
from tui_inbox.core.text import clean_line

HEAD = 4096
"""Bytes within which the list must begin in a file that is a line of JavaScript."""


def entries(
    members: Members, name: str, path: str = "item", *, script: bool = False
) -> Iterator[Any]:
    """Read a list in a file of an archive, entry by entry.

    Args:
        members: the archive.
        name: of the file.
        path: where the list stands, as ijson writes it: `item`, `orderedItems.item`.
        script: whether the file is a line of JavaScript that assigns the list.

    Raises:
        BadArchive: it is no JSON, or too large.
    """
    with members.open(name) as file:
        if script:
            file.skip_to(b"[", within=HEAD)
        try:
            for entry in ijson.items(file, path, use_float=True):
                file.next_entry()
                yield entry
        except (JSONError, IncompleteJSONError, UnicodeDecodeError, RecursionError) as error:
            what, where = clean_line(str(error), limit=80), PurePosixPath(clean_line(name)).name
            raise BadArchive(
                f"{where} in it is no JSON ({what}); what came before was kept."
            ) from error
