"""A server whose answers a test writes down by method and path, behind httpx's own transport."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
from networks.clocks import SteppedClock
from networks.memory_state import MemoryState

from tui_inbox.networks.mastodon.client import MastodonNetwork
from tui_inbox.networks.mastodon.family import Family
from tui_inbox.networks.mastodon.server import Server

BASE = "https://town.example"
KNOWN = Server(
    "town.example", None, "4.5.0", Family.MASTODON, "Mastodon", "4.5.0",
    min_id=True, search=True, keys=True, until=10**15,
)  # fmt: skip


class Scripted:
    """Answers by `METHOD /path`; a list gives its answers one after another, the last one for ever.

    An answer is a status code, data sent as JSON, or a response. What is not written down is a 404.
    """

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        self.answers: dict[str, Any] = dict(answers or {})
        self.requests: list[httpx.Request] = []

    def asked(self, path: str = "") -> list[str]:
        """The requests so far as `METHOD /path?query`, those to a path that begins so."""
        return [
            f"{each.method} {each.url.raw_path.decode()}"
            for each in self.requests
            if each.url.path.startswith(path)
        ]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the transport asks."""
        self.requests.append(request)
        answer = self.answers.get(f"{request.method} {request.url.path}", 404)
        if isinstance(answer, Queue):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, httpx.Response):
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )
        if isinstance(answer, int):
            return httpx.Response(answer, json={"error": "no"})
        return httpx.Response(200, json=answer)

    def connect(
        self, state: MemoryState | None = None, clock: SteppedClock | None = None
    ) -> MastodonNetwork:
        """Somebody's account at this server."""
        return MastodonNetwork(
            BASE,
            "token",
            clock=clock or SteppedClock(),
            state=state or knowing(),
            account_server_id="77",
            transport=httpx.MockTransport(self.answer),
        )


class Queue(list[Any]):
    """Answers given one after another."""


def knowing(server: Server = KNOWN) -> MemoryState:
    """A state in which a server is known already."""
    state = MemoryState()
    state.kept["server"] = server.to_json()
    return state


def linked(data: object, query: str) -> httpx.Response:
    """An answer with a `next` link of these parameters."""
    link = f'<{BASE}/anything?{query}>; rel="next"'
    return httpx.Response(200, json=data, headers={"Link": link})
