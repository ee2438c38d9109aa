"""Feeds: where each is read, how one goes on below a page, and what upward reading is worth."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from networks.conftest import Connect
from networks.mastodon.entities import status
from networks.mastodon.scripted import KNOWN, Queue, Scripted, knowing, linked
from support.mastodon_mock_server import MockServer

from tui_inbox.core.moment import to_millis_or_none
from tui_inbox.core.ports import PageOf, Refused, Unreachable, Unsupported
from tui_inbox.core.post import Feed, FeedKind, TagFeed

HOME = Feed(FeedKind.HOME)
INTERNAL = [
    (FeedKind.FAVOURITES, "/api/v1/favourites"),
    (FeedKind.BOOKMARKS, "/api/v1/bookmarks"),
    (FeedKind.DIRECT, "/api/v1/conversations"),
]
NAMES = st.text(st.characters(categories=["L", "N"], include_characters="_"), min_size=1)


async def test_every_feed_of_a_real_server_has_its_posts(
    mock: MockServer, connect: Connect
) -> None:
    told = mock.post_as("carol", "Wind from the west.")
    mock.call("POST", f"/api/v1/statuses/{told['id']}/favourite", "alice")
    kept = mock.post_as("bob", "Keep this.")
    mock.call("POST", f"/api/v1/statuses/{kept['id']}/bookmark", "alice")
    mock.post_as("bob", "@alice between us", visibility="direct")
    answer = mock.post_as("alice", "@bob between us two", visibility="direct")
    network = connect("alice")
    for kind, ids in [
        (FeedKind.LOCAL, [kept["id"], told["id"]]),
        (FeedKind.FEDERATED, [kept["id"], told["id"]]),
        (FeedKind.FAVOURITES, [told["id"]]),
        (FeedKind.BOOKMARKS, [kept["id"]]),
        (FeedKind.DIRECT, [answer["id"]]),
    ]:
        page = await network.feed(Feed(kind), PageOf())
        assert [entry.entry_id for entry in page.entries] == ids, kind
    assert (await network.feed(Feed(FeedKind.LINK, "https://e.example/"), PageOf())).entries == ()


async def test_bookmarks_of_a_real_server_are_walked_by_its_links(
    mock: MockServer, connect: Connect
) -> None:
    ids = [mock.post_as("bob", f"Line {number}")["id"] for number in range(5)]
    for each in ids:
        mock.call("POST", f"/api/v1/statuses/{each}/bookmark", "alice")
    network = connect("alice")
    found: list[str] = []
    page = await network.feed(Feed(FeedKind.BOOKMARKS), PageOf(limit=2))
    while page.entries:
        found += [entry.entry_id for entry in page.entries]
        if page.older is None:
            break
        page = await network.feed(Feed(FeedKind.BOOKMARKS), PageOf(limit=2, older_than=page.older))
    assert found == ids[::-1]


@pytest.mark.parametrize(
    ("feed", "target"),
    [
        (Feed(FeedKind.LOCAL), "/api/v1/timelines/public?local=true&limit=40"),
        (Feed(FeedKind.FEDERATED), "/api/v1/timelines/public?limit=40"),
        (Feed(FeedKind.LIST, "5/6"), "/api/v1/timelines/list/5%2F6?limit=40"),
        (Feed(FeedKind.PERSON, "9"), "/api/v1/accounts/9/statuses?limit=40"),
        (Feed(FeedKind.OWN), "/api/v1/accounts/77/statuses?limit=40"),
        (
            Feed(FeedKind.LINK, "https://e.example/a?b=c&d"),
            "/api/v1/timelines/link?url=https%3A%2F%2Fe.example%2Fa%3Fb%3Dc%26d&limit=40",
        ),
        (
            Feed(FeedKind.TAG, "#sea |boats |ships +wind -storm"),
            "/api/v1/timelines/tag/sea?any%5B%5D=boats&any%5B%5D=ships&all%5B%5D=wind"
            "&none%5B%5D=storm&limit=40",
        ),
    ],
)
async def test_every_feed_is_asked_for_at_its_own_place(feed: Feed, target: str) -> None:
    server = Scripted()
    with pytest.raises(Refused):
        await server.connect().feed(feed, PageOf())
    assert server.asked() == [f"GET {target}"]


async def test_a_tag_without_a_name_is_asked_of_nobody() -> None:
    server = Scripted()
    with pytest.raises(Refused, match="No tag"):
        await server.connect().feed(Feed(FeedKind.TAG, " # "), PageOf())
    assert server.asked() == []


@pytest.mark.parametrize(("kind", "path"), INTERNAL)
async def test_where_cursors_are_the_servers_own_only_its_links_are_followed(
    kind: FeedKind, path: str
) -> None:
    bodies = [[status(5), status(9)], [status(7)]]
    if kind is FeedKind.DIRECT:
        bodies = [[{"id": "1", "last_status": one} for one in body] for body in bodies]
    pages = Queue([linked(bodies[0], "max_id=300&limit=40"), bodies[1]])
    server = Scripted({f"GET {path}": pages})
    network = server.connect()
    first = await network.feed(Feed(kind), PageOf())
    assert [entry.entry_id for entry in first.entries] == ["5", "9"]
    second = await network.feed(Feed(kind), PageOf(older_than=first.older))
    assert server.asked()[1] == f"GET {path}?limit=40&max_id=300"
    assert second.older is None, "a page without a link is the end, whatever its ids"


@pytest.mark.parametrize(("kind", "path"), INTERNAL)
async def test_an_entrys_id_is_no_cursor_where_cursors_are_the_servers_own(
    kind: FeedKind, path: str
) -> None:
    server = Scripted({f"GET {path}": []})
    for page in (PageOf(older_than="5"), PageOf(newer_than="5")):
        with pytest.raises(Unsupported):
            await server.connect().feed(Feed(kind), page)
    assert server.asked() == []


async def test_a_conversation_whose_posts_are_gone_is_left_out() -> None:
    told = [{"id": "1", "last_status": None}, {"id": "2", "last_status": status(8)}, None, {}]
    server = Scripted({"GET /api/v1/conversations": told})
    page = await server.connect().feed(Feed(FeedKind.DIRECT), PageOf())
    assert [entry.entry_id for entry in page.entries] == ["8"]


async def test_a_stub_in_place_of_a_list_means_that_there_is_none() -> None:
    server = Scripted({"GET /api/v1/bookmarks": {}})
    with pytest.raises(Unsupported):
        await server.connect().feed(Feed(FeedKind.BOOKMARKS), PageOf())


HOME_PATH = "GET /api/v1/timelines/home"
NEWEST = [status(9), status(8), status(7)]
UNKNOWN = replace(KNOWN, min_id=None)


@pytest.mark.parametrize(("above", "works"), [([status(8)], True), ([status(9)], False)])
async def test_whether_one_can_read_upward_is_found_out_once(
    above: list[object], works: bool
) -> None:
    server, state = Scripted({HOME_PATH: Queue([NEWEST, above, [status(6)]])}), knowing(UNKNOWN)
    network = server.connect(state)
    for _ in range(2):
        if works:
            assert (await network.feed(HOME, PageOf(newer_than="5"))).entries
        else:
            with pytest.raises(Unsupported, match="upward"):
                await network.feed(HOME, PageOf(newer_than="5"))
    asked = server.asked()
    assert asked[1] == f"{HOME_PATH}?limit=1&min_id=7"
    assert len(asked) == (4 if works else 2)
    assert json.loads(state.kept["server"])["min_id"] is works


async def test_a_feed_that_is_too_short_to_tell_leaves_it_open() -> None:
    server, state = Scripted({HOME_PATH: [status(9)]}), knowing(UNKNOWN)
    await server.connect(state).feed(HOME, PageOf(newer_than="5"))
    assert json.loads(state.kept["server"])["min_id"] is None


async def test_a_search_that_finds_something_shows_that_there_is_one() -> None:
    search = "GET /api/v2/search"
    found = {"statuses": [status(3)]}
    server, state = Scripted({search: found}), knowing(replace(KNOWN, search=None))
    await server.connect(state).feed(Feed(FeedKind.SEARCH, "https://e.example/3"), PageOf())
    assert json.loads(state.kept["server"])["search"] is None, "an address needs no search"
    await server.connect(state).feed(Feed(FeedKind.SEARCH, "clock"), PageOf())
    assert json.loads(state.kept["server"])["search"] is True


async def test_a_feed_still_put_together_is_no_empty_one(
    mock: MockServer, connect: Connect
) -> None:
    mock.fault("/api/v1/bookmarks", "status", status=206, body=[])
    with pytest.raises(Unreachable):
        await connect("alice").feed(Feed(FeedKind.BOOKMARKS), PageOf())


@given(NAMES, st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4))
def test_tags_survive_being_written_as_an_argument(
    tag: str, some: list[str], every: list[str], no: list[str]
) -> None:
    tags = TagFeed(tag, tuple(some), tuple(every), tuple(no))
    assert TagFeed.parse(str(tags)) == tags
    assert TagFeed.parse(f"#{tag}") == TagFeed(tag)


MENTIONS = Feed(FeedKind.MENTIONS)
NOTIFICATIONS = "GET /api/v1/notifications"


def notification(id_: int, type_: str = "mention", **changes: object) -> dict[str, object]:
    at = f"2026-03-01T10:{id_:02}:00Z"
    told = {"id": str(id_), "type": type_, "created_at": at, "status": status(100 + id_)}
    return told | changes


async def test_mentions_of_a_real_server_are_what_addresses_the_account(
    mock: MockServer, connect: Connect
) -> None:
    mine = mock.post_as("alice", "Who sings?")
    asked = mock.post_as("bob", "@alice Do you?")
    mock.call("POST", f"/api/v1/statuses/{mine['id']}/favourite", "bob")
    answer = mock.post_as("carol", "@alice I do.", in_reply_to_id=mine["id"])
    page = await connect("alice").feed(MENTIONS, PageOf())
    told = [entry.seen.view.server_id for entry in page.entries]
    assert told == [answer["id"], asked["id"]]
    assert {entry.entry_id for entry in page.entries}.isdisjoint(told), "ids of notifications"


async def test_mentions_stand_where_their_notifications_do_and_go_on_below_them() -> None:
    data = [notification(3), notification(2, "favourite"), notification(1, status=None)]
    server = Scripted({NOTIFICATIONS: data})
    page = await server.connect().feed(MENTIONS, PageOf(older_than="4"))
    (entry,) = page.entries
    assert (entry.entry_id, entry.seen.view.server_id) == ("3", "103")
    assert entry.filed_at == to_millis_or_none("2026-03-01T10:03:00Z")
    assert page.older == "1"
    (asked,) = server.asked()
    assert asked.endswith("?types%5B%5D=mention&limit=40&max_id=4")


@pytest.mark.parametrize(("api_version", "asks"), [(None, False), (6, False), (7, True)])
async def test_quotes_are_asked_for_where_there_are_any(
    api_version: int | None, asks: bool
) -> None:
    server = Scripted({NOTIFICATIONS: [notification(3, "quote")]})
    state = knowing(replace(KNOWN, api_version=api_version))
    page = await server.connect(state).feed(MENTIONS, PageOf())
    assert [entry.entry_id for entry in page.entries] == ["3"]
    assert ("types%5B%5D=quote" in server.asked()[0]) is asks


async def test_a_page_of_other_notifications_is_no_page_of_nonsense() -> None:
    data = [notification(n, "favourite") for n in (3, 2, 1)]
    page = await Scripted({NOTIFICATIONS: data}).connect().feed(MENTIONS, PageOf())
    assert (page.entries, page.older) == ((), "1")
