"""The program is killed while somebody types and sends, at a server that fails: no word is lost, none posted twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.crashes.run import Manner, Trial, open_nursery, run_trials

LIMIT = 5.0
"""Seconds of typing that a kill may cost here. The benchmark allows one: a machine that is busy with other tests may
let a timer wait."""


def test_what_was_typed_and_sent_survives_kills(tmp_path: Path) -> None:
    with open_nursery() as nursery:
        for manner in Manner:
            folder = tmp_path / manner.name
            folder.mkdir()
            trial = Trial(folder, manner, seed=1, limit=LIMIT)
            trial.run(nursery, 4)
            assert trial.judge.faults == []
            assert trial.judge.counts["kills"] == 4
            assert trial.judge.counts["posts on the server"] > 0


@pytest.mark.long
def test_what_is_typed_on_a_terminal_survives_kills(tmp_path: Path) -> None:
    counts, faults, worst = run_trials(tmp_path, 2, 60, typing=6, limit=LIMIT)
    assert faults == []
    assert [found["kills"] for found in counts.values()] == [20, 20, 20, 6]
    assert 0 < worst < LIMIT
