"""Answers with something in them spoilt: no exception leaves the adapter but the port's, and what is left is clean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx
import msgspec
from hypothesis import given
from hypothesis import strategies as st
from networks.bluesky.secrets_in_memory import InMemory
from networks.clocks import SteppedClock
from networks.contract import HOME, outgoing
from networks.memory_state import MemoryState
from networks.spoiling import ODD, Json, places, spoilt
from networks.x.spend_in_memory import SpendInMemory
from support.fake_x.answers import Fault
from support.fake_x.api import Api, Call, route
from support.fake_x.world import Medium, Post, World

from tui_inbox.core.door import PeopleList
from tui_inbox.core.ports import NetworkError, PageOf
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.spending import DOLLAR
from tui_inbox.core.text import is_clean
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.client import XNetwork
from tui_inbox.networks.x.grants import App, Grant, Grants

BASE = "https://api.example"

Ask: TypeAlias = Callable[[XNetwork, Post], Awaitable[object]]

ASKED: list[tuple[str, Ask]] = [
    ("GET /2/users/me", lambda net, _: net.identify()),
    ("GET /2/users", lambda net, _: net.notices(PageOf())),
    ("GET /2/users/:id/mentions", lambda net, _: net.notices(PageOf())),
    ("GET /2/users/:id/timelines/reverse_chronological", lambda net, _: net.feed(HOME, PageOf())),
    ("GET /2/users/:id/bookmarks", lambda net, _: net.feed(Feed(FeedKind.BOOKMARKS), PageOf())),
    ("GET /2/tweets/search/recent", lambda net, post: net.thread(post.id)),
    ("GET /2/tweets", lambda net, post: net.thread(post.id)),
    ("GET /2/tweets", lambda net, post: net.posts([post.id, "99"])),
    ("GET /2/users/:id/tweets", lambda net, post: net.recent(post.author)),
    ("GET /2/users/:id/muting", lambda net, _: net.people(PeopleList.MUTED, PageOf())),
    ("POST /2/tweets", lambda net, post: net.publish(outgoing("Yes.", reply_to=post.id))),
]


class Spoiling:
    """A server in memory, one of whose addresses gives a spoilt answer."""

    def __init__(self) -> None:
        self.clock = SteppedClock()
        self.api = Api(World(self.clock.now))
        self.spoils: dict[str, Json] = {}
        self.whole: dict[str, Json] = {}

    def furnish(self) -> Post:
        """A bit of everything, and a post in the middle of a conversation."""
        world = self.api.world
        for name in ("alice", "bob", "carla"):
            world.join(name)
        alice = world.named("alice")
        alice.follows.add(world.named("bob").id)
        mine = world.post_as("alice", "Who comes along?")
        picture = world.new_id()
        world.media[picture] = Medium(picture, "a boat")
        asked = world.post_as(
            "bob",
            "@alice I do & see https://quayside.org #boats",
            answers=mine.id,
            quotes=mine.id,
            media=(picture,),
            note="@alice I do & see https://quayside.org #boats, at length",
        )
        world.post_as("carla", "@alice me too.", answers=asked.id)
        alice.bookmarks.append(asked.id)
        alice.mutes.append(world.named("carla").id)
        return asked

    def connect(self) -> XNetwork:
        """Alice's account."""
        access, refresh = self.api.oauth.grant("alice")
        grants = Grants(InMemory(), "alice")
        grants.keep(Grant(App("app"), access, refresh, self.clock.now() + 7_200_000))
        return XNetwork(
            self.api.world.named("alice").id,
            grants,
            Line(self.clock, BASE, transport=httpx.MockTransport(self.answer)),
            state=MemoryState(),
            spend=SpendInMemory(),
            cap=20 * DOLLAR,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, well or not."""
        found = route(request.method, request.url.path)
        assert found is not None, request.url
        name, handler, ids, _ = found
        body = json.loads(request.content) if request.content else {}
        me = self.api.world.named("alice")
        call = Call(self.api, me, dict(request.url.params), body, ids)
        try:
            told = handler(call)
        except Fault as fault:
            return httpx.Response(fault.status, json=fault.body())
        self.whole[name] = told
        if name in self.spoils:
            text = json.dumps(self.spoils[name]).encode("utf-8", "surrogatepass")
            headers = {"Content-Type": "application/json"}
            return httpx.Response(200, content=text, headers=headers)
        return httpx.Response(200, json=told)


@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_a_spoilt_answer_is_an_answer_or_a_sentence(
    data: st.DataObject, asked: tuple[str, Ask]
) -> None:
    name, ask = asked

    def become(spoils: dict[str, Json]) -> tuple[Json, Spoiling]:
        server = Spoiling()
        server.spoils = spoils

        async def asking() -> Json:
            post = server.furnish()
            network = server.connect()
            try:
                return msgspec.to_builtins(await ask(network, post))
            except NetworkError as error:
                return str(error)
            finally:
                await network.close()

        return asyncio.run(asking()), server

    _, server = become({})
    became, _ = become({name: data.draw(spoilt(server.whole[name]) | st.sampled_from(ODD))})
    texts = [holder[key] for holder, key in places([became]) if isinstance(holder[key], str)]
    assert all(is_clean(text) for text in texts)
