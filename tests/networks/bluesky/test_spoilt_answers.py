"""Answers with something in them spoilt: no exception leaves the adapter but the port's, and what is left is clean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks.bluesky.secrets_in_memory import InMemory
from networks.clocks import SteppedClock
from networks.contract import HOME, PICTURE, outgoing
from networks.memory_state import MemoryState
from networks.spoiling import ODD, Json, places, spoilt
from support.fake_bluesky.api import METHODS, Call, Fault
from support.fake_bluesky.chat import Chat
from support.fake_bluesky.world import Kept, World

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.door import PeopleList
from tui_inbox.core.draft import Outgoing, Upload
from tui_inbox.core.ports import NetworkError, PageOf
from tui_inbox.core.post import Audience, Feed, FeedKind
from tui_inbox.core.text import is_clean
from tui_inbox.networks.bluesky.client import BlueskyNetwork
from tui_inbox.networks.bluesky.grants import Grant, Grants
from tui_inbox.networks.bluesky.identity import pds_in

LABELER = "did:plc:labeler"
BASE = "https://pds.example"


def furnished() -> tuple[World, Kept]:
    """A world with a bit of everything in it, and a post in the middle of a conversation."""
    world = World()
    for name in ("alice", "bob", "carla"):
        world.join(name)
    alice, bob = world.named("alice"), world.named("bob")
    world.act_as("alice", "app.bsky.graph.follow", bob.did)
    mine = world.post_as("alice", "Who comes along?")
    word, facet = world.mention("alice")
    embed = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": mine.uri, "cid": mine.cid}},
        "media": {
            "$type": "app.bsky.embed.images",
            "images": [
                {"alt": "a boat", "image": {"ref": {"$link": "x"}, "mimeType": "image/png"}}
            ],
        },
    }
    asked = world.reply_as("bob", mine, f"{word} I do.", facets=[facet], embed=embed, langs=["en"])
    world.reply_as("carla", asked, "Me too.")
    subject = {"uri": asked.uri, "cid": asked.cid}
    world.act_as("bob", "app.bsky.feed.repost", subject)
    world.act_as("bob", "app.bsky.feed.like", {"uri": mine.uri, "cid": mine.cid})
    world.labels[asked.uri] = [{"src": LABELER, "uri": asked.uri, "val": "!warn", "neg": False}]
    alice.bookmarks[asked.uri] = 1
    alice.mutes.add(world.named("carla").did)
    alice.preferences = [
        {
            "$type": "app.bsky.actor.defs#mutedWordsPref",
            "items": [
                {"value": "boat", "targets": ["content"], "expiresAt": "2030-01-01T00:00:00Z"}
            ],
        },
        {"$type": "app.bsky.actor.defs#labelersPref", "labelers": [{"did": LABELER}]},
    ]
    return world, asked


class Spoiling:
    """A server in memory, one of whose methods gives a spoilt answer."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.spoils: dict[str, Json] = {}
        self.whole: dict[str, Json] = {}
        chat = Chat()
        talk = chat.between(world.named("alice").did, world.named("bob").did)
        chat.say(talk, world.named("bob").did, world.past(), "Between us.")
        chat.say(talk, world.named("alice").did, world.past(), "Yes.")
        self.methods = METHODS | chat.methods()

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the transport asks."""
        name = request.url.path.rpartition("/")[2]
        if name in self.spoils:
            return httpx.Response(200, content=json.dumps(self.spoils[name]).encode())
        query = parse_qs(request.url.query.decode())
        is_json = "json" in request.headers.get("content-type", "")
        body = json.loads(request.content) if is_json else {}
        mime = request.headers.get("content-type", "")
        me = self.world.named("alice")
        call = Call(self.world, me, query, body, BASE, request.content, mime)
        try:
            told = self.methods[name](call) or {}
        except Fault as fault:
            said = {"error": fault.name, "message": fault.words}
            return httpx.Response(fault.status, json=said)
        self.whole.setdefault(name, json.loads(json.dumps(told)))
        return httpx.Response(200, json=told)

    def connect(self) -> BlueskyNetwork:
        """Alice's account."""
        grants = Grants(InMemory(), "alice")
        grants.keep(Grant(BASE, "access", "refresh"))
        return BlueskyNetwork(
            self.world.named("alice").did,
            BASE,
            grants,
            clock=SteppedClock(self.world.now(), passes_by_itself=True),
            state=MemoryState(),
            transport=httpx.MockTransport(self.answer),
        )


def private(text: str, reply_to: str | None = None) -> Outgoing:
    """A private message."""
    return outgoing(text, reply_to=reply_to, audience=Audience.DIRECT)


