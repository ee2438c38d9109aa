"""A fresh store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.store_material import new_store

from tui_inbox.store.database import Connection
from tui_inbox.store.store import Writing


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """A connection to a store of its own."""
    db = new_store(tmp_path)
    yield db
    db.close()


@pytest.fixture
def w(db: Connection) -> Writing:
    """A writing on that store; what it writes is committed statement by statement."""
    return Writing(db)
