"""Fetching what posts point to, from a server on loopback that answers with any bytes a story wants."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from networks.canned import CLOSE, answer, canned
from support.pictures import png

from tui_inbox.core.ports import NetworkError, Refused, Unreachable
from tui_inbox.core.text import is_clean
from tui_inbox.networks.media import MediaClient


@pytest.fixture
async def media() -> AsyncIterator[MediaClient]:
    client = MediaClient()
    yield client
    await client.close()


async def fetched(media: MediaClient, address: str, own_server: str = "") -> bytes:
    pieces: list[bytes] = []
    await media.fetch(address, pieces.append, own_server=own_server)
    return b"".join(pieces)


def picture(**headers: str) -> bytes:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(body=png(), headers=told, content_type="image/png")


async def test_a_host_learns_the_address_and_nothing_of_who_asks(media: MediaClient) -> None:
    async with canned(picture(Set_Cookie="who=me"), picture()) as server:
        for _ in range(2):
            assert await fetched(media, f"{server.url}/a.png", server.url) == png()
    for request in server.requests:
        assert not {"authorization", "cookie", "referer"} & set(request.headers)
        assert request.headers["accept-encoding"] == "identity"


async def test_redirects_are_followed_and_end(media: MediaClient) -> None:
    async with canned(answer(302, b"", {"Location": "/b.png"}), picture()) as server:
        assert await fetched(media, f"{server.url}/a.png", server.url) == png()
    async with canned(answer(302, b"", {"Location": "/a.png"})) as server:
        with pytest.raises(Refused, match="without end"):
            await fetched(media, f"{server.url}/a.png", server.url)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1:8443/a.png",
        "https://localhost/a.png",
        "https://printer.local/a.png",
        "https://192.168.1.1/reboot",
        "https://10.0.0.7/a.png",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.png",
        "https://[fe80::1]/a.png",
        "https://[::ffff:10.0.0.7]/a.png",
        "https://224.0.0.1/a.png",
        "https://0.0.0.0/a.png",
    ],
)
async def test_nobody_makes_this_machine_ask_its_own_network(
    media: MediaClient, address: str
) -> None:
    with pytest.raises(Refused, match="your own network"):
        await fetched(media, address, "https://town.example")


async def test_a_name_that_leads_into_the_own_network_is_refused(
    media: MediaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def looked_up(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up)
    monkeypatch.setattr("tui_inbox.networks.public_hosts.getproxies", dict)
    with pytest.raises(Refused, match=r"^far\.example lies in your own network"):
        await fetched(media, "https://far.example/a.png")


@pytest.mark.parametrize(
    "target", ["https://127.0.0.1/x", "http://127.0.0.1:1/x", "file:///etc/passwd", "http://[bad"]
)
async def test_a_redirect_leads_to_no_place_that_is_not_asked_directly(target: str) -> None:
    def far(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "far.example"
        return httpx.Response(302, headers={"Location": target})

    media = MediaClient(transport=httpx.MockTransport(far))
    with pytest.raises(Refused):
        await fetched(media, "https://far.example/a.png", "https://town.example")
    await media.close()


async def test_plain_http_is_for_the_accounts_own_server_on_this_machine_only(
    media: MediaClient,
) -> None:
    with pytest.raises(Refused, match="over https"):
        await fetched(media, "http://far.example/a.png")
    async with canned(picture()) as server:
        with pytest.raises(Refused, match="over https"):
            await fetched(media, f"{server.url}/a.png", "https://town.example")
        assert server.requests == []


async def test_a_host_that_trickles_is_left() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    media = MediaClient(transport=httpx.MockTransport(slow), patience=0.01)
    with pytest.raises(Unreachable, match="too long"):
        await fetched(media, "https://far.example/a.png")
    await media.close()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer(404), Refused),
        (answer(401), Refused),
        (answer(500), Unreachable),
        (CLOSE, Unreachable),
        (answer(body=gzip.compress(png()), headers={"Content-Encoding": "gzip"}), Refused),
    ],
)
async def test_what_goes_wrong_is_one_sentence(
    media: MediaClient, said: bytes, error: type[NetworkError]
) -> None:
    async with canned(said) as server:
        with pytest.raises(error) as told:
            await fetched(media, f"{server.url}/a.png", server.url)
    assert is_clean(str(told.value))
    assert str(told.value).startswith("127.0.0.1 ")
    assert str(told.value).endswith(".")


async def test_what_a_taker_refuses_ends_the_fetching(media: MediaClient) -> None:
    def refuse(_: bytes) -> None:
        raise Refused("It is too large.")

    async with canned(picture()) as server:
        with pytest.raises(Refused, match="too large"):
            await media.fetch(f"{server.url}/a.png", refuse, own_server=server.url)
