"""Where the owner's own keys stand: the table `[keys]` of the settings file, for commands that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class KeysNotChanged(Exception):
    """The keys are as they were. `str()` is one sentence for the user: what happened, and what to do."""


class KeyFile(Protocol):
    """The file with the table `[keys]`. Whoever changes it has read it anew in the same moment."""

    def read(self) -> dict[str, str]:
        """The lines that hold: by the id of what is done, the keys that shall do it, parted by spaces.

        Raises:
            KeysNotChanged: the file has a mistake, which is named, or cannot be read.
        """
        ...

    def lines(self) -> dict[str, str]:
        """The lines that this file has itself, without those of a file below it.

        Raises:
            KeysNotChanged: as `read`.
        """
        ...

    def change(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        """Write lines, and leave everything else in the file as it is. Returns the lines that hold then.

        Args:
            changes: by id, the keys, or None to take the line out.

        Raises:
            KeysNotChanged: nothing was written.
        """
        ...
