"""Who may come in: somebody on this machine who was given the address with its token, and nobody's web page.

Whatever runs in a browser can speak to a port of this machine. So every request has to name the address that is served
(a name that somebody else's domain server answers with 127.0.0.1 is another one), has to come from a page of it, and
has to carry the token: in the address at first, then in a cookie that no other site's page can send along.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from http.cookies import Morsel
from typing import TypeAlias

from aiohttp import hdrs, web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

NOT_HERE = "Only the address that tui-inbox serve printed opens the inbox.\n"
_HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # What comes from elsewhere is not loaded, whatever the page says.
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' {socket}; "
        "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
}


class Gate:
    """Lets requests in, or sends them away.

    Args:
        host: the address that is served, with its port: `127.0.0.1:8765`.
        token: what the owner's address has in it.
    """

    def __init__(self, host: str, token: str) -> None:
        self._host = host
        self._token = token
        # Cookies know no ports: two that are served at once must not take each other's.
        self._cookie = f"tui-inbox-{host.rpartition(':')[2]}"

    @property
    def address(self) -> str:
        """What the owner opens."""
        return f"http://{self._host}/?token={self._token}"

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let one request in that may come in.

        Raises:
            HTTPForbidden: it may not.
        """
        if request.host != self._host or not self._is_from_here(request):
            raise web.HTTPForbidden(text=NOT_HERE)
        if (token := request.query.get("token")) is not None:
            return self._shown_in(request, token)
        if not self._fits(request.cookies.get(self._cookie, "")):
            raise web.HTTPForbidden(text=NOT_HERE)
        response = await handler(request)
        if not response.prepared:
            for name, value in _HEADERS.items():
                response.headers[name] = value.format(socket=f"ws://{self._host}")
        return response

    def _is_from_here(self, request: web.Request) -> bool:
        """Whether no page of another site asks. A WebSocket always says whose page opens it."""
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None:
            return request.headers.get(hdrs.UPGRADE) is None
        return origin == f"http://{self._host}"

    def _shown_in(self, request: web.Request, token: str) -> web.StreamResponse:
        """Put the token into a cookie, and lead on without it: it shall stand in no history and on no screen."""
        if not self._fits(token):
            raise web.HTTPForbidden(text=NOT_HERE)
        cookie: Morsel[str] = Morsel()
        cookie.set(self._cookie, self._token, self._token)
        cookie["path"], cookie["samesite"] = "/", "Strict"
        cookie["httponly"] = "yes"
        lead_on = web.HTTPSeeOther(request.path)
        lead_on.headers[hdrs.SET_COOKIE] = cookie.OutputString()
        lead_on.headers["Referrer-Policy"] = "no-referrer"
        raise lead_on

    def _fits(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._token.encode())
