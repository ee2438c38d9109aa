"""How long the soak runs."""

from __future__ import annotations

import os

import pytest

USUAL_MINUTES = 20.0


@pytest.fixture
def soak_minutes() -> float:
    """Minutes of soaking; `SOAK_MINUTES` shortens it for a trial."""
    return float(os.environ.get("SOAK_MINUTES", USUAL_MINUTES))
