"""What names, tags and emoji are completed with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx
import pytest
from networks.mastodon.entities import account
from networks.mastodon.scripted import Queue, Scripted

from tui_inbox.core.ports import NetworkError, SignedOut, Throttled, Unreachable, Unsupported

PEOPLE = "GET /api/v1/accounts/search"
SEARCH = "GET /api/v2/search"
EMOJI = "GET /api/v1/custom_emojis"


def people(*names: str) -> list[dict[str, object]]:
    """Somebody for each name."""
    return [account(name, id=str(number)) for number, name in enumerate(names, 1)]


async def test_whom_the_account_follows_comes_first_and_others_only_where_these_are_few() -> None:
    server = Scripted({PEOPLE: Queue([people("ann"), people("anton", "ann", "anna")])})
    found = await server.connect().find_people("an")
    assert [one.handle.partition("@")[0] for one in found] == ["ann", "anton", "anna"]
    first, second = (request.url.params for request in server.requests)
    assert (first["following"], first["resolve"], first["q"]) == ("true", "false", "an")
    assert "following" not in second
    many = Scripted({PEOPLE: people("a", "b", "c", "d", "e")})
    assert len(await many.connect().find_people("an")) == 5
    assert len(many.requests) == 1


async def test_where_people_are_not_looked_up_so_the_search_is_asked() -> None:
    server = Scripted({SEARCH: {"accounts": people("ann")}})
    found = await server.connect().find_people("an")
    assert [one.handle for one in found] == ["ann@town.example"]
    asked = [one.url.params for one in server.requests if one.url.path == "/api/v2/search"]
    assert {params["type"] for params in asked} == {"accounts"}


async def test_nobody_is_asked_about_nothing() -> None:
    server = Scripted()
    network = server.connect()
    for words in ("", "  ", "#"):
        assert not await network.find_tags(words)
    for words in ("", "  "):
        assert not await network.find_people(words)
    assert server.requests == []


async def test_tags_come_without_their_sign_once_and_clean() -> None:
    names = ["tea", "#Teapot", "tea", "", "te\x1b[31ma\u202ecup", None, 7]
    told: dict[str, list[object]] = {
        "hashtags": [{"name": name} for name in names] + [None, "tea", {}]
    }
    server = Scripted({SEARCH: told})
    assert await server.connect().find_tags("#te") == ("tea", "Teapot", "teacup")
    params = server.requests[0].url.params
    assert (params["q"], params["type"]) == ("te", "hashtags")


async def test_emoji_that_are_none_or_not_to_be_picked_are_left_out() -> None:
    told: list[dict[str, object] | None] = [
        {"shortcode": "ferry", "visible_in_picker": True},
        {"shortcode": "soup"},
        {"shortcode": "old", "visible_in_picker": False},
        {"shortcode": "ferry"},
        {"shortcode": "a b"},
        {"shortcode": "\x1b[2J"},
        {"shortcode": ""},
        {"shortcode": None},
        None,
        {},
    ]
    assert await Scripted({EMOJI: told}).connect().emoji() == ("ferry", "soup")


@pytest.mark.parametrize("answer", [{}, [None, 7, {"id": None}], "x"])
async def test_an_answer_without_sense_completes_nothing(answer: object) -> None:
    server = Scripted({PEOPLE: answer, SEARCH: answer, EMOJI: answer})
    network = server.connect()
    assert not await network.find_people("an")
    assert not await network.find_tags("an")
    assert not await network.emoji()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (401, SignedOut),
        (404, Unsupported),
        (429, Throttled),
        (503, Unreachable),
        (httpx.Response(200, html="<p>Hello"), Unsupported),
    ],
)
async def test_why_nothing_is_completed_is_told(answer: object, error: type[NetworkError]) -> None:
    server = Scripted({PEOPLE: answer, SEARCH: answer, EMOJI: answer})
    network = server.connect()
    asked: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: network.find_people("an"),
        lambda: network.find_tags("an"),
        network.emoji,
    )
    for ask in asked:
        with pytest.raises(NetworkError) as raised:
            await ask()
        assert type(raised.value) is error
