"""How the fake server fails when told to: one rule at a time, or a list of them, tried in order."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiohttp import web
from support.fake_mastodon.trouble import Trouble
from support.fake_mastodon.world import iso

from tui_inbox.core.moment import SECOND, Millis

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

REFUSALS = ("401", "403", "404", "410", "418", "422", "500")
"""Answered with Mastodon's usual `{"error": …}`."""
REDIRECTS = ("301", "302", "308")
KINDS = (
    *REFUSALS, *REDIRECTS, "206", "429", "429 epoch", "429 bare", "503", "503 retry", "web page", "malformed",
    "wrong types", "huge", "hang", "drop", "cut",
    "slow", "closing", "nulls", "twice", "backwards", "short",
)  # fmt: skip
MANNERS = frozenset({"slow", "closing", "nulls", "twice", "backwards", "short"})
"""Those that answer, but oddly."""
HANG_SECONDS = 600.0
HUGE_BYTES = 50 * 1024 * 1024
SHORT_PAGE = 7


@dataclass(slots=True)
class Fault:
    """One way of failing.

    Attributes:
        kind: one of `KINDS`.
        path: pattern found in `METHOD /path?query as TOKEN` of the requests that fail.
        times: how many requests fail; -1 for all of them.
        reset_seconds: after how long a 429 says that there is a budget again.
        taken: whether what is asked for is done all the same, and only the answer fails.
        to: the base address to which a redirect leads; there `moved=1` is added to the query.
    """

    kind: str
    path: str = ""
    times: int = -1
    reset_seconds: float = 20.0
    taken: bool = False
    to: str = ""

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
        trouble: what fails by chance, before the rules are looked at.
    """

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.trouble: Trouble | None = None
        self.delay_seconds = 0.0
        self.count = 0

    def reset(self) -> None:
        """Let all be well, as at the start."""
        self.rules = []
        self.trouble = None
        self.delay_seconds = 0.0
        self.count = 0

    async def meet(self, request: web.Request, answer: Handler) -> web.StreamResponse:
        """What a request gets: its answer, or the failure that it meets, or its answer in an odd manner."""
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = token or request.headers.get("Sec-WebSocket-Protocol", "")
        call = f"{request.method} {request.path_qs} as {token}"
        if self.trouble is not None and self.trouble.takes(call):
            self.count += 1
            return await self.trouble.meet(request, answer)
        fault = next((rule for rule in self.rules if rule.takes(call)), None)
        if fault is None:
            return await answer(request)
        self.count += 1
        return await meet_fault(fault, request, answer)


async def meet_fault(fault: Fault, request: web.Request, answer: Handler) -> web.StreamResponse:
    """What a request gets that fails by a rule."""
    if fault.kind in MANNERS:
        return await _oddly(fault.kind, request, answer)
    if fault.kind == "cut":
        return await _cut(request, await answer(request))
    if fault.taken:
        await answer(request)
    return await _fail(fault, request)


async def _fail(fault: Fault, request: web.Request) -> web.StreamResponse:
    if fault.kind in REFUSALS:
        return _json({"error": f"This is a {fault.kind}"}, int(fault.kind))
    if fault.kind in REDIRECTS:
        moved = request.rel_url.update_query(moved="1")
        return web.Response(status=int(fault.kind), headers={"Location": f"{fault.to}{moved}"})
    match fault.kind:
        case "206":
            return _json([], 206)
        case "429":
            headers = budget_headers(0, fault.reset_seconds)
            headers["Retry-After"] = str(int(fault.reset_seconds))
            return _json({"error": "Too many requests"}, 429, headers)
        case "429 epoch":
            reset = str(int(time.time() + fault.reset_seconds))
            return _json({"error": "Too many requests"}, 429, {"X-RateLimit-Reset": reset})
        case "429 bare":
            return _json({"error": "Too many requests"}, 429)
        case "503" | "503 retry":
            page = "<html><body>503 Backend fetch failed</body></html>"
            told = {"Retry-After": str(int(fault.reset_seconds))} if "retry" in fault.kind else {}
            return web.Response(status=503, text=page, content_type="text/html", headers=told)
        case "web page":
            return web.Response(
                text="<!doctype html><p>We will be back.</p>", content_type="text/html"
            )
        case "malformed":
            return web.Response(text='[{"id":"1130","created_at":"2022-', content_type=_JSON)
        case "wrong types":
            return _json([{"id": 1, "content": None, "account": "nobody"}] * 3, 200)
        case "huge":
            return web.Response(body=b"[" + b" " * HUGE_BYTES + b"]", content_type=_JSON)
        case "hang":
            await asyncio.sleep(HANG_SECONDS)
            return web.Response(status=504)
    raise _abort(request)  # the kind that is left: a line that is lost instead of an answer


async def _cut(request: web.Request, whole: web.StreamResponse) -> web.StreamResponse:
    """Half an answer, though all of it was announced."""
    assert isinstance(whole, web.Response)
    assert isinstance(whole.body, bytes)
    headers = {"Content-Type": whole.content_type, "Content-Length": str(len(whole.body))}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    await response.write(whole.body[: len(whole.body) // 2])
    raise _abort(request)


def _abort(request: web.Request) -> asyncio.CancelledError:
    """Lose the line of a request; what is to be raised where nothing more can be said."""
    if request.transport is not None:
        request.transport.abort()
    return asyncio.CancelledError()


async def _oddly(kind: str, request: web.Request, answer: Handler) -> web.StreamResponse:
    if kind == "short":
        request = request.clone(rel_url=request.rel_url.update_query(limit=SHORT_PAGE))
    response = await answer(request)
    if not isinstance(response, web.Response) or not isinstance(response.body, bytes):
        return response
    if kind == "closing":
        response.force_close()
    elif kind == "slow":
        return await _slowly(request, response)
    elif isinstance(items := json.loads(response.body), list):
        if kind == "nulls":
            items = [part for item in items for part in (None, item | {"card": None, "tags": None})]
        elif kind == "twice":
            items = [item for item in items for _ in range(2)]
        elif kind == "backwards":
            items.reverse()
        response.text = json.dumps(items)
    return response


async def _slowly(request: web.Request, whole: web.Response) -> web.StreamResponse:
    assert isinstance(whole.body, bytes)
    response = web.StreamResponse(headers=whole.headers)
    await response.prepare(request)
    for start in range(0, len(whole.body), 4096):
        await response.write(whole.body[start : start + 4096])
        await asyncio.sleep(0.01)
    return response


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
