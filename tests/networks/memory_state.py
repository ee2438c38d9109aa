"""An `AccountState` in memory, which a test can look into."""

from __future__ import annotations


class MemoryState:
    """Keeps what an adapter remembers for as long as the test runs."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.writes = 0

    async def get(self, name: str) -> str | None:
        """What was put under that name, or None."""
        return self.kept.get(name)

    async def put(self, name: str, value: str) -> None:
        """Keep a value."""
        self.kept[name] = value
        self.writes += 1
