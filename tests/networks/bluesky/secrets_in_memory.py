"""`Secrets` in memory, which a test can look into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class InMemory:
    """Keeps secrets for as long as the test runs.

    Attributes:
        writes: how often something was kept.
        before: called by whoever waits to be alone, in place of another process.
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.writes = 0
        self.before: Callable[[], None] = lambda: None

    def get(self, name: str) -> str | None:
        """What was put under that name."""
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self.kept[name] = secret
        self.writes += 1

    def forget(self, name: str) -> None:
        """Remove it."""
        self.kept.pop(name, None)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else is there, but what another process would have done is done first."""
        self.before()
        yield
