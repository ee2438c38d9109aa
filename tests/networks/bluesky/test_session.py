"""Tokens: how long they last, who exchanges them, and what is kept before it is used."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from networks.bluesky.conftest import Connect
from networks.bluesky.secrets_in_memory import InMemory
from networks.contract import HOME, OWN, outgoing
from networks.memory_state import MemoryState
from support.fake_bluesky.api import Api, Fault

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import PageOf, Refused, SignedOut, Throttled, Unreachable, Unsupported
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.secret_file import SecretFile

REFRESH = "com.atproto.server.refreshSession"
TIMELINE = "app.bsky.feed.getTimeline"


def expire(server: Api, name: str = "alice") -> None:
    """Let all access tokens of somebody run out that were given so far."""
    person = server.world.named(name)
    server.expired |= {f"access.{person.did}.{number}" for number in range(person.tokens + 1)}


async def test_an_expired_token_is_exchanged_and_nothing_is_noticed(
    server: Api, connect: Connect
) -> None:
    secrets = InMemory()
    network = connect("alice", secrets)
    expire(server)
    await network.feed(HOME, PageOf())
    assert len(server.methods(REFRESH)) == 1
    kept = Grant.from_text(secrets.kept["alice"])
    assert kept is not None
    assert kept.access.endswith(".1")
    await network.feed(HOME, PageOf())
    assert len(server.methods(REFRESH)) == 1


async def test_what_is_exchanged_is_kept_before_it_is_used(server: Api, connect: Connect) -> None:
    class Failing(InMemory):
        def put(self, name: str, secret: str) -> None:
            if self.writes:
                raise OSError(28, "No space left on device")
            super().put(name, secret)

    network = connect("alice", Failing())
    expire(server)
    with pytest.raises(OSError, match="No space left"):
        await network.feed(HOME, PageOf())
    asked = server.methods()
    assert asked[-1] == REFRESH  # and nothing with the new token


async def test_many_calls_at_once_exchange_it_once(server: Api, connect: Connect) -> None:
    network = connect("alice")
    await network.identify()
    expire(server)
    await asyncio.gather(*(network.feed(OWN, PageOf()) for _ in range(8)))
    assert len(server.methods(REFRESH)) == 1


async def test_what_another_process_has_exchanged_is_taken_from_it(
    server: Api, connect: Connect
) -> None:
    secrets = InMemory()
    network = connect("alice", secrets)
    alice = server.world.named("alice")

    def exchanged() -> None:
        alice.tokens = 1
        tokens = (f"access.{alice.did}.1", f"refresh.{alice.did}.1")
        Grants(secrets, "alice").keep(Grant(server.base, *tokens))

    secrets.before = exchanged
    expire(server)
    await network.feed(HOME, PageOf())
    assert not server.methods(REFRESH)


async def test_a_text_leaves_once_although_its_token_had_run_out(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    await network.identify()
    expire(server)
    sent = await network.publish(outgoing("Hello.", created_at=1_790_000_000_000))
    own = await network.feed(OWN, PageOf())
    assert [entry.seen.post.ref for entry in own.entries] == [sent.post.ref]


async def test_a_revoked_sign_in_ends_there(server: Api, connect: Connect) -> None:
    network = connect("alice")
    alice = server.world.named("alice")
    expire(server)
    server.expired.add(f"refresh.{alice.did}.0")
    with pytest.raises(SignedOut, match="does not accept this sign-in any more"):
        await network.feed(HOME, PageOf())


async def test_without_tokens_nobody_is_signed_in(server: Api) -> None:
    secrets = InMemory()
    secrets.kept["alice"] = "not what was kept"
    network = BlueskyNetwork(
        server.world.named("alice").did,
        server.base,
        Grants(secrets, "alice"),
        clock=SystemClock(),
        state=MemoryState(),
    )
    with pytest.raises(SignedOut, match="There is no sign-in"):
        await network.feed(HOME, PageOf())
    await network.close()


async def test_an_exchange_whose_answer_was_lost_has_posted_nothing(
    server: Api, connect: Connect
) -> None:
    network = connect("alice")
    await network.identify()
    expire(server)
    server.faults[REFRESH] = [Fault(500, "InternalServerError", "Internal Server Error")]
    with pytest.raises(Unreachable):
        await network.publish(outgoing("Hello."))
    assert not server.world.of("app.bsky.feed.post")


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (Fault(400, "InvalidRequest", "Error: limit too big"), Refused, "limit too big"),
        (Fault(501, "MethodNotImplemented", "No"), Unsupported, "cannot do this"),
        (Fault(502, "UpstreamFailure", "Upstream service unreachable"), Unreachable, "trouble"),
        (Fault(401, "AccountTakedown", "Gone"), SignedOut, "taken this account down"),
        (Fault(401, "AccountDeactivated", "Off"), Refused, "deactivated"),
        (Fault(401, "AuthMissing", "Authentication Required"), SignedOut, "does not accept"),
        (Fault(400, "InvalidToken", "Bad token scope"), SignedOut, "does not accept"),
        (Fault(429, "RateLimitExceeded", "Slow down", {"Retry-After": "9"}), Throttled, "pause"),
    ],
)
async def test_errors_are_told_by_their_names(
    server: Api, connect: Connect, fault: Fault, error: type[Exception], sentence: str
) -> None:
    network = connect("alice")
    await network.identify()
    server.faults[TIMELINE] = [fault]
    with pytest.raises(error, match=sentence) as told:
        await network.feed(HOME, PageOf())
    assert str(told.value).endswith(".")
    assert "access." not in str(told.value)


async def test_the_file_of_secrets_lets_one_process_at_a_time_exchange(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    one, other = Grants(SecretFile(path), "a"), Grants(SecretFile(path), "a")
    order: list[str] = []

    async def exchange(grants: Grants, name: str) -> None:
        async with grants.alone():
            order.append(f"{name} in")
            await asyncio.to_thread(grants.keep, Grant("https://a.example", name, name))
            order.append(f"{name} out")

    await asyncio.gather(exchange(one, "one"), exchange(other, "other"))
    assert order[0].split()[0] == order[1].split()[0]
    assert order[2].split()[0] == order[3].split()[0]


async def test_who_gives_up_waiting_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    one, other = Grants(SecretFile(path), "a"), Grants(SecretFile(path), "a")
    async with one.alone():
        waiting = asyncio.create_task(other.alone().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(10), one.alone():
        pass
