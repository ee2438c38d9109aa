"""The purse of an account on X: nothing is asked that could cost more than the day may."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.store_material import sign_in
from support.sync_desk import SelfPassingClock

from tui_inbox.core.moment import DAY, HOUR
from tui_inbox.core.ports import Throttled
from tui_inbox.core.spending import day_of
from tui_inbox.networks.x import prices
from tui_inbox.networks.x.purse import Purse
from tui_inbox.store.store import Store
from tui_inbox.sync.spending import StoredSpend

NOON = 20_000 * DAY + 12 * HOUR


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")
    store.write(lambda w: sign_in(w.db)).result()
    yield store
    store.close()


@pytest.fixture
def clock() -> SelfPassingClock:
    return SelfPassingClock(NOON)


def purse(store: Store, clock: SelfPassingClock, cap: int = 100_000) -> Purse:
    return Purse(StoredSpend(store, 1), clock, cap)


def posts(*ids: int) -> dict[str, int]:
    return {f"post:{id}": prices.POST for id in ids}


async def test_a_page_is_made_as_small_as_can_be_paid(
    store: Store, clock: SelfPassingClock
) -> None:
    own = purse(store, clock)
    async with await own.allow(prices.POST, 15) as page:
        assert page.most == 15
        assert await page.settle(posts(*range(15))) == 75_000
    async with await own.allow(prices.POST, 15) as page:
        assert page.most == 5


async def test_the_same_thing_again_costs_nothing_until_midnight(
    store: Store, clock: SelfPassingClock
) -> None:
    own = purse(store, clock)
    for paid in (10_000, 0):
        async with await own.allow(prices.POST, 2) as page:
            assert await page.settle(posts(1, 2)) == paid
    clock.time += 12 * HOUR
    async with await own.allow(prices.POST, 2) as page:
        assert await page.settle(posts(1, 2)) == 10_000


async def test_an_empty_purse_says_when_there_is_a_new_one(
    store: Store, clock: SelfPassingClock
) -> None:
    own = purse(store, clock, cap=9_000)
    with pytest.raises(Throttled, match=r"Today's \$0\.009 for X are spent") as refused:
        await own.allow(prices.POST, 10, least=2)
    assert refused.value.until == NOON + 12 * HOUR


async def test_requests_under_way_count_for_their_worst_and_failed_ones_for_nothing(
    store: Store, clock: SelfPassingClock
) -> None:
    own = purse(store, clock)
    async with await own.allow(prices.POST, 20):
        with pytest.raises(Throttled):
            await own.allow(prices.POST, 1)
    assert (await own.today()).left == 100_000


async def test_what_was_bought_is_known_after_a_restart(
    store: Store, clock: SelfPassingClock
) -> None:
    async with await purse(store, clock).allow(prices.POST, 2) as page:
        await page.settle(posts(1, 2))
    again = purse(store, clock)
    await again.pay(prices.SUMMONED_REPLY)
    await again.pay(prices.SUMMONED_REPLY)
    assert (await again.today()).price == 30_000
    assert await again.unbought("post", ["1", "3", "3"]) == ("3",)


@settings(max_examples=20)
@given(
    pages=st.lists(
        st.tuples(st.integers(1, 40), st.integers(0, 40), st.integers(0, 30), st.booleans()),
        max_size=12,
    )
)
def test_no_day_costs_more_than_it_may(
    tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[int, int, int, bool]]
) -> None:
    store = Store(tmp_path_factory.mktemp("purse") / "store.db")
    store.write(lambda w: sign_in(w.db)).result()
    clock = SelfPassingClock(NOON)
    spend = StoredSpend(store, 1)

    async def live() -> None:
        own = purse(store, clock)
        for wanted, came, first, fails in pages:
            clock.time += 5 * HOUR
            with suppress(Throttled):
                async with await own.allow(prices.POST, wanted) as page:
                    if not fails:
                        await page.settle(posts(*range(first, first + min(came, page.most))))
            assert await spend.spent(day_of(clock.time)) <= 100_000

    asyncio.run(live())
    store.close()
