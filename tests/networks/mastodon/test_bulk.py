"""Many posts asked about at once: what is there, what is gone, and what a server did not say."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from networks.conftest import Connect
from networks.mastodon.entities import status
from networks.mastodon.scripted import KNOWN, Queue, Scripted, knowing
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.core.ports import Found, Unreachable

TOGETHER = "GET /api/v1/statuses"


def one(id: object) -> str:
    return f"GET /api/v1/statuses/{id}"


def newest() -> MemoryState:
    """Of a server that can be asked for many posts at once."""
    return knowing(replace(KNOWN, api_version=7))


def texts(found: Found) -> dict[str, str]:
    return {name: seen.post.text for name, seen in found.there.items()}


async def test_a_new_server_is_asked_for_twenty_at_once() -> None:
    ids = [str(number) for number in range(1, 46)]
    pages = [[status(n) for n in range(a, a + 20)] for a in (1, 21)] + [
        [status(n) for n in range(41, 46)]
    ]
    server = Scripted({TOGETHER: Queue(pages)})
    found = await server.connect(newest()).posts(ids)
    assert list(found.there) == ids
    assert found.gone == frozenset()
    assert [request.url.query.count(b"id%5B%5D=") for request in server.requests] == [20, 20, 5]


async def test_what_a_list_leaves_out_is_gone_only_if_the_server_says_so() -> None:
    server = Scripted({TOGETHER: [status(1)], one(3): status(3), one(4): 403, one(5): 502})
    found = await server.connect(newest()).posts(["1", "2", "3", "4"])
    assert list(found.there) == ["1", "3"]
    assert found.gone == {"2"}
    with pytest.raises(Unreachable):
        await server.connect(newest()).posts(["1", "5"])


async def test_an_older_server_is_asked_for_each() -> None:
    server = Scripted({one(1): status(1), one(2): 410})
    found = await server.connect().posts(["1", "2"])
    assert list(found.there) == ["1"]
    assert found.gone == {"2"}
    assert server.asked() == [one(1), one(2)]


async def test_a_fork_that_only_says_it_is_new_is_asked_for_each() -> None:
    server = Scripted({one(1): status(1)})
    assert list((await server.connect(newest()).posts(["1"])).there) == ["1"]


async def test_a_server_that_has_lost_everything_is_not_believed() -> None:
    server = Scripted()
    assert await server.connect().posts([str(number) for number in range(9)]) == Found({})
    assert (await server.connect().posts(["1", "2"])).gone == {"1", "2"}


async def test_a_boosts_id_gives_the_post_it_passes_on() -> None:
    boost = status(8, reblog=status(5, content="<p>The boosted one.</p>"))
    server = Scripted({TOGETHER: [boost]})
    assert texts(await server.connect(newest()).posts(["8"])) == {"8": "The boosted one."}


async def test_what_cannot_be_read_is_neither_there_nor_gone() -> None:
    server = Scripted({TOGETHER: [status(1, account=None), None], one(1): {"no": "id"}})
    assert await server.connect(newest()).posts(["1"]) == Found({})


async def test_nothing_is_asked_about_nothing() -> None:
    server = Scripted()
    assert await server.connect(newest()).posts([]) == Found({})
    assert server.asked() == []


async def test_a_real_server_tells_what_it_has(mock: MockServer, connect: Connect) -> None:
    kept, lost = mock.post_as("bob", "This stays."), mock.post_as("bob", "This goes.")
    mock.call("DELETE", f"/api/v1/statuses/{lost['id']}", "bob")
    found = await connect("alice").posts([kept["id"], lost["id"]])
    assert texts(found) == {kept["id"]: "This stays."}
    assert found.gone == {lost["id"]}
