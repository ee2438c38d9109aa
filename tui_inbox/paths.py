"""Where everything is kept: the platform's folders, or one folder that `TUI_INBOX_HOME` names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

APP = "tui-inbox"


class HomeUnusable(Exception):
    """The program's folders cannot be used. `str()` is one sentence: what is wrong, and what to do."""


class Paths(Struct, frozen=True):
    """The program's folders and files. Folders are made, for the owner only, when first used.

    Attributes:
        data: store and, where there is no keyring, secrets.
        config: the settings file.
        logs: the log file.
        cache: what can be had again.
    """

    data: Path
    config: Path
    logs: Path
    cache: Path

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
    def themes(self) -> Path:
        """The folder of the owner's own themes; it need not exist."""
        return self.config / "themes"

    @property
    def demo_settings(self) -> Path:
        """The file with the rules that are made in the demo: trying them changes nothing for real accounts."""
        return self.config / "demo-settings.toml"

    @property
    def media(self) -> Path:
        """The folder with pictures, films and sounds that were fetched to be looked at."""
        return self.cache / "media"

    @property
    def demo_media(self) -> Path:
        """That of the demo."""
        return self.cache / "demo-media"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.logs / "tui-inbox.log"

    def make(self) -> None:
        """Make the folders, readable by the owner only, and see that everything in them can be used.

        Raises:
            HomeUnusable: a folder cannot be made or written, or a file has another kind than it should have.
        """
        for folder in (self.data, self.config, self.logs):
            _make_folder(folder)
        files = (self.store, self.demo_store, self.secrets, self.settings, self.demo_settings)
        for file in (*files, self.log):
            if file.is_dir():
                raise _unusable(file, "is a folder, where a file belongs")


def _make_folder(folder: Path) -> None:
    for path in (folder, *folder.parents):
        if path.exists() and not path.is_dir():
            raise _unusable(path, "is no folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_be_used(error) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _unusable(folder, "cannot be written")


def cannot_be_used(error: OSError) -> HomeUnusable:
    """What to tell the owner of a file or folder that the system refuses."""
    reason = (error.strerror or str(error)).lower()
    return _unusable(error.filename or "A file of tui-inbox", f"cannot be used ({reason})")


def _unusable(path: str | Path, what: str) -> HomeUnusable:
    return HomeUnusable(
        f"{path} {what}. Nothing was changed: mend that, or name a folder of yours in TUI_INBOX_HOME."
    )


def find_paths(environment: Mapping[str, str] = os.environ) -> Paths:
    """The folders for this user: below `TUI_INBOX_HOME` when set, else where the platform keeps such things."""
    if home := environment.get("TUI_INBOX_HOME"):
        root = Path(home).expanduser().absolute()
        return Paths(
            data=root / "data", config=root / "config", logs=root / "logs", cache=root / "cache"
        )
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(
        data=dirs.user_data_path,
        config=dirs.user_config_path,
        logs=dirs.user_log_path,
        cache=dirs.user_cache_path,
    )
