"""The installed program, as a user has it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from support.terminal import Terminal

PROGRAM = Path(sys.executable).parent / "tui-inbox"


@dataclass(frozen=True, slots=True)
class Installed:
    """The program as a user has it."""

    home: Path

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        return subprocess.run(
            [PROGRAM, *arguments],
            env={**_inherited(), **self.environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def open(
        self,
        *arguments: str,
        columns: int = 160,
        rows: int = 45,
        environment: Mapping[str, str] | None = None,
    ) -> Terminal:
        """Open the screen in a terminal of that size."""
        command = [str(PROGRAM), *arguments]
        own = {**self.environment, **(environment or {})}
        return Terminal(command, own, columns=columns, rows=rows)

    def settings(self, text: str) -> None:
        """Write the settings file."""
        folder = self.home / "config"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.toml").write_text(text, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """Where its home is, and the zone of its clock."""
        return {"TUI_INBOX_HOME": str(self.home), "TZ": "UTC"}


def _inherited() -> dict[str, str]:
    """The environment of the tests, in which no start shall compile what an earlier one has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
