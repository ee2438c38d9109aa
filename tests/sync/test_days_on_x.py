"""Days on X through the real reading half: none costs more than it may, and mentions are read all the same."""

from __future__ import annotations

from pathlib import Path

from support.x_month import live

from tui_inbox.core.moment import MINUTE


async def test_a_day_costs_no_more_than_it_may_and_every_mention_is_read(tmp_path: Path) -> None:
    spent = await live(
        tmp_path, days=2, home_a_day=1_500, mentions_a_day=200, step=15 * MINUTE, cap=500_000
    )
    assert spent.days == spent.billed  # what is believed is what X counts
    assert max(spent.billed.values()) <= spent.cap
    assert min(spent.billed.values()) > spent.cap // 2  # and it is used
    assert spent.mentions_read == spent.mentions == 400
    assert spent.sold_without_cap > 10 * sum(spent.billed.values())


async def test_a_purse_that_is_nearly_empty_still_reads_who_writes(tmp_path: Path) -> None:
    spent = await live(
        tmp_path, days=1, home_a_day=600, mentions_a_day=40, step=30 * MINUTE, cap=60_000
    )
    assert spent.days == spent.billed
    assert max(spent.billed.values()) <= spent.cap
    assert spent.mentions_read == spent.mentions == 40
