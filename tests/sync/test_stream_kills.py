"""A listener that is killed again and again has each hit of the public stream once."""

from __future__ import annotations

from pathlib import Path

from support.jetstream.kills import run


def test_no_hit_is_lost_and_none_is_there_twice(tmp_path: Path) -> None:
    outcome = run(tmp_path, rate=1_000, kills=2, life=0.3)
    assert outcome.expected > 5
    assert (outcome.lost, outcome.doubled) == ((), ())
