"""The tokens of an account on X: exchanged one at a time, kept before they are used, never played twice."""

from __future__ import annotations

import asyncio

import pytest
from networks.bluesky.secrets_in_memory import InMemory
from networks.clocks import SteppedClock
from networks.x.conftest import Connect
from support.fake_x.answers import Fault
from support.fake_x.api import Api

from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.ports import Network, PageOf, Refused, SignedOut, Throttled, Unreachable
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.x.grants import Grants

MENTIONS = Feed(FeedKind.MENTIONS)
OWN = Feed(FeedKind.OWN)


async def read(network: Network) -> None:
    await network.feed(OWN, PageOf(limit=5))


async def test_tokens_that_ran_out_are_exchanged_once_for_all_who_wait(
    server: Api, connect: Connect
) -> None:
    secrets = InMemory()
    network = connect(secrets=secrets)
    server.oauth.expire()
    await asyncio.gather(*(read(network) for _ in range(5)))
    assert server.oauth.exchanges == 1
    kept = Grants(secrets, "alice").read()
    assert kept is not None
    assert server.oauth.who(kept.access) == server.world.named("alice").id


async def test_tokens_are_exchanged_before_they_run_out(server: Api, connect: Connect) -> None:
    clock = SteppedClock(server.world.now())
    network = connect(clock=clock)
    await read(network)
    clock.pass_time(7_200 - 59)
    await read(network)
    assert server.oauth.exchanges == 1
    assert server.paths("/token") == []  # which is no request of the API


async def test_newer_tokens_are_kept_before_they_are_used(server: Api, connect: Connect) -> None:
    class Full(InMemory):
        def put(self, name: str, secret: str) -> None:
            if name in self.kept:
                raise OSError("no room")
            super().put(name, secret)

    secrets = Full()
    network = connect(secrets=secrets)
    server.oauth.expire()
    for _ in range(2):
        with pytest.raises(OSError, match="no room"):
            await read(network)
    assert server.oauth.exchanges == 1  # it is not asked for again: the old one is used up
    secrets.kept.clear()
    await read(network)


async def test_what_another_process_brought_is_taken(server: Api, connect: Connect) -> None:
    secrets = InMemory()
    network = connect(secrets=secrets)
    server.oauth.expire()
    other = connect(secrets=InMemory())

    def exchange_first() -> None:
        grants = Grants(secrets, "alice")
        old = grants.read()
        assert old is not None
        access, refresh = server.oauth.grant("alice")
        server.oauth.refresh.pop(old.refresh)
        grants.keep(type(old)(old.app, access, refresh, old.expires_at + HOUR))

    secrets.before = exchange_first
    await read(network)
    assert server.oauth.exchanges == 0
    await other.close()


async def test_an_exchange_whose_answer_is_lost_is_tried_once_more_and_then_ends_in_a_sentence(
    server: Api, connect: Connect
) -> None:
    network = connect()
    server.oauth.expire()
    server.oauth.drop = 1
    with pytest.raises(SignedOut, match="sign in again"):
        await read(network)
    assert server.oauth.exchanges == 2


async def test_a_line_that_is_down_costs_no_sign_in(server: Api, connect: Connect) -> None:
    network = connect()
    server.oauth.expire()
    server.oauth.deaf = 2
    with pytest.raises(Unreachable):
        await read(network)
    server.oauth.deaf = 1
    await read(network)  # the second try of an exchange was heard
    assert server.oauth.exchanges == 1


async def test_without_credit_nothing_is_asked_until_somebody_looks_again(
    server: Api, connect: Connect
) -> None:
    network = connect()
    await network.identify()
    server.bill(server.world.named("alice").id).credit = 0
    with pytest.raises(Throttled, match="credit at X is used up") as throttled:
        await read(network)
    assert throttled.value.until > server.world.now() + 50 * MINUTE
    asked = len(server.asked)
    with pytest.raises(Throttled):
        await network.notices(PageOf())
    assert len(server.asked) == asked
    server.bill(server.world.named("alice").id).credit = None
    await network.identify()  # as every new line begins
    await read(network)


async def test_a_limit_that_is_spent_names_the_moment_at_which_it_ends(
    server: Api, connect: Connect
) -> None:
    network = connect()
    server.remaining["own"] = 0
    with pytest.raises(Throttled, match="asks for a pause") as throttled:
        await read(network)
    left = throttled.value.until - server.world.now()
    assert 9 * MINUTE < left <= 10 * MINUTE


async def test_refusals_are_said_in_their_own_sentences(server: Api, connect: Connect) -> None:
    network = connect()
    path = "GET /2/users/:id/tweets"
    client = "https://api.twitter.com/2/problems/client-forbidden"
    kind = "https://api.x.com/2/problems/unsupported-authentication"
    for fault, error, words in (
        (Fault(403, "Forbidden", "", client), Refused, "console.x.com"),
        (Fault(403, "Forbidden", "", kind), SignedOut, "sign in again"),
        (Fault(403, "Forbidden", "Odd \x1b[31mthing"), Refused, "Odd"),
        (Fault(400, "Invalid Request", "No such field"), Refused, "No such field"),
        (Fault(503, "Service Unavailable"), Unreachable, "trouble"),
    ):
        server.faults[path] = [fault]
        with pytest.raises(error, match=words) as raised:
            await read(network)
        assert "\x1b" not in str(raised.value)