Ask: TypeAlias = Callable[[BlueskyNetwork, Kept], Awaitable[Any]]
ASKED: list[tuple[str, Ask]] = [
    ("app.bsky.feed.getTimeline", lambda n, post: n.feed(HOME, PageOf())),
    ("app.bsky.bookmark.getBookmarks", lambda n, post: n.feed(Feed(FeedKind.BOOKMARKS), PageOf())),
    ("app.bsky.feed.searchPosts", lambda n, post: n.feed(Feed(FeedKind.SEARCH, "do"), PageOf())),
    ("app.bsky.notification.listNotifications", lambda n, post: n.notices(PageOf())),
    ("app.bsky.notification.listNotifications", lambda n, post: n.marker()),
    ("app.bsky.feed.getPosts", lambda n, post: n.notices(PageOf())),
    ("app.bsky.feed.getPosts", lambda n, post: n.posts([post.uri])),
    ("app.bsky.feed.getPosts", lambda n, post: n.publish(outgoing("a", reply_to=post.uri))),
    ("app.bsky.feed.getPosts", lambda n, post: n.publish(outgoing("a", quotes=post.uri))),
    ("app.bsky.feed.getPosts", lambda n, post: n.act(Act(ActKind.FAVOURITE, post.uri))),
    ("app.bsky.feed.getPosts", lambda n, post: n.act(Act(ActKind.MUTE_TALK, post.uri))),
    ("app.bsky.feed.getPostThread", lambda n, post: n.thread(post.uri)),
    ("app.bsky.feed.getAuthorFeed", lambda n, post: n.recent(n._session.did)),
    ("app.bsky.actor.getProfile", lambda n, post: n.identify()),
    ("app.bsky.actor.getProfiles", lambda n, post: n.relationships([n._session.did])),
    ("app.bsky.actor.searchActorsTypeahead", lambda n, post: n.find_people("bo")),
    ("app.bsky.actor.getPreferences", lambda n, post: n.preferences()),
    ("app.bsky.actor.getPreferences", lambda n, post: n.act(Act(ActKind.HIDE_WORD, "a"))),
    ("app.bsky.graph.getMutes", lambda n, post: n.people(PeopleList.MUTED, PageOf())),
    ("app.bsky.graph.getLists", lambda n, post: n.sources()),
    ("com.atproto.repo.getRecord", lambda n, post: n.original(post.uri)),
    ("com.atproto.repo.putRecord", lambda n, post: n.publish(outgoing("a"))),
    ("com.atproto.repo.listRecords", lambda n, post: n.act(Act(ActKind.UNFAVOURITE, post.uri))),
    (
        "com.atproto.repo.uploadBlob",
        lambda n, post: n.upload(Upload(_picture, "a.png", "image/png")),
    ),
    ("chat.bsky.convo.listConvos", lambda n, post: n.said_privately()),
    ("chat.bsky.convo.listConvos", lambda n, post: n.talks()),
    ("chat.bsky.convo.listConvos", lambda n, post: n.feed(Feed(FeedKind.DIRECT), PageOf())),
    ("chat.bsky.convo.getMessages", lambda n, post: n.said_privately()),
    ("chat.bsky.convo.getMessages", lambda n, post: n.thread("chat://c1/m1")),
    ("chat.bsky.convo.getConvo", lambda n, post: n.thread("chat://c1/m1")),
    ("chat.bsky.convo.sendMessage", lambda n, post: n.publish(private("a", "chat://c1/m1"))),
    ("chat.bsky.convo.getConvoForMembers", lambda n, post: n.publish(private("@bob.test a"))),
    ("com.atproto.identity.resolveHandle", lambda n, post: n.publish(outgoing("@bob.test"))),
]
_picture = ""


@pytest.fixture(scope="module", autouse=True)
def picture(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A picture that can be handed over."""
    global _picture
    path = tmp_path_factory.mktemp("pictures") / "a.png"
    path.write_bytes(PICTURE)
    _picture = str(path)


@given(data=st.data(), asked=st.sampled_from(ASKED))
def test_a_spoilt_answer_is_an_answer_or_a_sentence(
    data: st.DataObject, asked: tuple[str, Ask]
) -> None:
    method, ask = asked
    world, post = furnished()
    server = Spoiling(world)

    async def asking() -> Json:
        network = server.connect()
        try:
            return msgspec.to_builtins(await ask(network, post))
        except NetworkError as error:
            return str(error)
        finally:
            await network.close()

    asyncio.run(asking())
    whole = server.whole[method]
    server.spoils[method] = data.draw(spoilt(whole) | st.sampled_from(ODD))
    became = [asyncio.run(asking())]
    texts = [holder[key] for holder, key in places(became) if isinstance(holder[key], str)]
    assert all(is_clean(text) for text in texts)


@given(st.one_of(spoilt({"service": [{"id": "#atproto_pds", "serviceEndpoint": BASE}]})))
def test_a_spoilt_document_names_a_safe_server_or_none(document: Json) -> None:
    try:
        base = pds_in(document, "alice.test")
    except NetworkError:
        return
    assert base.startswith("https://")
