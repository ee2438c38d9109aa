"""Mastodon's client API over a `World`, as far as clients need it to sign in, read, act and write."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from aiohttp import web
from support.fake_mastodon import instance
from support.fake_mastodon.faults import Faults, budget_headers
from support.fake_mastodon.media import Media
from support.fake_mastodon.paging import Bounds, link_header, read_bounds
from support.fake_mastodon.prose import Json
from support.fake_mastodon.streams import Event, Streams
from support.fake_mastodon.world import (
    FIRST_ID,
    FIRST_NOTICE_ID,
    FIRST_PERSON_ID,
    ID_STEP,
    MASTODON,
    OWNER,
    PEOPLE,
    World,
    id_of,
    index_of,
    iso,
)
from support.fake_mastodon.written import Plans, as_texts, new_live, said_in

from tui_inbox.core.moment import Millis

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

MARK_BY_VERB = {
    "favourite": "favourited",
    "reblog": "reblogged",
    "bookmark": "bookmarked",
    "mute": "muted",
    "pin": "pinned",
}


class Api:
    """The server's answers, and a record of what was asked.

    Attributes:
        calls: how often each `METHOD /path` was asked for.
        unknown: those of them that nothing answers.
        served: statuses given out in pages.
        posted: forms of the statuses that were written, oldest first.
    """

    def __init__(self, world: World, streams: Streams, faults: Faults) -> None:
        self.calls: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.served = 0
        self.posted: list[dict[str, str]] = []
        self._world = world
        self._streams = streams
        self._faults = faults
        self._by_key: dict[str, int] = {}
        self._media = Media()
        self._plans = Plans()

    def reset(self) -> None:
        """Forget what was asked and written."""
        self.calls.clear()
        self.unknown.clear()
        self.served = 0
        self.posted.clear()
        self._by_key.clear()
        self._plans.reset()

    def application(self) -> web.Application:
        """The web application with all routes."""
        app = web.Application(middlewares=[self._around])
        app.add_routes(self._fixed_routes())
        app.add_routes(self._reading_routes())
        app.add_routes(self._writing_routes())
        app.add_routes(self._media.routes())
        app.add_routes(self._plans.routes())
        return app

    def _fixed_routes(self) -> list[web.RouteDef]:
        world = self._world
        fixed: dict[str, Callable[[], Any]] = {
            "/api/v1/instance": lambda: instance.instance_v1(world),
            "/api/v2/instance": lambda: instance.instance_v2(world),
            "/api/v1/preferences": lambda: instance.PREFERENCES,
            "/api/v1/apps/verify_credentials": lambda: instance.APPLICATION,
            "/api/v1/accounts/verify_credentials": lambda: instance.owner(world),
            "/api/v1/notifications/unread_count": lambda: {"count": 0},
            "/api/v1/markers": dict,
            **dict.fromkeys(instance.ALWAYS_EMPTY, list),
        }
        return [
            *(web.get(path, _answering(make)) for path, make in fixed.items()),
            web.post("/api/v1/apps", _answering(lambda: instance.APPLICATION)),
            web.post("/oauth/token", _answering(lambda: instance.TOKEN)),
            web.post("/api/v1/markers", _answering(dict)),
        ]

    def _reading_routes(self) -> list[web.RouteDef]:
        home = ("home", "public", "tag/{name}", "list/{name}")
        return [
            *(web.get(f"/api/v1/timelines/{name}", self._home) for name in home),
            web.get("/api/v1/notifications", self._notices),
            web.get("/api/v1/accounts/relationships", self._relationships),
            web.get("/api/v1/accounts/lookup", self._account),
            web.get("/api/v1/accounts/{id}", self._account),
            web.get("/api/v1/accounts/{id}/statuses", self._written_by),
            web.get("/api/v1/accounts/{id}/{of:following|followers}", self._followed),
            web.get("/api/v1/statuses/{id}", self._status),
            web.get("/api/v1/statuses/{id}/context", self._context),
            web.get("/api/v1/statuses/{id}/source", self._source),
            web.get("/api/v1/accounts/search", self._find_people),
            web.get("/api/v2/search", self._search),
            web.get("/api/v1/streaming", self._streams.answer),
            web.get("/api/v1/streaming/{stream:.*}", self._streams.answer),
        ]

    def _writing_routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/v1/statuses", self._write),
            web.put("/api/v1/statuses/{id}", self._change),
            web.delete("/api/v1/statuses/{id}", self._delete),
            web.post("/api/v1/reports", _answering(dict)),
            web.post("/api/v1/domain_blocks", _answering(dict)),
            web.delete("/api/v1/domain_blocks", _answering(dict)),
            web.post("/api/v1/statuses/{id}/{verb}", self._mark),
            web.post("/api/v1/accounts/{id}/{verb}", self._relate),
        ]

    @web.middleware
    async def _around(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count the request, let it fail if it shall, and say what is left of the budget."""
        call = f"{request.method} {request.path}"
        self.calls[call] += 1
        for at, said in self._plans.take_due(self._world.now()):
            self._post(said, at)

        async def answer(request: web.Request) -> web.StreamResponse:
            response = await handler(request)
            if not response.prepared:
                response.headers.update(budget_headers(299, 300.0))
            return response

        try:
            return await self._faults.meet(request, answer)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            self.unknown[call] += 1
            return _json({"error": "Record not found"}, status=404)

    # Reading

    async def _home(self, request: web.Request) -> web.Response:
        bounds = _status_bounds(request)
        return self._page(request, self._world.home(bounds))

    async def _written_by(self, request: web.Request) -> web.Response:
        number = _person_number(request.match_info["id"])
        return self._page(request, self._world.written_by(number, _status_bounds(request)))

    def _page(self, request: web.Request, indexes: list[int]) -> web.Response:
        self.served += len(indexes)
        headers = _links(request, [id_of(index) for index in indexes])
        return _json([self._world.status(index) for index in indexes], headers=headers)

    async def _notices(self, request: web.Request) -> web.Response:
        bounds = read_bounds(request.query, FIRST_NOTICE_ID, 1, usual=40, most=80)
        notices = [self._world.notice(number) for number in self._world.notices(bounds)]
        wanted = set(request.query.getall("types[]", []))
        unwanted = set(request.query.getall("exclude_types[]", []))
        told = [one for one in notices if one["type"] not in unwanted]
        told = [one for one in told if not wanted or one["type"] in wanted]
        return _json(told, headers=_links(request, [one["id"] for one in notices]))

    async def _account(self, request: web.Request) -> web.Response:
        account_id = request.match_info.get("id", str(FIRST_PERSON_ID + 1))
        return _json(self._world.account(_person_number(account_id)))

    async def _relationships(self, request: web.Request) -> web.Response:
        ids = [*request.query.getall("id[]", []), *request.query.getall("id", [])]
        return _json([instance.relationship(account_id) for account_id in ids])

    async def _find_people(self, request: web.Request) -> web.Response:
        begun = request.query.get("q", "").removeprefix("@")
        people = map(self._world.account, range(1, PEOPLE))
        return _json([one for one in people if one["acct"].startswith(begun)][:10])

    async def _followed(self, request: web.Request) -> web.Response:
        return _json([self._world.account(number) for number in range(1, 41)])

    async def _status(self, request: web.Request) -> web.Response:
        return _json(self._world.status(self._index(request)))

    async def _context(self, request: web.Request) -> web.Response:
        above, below = self._world.around(self._index(request))
        status = self._world.status
        return _json(
            {"ancestors": [status(i) for i in above], "descendants": [status(i) for i in below]}
        )

    async def _search(self, request: web.Request) -> web.Response:
        newest = self._world.home(Bounds(limit=1))
        found = [self._world.status(index) for index in newest]
        return _json({"accounts": [], "statuses": found, "hashtags": []})

    # Writing

    async def _write(self, request: web.Request) -> web.Response:
        """Post a status. The same idempotency key gives the same status again, as Mastodon does."""
        key = request.headers.get("Idempotency-Key", "")
        if key in self._by_key:
            return _json(self._world.status(self._by_key[key]))
        said = await said_in(request)
        self.posted.append(as_texts(said))
        now = self._world.now()
        if (plan := self._plans.keep(said, now)) is not None:
            return _json(plan)
        index = self._post(said, now)
        if key and self._world.version == MASTODON:
            self._by_key[key] = index
        return _json(self._world.status(index))

    def _post(self, said: Json, at: Millis) -> int:
        index = self._world.add(new_live(said, at, self._media))
        status = self._world.status(index)
        self._streams.send(Event.of("update", json.dumps(status)))
        return index

    async def _change(self, request: web.Request) -> web.Response:
        """Change a status that a client wrote. What is not said is taken away, as Mastodon does."""
        index = self._index(request)
        live = self._world.live_at(index)
        if live is None or live.author != OWNER:
            raise web.HTTPNotFound
        said = await said_in(request)
        now = self._world.now()
        new = new_live(said, now, self._media)
        new.extras["edited_at"] = iso(now)
        self._world.change(
            index, replace(new, at=live.at, parent=live.parent, visibility=live.visibility)
        )
        status = self._world.status(index)
        self._streams.send(Event.of("status.update", json.dumps(status)))
        return _json(status)

    async def _source(self, request: web.Request) -> web.Response:
        live = self._world.live_at(self._index(request))
        if live is None:
            raise web.HTTPNotFound
        told = {"id": request.match_info["id"], "text": live.typed, "spoiler_text": live.warning}
        return _json(told)

    async def _delete(self, request: web.Request) -> web.Response:
        index = self._index(request)
        status = self._world.status(index)
        self._world.deleted.add(index)
        self._streams.send(Event.of("delete", status["id"]))
        return _json(status)

    async def _mark(self, request: web.Request) -> web.Response:
        """Favourite, boost and the like, or take it back."""
        index = self._index(request)
        verb = request.match_info["verb"]
        mark = MARK_BY_VERB.get(verb.removeprefix("un"))
        if mark is None:
            raise web.HTTPNotFound
        marks = self._world.marks.setdefault(index, set())
        (marks.discard if verb.startswith("un") else marks.add)(mark)
        return _json(self._world.status(index))

    async def _relate(self, request: web.Request) -> web.Response:
        return _json(instance.relationship(request.match_info["id"]))

    def _index(self, request: web.Request) -> int:
        index = index_of(request.match_info["id"])
        if index is None or index >= self._world.size or index in self._world.deleted:
            raise web.HTTPNotFound
        return index


def _answering(make: Callable[[], Any]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        return _json(make())

    return answer


def _json(
    data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    return web.json_response(data, status=status, headers=headers)


def _status_bounds(request: web.Request) -> Bounds:
    return read_bounds(request.query, FIRST_ID, ID_STEP, usual=20, most=40)


def _links(request: web.Request, ids: list[str]) -> dict[str, str]:
    url = str(request.url.with_query(None))
    limit = request.query.get("limit", "20")
    return link_header(url, limit, newest_id=ids[0], oldest_id=ids[-1]) if ids else {}


def _person_number(account_id: str) -> int:
    number = int(account_id) - FIRST_PERSON_ID if account_id.isdecimal() else -1
    if not 0 <= number < PEOPLE:
        raise web.HTTPNotFound
    return number
