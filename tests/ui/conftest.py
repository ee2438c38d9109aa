"""What all stories of the screen share: how they wait."""

from __future__ import annotations

import pytest
from textual import app, pilot
from ui.rest import all_heard, at_rest


@pytest.fixture(autouse=True)
def waits_for_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses a key or pauses goes on when the screen is at rest."""
    monkeypatch.setattr(app, "wait_for_idle", at_rest)
    monkeypatch.setattr(pilot, "wait_for_idle", at_rest)
    monkeypatch.setattr(pilot.Pilot, "_wait_for_screen", all_heard)
