"""The fake server's second address, by which a benchmark or a test steers it.

Any method will do. All answers are JSON.

    /stats                              what was asked for, and what is open
    /rate?per_second=10                 let posts arrive; 0 ends it
    /emit?count=1&kind=escapes          let posts arrive now, of a kind in `hostile.py` if one is named
    /fail?kind=500&path=home&times=3    see `faults.Fault`; without a kind all is well again
    /trouble?seed=1&share=0.4&path=POST let requests fail by chance, see `trouble.Trouble`; without a share none
    /written                            what was written with the API: id, parent and form, oldest first
    /home                               markers of the newest posts of the home timeline, newest first
    /freeze                             say nothing more on lines that are open, and leave them open
    /software?version=4.2               call itself so; anything but Mastodon forgets keys
    /delay?ms=200                       what every answer waits for
    /send?event=update                  send the request's body as the payload of an event
    /frame                              send the request's body as a frame, whatever it is
    /reset                              as at the start: no arrivals, no faults, nothing written
    /streaming?at=ws://…                 declare the stream at another address; empty: at its own
    /certificate?path=…                 show another certificate to whoever connects from now on
    /down, /up                          the API closes its door and every connection; opens it again
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web
from support.fake_mastodon.api import Api
from support.fake_mastodon.arrivals import Arrivals
from support.fake_mastodon.faults import Fault, Faults, meet_fault
from support.fake_mastodon.hostile import HOSTILE
from support.fake_mastodon.paging import Bounds
from support.fake_mastodon.streams import Event, Streams
from support.fake_mastodon.trouble import Trouble
from support.fake_mastodon.world import NEWEST, World, id_of, marker_of

LARGEST_FRAME = 8 * 1024 * 1024


class Control:
    """Handlers of the control address.

    Args:
        close_door: closes the API and all its connections.
        open_door: opens it again.
        freeze: keeps all connections, and neither reads nor writes there any more.
        show_certificate: shows the one in a file (PEM, with its key) from now on.
    """

    def __init__(
        self,
        world: World,
        streams: Streams,
        faults: Faults,
        api: Api,
        arrivals: Arrivals,
        close_door: Callable[[], Awaitable[None]],
        open_door: Callable[[], Awaitable[None]],
        freeze: Callable[[], None],
        show_certificate: Callable[[str], None],
    ) -> None:
        self._world = world
        self._streams = streams
        self._faults = faults
        self._api = api
        self._arrivals = arrivals
        self._close_door = close_door
        self._open_door = open_door
        self._freeze = freeze
        self._show_certificate = show_certificate

    def application(self) -> web.Application:
        """The web application with all routes."""
        app = web.Application(client_max_size=LARGEST_FRAME)
        handlers = {
            "stats": self._stats,
            "rate": self._rate,
            "emit": self._emit,
            "fail": self._fail,
            "trouble": self._trouble,
            "written": self._written,
            "home": self._home,
            "freeze": self._frozen,
            "software": self._software,
            "delay": self._delay,
            "send": self._send,
            "frame": self._frame,
            "reset": self._reset,
            "streaming": self._streaming,
            "certificate": self._certificate,
            "down": self._down,
            "up": self._up,
        }
        for name, handler in handlers.items():
            app.router.add_route("*", f"/{name}", handler)
        return app

    async def _stats(self, request: web.Request) -> web.Response:
        return _json(
            {
                "size": self._world.size,
                "calls": self._api.calls,
                "unknown": self._api.unknown,
                "served": self._api.served,
                "posted": self._api.posted[-20:],
                "marks": {marker_of(i): sorted(told) for i, told in self._world.marks.items()},
                "streams": self._streams.count,
                "faults": self._faults.count,
                "recent": [asdict(one) for one in list(self._arrivals.recent)[-20:]],
            }
        )

    async def _rate(self, request: web.Request) -> web.Response:
        self._arrivals.per_second = float(request.query["per_second"])
        return _json({})

    async def _emit(self, request: web.Request) -> web.Response:
        kind = request.query.get("kind", "")
        if kind and kind not in HOSTILE:
            raise web.HTTPBadRequest(text=f"kind is one of {', '.join(HOSTILE)}")
        told = []
        for _ in range(int(request.query.get("count", "1"))):
            told.append(asdict(self._arrivals.emit(kind)))
            await asyncio.sleep(0)  # what was sent leaves before all is made
        return _json(told)

    async def _fail(self, request: web.Request) -> web.Response:
        query = request.query
        self._faults.rules = []
        if "kind" in query:
            fault = Fault(
                query["kind"],
                query.get("path", ""),
                int(query.get("times", "-1")),
                float(query.get("reset_seconds", "20")),
                query.get("taken") == "True",
                query.get("to", ""),
            )
            self._faults.rules = [fault]
        return _json({})

    async def _trouble(self, request: web.Request) -> web.Response:
        query = request.query
        self._faults.trouble = None
        if share := float(query.get("share", "0")):
            self._faults.trouble = Trouble(
                int(query["seed"]),
                share,
                query["path"],
                only_lost=query.get("only_lost") == "True",
                fail=lambda kind, taken, *call: meet_fault(Fault(kind, taken=taken), *call),
            )
        return _json({})

    async def _written(self, request: web.Request) -> web.Response:
        told = zip(self._world.written(), self._api.posted, strict=True)
        return _json(
            [
                {
                    "id": id_of(index),
                    "parent": live.parent,
                    "form": form,
                    "status": self._world.status(index),
                }
                for (index, live), form in told
            ]
        )

    async def _home(self, request: web.Request) -> web.Response:
        newest = self._world.home(Bounds(limit=NEWEST))
        texts = ((marker_of(index), self._world.status(index)["content"]) for index in newest)
        return _json([marker for marker, text in texts if marker in text])

    async def _frozen(self, request: web.Request) -> web.Response:
        self._streams.freeze()
        self._freeze()
        return _json({})

    async def _software(self, request: web.Request) -> web.Response:
        self._world.version = request.query["version"]
        return _json({})

    async def _delay(self, request: web.Request) -> web.Response:
        self._faults.delay_seconds = float(request.query["ms"]) / 1000
        return _json({})

    async def _send(self, request: web.Request) -> web.Response:
        self._streams.send(Event.of(request.query["event"], await request.text()))
        return _json({})

    async def _frame(self, request: web.Request) -> web.Response:
        text = await request.text()
        self._streams.send(Event(text, text.encode()))
        return _json({})

    async def _reset(self, request: web.Request) -> web.Response:
        self._arrivals.per_second = 0.0
        self._arrivals.recent.clear()
        self._faults.reset()
        self._api.reset()
        self._world.reset()
        return _json({})

    async def _streaming(self, request: web.Request) -> web.Response:
        self._world.streaming = request.query["at"]
        return _json({})

    async def _certificate(self, request: web.Request) -> web.Response:
        self._show_certificate(request.query["path"])
        return _json({})

    async def _down(self, request: web.Request) -> web.Response:
        await self._close_door()
        return _json({})

    async def _up(self, request: web.Request) -> web.Response:
        await self._open_door()
        return _json({})


def _json(data: Any) -> web.Response:
    return web.json_response(data)
