"""The desk that every story of this room begins at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sync_desk import Desk, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path)
    yield desk
    desk.store.close()
