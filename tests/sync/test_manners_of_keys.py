"""One text, one post: against servers that honour idempotency keys, ignore them, burn them, or keep errors under them.

The manners are those of facts 2, each under the name of a family that has it; lost answers are lost for real.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from networks.mastodon.entities import account, status
from networks.mastodon.scripted import BASE, knowing
from support.scripted_network import ME
from support.sync_desk import Desk, only_row, put_text

from tui_inbox.commands import sending
from tui_inbox.commands.context import Context
from tui_inbox.core.moment import MINUTE, to_datetime
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.family import recognise
from tui_inbox.networks.mastodon.server import Server
from tui_inbox.sync.outbox import Door, Outbox

HONOURS, IGNORES, BURNS, REPLAYS = "honours", "ignores", "burns", "replays"
FAMILIES = [
    ("4.5.0", HONOURS),
    ("4.2.8+glitch", HONOURS),
    ("0.19.0 (compatible; GoToSocial 0.19.0)", IGNORES),
    ("2.7 (compatible; Takahe/0.11)", IGNORES),
    ("2.60 (compatible; snac/2.60)", IGNORES),
    ("4.2 (compatible; Sharkey 2025.2)", IGNORES),
    ("3.5.3 (compatible; Pixelfed 0.12.0)", BURNS),
    ("2.7.2 (compatible; Pleroma 2.7.0)", REPLAYS),
    ("2.7.2 (compatible; Akkoma 3.13)", REPLAYS),
    (
        "4.0.0 (compatible; Mitra 3.0)",
        HONOURS,
    ),  # but for all its people alike, so it is not trusted
]


@dataclass
class Town:
    """A server that keeps posts, and treats keys in its own manner.

    Attributes:
        posts: what was posted, oldest first.
        asked: keys of the texts that arrived.
        faults: what happens to the next texts: `before` and `after` lose the answer without and with a post,
            and a number is the status that is answered; None is no fault.
    """

    manner: str
    now: Callable[[], int]
    posts: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str | int | None] = field(default_factory=list)
    known: dict[str, httpx.Response | None] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the transport asks."""
        if request.method == "GET":
            return httpx.Response(200, json=self.posts[::-1])
        key = request.headers["idempotency-key"]
        self.asked.append(key)
        fault = self.faults.pop(0) if self.faults else None
        if fault == "before":
            raise httpx.ReadError("lost")
        if key in self.known and self.manner != IGNORES:
            told = self.known[key]
            if self.manner == BURNS or told is None:
                return httpx.Response(400, json={"error": "Duplicate idempotency key"})
            return httpx.Response(told.status_code, content=told.content)
        made = self._made(request, fault)
        if self.manner == REPLAYS or made.is_success:
            self.known[key] = made
        elif self.manner == BURNS:
            self.known[key] = None
        if fault == "after":
            raise httpx.ReadError("lost")
        return made

    def _made(self, request: httpx.Request, fault: str | int | None) -> httpx.Response:
        if isinstance(fault, int):
            return httpx.Response(fault, json={"error": "no"})
        said = dict(parse_qsl(request.content.decode()))
        number = len(self.posts) + 1
        self.posts.append(
            status(
                number,
                account=account("me", id=ME.server_id),
                content=f"<p>{said['status']}</p>",
                created_at=to_datetime(self.now()).isoformat(),
            )
        )
        return httpx.Response(200, content=json.dumps(self.posts[-1]).encode())


class Sender:
    """The outbox of one account at such a server."""

    def __init__(self, desk: Desk, version: str, manner: str) -> None:
        self.desk = desk
        self.server = Server("town.example", told=version).recognised_as(
            recognise(version), desk.clock.now()
        )
        self.town = Town(manner, desk.clock.now)
        network = MastodonNetwork(
            BASE,
            "token",
            clock=desk.clock,
            state=knowing(self.server),
            account_server_id=ME.server_id,
            transport=httpx.MockTransport(self.town.answer),
        )
        doors = {desk.account.id: Door(network, self.server.keys)}
        self._outbox = Outbox(desk.store, desk.ingest, desk.clock, doors, "test")

    async def work(self, minutes: int = 10) -> OutboxState:
        """Let so much time pass; how the text stands then."""
        for _ in range(minutes):
            await self._outbox.work(self.desk.account.id)
            self.desk.clock.time += MINUTE
        return only_row(self.desk).state

    def retry(self) -> None:
        """The owner asks to try again."""
        row = only_row(self.desk).id
        sending.retry(Context(self.desk.store, self.desk.clock), row).result()


@pytest.fixture(params=FAMILIES, ids=lambda family: family[0])
def sender(request: pytest.FixtureRequest, desk: Desk) -> Sender:
    """An outbox at a server of each family."""
    return Sender(desk, *request.param)


async def test_an_answer_that_is_lost_after_the_post_was_made_doubles_nothing(
    sender: Sender,
) -> None:
    sender.town.faults = ["after"]
    put_text(sender.desk, "Only once.")
    assert await sender.work() is OutboxState.SENT
    assert len(sender.town.posts) == 1
    assert len(sender.town.asked) == 1, "it was found among the own posts"


async def test_a_text_that_never_arrived_leaves_again_or_is_asked_about(sender: Sender) -> None:
    sender.town.faults = ["before"]
    put_text(sender.desk, "Only once.")
    state = await sender.work()
    if sender.server.keys:
        assert state is OutboxState.SENT
        assert len(set(sender.town.asked)) == 1, "under the same key"
    else:
        assert state is OutboxState.UNKNOWN
        assert "throw it away" in only_row(sender.desk).reason
        sender.retry()
        assert await sender.work() is OutboxState.SENT
    assert len(sender.town.posts) == 1


async def test_a_refused_text_can_be_sent_again_whatever_becomes_of_its_key(
    sender: Sender,
) -> None:
    """A key may be spent by the refusal, so the second try has another one; nothing was posted by the first."""
    sender.town.faults = [422]
    put_text(sender.desk, "Only once.")
    assert await sender.work() is OutboxState.REFUSED
    sender.retry()
    assert await sender.work() is OutboxState.SENT
    assert len(sender.town.posts) == 1
    assert len(set(sender.town.asked)) == 2


async def test_trouble_after_trouble_never_ends_in_two_posts(sender: Sender) -> None:
    """Where errors are kept under a key, a text that met one stays unknown until the owner makes it a draft again."""
    sender.town.faults = [502, "after", "after", "after"]
    put_text(sender.desk, "Only once.")
    for _ in range(4):
        if await sender.work() is OutboxState.SENT:
            break
        sender.retry()
    if sender.town.manner == REPLAYS:
        assert (only_row(sender.desk).state, sender.town.posts) == (OutboxState.WAITING, [])
    else:
        assert only_row(sender.desk).state is OutboxState.SENT
        assert len(sender.town.posts) == 1


def test_only_keys_that_are_kept_for_each_account_are_trusted() -> None:
    trusted = [version for version, _ in FAMILIES if recognised_keys(version)]
    assert trusted == ["4.5.0", "4.2.8+glitch"]


def recognised_keys(version: str) -> bool:
    return Server("town.example").recognised_as(recognise(version), 0).keys
