"""Where everything is kept: the platform's folders, or one folder that `TUI_INBOX_HOME` names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

APP = "tui-inbox"


class Paths(Struct, frozen=True):
    """The program's folders and files. Folders are made, for the owner only, when first used.

    Attributes:
        data: store and, where there is no keyring, secrets.
        config: the settings file.
        logs: the log file.
    """

    data: Path
    config: Path
    logs: Path

    @property
    def store(self) -> Path:
        """The store of the owner's accounts."""
        return self.data / "inbox.db"

    @property
    def demo_store(self) -> Path:
        """The demo town's store: of its own, so that trying things never touches real accounts."""
        return self.data / "demo.db"

    @property
    def secrets(self) -> Path:
        """The file with tokens, used where the system has no keyring."""
        return self.data / "secrets.json"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.logs / "tui-inbox.log"

    def make(self) -> None:
        """Make the folders, readable by the owner only.

        Raises:
            OSError: a folder cannot be made.
        """
        for folder in (self.data, self.config, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_paths(environment: Mapping[str, str] = os.environ) -> Paths:
    """The folders for this user: below `TUI_INBOX_HOME` when set, else where the platform keeps such things."""
    if home := environment.get("TUI_INBOX_HOME"):
        root = Path(home).expanduser().absolute()
        return Paths(data=root / "data", config=root / "config", logs=root / "logs")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(data=dirs.user_data_path, config=dirs.user_config_path, logs=dirs.user_log_path)
