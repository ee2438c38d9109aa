"""The town that the stories of this folder happen in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.town_builder import Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town with one account, mira's."""
    town = Town(tmp_path)
    town.account("mira")
    yield town
    town.close()
