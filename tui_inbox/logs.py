"""The log file: what happened, without secrets and without anybody's words."""

from __future__ import annotations

import logging
import re
from pathlib import Path

_SECRET = re.compile(
    r"(?i)(bearer\s+|(?:access_token|refresh_token|client_secret|code|token|password)[\"']?\s*[=:]\s*[\"']?)"
    r"[^\s\"'&,}]+"
)


class RedactSecrets(logging.Filter):
    """Replaces whatever looks like a token in a record, arguments included. A last net, not the first."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub(r"\1…", record.getMessage())
        record.args = ()
        return True


class LogFile(logging.Handler):
    """At most three files of 1 MB, readable by the owner only. Nothing is opened before there is something to say.

    The standard library's handler is loaded then, too: most starts have nothing to say until the first
    picture, and loading it takes 4 ms.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None
        self.addFilter(RedactSecrets())
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=1_000_000, backupCount=2, encoding="utf-8"
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def flush(self) -> None:
        """Write what is held back."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Write the program's log to `path`."""
    root = logging.getLogger("tui_inbox")
    root.handlers = [LogFile(path)]
    root.setLevel(level)
    root.propagate = False
