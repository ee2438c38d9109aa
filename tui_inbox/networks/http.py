"""HTTP for one account: what is asked, what is believed of the answer, and what errors mean.

An answer is read with a cap on its decompressed size and decoded as JSON. Everything that can go
wrong ends in one of the port's errors, whose sentence names the host. The distinction that matters
is between requests that surely had no effect and those whose effect is not known.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urljoin

import httpx
from msgspec import Struct, field

from tui_inbox import __version__
from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import AnswerLost, Clock, NetworkError, Unreachable, Unsupported
from tui_inbox.networks.bodies import TooLarge, read_body
from tui_inbox.networks.failures import explain, refusal
from tui_inbox.networks.json_text import from_json
from tui_inbox.networks.limits import Budget, BudgetRecord, Kind, Urgency
from tui_inbox.networks.tls import tls_context

USER_AGENT = f"tui-inbox/{__version__}"
"""Some servers answer 418 to a request without one."""

_REDIRECTS = 3
_UPLOAD_PATIENCE = 180.0
"""Seconds that a server may take over a file once it has all of it; some shrink films before they answer."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Parameters of a query or form, in order; a key may repeat, as `id[]` does."""


Nested: TypeAlias = Mapping[str, object]
"""Parameters that hold others, as a poll holds its options: no form says that to every server in the same way."""


class Token:
    """A secret that shows itself to nobody by accident: in no repr, log line or traceback.

    Raises:
        ValueError: it holds what no token holds and no header may.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ValueError("This is not a token: it is empty or holds odd characters.")
        self._secret = secret

    def __repr__(self) -> str:
        return "Token(…)"

    def reveal(self) -> str:
        """The secret itself, for a request that leaves now."""
        return self._secret

    @property
    def header(self) -> str:
        """The value of an `Authorization` header."""
        return f"Bearer {self._secret}"


class _Bearer(httpx.Auth):
    """Sends the token to its own server and to no other."""

    def __init__(self, token: Token, server: httpx.URL) -> None:
        self._token = token
        self._origin = origin(server)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if origin(request.url) == self._origin:
            request.headers["Authorization"] = self._token.header
        yield request


class Explains(Protocol):
    """What an answer that is no success means; see `failures.refusal`."""

    def __call__(
        self,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        host: str,
        *,
        until: Millis,
        changes: bool,
    ) -> NetworkError:
        """The port's error for it."""
        ...


class FilePart(Struct, frozen=True):
    """A file that goes with a form.

    Attributes:
        field: the form's name for it.
        name: what the server is told that it is called.
        mime: its media type, as `image/png`.
    """

    field: str
    path: Path
    name: str
    mime: str


class Answer(Struct, frozen=True):
    """A successful answer.

    Attributes:
        status: 200 to 299.
        data: the decoded JSON; None where a write was answered with nothing.
        links: the `Link` header, URL by relation.
    """

    status: int
    data: object
    links: dict[str, str] = field(default_factory=dict)


class _Received(Struct, frozen=True):
    response: httpx.Response
    body: bytes


