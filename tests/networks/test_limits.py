"""The request budget: what may be asked, by whom first, and what a server's word changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks.clocks import SteppedClock
from networks.memory_state import MemoryState

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, Millis, to_datetime
from tui_inbox.core.ports import Throttled
from tui_inbox.networks.limits import (
    ALL_REQUESTS,
    BLUESKY,
    DELETIONS,
    LONGEST_PAUSE,
    PAGING_REQUESTS,
    PATIENCE,
    UNSAID_PAUSE,
    UPLOADS,
    Budget,
    BudgetRecord,
    Budgets,
    Kind,
    Left,
    Rule,
    Urgency,
    read_pause,
    read_told,
)


async def spend(
    budget: Budget, clock: SteppedClock, urgency: Urgency, kind: Kind = Kind.PLAIN
) -> int:
    """Ask for as long as nothing has to be waited for; how many requests that were."""
    count = 0
    while budget.free_at(urgency, kind) <= clock.now():
        await budget.take(urgency, kind)
        count += 1
    return count


def told_headers(remaining: int, reset: str, limit: int = 300) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": reset,
    }


async def test_less_urgent_requests_leave_room_for_more_urgent_ones() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    counts = [await spend(budget, clock, urgency) for urgency in sorted(Urgency, reverse=True)]
    assert all(count > 0 for count in counts)
    assert sum(counts) == ALL_REQUESTS.requests // 2


async def test_a_spent_budget_tells_when_to_ask_again_and_keeps_its_word() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    await spend(budget, clock, Urgency.HOME)
    with pytest.raises(Throttled, match=r"town\.example") as refused:
        await budget.take(Urgency.HOME)
    clock.pass_time((refused.value.until - clock.now()) / SECOND)
    await budget.take(Urgency.HOME)


async def test_a_short_wait_is_waited_for() -> None:
    clock = SteppedClock(passes_by_itself=True)
    budget = Budget("town.example", clock)
    await spend(budget, clock, Urgency.SEND)
    clock.pass_time(1.5)
    before = clock.now()
    await budget.take(Urgency.SEND)
    assert 0 < clock.now() - before <= PATIENCE


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (ALL_REQUESTS, Kind.PLAIN),
        (PAGING_REQUESTS, Kind.PAGING),
        (UPLOADS, Kind.UPLOAD),
        (DELETIONS, Kind.DELETION),
    ],
)
async def test_no_window_of_time_holds_more_requests_than_the_rule(rule: Rule, kind: Kind) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    times: list[Millis] = []
    while clock.monotonic() < 100 * 60:
        for _ in range(await spend(budget, clock, Urgency.SEND, kind)):
            times.append(clock.now())
        clock.pass_time(7)
    for start in times:
        assert sum(start <= at < start + rule.window for at in times) <= rule.requests


async def test_paging_has_a_smaller_budget_of_its_own() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    await spend(budget, clock, Urgency.SEND, Kind.PAGING)
    clock.pass_time(5 * 60)
    assert await spend(budget, clock, Urgency.SEND, Kind.PAGING) == 50
    assert await spend(budget, clock, Urgency.SEND) == 100


async def test_the_server_is_believed_when_it_allows_more() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(200, told_headers(800, "60", limit=1000))
    assert await spend(budget, clock, Urgency.SEND) == 800


async def test_the_server_is_believed_when_it_allows_less_until_its_reset() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(200, told_headers(2, "60"))
    assert await spend(budget, clock, Urgency.SEND) == 2
    clock.pass_time(60)
    assert await spend(budget, clock, Urgency.SEND) == 150


async def test_the_reserve_for_urgent_requests_holds_for_the_servers_numbers_too() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(200, told_headers(100, "60"))
    assert await spend(budget, clock, Urgency.CHECKS) == 0
    assert await spend(budget, clock, Urgency.HOME) == 40
    assert await spend(budget, clock, Urgency.SEND) == 60


async def test_a_refusal_for_one_account_does_not_stop_the_others_of_the_host() -> None:
    clock = SteppedClock()
    budgets = Budgets(clock)
    one, other = budgets.of("town.example", "1"), budgets.of("town.example", "2")
    one.learn(429, {**told_headers(0, "120"), "retry-after": "90"})
    assert one.free_at(Urgency.SEND) == clock.now() + 120 * SECOND
    assert other.free_at(Urgency.SEND) == clock.now()


async def test_a_refusal_without_any_account_named_stops_all_of_the_host() -> None:
    clock = SteppedClock()
    budgets = Budgets(clock)
    one, other = budgets.of("town.example", "1"), budgets.of("town.example", "2")
    elsewhere = budgets.of("village.example", "1")
    assert one.learn(429, {}) == clock.now() + UNSAID_PAUSE
    assert other.free_at(Urgency.SEND) == clock.now() + UNSAID_PAUSE
    assert elsewhere.free_at(Urgency.SEND) == clock.now()


async def test_a_host_without_strength_is_left_alone_as_long_as_it_asks() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    assert budget.learn(503, {"retry-after": "30"}) == clock.now() + 30 * SECOND
    assert Budget("town.example", clock).learn(503, {}) <= clock.now()


OWN_LIMITS = [(Kind.UPLOAD, "uploads"), (Kind.DELETION, "deletions")]


@pytest.mark.parametrize(("kind", "word"), OWN_LIMITS)
async def test_too_many_of_one_kind_stop_nothing_else(kind: Kind, word: str) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    assert await spend(budget, clock, Urgency.SEND, kind) == 15
    with pytest.raises(Throttled, match=word) as refused:
        await budget.take(Urgency.SEND, kind)
    assert clock.now() < refused.value.until <= clock.now() + 2 * MINUTE
    for other in Kind:
        if other is not kind:
            assert budget.free_at(Urgency.CHECKS, other) == clock.now()


@pytest.mark.parametrize(("kind", "word"), OWN_LIMITS)
async def test_where_no_request_is_left_that_is_what_is_said(kind: Kind, word: str) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    await spend(budget, clock, Urgency.SEND)
    with pytest.raises(Throttled, match="enough requests"):
        await budget.take(Urgency.SEND, kind)


@pytest.mark.parametrize("kind", [Kind.UPLOAD, Kind.DELETION])
async def test_the_server_is_believed_about_a_small_limit_and_only_there(kind: Kind) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(200, told_headers(1, "1500", limit=30), kind)
    await budget.take(Urgency.SEND, kind)
    assert budget.free_at(Urgency.SEND, kind) == clock.now() + 1500 * SECOND
    assert budget.free_at(Urgency.CHECKS) == clock.now()


@pytest.mark.parametrize("kind", [Kind.UPLOAD, Kind.DELETION])
async def test_the_large_limit_is_not_taken_for_the_small_one(kind: Kind) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(200, told_headers(40, "60"), kind)
    assert await spend(budget, clock, Urgency.SEND, kind) == 15
    assert await spend(budget, clock, Urgency.SEND) == 25


@pytest.mark.parametrize("kind", [Kind.UPLOAD, Kind.DELETION])
@pytest.mark.parametrize(
    "headers", [{}, {"retry-after": "900"}, told_headers(0, "900", limit=30), {"retry-after": "?"}]
)
async def test_a_refusal_of_one_kind_pauses_that_kind_for_as_long_as_was_said(
    kind: Kind, headers: dict[str, str]
) -> None:
    clock = SteppedClock()
    budgets = Budgets(clock)
    budget, other = budgets.of("town.example", "1"), budgets.of("town.example", "2")
    pause = 900 * SECOND if "900" in headers.values() else UNSAID_PAUSE
    assert budget.learn(429, headers, kind) == clock.now() + pause
    assert budget.free_at(Urgency.SEND, kind) == clock.now() + pause
    assert budget.free_at(Urgency.CHECKS) == clock.now()
    assert other.free_at(Urgency.SEND, kind) == clock.now()


async def test_a_clock_that_is_set_back_stops_nothing_for_longer() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(429, told_headers(0, "600"))
    budget.learn(429, {}, Kind.DELETION)
    budget.learn(503, {"retry-after": "600"})
    assert budget.free_at(Urgency.SEND) > clock.now()
    clock.fall_asleep(-86_400)
    assert budget.free_at(Urgency.SEND, Kind.DELETION) == clock.now()


async def test_what_is_left_is_told_of_the_limit_that_is_nearest_to_its_end() -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    assert budget.left() == Left(150, 150, clock.now())
    for _ in range(30):
        await budget.take(Urgency.SEND)
    assert budget.left() == Left(120, 150, clock.now() + MINUTE)
    for _ in range(40):
        await budget.take(Urgency.SEND, Kind.PAGING)
    assert budget.left() == Left(80, 150, clock.now() + 140 * SECOND)
    budget.learn(200, told_headers(7, "60"), Kind.PAGING)
    assert budget.left() == Left(7, 300, clock.now() + MINUTE)


async def test_what_is_left_is_written_down_once_a_minute_at_most() -> None:
    clock, state = SteppedClock(), MemoryState()
    budget, record = Budget("town.example", clock), BudgetRecord(state, clock)
    for _ in range(120):
        await budget.take(Urgency.SEND)
        await record.note(budget)
        clock.pass_time(1)
    assert state.writes == 2
    kept = json.loads(state.kept["budget"])
    assert kept.keys() == {"left", "of", "until"}
    assert kept["of"] == 150
    assert 0 < kept["left"] < 150
    clock.fall_asleep(-3600)
    await record.note(budget)
    assert state.writes == 3, "a clock that was set back stops nothing"


def test_a_budget_is_the_same_object_whoever_asks_for_it() -> None:
    budgets = Budgets(SteppedClock())
    assert budgets.of("town.example", "1") is budgets.of("town.example", "1")
    assert budgets.of("town.example", "1") is not budgets.of("town.example", "2")


NOW: Millis = 1_790_000_000_000
IN_90_SECONDS = to_datetime(NOW + 90 * SECOND)


@pytest.mark.parametrize(
    "reset",
    [
        "90",
        str(NOW // 1000 + 90),
        str(NOW + 90_000),
        IN_90_SECONDS.isoformat(timespec="microseconds"),
        IN_90_SECONDS.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        IN_90_SECONDS.replace(tzinfo=None).isoformat(),
    ],
)
def test_a_reset_is_understood_in_every_form_that_servers_use(reset: str) -> None:
    told = read_told(told_headers(5, reset), NOW)
    assert told is not None
    assert (told.limit, told.remaining, told.reset) == (300, 5, NOW + 90 * SECOND)


@pytest.mark.parametrize("reset", ["", "soon", "99999-01-01", "-5", "²", "12:00"])
def test_a_reset_that_makes_no_sense_is_as_good_as_none(reset: str) -> None:
    assert read_told(told_headers(5, reset), NOW) is None


def test_a_server_whose_clock_is_wrong_is_understood_by_its_own_clock() -> None:
    servers_now = NOW - 3 * HOUR
    headers = {
        **told_headers(0, to_datetime(servers_now + MINUTE).isoformat()),
        "date": format_datetime(to_datetime(servers_now), usegmt=True),
    }
    told = read_told(headers, NOW)
    assert told is not None
    assert told.reset == NOW + MINUTE
    assert read_pause(headers, NOW) == NOW + MINUTE


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"retry-after": "17"}, 17 * SECOND),
        ({"retry-after": format_datetime(to_datetime(NOW + 40_000), usegmt=True)}, 40_000),
        ({"x-ratelimit-reset": to_datetime(NOW + 50_000).isoformat()}, 50_000),
        ({}, UNSAID_PAUSE),
        ({"retry-after": "whenever"}, UNSAID_PAUSE),
        ({"retry-after": "0"}, SECOND),
        ({"retry-after": "99999999999999999999999"}, LONGEST_PAUSE),
        ({"x-ratelimit-reset": datetime(2001, 1, 1, tzinfo=UTC).isoformat()}, SECOND),
    ],
)
def test_a_pause_is_read_from_whatever_the_server_says(
    headers: dict[str, str], pause: Millis
) -> None:
    assert read_pause(headers, NOW) == NOW + pause


@given(
    headers=st.dictionaries(
        st.sampled_from(
            [
                "retry-after",
                "x-ratelimit-limit",
                "x-ratelimit-remaining",
                "x-ratelimit-reset",
                "date",
            ]
        ),
        st.one_of(st.text(max_size=30), st.integers().map(str), st.datetimes().map(str)),
    )
)
def test_no_header_can_stop_an_account_for_longer_than_the_longest_pause(
    headers: dict[str, str],
) -> None:
    clock = SteppedClock()
    budget = Budget("town.example", clock)
    budget.learn(429, headers)
    assert clock.now() < budget.free_at(Urgency.SEND) <= clock.now() + LONGEST_PAUSE


def test_a_network_may_have_limits_of_its_own() -> None:
    clock = SteppedClock()
    budget = Budget("pds.example", clock, rules=BLUESKY)
    assert budget.left().of == 1_500
    now = clock.now()
    headers = {
        "ratelimit-limit": "3000",
        "ratelimit-remaining": "17",
        "ratelimit-reset": str(now // 1000 + 120),
        "ratelimit-policy": "3000;w=300",
    }
    budget.learn(200, headers, Kind.PAGING)
    assert (budget.left().left, budget.left().of) == (17, 3_000)
    until = budget.learn(429, {"retry-after": "40"}, Kind.UPLOAD)
    assert until == now + 40_000
