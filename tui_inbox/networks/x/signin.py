"""Signing in to X with an app of the owner's own, in their browser.

X compares the address that the browser comes back to letter by letter, its port included, so that is fixed. Where the
browser is on another machine, the address at which it ended is pasted. Source: facts/x.md section 2.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tui_inbox.core.ports import Identity, Refused
from tui_inbox.networks.browser_answer import code_in, pasted
from tui_inbox.networks.deadline import within
from tui_inbox.networks.kept_grants import to_text
from tui_inbox.networks.loopback import BROWSER_TIME, PATH, listen_on_loopback
from tui_inbox.networks.x import authorization
from tui_inbox.networks.x.authorization import Line
from tui_inbox.networks.x.grants import App
from tui_inbox.networks.x.people import read_me

OpenBrowser: TypeAlias = Callable[[str], None]
AskAddress: TypeAlias = Callable[[], str]

PORT = 8732
"""Where the browser comes back to, unless the owner says otherwise."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A finished sign-in. `kept` is to be put into `Secrets`, the rest into the store."""

    identity: Identity
    kept: str = field(repr=False)


async def sign_in(
    app: App,
    line: Line,
    *,
    open_browser: OpenBrowser,
    ask_address: AskAddress | None = None,
    port: int = PORT,
) -> SignIn:
    """Sign in on X's own page. The callbacks run in a thread of their own and may block.

    Args:
        app: the owner's.
        line: where X is.
        open_browser: shows X's page to the owner, in full, and opens it.
        ask_address: if given, the browser is on another machine, and this asks for the address where it ended. If
            not, the browser comes back to a listener on this machine.
        port: of the address that the app names as its own.

    Raises:
        NetworkError: `Refused` if the owner or X said no, the port is taken, or the browser did not come back in
            time; others if there is no line.
        ValueError: the app's id is none.
    """
    if not app.client_id or not app.client_id.isascii() or not app.client_id.isprintable():
        raise ValueError("This is no client id; the page of your app at console.x.com shows it.")
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    redirect = f"http://127.0.0.1:{port}{PATH}"
    page = authorization.page_address(line, app, redirect, state, verifier)
    if ask_address is not None:
        await asyncio.to_thread(open_browser, page)
        answer = pasted(await asyncio.to_thread(ask_address))
    else:
        answer = await _come_back(line, page, open_browser, state, port)
    code = code_in(answer, state, line.host)
    grant = await authorization.redeem(line, app, code, verifier, redirect)
    return SignIn(await read_me(grant, line), to_text(grant))


async def _come_back(
    line: Line, page: str, open_browser: OpenBrowser, state: str, port: int
) -> dict[str, str]:
    try:
        async with listen_on_loopback(state, port) as loopback:
            await asyncio.to_thread(open_browser, page)
            return await within(line.clock, BROWSER_TIME, loopback.answer())
    except TimeoutError:
        raise Refused("The browser did not come back in time.") from None
    except OSError:
        raise Refused(
            f"Port {port} of this machine is taken; --port names another one, which your app must name, too."
        ) from None
