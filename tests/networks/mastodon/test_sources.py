"""Which feeds an account can show, and which its server does not offer."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from networks.conftest import Connect
from networks.mastodon.entities import account
from networks.mastodon.scripted import KNOWN, Queue, Scripted, knowing, linked
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.core.ports import SignedOut, Unreachable
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.text import is_clean

PLACES = {
    FeedKind.LOCAL: "GET /api/v1/timelines/public",
    FeedKind.DIRECT: "GET /api/v1/conversations",
    FeedKind.FAVOURITES: "GET /api/v1/favourites",
    FeedKind.BOOKMARKS: "GET /api/v1/bookmarks",
}
LISTS, TAGS = "GET /api/v1/lists", "GET /api/v1/followed_tags"
ALL: dict[str, object] = {place: [] for place in (*PLACES.values(), LISTS, TAGS)}


async def test_lists_and_tags_of_a_real_server_have_their_titles(
    mock: MockServer, connect: Connect
) -> None:
    sailors = mock.call("POST", "/api/v1/lists", "alice", data={"title": "Sailors"})
    mock.call("POST", "/api/v1/tags/weather/follow", "alice")
    told = await connect("alice").sources()
    titles = {source.title: source.feed for source in told.offered}
    assert titles["Sailors"] == Feed(FeedKind.LIST, str(sailors["id"]))
    assert titles["#weather"] == Feed(FeedKind.TAG, "weather")
    kinds = [source.feed.kind for source in told.offered]
    assert kinds == [
        FeedKind.HOME, FeedKind.MENTIONS, FeedKind.OWN, FeedKind.LOCAL, FeedKind.FEDERATED, FeedKind.DIRECT,
        FeedKind.FAVOURITES, FeedKind.BOOKMARKS, FeedKind.LIST, FeedKind.TAG,
    ]  # fmt: skip
    assert told.lacking == ()


@pytest.mark.parametrize("answer", [404, 403, 501, {}])
async def test_what_a_server_does_not_offer_is_left_out_and_explained(answer: object) -> None:
    server = Scripted({**ALL, PLACES[FeedKind.BOOKMARKS]: answer})
    told = await server.connect().sources()
    assert FeedKind.BOOKMARKS not in [source.feed.kind for source in told.offered]
    [lack] = told.lacking
    assert lack.kind is FeedKind.BOOKMARKS
    assert "town.example" in lack.sentence


async def test_fixed_feeds_are_asked_about_once_and_lists_every_time() -> None:
    server, state = Scripted({**ALL, PLACES[FeedKind.DIRECT]: 404}), knowing()
    first = await server.connect(state).sources()
    server.answers[LISTS] = [{"id": 5, "title": "New \x1b[31mlist"}]
    again = await server.connect(state).sources()
    assert again.lacking == first.lacking
    assert again.offered[-1].title == "New list"
    assert len(server.asked("/api/v1/conversations")) == 1
    assert len(server.asked("/api/v1/lists")) == 2
    assert json.loads(state.kept["server"])["lacks"].keys() == {"direct"}


async def test_a_server_without_lists_or_followed_tags_says_so() -> None:
    server = Scripted({**ALL, LISTS: 404, TAGS: 501})
    told = await server.connect().sources()
    assert [lack.kind for lack in told.lacking] == [FeedKind.LIST, FeedKind.TAG]
    assert all(is_clean(lack.sentence) for lack in told.lacking)


@pytest.mark.parametrize(("search", "lacks"), [(True, False), (None, False), (False, True)])
async def test_a_server_that_finds_no_words_says_so_once_that_is_known(
    search: bool | None, lacks: bool
) -> None:
    state = knowing(replace(KNOWN, search=search))
    told = await Scripted(ALL).connect(state).sources()
    assert [lack.kind for lack in told.lacking] == [FeedKind.SEARCH] * lacks


async def test_bad_lists_and_tags_are_left_out() -> None:
    lists = [None, {"title": "no id"}, {"id": "7", "title": None}, "x"]
    server = Scripted({**ALL, LISTS: lists, TAGS: [{"name": "\u202e"}, {"name": "sea"}, {}]})
    told = await server.connect().sources()
    assert [source.title for source in told.offered][-2:] == ["7", "#sea"]


def tags(*numbers: int) -> list[dict[str, str]]:
    return [{"name": f"tag{number}"} for number in numbers]


async def test_followed_tags_are_read_page_by_page() -> None:
    pages = Queue([linked(tags(*range(200)), "max_id=55&limit=200"), tags(200, 201)])
    server = Scripted({**ALL, TAGS: pages})
    told = await server.connect().sources()
    assert [one.title for one in told.offered][-202:] == [f"#tag{n}" for n in range(202)]
    assert server.asked("/api/v1/followed_tags") == [
        f"{TAGS}?limit=200",
        f"{TAGS}?limit=200&max_id=55",
    ]


async def test_nobody_needs_more_than_a_thousand_tags() -> None:
    pages = Queue(
        [linked(tags(*range(n, n + 300)), f"max_id={n + 1}") for n in range(0, 9000, 300)]
    )
    server = Scripted({**ALL, TAGS: pages})
    told = await server.connect().sources()
    assert sum(one.feed.kind is FeedKind.TAG for one in told.offered) == 1_000
    assert len(server.asked("/api/v1/followed_tags")) == 4


async def test_a_server_that_ignores_the_cursor_of_tags_is_not_asked_for_ever() -> None:
    server = Scripted({**ALL, TAGS: linked(tags(1, 2), "max_id=1")})
    told = await server.connect().sources()
    assert [one.title for one in told.offered][-2:] == ["#tag1", "#tag2"]
    assert len(server.asked("/api/v1/followed_tags")) == 2


async def test_a_feed_closed_by_refusing_the_token_is_closed_and_nobody_is_signed_out() -> None:
    me = "GET /api/v1/accounts/verify_credentials"
    server = Scripted({**ALL, PLACES[FeedKind.LOCAL]: 401, me: account()})
    told = await server.connect().sources()
    assert [lack.kind for lack in told.lacking] == [FeedKind.LOCAL, FeedKind.FEDERATED]
    server = Scripted({**ALL, PLACES[FeedKind.LOCAL]: 401, me: 401})
    with pytest.raises(SignedOut):
        await server.connect().sources()


async def test_a_server_in_trouble_is_not_taken_for_one_that_lacks_something() -> None:
    server, state = Scripted({**ALL, PLACES[FeedKind.DIRECT]: Queue([502, []])}), knowing()
    network = server.connect(state)
    with pytest.raises(Unreachable):
        await network.sources()
    assert (await network.sources()).lacking == ()


async def test_nothing_is_known_of_a_server_at_first() -> None:
    server, state = Scripted({**ALL, "GET /api/v2/instance": {"version": "4.5.0"}}), MemoryState()
    await server.connect(state).sources()
    assert json.loads(state.kept["server"])["lacks"] == {}
