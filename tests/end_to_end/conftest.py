"""The installed program, with a home of its own for each story."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.installed import Installed


@pytest.fixture
def program(tmp_path: Path) -> Installed:
    return Installed(tmp_path / "home")