class Http:
    """The HTTP client of one account; it talks to one server only.

    Args:
        server: base address, `https://host`, without a path. Plain `http` only for loopback hosts.
        clock: for the budget.
        token: sent to this server only; None before signing in.
        auth: signs requests instead, where a token alone does not do it, or is exchanged for newer ones.
        budget: shared with nobody if not given.
        record: where the state of the budget is written down after something was read.
        explains: what an answer that is no success means, where the network says it in a way of its own.
        transport: replaces the network in tests.

    Raises:
        ValueError: the address is neither `https` nor a loopback host.
    """

    def __init__(
        self,
        server: str,
        *,
        clock: Clock,
        token: Token | None = None,
        auth: httpx.Auth | None = None,
        budget: Budget | None = None,
        record: BudgetRecord | None = None,
        explains: Explains = refusal,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        url = httpx.URL(server)
        if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url)):
            raise ValueError(f"{url.host or server} has to be reached over https.")
        self._server = url
        self._budget = budget or Budget(self.host, clock)
        self._record = record
        self._explains = explains
        self._client = httpx.AsyncClient(
            auth=_Bearer(token, url) if token else auth,
            headers={
                "User-Agent": USER_AGENT,
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(30, connect=10),
            follow_redirects=False,
            verify=tls_context(url.scheme),
            trust_env=not is_loopback(url),  # no proxy stands between a machine and itself
            transport=transport,
        )
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    @property
    def host(self) -> str:
        """The server's host, with its port where it is not the usual one."""
        return self._server.netloc.decode("ascii")

    async def get(
        self,
        path: str,
        query: Pairs = (),
        *,
        urgency: Urgency,
        paging: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Read something.

        Args:
            path: from the root, already quoted.
            query: its parameters.
            urgency: what it is for.
            paging: whether `query` carries a cursor.
            headers: sent besides the client's own.

        Raises:
            NetworkError: any but `AnswerLost`: a read has no effect.
        """
        kind = Kind.PAGING if paging else Kind.PLAIN
        await self._budget.take(urgency, kind)
        request = self._client.build_request(
            "GET", self._url(path), params=list(query), headers=dict(headers or {})
        )
        received = await self._read(request)
        try:
            self._check(received, kind, changes=False)
        finally:
            if self._record is not None:
                await self._record.note(self._budget)
        try:
            data = from_json(received.body)
        except ValueError:
            if received.response.headers.get("content-type", "").startswith("text/html"):
                raise Unsupported(f"{self.host} answered with a web page, not with data.") from None
            raise Unreachable(f"{self.host} sent an answer that makes no sense.") from None
        return Answer(received.response.status_code, data, _links(received.response))

    async def send(
        self,
        method: str,
        path: str,
        form: Pairs | Nested = (),
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        urgency: Urgency = Urgency.SEND,
        kind: Kind = Kind.PLAIN,
    ) -> Answer:
        """Change something. Never repeated by itself.

        Args:
            method: `POST`, `PUT`, `PATCH` or `DELETE`.
            path: from the root, already quoted.
            form: parameters, sent in the body: as a form, or as JSON where they hold others.
            key: the `Idempotency-Key`.
            headers: sent besides the client's own.
            urgency: what it is for.
            kind: which limit it counts against besides that of all requests.

        Raises:
            NetworkError: `AnswerLost` where it is not known whether the change was made.
        """
        await self._budget.take(urgency, kind)
        request = self._client.build_request(
            method,
            self._url(path),
            headers={**(headers or {}), **({"Idempotency-Key": key} if key else {})},
            **_sent(form),
        )
        return await self._change(request, kind)

    async def upload(self, path: str, part: FilePart, form: Pairs = ()) -> Answer:
        """Hand over a file, piece by piece: it is never in memory as a whole. Never repeated by itself.

        Args:
            path: from the root, already quoted.
            part: the file.
            form: what is said of it.

        Raises:
            OSError: the file cannot be read.
            NetworkError: `AnswerLost` where it is not known whether the server has it.
        """
        with part.path.open("rb") as file:
            await self._budget.take(Urgency.SEND, Kind.UPLOAD)
            request = self._client.build_request(
                "POST",
                self._url(path),
                data=dict(form),
                files={part.field: (part.name, file, part.mime)},
                timeout=httpx.Timeout(30, connect=10, read=_UPLOAD_PATIENCE),
            )
            return await self._change(request, Kind.UPLOAD)

    async def send_bytes(self, path: str, body: bytes, mime: str) -> Answer:
        """Hand over a small file as it is, without a form around it. Never repeated by itself.

        Args:
            path: from the root, already quoted.
            body: all of it.
            mime: its media type, as `image/png`.

        Raises:
            NetworkError: `AnswerLost` where it is not known whether the server has it.
        """
        await self._budget.take(Urgency.SEND, Kind.UPLOAD)
        request = self._client.build_request(
            "POST",
            self._url(path),
            content=body,
            headers={"Content-Type": mime},
            timeout=httpx.Timeout(30, connect=10, read=_UPLOAD_PATIENCE),
        )
        return await self._change(request, Kind.UPLOAD)

    async def _change(self, request: httpx.Request, kind: Kind) -> Answer:
        try:
            received = await self._exchange(request)
        except (httpx.HTTPError, TooLarge) as error:
            raise self._explained(error, changes=True) from None
        self._check(received, kind, changes=True)
        try:
            data = from_json(received.body) if received.body.strip() else None
        except ValueError:
            raise AnswerLost(f"{self.host} sent an answer that makes no sense.") from None
        return Answer(received.response.status_code, data, _links(received.response))

    @asynccontextmanager
    async def open(self, url: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """Begin a GET whose body never ends, such as a stream of events.

        Its silence is watched by whoever reads it.

        Args:
            url: complete; may be a host of its own that the server declared for streaming.
            headers: all that is to be sent besides the client's own; the token is not added.

        Raises:
            NetworkError: nothing could be opened.
        """
        request = self._client.build_request(
            "GET", url, headers=headers, timeout=httpx.Timeout(10, read=None)
        )
        try:
            response = await self._client.send(request, stream=True, auth=None)
        except httpx.HTTPError as error:
            raise explain(error, httpx.URL(url).host, changes=False) from None
        try:
            yield response
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    def _url(self, path: str) -> httpx.URL:
        return self._server.copy_with(raw_path=path.encode("ascii"))

    async def _read(self, request: httpx.Request) -> _Received:
        """Read, once more if the connection was closed under it, along redirects that stay here."""
        for _ in range(_REDIRECTS):
            try:
                try:
                    received = await self._exchange(request)
                except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                    # Servers close idle connections without saying so; the request may cross that.
                    received = await self._exchange(request)
            except (httpx.HTTPError, TooLarge) as error:
                raise self._explained(error, changes=False) from None
            target = _redirect(received.response)
            if target is None or origin(target) != origin(self._server):
                break
            request = self._client.build_request("GET", target)
        return received

    async def _exchange(self, request: httpx.Request) -> _Received:
        response = await self._client.send(request, stream=True)
        try:
            return _Received(response, await read_body(response))
        finally:
            await response.aclose()

    def _check(self, received: _Received, kind: Kind, *, changes: bool) -> None:
        response = received.response
        status = response.status_code
        until = self._budget.learn(status, response.headers, kind)
        if not response.is_success:
            raise self._explains(
                status, response.headers, received.body, self.host, until=until, changes=changes
            )

    def _explained(self, error: httpx.HTTPError | TooLarge, *, changes: bool) -> NetworkError:
        if isinstance(error, TooLarge):
            kind = AnswerLost if changes else Unreachable
            return kind(f"{self.host} sent an answer that is too large to read.")
        return explain(error, self.host, changes=changes)


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port: what must be equal for a token to be sent."""
    port = url.port or {"http": 80, "https": 443, "ws": 80, "wss": 443}.get(url.scheme, 0)
    return url.scheme, url.host, port


def is_loopback(url: httpx.URL) -> bool:
    """Whether the host is this machine, by name or literally; nothing is looked up."""
    return url.host in _LOOPBACK


def _sent(parameters: Pairs | Nested) -> dict[str, Any]:
    """What httpx is told to send."""
    if isinstance(parameters, Mapping):
        return {"json": parameters}
    form: dict[str, list[str]] = {}
    for name, value in parameters:
        form.setdefault(name, []).append(value)
    return {"data": form} if form else {}


def _links(response: httpx.Response) -> dict[str, str]:
    return {
        relation: link["url"]
        for relation, link in response.links.items()
        if relation and "url" in link
    }


def _redirect(response: httpx.Response) -> httpx.URL | None:
    target = response.headers.get("location")
    if not response.is_redirect or target is None:
        return None
    try:
        return httpx.URL(urljoin(str(response.request.url), target))
    except (httpx.InvalidURL, ValueError):
        return None
