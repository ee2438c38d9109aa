"""Who people are, as the public AppView tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from networks.bluesky.records_made import JORIS, ODILE, WEB

from tui_inbox.clock import SystemClock
from tui_inbox.core.ports import NetworkError
from tui_inbox.core.text import is_clean
from tui_inbox.networks.bluesky.people import AppView


class Server:
    """Answers as told."""

    def __init__(self) -> None:
        self.profiles: list[object] = []
        self.asked: list[list[str]] = []
        self.status = 200

    async def people(self, request: web.Request) -> web.Response:
        self.asked.append(request.query.getall("actors"))
        return web.json_response({"profiles": self.profiles}, status=self.status)

    async def resolve(self, request: web.Request) -> web.Response:
        if request.query["handle"] != "odile.example":
            return web.json_response({"error": "InvalidRequest"}, status=400)
        return web.json_response({"did": ODILE})


@pytest.fixture
async def server() -> Server:
    return Server()


@pytest.fixture
async def appview(server: Server) -> AsyncIterator[AppView]:
    app = web.Application()
    app.router.add_get("/xrpc/app.bsky.actor.getProfiles", server.people)
    app.router.add_get("/xrpc/com.atproto.identity.resolveHandle", server.resolve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    asked = AppView(f"http://127.0.0.1:{port}", SystemClock(), WEB)
    yield asked
    await asked.close()
    await runner.cleanup()


async def test_people_are_known_by_handle_and_name(server: Server, appview: AppView) -> None:
    server.profiles = [
        {
            "did": ODILE,
            "handle": "Odile.Example",
            "displayName": "Odile\x1b[2J Fenn",
            "description": "Breads\u202e",
            "createdAt": "2024-01-01T00:00:00Z",
            "avatar": "https://x.example/a",
            "labels": [{"val": "bot", "src": ODILE}],
            "followersCount": 7,
        },
        {"did": JORIS, "handle": "handle.invalid", "labels": [{"val": "bot", "src": ODILE}]},
        {"did": "nobody"},
        {"handle": "no.did"},
        7,
    ]
    odile, joris = await appview.people([ODILE, JORIS])
    assert (odile.handle, odile.name, odile.bio) == ("odile.example", "Odile Fenn", "Breads")
    assert (odile.bot, odile.has_picture, odile.created_at) == (True, True, 1_704_067_200_000)
    assert (joris.handle, joris.name, joris.bot) == (JORIS, "z72i7hdy…", False)
    assert is_clean(odile.name)


async def test_no_more_than_25_are_asked_for_at_once(server: Server, appview: AppView) -> None:
    await appview.people([f"did:plc:{number}" for number in range(60)])
    assert [len(asked) for asked in server.asked] == [25, 25, 10]


async def test_a_handle_leads_to_somebody_or_nobody(appview: AppView) -> None:
    assert await appview.did("odile.example") == ODILE
    assert await appview.did("nobody.example") is None
    assert await appview.did("odile") is None


async def test_an_appview_in_trouble_is_an_error_of_the_port(
    server: Server, appview: AppView
) -> None:
    server.status = 503
    with pytest.raises(NetworkError):
        await appview.people([ODILE])
