"""After every outage the store holds what the server holds, or a gap row says where it does not."""

from __future__ import annotations

from pathlib import Path

from support.outages import run_trials


async def test_after_some_outages_every_difference_is_inside_a_hole_that_says_so(
    tmp_path: Path,
) -> None:
    counts, faults = await run_trials(tmp_path, 3, posts=700, outages=28)
    assert faults == []
    assert counts["outages"] == 28
    assert counts["comparisons"] > 28
    assert min(counts[name] for name in ("boosts", "edits", "deletions")) > 0
