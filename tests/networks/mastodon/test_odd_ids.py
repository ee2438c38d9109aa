"""Ids with every character that means something in an address: they come back to the server as it gave them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import httpx
import pytest
from networks.canned import answer, canned
from networks.clocks import SteppedClock
from networks.mastodon.entities import BORDER, account, notification, status
from networks.mastodon.scripted import Queue, Scripted, knowing

from tui_inbox.core.act import Act, ActKind
from tui_inbox.core.events import EntryArrived, Noticed, PostDeleted, PostEdited
from tui_inbox.core.ports import NetworkError, PageOf
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.stream import to_event
from tui_inbox.networks.streams import RawEvent

ODD = ["a?b", "a/b", "a b", "a#b", "?max_id=1", "a%2Fb", "a&b=c", "a;b+c", '"a"', "../a", "a\\b"]
HOME = "GET /api/v1/timelines/home"


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["update", "status.update", "delete", "notification"])
def test_the_stream_tells_them_as_they_are(odd: str, name: str) -> None:
    payloads = {
        "delete": odd,
        "notification": json.dumps(notification() | {"id": odd, "status": status(5, id=odd)}),
    }
    event = to_event(
        RawEvent(name, payloads.get(name, json.dumps(status(5, id=odd))), ("user",)),
        BORDER,
        "WebSocket",
    )
    match event:
        case EntryArrived(_, entry):
            assert (entry.entry_id, entry.seen.view.server_id) == (odd, odd)
        case PostEdited(seen):
            assert seen.view.server_id == odd
        case PostDeleted(server_id):
            assert server_id == odd.strip('"')
        case Noticed(notice):
            assert notice.notice_id == odd
            assert notice.seen is not None
            assert notice.seen.view.server_id == odd
        case _:
            pytest.fail(f"{event} is not what was sent")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("linked", [True, False])
async def test_a_page_goes_on_below_them(odd: str, linked: bool) -> None:
    link = {"Link": f'<https://town.example/x?max_id={quote(odd, safe="")}>; rel="next"'}
    first = httpx.Response(200, json=[status(9), status(5, id=odd)], headers=link if linked else {})
    server = Scripted({HOME: Queue([first, [status(4)]])})
    network = server.connect()
    page = await network.feed(Feed(FeedKind.HOME), PageOf())
    assert page.entries[-1].entry_id == odd
    await network.feed(Feed(FeedKind.HOME), PageOf(older_than=page.older))
    assert parse_qsl(urlsplit(str(server.requests[1].url)).query) == [
        ("limit", "40"),
        ("max_id", odd),
    ]


@pytest.mark.parametrize("odd", ODD)
async def test_a_page_is_asked_for_above_them(odd: str) -> None:
    server = Scripted({HOME: []})
    await server.connect().feed(Feed(FeedKind.HOME), PageOf(newer_than=odd))
    assert parse_qsl(urlsplit(server.asked()[0]).query)[-1] == ("min_id", odd)


Ask = Callable[[MastodonNetwork, str], Awaitable[object]]
ASKED: list[tuple[str, Ask]] = [
    ("/api/v1/statuses/{}", lambda network, id: network.thread(id)),
    ("/api/v1/statuses/{}", lambda network, id: network.posts([id])),
    ("/api/v1/statuses/{}/history", lambda network, id: network.versions(id)),
    ("/api/v1/statuses/{}/source", lambda network, id: network.original(id)),
    ("/api/v1/conversations/{}/read", lambda network, id: network.read_talk(id)),
    ("/api/v1/timelines/list/{}", lambda n, id: n.feed(Feed(FeedKind.LIST, id), PageOf())),
    ("/api/v1/accounts/{}/statuses", lambda n, id: n.feed(Feed(FeedKind.PERSON, id), PageOf())),
    ("/api/v1/timelines/tag/{}", lambda n, id: n.feed(Feed(FeedKind.TAG, id), PageOf())),
]


NAMED_ELSEWHERE = {
    ActKind.VOTE,
    ActKind.REPORT,
    ActKind.HIDE_BOOSTS,
    ActKind.SHOW_BOOSTS,
    ActKind.BLOCK_SERVER,
    ActKind.UNBLOCK_SERVER,
    ActKind.HIDE_WORD,
    ActKind.SHOW_WORD,
    ActKind.PROFILE,
}
"""Acts whose target is not part of the first address that is asked for."""


@pytest.mark.parametrize("odd", ["a?b", "a/b", "a#b", "a%2Fb", "a&b=c"])
@pytest.mark.parametrize(("path", "ask"), ASKED)
async def test_they_are_one_part_of_an_address(odd: str, path: str, ask: Ask) -> None:
    await assert_asked(path, odd, lambda network: ask(network, odd))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "kind", [kind for kind in ActKind if kind not in NAMED_ELSEWHERE and not kind.on_list]
)
async def test_an_act_names_its_target_as_the_server_does(odd: str, kind: ActKind) -> None:
    server = Scripted()
    try:
        await server.connect().act(Act(kind, odd))
    except NetworkError:
        assert server.requests, "it was asked for and refused"
    target = server.requests[0].url.raw_path.decode()
    assert "?" not in target
    assert odd in map(unquote, target.split("/"))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("kind", [ActKind.REPORT, ActKind.BLOCK_SERVER, ActKind.UNBLOCK_SERVER])
async def test_what_an_act_names_in_a_form_stands_there_as_it_is(odd: str, kind: ActKind) -> None:
    server = Scripted()
    with pytest.raises(NetworkError):
        await server.connect().act(Act(kind, odd))
    request = server.requests[0]
    assert "?" not in request.url.raw_path.decode()
    assert odd in [value for _, value in parse_qsl(request.content.decode())]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("kind", [ActKind.HIDE_BOOSTS, ActKind.SHOW_BOOSTS])
async def test_whose_boosts_are_hidden_is_named_as_the_server_does(odd: str, kind: ActKind) -> None:
    told = [{"id": odd, "following": True}]
    server = Scripted({"GET /api/v1/accounts/relationships": told})
    with pytest.raises(NetworkError):
        await server.connect().act(Act(kind, odd))
    asked, followed = server.requests
    assert dict(asked.url.params) == {"id[]": odd}
    assert unquote(followed.url.raw_path.decode().split("/")[4]) == odd


@pytest.mark.parametrize("odd", ODD)
async def test_a_list_and_who_stands_on_it_are_named_as_the_server_does(odd: str) -> None:
    server = Scripted()
    with pytest.raises(NetworkError):
        await server.connect().act(Act(ActKind.LIST, odd, odd))
    request = server.requests[0]
    assert request.url.raw_path.decode() == f"/api/v1/lists/{quote(odd, safe='')}/accounts"
    assert parse_qsl(request.content.decode()) == [("account_ids[]", odd)]


async def assert_asked(
    path: str, odd: str, ask: Callable[[MastodonNetwork], Awaitable[object]]
) -> None:
    """The last request that was made went to this path, with the id as one part of it and nothing behind it."""
    server = Scripted()
    try:
        await ask(server.connect())
    except NetworkError:
        assert server.requests, "it was asked for and refused"
    target = urlsplit(server.requests[0].url.raw_path.decode())
    assert target.path == path.format(quote(odd, safe=""))
    assert "id" not in dict(parse_qsl(target.query))


async def test_they_leave_on_the_wire_as_one_part_too() -> None:
    async with canned(answer(200, status(5, id="a?b /#c"))) as server:
        network = MastodonNetwork(
            server.url,
            "token",
            clock=SteppedClock(),
            state=knowing(),
            account_server_id=str(account()["id"]),
        )
        await network.posts(["a?b /#c"])
        await network.close()
    assert server.requests[0].target == "/api/v1/statuses/a%3Fb%20%2F%23c"
