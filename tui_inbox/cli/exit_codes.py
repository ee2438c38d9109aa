"""What an exit code says."""

from __future__ import annotations

DONE = 0
FAILED = 1
NO_ACCOUNT = 2
QUEUED = 3
"""It is in the outbox and leaves when there is a line, or when the running program gets to it."""
