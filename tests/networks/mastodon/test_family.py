"""What runs a server, what is remembered of it, and for how long."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace
from networks.clocks import START, SteppedClock
from networks.conftest import Connect
from networks.mastodon.entities import account
from networks.mastodon.scripted import KNOWN, Scripted, knowing
from networks.memory_state import MemoryState
from support.mastodon_mock_server import MockServer

from tui_inbox.core.moment import DAY, MINUTE, SECOND
from tui_inbox.core.ports import NetworkError, PageOf
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.networks.mastodon.family import WAYS, Family, recognise
from tui_inbox.networks.mastodon.server import NO_SEARCH_REMEMBERED_FOR, REMEMBERED_FOR, Server

HOME = Feed(FeedKind.HOME)
ME = "GET /api/v1/accounts/verify_credentials"
V1, V2 = "GET /api/v1/instance", "GET /api/v2/instance"
INDEX, NODEINFO = "GET /.well-known/nodeinfo", "GET /nodeinfo/2.1"
SEARCH = "GET /api/v2/search"


@pytest.mark.parametrize(
    ("told", "family", "software", "version"),
    [
        ({"version": "4.2.8"}, Family.MASTODON, "Mastodon", "4.2.8"),
        ({"version": "4.4.0+glitch", "api_version": 5}, Family.MASTODON, "Mastodon", "4.4.0+glitch"),
        ({"version": "2.7.2 (compatible; Pleroma 2.7.0)"}, Family.PLEROMA, "Pleroma", "2.7.0"),
        ({"version": "2.7.2 (compatible; Akkoma 3.13.2-0-gab)"}, Family.AKKOMA, "Akkoma", "3.13.2-0-gab"),
        ({"version": "3.5.3 (compatible; Pixelfed 0.11.9)"}, Family.PIXELFED, "Pixelfed", "0.11.9"),
        ({"version": "4.2.1 (compatible; Iceshrimp.NET/2025.1)"}, Family.ICESHRIMP, "Iceshrimp.NET", "2025.1"),
        ({"version": "4.0 (compatible; mitra 4.1.0)"}, Family.MITRA, "mitra", "4.1.0"),
        ({"version": "0.19", "source_url": "https://c.e/gotosocial"}, Family.GOTOSOCIAL, "GoToSocial", "0.19"),
        ({"version": "0.5", "name": "takahe", "own_version": "0.11.0"}, Family.TAKAHE, "takahe", "0.11.0"),
        ({"version": "4.2.0", "name": "hometown", "own_version": "1.1.1"}, Family.MASTODON, "hometown", "1.1.1"),
        ({"version": "4.2.0", "name": "mastodon", "own_version": "4.2.0"}, Family.MASTODON, "Mastodon", "4.2.0"),
        ({"version": "1.0", "name": "brandnew"}, Family.OTHER, "brandnew", "1.0"),
        ({"version": None}, Family.OTHER, "", ""),
    ],
)  # fmt: skip
def test_servers_are_told_apart_by_what_they_say(
    told: dict[str, Any], family: Family, software: str, version: str
) -> None:
    got = recognise(**told)
    assert (got.family, got.software, got.version) == (family, software, version)


def test_every_family_has_its_ways_and_only_mastodon_is_trusted_with_keys() -> None:
    assert set(WAYS) == set(Family)
    assert [family for family, ways in WAYS.items() if ways.keys] == [Family.MASTODON]


async def test_a_real_server_is_recognised_and_remembered(
    mock: MockServer, connect: Connect
) -> None:
    state = MemoryState()
    await connect("alice", state=state).identify()
    kept = json.loads(state.kept["server"])
    assert (kept["family"], kept["software"]) == ("Mastodon", "Mastodon")
    assert kept["version"]
    assert (kept["min_id"], kept["keys"], kept["search"]) == (True, True, None)


async def test_what_the_doctor_shows_stands_under_names_of_its_own() -> None:
    names = {
        "family",
        "version",
        "software",
        "stream",
        "search",
        "min_id",
        "keys",
        "filters",
        "until",
    }
    assert names <= json.loads(Server("town.example").to_json()).keys()


def lookalike() -> Scripted:
    """A server whose instance information has a version that says nothing."""
    href = "https://elsewhere.example/nodeinfo/2.1"
    return Scripted(
        {
            ME: account(),
            V1: {"version": "0.1", "uri": "town.example"},
            INDEX: {"links": [{"rel": "x"}, {"rel": "nodeinfo", "href": href}]},
            NODEINFO: {"software": {"name": "mitra", "version": "4.0"}},
        }
    )


async def test_where_the_version_does_not_say_nodeinfo_is_asked_on_the_servers_own_host() -> None:
    server, state = lookalike(), MemoryState()
    identity = await server.connect(state).identify()
    assert identity.limits.software == "Mitra 4.0"
    assert identity.limits.full_text_search is False
    assert not identity.limits.honours_keys
    assert {request.url.host for request in server.requests} == {"town.example"}


async def test_nodeinfo_is_not_asked_again_while_the_version_stays_the_same() -> None:
    server, state, clock = lookalike(), MemoryState(), SteppedClock()
    await server.connect(state, clock).identify()
    for passing, asked in ((DAY, 1), (REMEMBERED_FOR, 2)):
        clock.fall_asleep(passing / SECOND)
        await server.connect(state, clock).identify()
        assert len(server.asked("/nodeinfo")) == asked
    server.answers[V1] = {"version": "0.2", "uri": "town.example"}
    await server.connect(state, clock).identify()
    assert len(server.asked("/nodeinfo")) == 3


async def test_what_was_found_out_is_forgotten_with_a_new_version() -> None:
    server = Scripted({ME: account(), V2: {"version": "4.6.0", "api_versions": {"mastodon": 10}}})
    found = replace(KNOWN, search=False, lacks={"local": "No."}, stream="WebSocket")
    state = knowing(found)
    identity = await server.connect(state).identify()
    kept = Server.from_json(state.kept["server"])
    assert kept is not None
    assert (kept.search, kept.lacks) == (None, None)
    assert kept.stream == "WebSocket", "the kind of stream last used is no finding that grows old"
    assert identity.limits.full_text_search is None


async def test_what_was_found_out_holds_while_the_version_is_the_same() -> None:
    server = Scripted({ME: account(), V2: {"version": "4.5.0", "api_versions": {"mastodon": 7}}})
    state = knowing(replace(KNOWN, search=False, api_version=7))
    assert (await server.connect(state).identify()).limits.full_text_search is False
    assert server.asked("/api/v2/search") == []


@pytest.mark.parametrize(
    ("answer", "posts", "expected"),
    [
        ({"statuses": [{"id": "1"}]}, 5, True),
        ({"statuses": []}, 5, False),
        ({"statuses": []}, 0, None),
        (503, 5, None),
        (404, 5, None),
    ],
)
async def test_a_server_without_full_text_search_is_found_out(
    answer: object, posts: int, expected: bool | None
) -> None:
    instance = {"version": "4.5.0", "api_versions": {"mastodon": 7}}
    server = Scripted({ME: account(statuses_count=posts), V2: instance, SEARCH: answer})
    state = MemoryState()
    assert (await server.connect(state).identify()).limits.full_text_search is expected
    assert json.loads(state.kept["server"])["search"] is expected


async def test_that_there_is_no_full_text_search_is_asked_again_a_day_later() -> None:
    instance = {"version": "4.5.0", "api_versions": {"mastodon": 7}}
    server = Scripted({ME: account(statuses_count=5), V2: instance, SEARCH: {"statuses": []}})
    state, clock = MemoryState(), SteppedClock()
    assert (await server.connect(state, clock).identify()).limits.full_text_search is False
    server.answers[SEARCH] = {"statuses": [{"id": "1"}]}
    clock.pass_time((NO_SEARCH_REMEMBERED_FOR - MINUTE) / SECOND)
    assert (await server.connect(state, clock).identify()).limits.full_text_search is False
    clock.pass_time(MINUTE / SECOND)
    assert (await server.connect(state, clock).identify()).limits.full_text_search is True
    assert len(server.asked("/api/v2/search")) == 2


async def test_a_server_of_another_family_is_not_asked_in_mastodons_words() -> None:
    instance = {"version": "2.7.2 (compatible; Pixelfed 0.11)"}
    server = Scripted({ME: account(statuses_count=5), V1: instance, SEARCH: {"statuses": []}})
    assert (await server.connect(MemoryState()).identify()).limits.full_text_search is None
    assert server.asked("/api/v2/search") == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "5", "null", '{"domain": 7}', '{"domain": "x", "family": "x"}']
)
async def test_a_memory_of_a_server_that_was_spoilt_is_none(text: str) -> None:
    assert Server.from_json(text) is None
    state = MemoryState()
    state.kept["server"] = text
    server = Scripted({V2: {"version": "4.5.0"}, "GET /api/v1/timelines/home": []})
    await server.connect(state).feed(HOME, PageOf())
    assert json.loads(state.kept["server"])["version"] == "4.5.0"


async def test_a_server_out_of_reach_is_not_taken_for_one_that_says_nothing() -> None:
    server, state = Scripted({ME: account(), V2: 502}), knowing(replace(KNOWN, until=START - 1))
    with pytest.raises(NetworkError):
        await server.connect(state).identify()
    assert json.loads(state.kept["server"])["version"] == "4.5.0"


@pytest.mark.parametrize(
    "href", ["", "nodeinfo", "https://[x/", "https://e.example/ä", "mailto:a@b", None, 7]
)
async def test_a_nodeinfo_that_is_nowhere_is_none(href: object) -> None:
    server = Scripted({ME: account(), INDEX: {"links": [{"href": href}]}})
    identity = await server.connect(MemoryState()).identify()
    assert identity.limits.software == ""
