"""An account that was signed in by the browser: a proof with every request, and refresh tokens good for once."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from networks.bluesky.browsers import Browser, enter
from networks.bluesky.secrets_in_memory import InMemory
from networks.contract import HOME, OWN, outgoing
from networks.memory_state import MemoryState
from support.fake_bluesky.api import DROP, Api
from support.fake_bluesky.oauth import Declined

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import NetworkError, PageOf, SignedOut, Unreachable
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.secret_file import SecretFile

TIMELINE = "app.bsky.feed.getTimeline"
PUT = "com.atproto.repo.putRecord"
AT = 1_790_000_000_000

Open: TypeAlias = Callable[[InMemory], BlueskyNetwork]


@pytest.fixture
async def kept(server: Api) -> InMemory:
    """Secrets of alice, who has just signed in by the browser."""
    secrets = InMemory()
    secrets.kept["alice"] = (await enter(server.base, Browser())).kept
    server.oauth.asked.clear()
    server.asked.clear()
    return secrets


@pytest.fixture
async def open_account(server: Api) -> AsyncIterator[Open]:
    """Opens her account, as each process of the program does for itself."""
    made: list[BlueskyNetwork] = []

    def opened(secrets: InMemory) -> BlueskyNetwork:
        network = BlueskyNetwork(
            server.world.named("alice").did,
            server.base,
            Grants(secrets, "alice"),
            clock=SystemClock(),
            state=MemoryState(),
        )
        made.append(network)
        return network

    yield opened
    for network in made:
        await network.close()


def refresh_of(secrets: InMemory) -> str:
    """The refresh token that is kept."""
    grant = Grant.from_text(secrets.kept["alice"])
    assert grant is not None
    return grant.refresh


async def test_it_reads_and_writes(server: Api, kept: InMemory, open_account: Open) -> None:
    network = open_account(kept)
    server.world.post_as("bob", "Good morning.")
    page = await network.feed(HOME, PageOf())
    assert [entry.seen.post.text for entry in page.entries] == ["Good morning."]
    sent = await network.publish(outgoing("Hello.", created_at=AT))
    own = await network.feed(OWN, PageOf())
    assert [entry.seen.post.ref for entry in own.entries] == [sent.post.ref]
    assert all(one["Authorization"].startswith("DPoP ") for one in server.headers[-3:])


async def test_a_new_nonce_costs_one_more_request_and_is_remembered(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.feed(HOME, PageOf())
    first = len(server.methods(TIMELINE))
    server.oauth.resources.turn()
    await network.feed(HOME, PageOf())
    assert len(server.methods(TIMELINE)) == first + 2
    await network.feed(HOME, PageOf())
    assert len(server.methods(TIMELINE)) == first + 3


async def test_a_text_leaves_once_although_its_proof_was_of_yesterday(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    server.oauth.resources.turn()
    await network.publish(outgoing("Hello.", created_at=AT))
    assert len(server.world.of("app.bsky.feed.post")) == 1


async def test_a_server_that_never_has_enough_is_not_asked_for_ever(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    server.faults[TIMELINE] = [Declined("use_dpop_nonce", "again")] * 2
    with pytest.raises(Unreachable, match="goes on asking for another proof"):
        await network.feed(HOME, PageOf())


async def test_an_expired_token_is_exchanged_once_for_all_who_wait(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    before = refresh_of(kept)
    server.oauth.expire()
    await asyncio.gather(*(network.feed(OWN, PageOf()) for _ in range(8)))
    assert server.oauth.asked == ["refresh_token"]
    assert refresh_of(kept) != before


async def test_the_nonce_of_the_one_server_may_turn_as_well(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    for _ in range(3):
        server.oauth.expire()
        server.oauth.desk.turn()
        server.oauth.resources.turn()
        await network.feed(HOME, PageOf())
    assert server.oauth.asked == ["refresh_token"] * 3


async def test_two_processes_exchange_one_after_the_other(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    one, other = open_account(kept), open_account(kept)
    await one.feed(HOME, PageOf())
    await other.feed(HOME, PageOf())
    server.oauth.expire()
    await one.feed(HOME, PageOf())
    await other.feed(HOME, PageOf())  # takes what the first has kept
    assert server.oauth.asked == ["refresh_token"]


async def test_two_processes_that_find_it_expired_at_once_exchange_it_once(
    server: Api, kept: InMemory, tmp_path: Path
) -> None:
    accounts = []
    for _ in range(2):
        file = SecretFile(tmp_path / "secrets.json")
        file.put("alice", kept.kept["alice"])
        did, grants = server.world.named("alice").did, Grants(file, "alice")
        accounts.append(
            BlueskyNetwork(did, server.base, grants, clock=SystemClock(), state=MemoryState())
        )
    server.oauth.expire()
    await asyncio.gather(*(one.feed(HOME, PageOf()) for one in accounts))
    assert server.oauth.asked == ["refresh_token"]
    for one in accounts:
        await one.close()


async def test_a_replayed_token_ends_the_sign_in_in_one_sentence(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    stolen = InMemory()
    stolen.kept.update(kept.kept)
    server.oauth.expire()
    await network.feed(HOME, PageOf())
    thief = open_account(stolen)
    server.oauth.expire()
    for account in (thief, network):
        with pytest.raises(SignedOut, match=r"has ended this sign-in by the browser\.$"):
            await account.feed(HOME, PageOf())


async def test_an_exchange_whose_answer_was_lost_ends_well_or_in_one_sentence(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    server.oauth.expire()
    server.oauth.lost = 1
    with pytest.raises(Unreachable):
        await network.publish(outgoing("Hello.", created_at=AT))
    with pytest.raises(SignedOut, match="has ended this sign-in"):
        await network.publish(outgoing("Hello.", created_at=AT))
    assert not server.world.of("app.bsky.feed.post")


async def test_trouble_at_the_server_is_no_end(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    server.oauth.expire()
    server.oauth.faults = [Declined("server_error", "Oops", 500), Declined("x", "Slow", 429)]
    for _ in range(2):
        with pytest.raises(NetworkError) as told:
            await network.feed(HOME, PageOf())
        assert not isinstance(told.value, SignedOut)
    server.oauth.faults = [Declined("invalid_dpop_proof", "iat")]
    with pytest.raises(Unreachable):
        await network.feed(HOME, PageOf())
    await network.feed(HOME, PageOf())


class FullDisk(InMemory):
    """Cannot keep anything while it is full."""

    is_full = False

    def put(self, name: str, secret: str) -> None:
        """Keep it, where there is room."""
        if self.is_full:
            raise OSError(28, "No space left on device")
        super().put(name, secret)


async def test_a_full_disk_does_not_cost_the_sign_in(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    disk = FullDisk()
    disk.kept.update(kept.kept)
    network = open_account(disk)
    await network.identify()
    server.oauth.expire()
    disk.is_full = True
    for _ in range(2):
        with pytest.raises(OSError, match="No space left"):
            await network.feed(HOME, PageOf())
    sent = [one["Authorization"] for one in server.headers if "Authorization" in one]
    assert all(one.endswith(".0") for one in sent)  # nothing with what was not kept
    disk.is_full = False
    await network.feed(HOME, PageOf())
    assert server.oauth.asked == ["refresh_token"]


async def test_an_exchange_is_finished_and_kept_although_the_program_ends(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    before = refresh_of(kept)
    server.oauth.expire()
    loop, ended = asyncio.get_running_loop(), threading.Event()

    def end() -> None:
        reading.cancel()
        loop.call_soon(ended.set)  # in the turn after the one in which it is told

    def answering() -> None:
        loop.call_soon_threadsafe(end)
        assert ended.wait(30)

    server.oauth.before_answer = answering
    reading = asyncio.ensure_future(network.feed(HOME, PageOf()))
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert refresh_of(kept) != before
    server.oauth.before_answer = lambda: None
    await open_account(kept).feed(HOME, PageOf())
    assert server.oauth.asked == ["refresh_token"]


async def test_an_answer_that_was_dropped_after_a_text_was_posted_is_found_again(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    await network.identify()
    server.faults[PUT] = [DROP]
    text = outgoing("Hello.", created_at=AT)
    with pytest.raises(NetworkError):
        await network.publish(text)
    await network.publish(text)
    assert len(server.world.of("app.bsky.feed.post")) == 1


async def test_tokens_without_their_key_are_worth_nothing(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    grant = Grant.from_text(kept.kept["alice"])
    assert grant is not None
    bare = InMemory()
    Grants(bare, "alice").keep(Grant(grant.pds, grant.access, grant.refresh))
    with pytest.raises(SignedOut):
        await open_account(bare).feed(HOME, PageOf())


async def test_a_key_that_was_spoilt_is_one_sentence(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    kept.kept["alice"] = kept.kept["alice"].replace('"key":"', '"key":"AAAAAAAAAAAAAAAAAAAAA')
    with pytest.raises(SignedOut, match="key of this sign-in cannot be read"):
        await open_account(kept).feed(HOME, PageOf())


async def test_where_the_package_was_removed_one_is_signed_out(
    kept: InMemory, open_account: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tui_inbox.networks.bluesky.dpop", None)
    with pytest.raises(SignedOut, match="needs the package cryptography"):
        await open_account(kept).feed(HOME, PageOf())


async def test_an_app_password_afterwards_is_taken_up(
    server: Api, kept: InMemory, open_account: Open
) -> None:
    network = open_account(kept)
    alice = server.world.named("alice").did
    server.oauth.expire()
    kept.before = lambda: Grants(kept, "alice").keep(
        Grant(server.base, f"access.{alice}.0", f"refresh.{alice}.0")
    )
    await network.feed(HOME, PageOf())
    assert server.headers[-1]["Authorization"].startswith("Bearer ")
    assert not server.oauth.asked
