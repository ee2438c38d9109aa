"""Which network signs somebody in, and what comes of it in the words of the program.

Part of the composition root, beside `program.py`: a network is loaded when somebody signs in to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_inbox.core.ports import Clock, Identity
    from tui_inbox.core.sign_in import SignInCall, SignInWays


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A finished sign-in. `secret` is to be kept where secrets are, the rest in the store."""

    server: str
    identity: Identity
    secret: str = field(repr=False)


async def sign_in(call: SignInCall, ways: SignInWays, clock: Clock) -> SignedIn:
    """Sign in as a call asks for.

    Raises:
        NetworkError: it failed; the sentence says why.
        ValueError: the address or the name is none; the words say why.
    """
    if call.network == "bluesky":
        return await _on_bluesky(call, ways, clock)
    if call.network == "x":
        return await _on_x(call, ways, clock)
    from tui_inbox.networks.mastodon import signin

    done = await signin.sign_in(
        call.server,
        clock=clock,
        open_browser=ways.show_address,
        ask_code=ways.ask_code if call.paste else None,
        token=call.secret,
    )
    return SignedIn(done.server, done.identity, done.token)


async def _on_bluesky(call: SignInCall, ways: SignInWays, clock: Clock) -> SignedIn:
    if call.browser:
        from tui_inbox.networks.bluesky import browser_signin

        entered = await browser_signin.sign_in(
            call.server,
            clock=clock,
            open_browser=ways.show_address,
            ask_address=ways.ask_address if call.paste else None,
            server=call.at,
        )
        return SignedIn(entered.server, entered.identity, entered.kept)
    from tui_inbox.networks.bluesky import signin

    def ask(whose: str) -> str:
        return ways.ask_password(whose) if call.secret is None else call.secret

    done = await signin.sign_in(call.server, ask, clock=clock, server=call.at)
    return SignedIn(done.server, done.identity, done.kept)


async def _on_x(call: SignInCall, ways: SignInWays, clock: Clock) -> SignedIn:
    import asyncio

    from tui_inbox.networks.x import signin
    from tui_inbox.networks.x.authorization import SERVER, line_to
    from tui_inbox.networks.x.grants import App

    secret = call.secret or ""  # what was handed over says that there is one
    if call.confidential and not secret:
        secret = await asyncio.to_thread(ways.ask_secret, f"the app {call.server}")
        if not secret:
            raise ValueError("No secret was given, so nobody was signed in.")
    server = call.at or SERVER
    done = await signin.sign_in(
        App(call.server, secret),
        line_to(server, clock),
        open_browser=ways.show_address,
        ask_address=ways.ask_address if call.paste else None,
        port=call.port or signin.PORT,
    )
    return SignedIn(server, done.identity, done.kept)
