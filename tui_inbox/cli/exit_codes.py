"""What an exit code says."""

from __future__ import annotations

DONE = 0
FAILED = 1
NO_ACCOUNT = 2
WRONG_CALL = 2
"""What was asked for does not exist; the command line's own complaints end so too."""
QUEUED = 3
"""It is in the outbox and leaves when there is a line, or when the running program gets to it."""
