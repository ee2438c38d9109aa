"""The log file: what happened, without secrets and without anybody's words."""

from __future__ import annotations

import logging
import logging.handlers
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


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Write the program's log to `path`: at most three files of 1 MB, readable by the owner only."""
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.addFilter(RedactSecrets())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("tui_inbox")
    root.handlers = [handler]
    root.setLevel(level)
    root.propagate = False
