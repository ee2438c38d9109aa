"""How the fake server fails when told to: one rule at a time, or a list of them, tried in order."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from support.fake_mastodon.world import iso

from tui_inbox.core.moment import SECOND, Millis

KINDS = ("429", "500", "503", "malformed", "wrong types", "hang", "drop")
HANG_SECONDS = 600.0


@dataclass(slots=True)
class Fault:
    """One way of failing.

    Attributes:
        kind: one of `KINDS`.
        path: pattern found in `METHOD /path` of the requests that fail.
        times: how many requests fail; -1 for all of them.
        reset_seconds: after how long a 429 says that there is a budget again.
    """

    kind: str
    path: str = ""
    times: int = -1
    reset_seconds: float = 20.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is none of {KINDS}")

    def takes(self, call: str) -> bool:
        """Whether a request fails by this rule; counts it if so."""
        if self.times == 0 or not re.search(self.path, call):
            return False
        if self.times > 0:
            self.times -= 1
        return True


class Faults:
    """The rules in force.

    Attributes:
        rules: the first that takes a request decides.
        delay_seconds: what every answer waits for.
        count: how many requests failed so far.
    """

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.delay_seconds = 0.0
        self.count = 0

    def reset(self) -> None:
        """Let all be well, as at the start."""
        self.rules = []
        self.delay_seconds = 0.0
        self.count = 0

    async def meet(self, request: web.Request) -> web.StreamResponse | None:
        """The failure that a request meets, or None where it is answered as usual."""
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        call = f"{request.method} {request.path}"
        fault = next((rule for rule in self.rules if rule.takes(call)), None)
        if fault is None:
            return None
        self.count += 1
        return await _answer(fault, request)


async def _answer(fault: Fault, request: web.Request) -> web.StreamResponse:
    match fault.kind:
        case "429":
            headers = budget_headers(0, fault.reset_seconds)
            headers["Retry-After"] = str(int(fault.reset_seconds))
            return _json({"error": "Too many requests"}, 429, headers)
        case "500":
            return _json({"error": "Internal server error"}, 500)
        case "503":
            page = "<html><body>503 Backend fetch failed</body></html>"
            return web.Response(status=503, text=page, content_type="text/html")
        case "malformed":
            return web.Response(text='[{"id":"1130","created_at":"2022-', content_type=_JSON)
        case "wrong types":
            return _json([{"id": 1, "content": None, "account": "nobody"}], 200)
        case "hang":
            await asyncio.sleep(HANG_SECONDS)
            return web.Response(status=504)
    if request.transport is not None:  # the kind that is left: cut in the middle of a request
        request.transport.abort()
    raise asyncio.CancelledError


_JSON = "application/json"


def budget_headers(remaining: int, reset_seconds: float) -> dict[str, str]:
    """What Mastodon says of the request budget in each answer."""
    reset: Millis = time.time_ns() // 1_000_000 + int(reset_seconds * SECOND)
    return {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": iso(reset),
    }


def _json(data: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(data, status=status, headers=headers)
