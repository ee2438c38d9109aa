"""Signing in, as screens and verbs ask for it: what the owner wants, and how they take part."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from msgspec import Struct

from tui_inbox.core.ports import Told


class SignInWays(Protocol):
    """How the owner takes part in a sign-in. Its methods are called on threads of their own and may block."""

    def show_address(self, url: str) -> None:
        """Open or print the page where the owner says yes."""
        ...

    def ask_code(self) -> str:
        """The code that the page shows, pasted by the owner."""
        ...

    def ask_address(self) -> str:
        """The address of the page on which the owner's browser ended, which it cannot show."""
        ...

    def ask_password(self, whose: str) -> str:
        """The app password of somebody at a server, which is seen by nobody while it is typed."""
        ...

    def ask_secret(self, whose: str) -> str:
        """The secret of an app, which is seen by nobody while it is typed."""
        ...


class SignInCall(Struct, frozen=True):
    """How somebody wants to sign in.

    Attributes:
        network: which one.
        server: its address; on networks that find it by themselves, who the owner is there; on X, which is their
            app.
        at: the server's address all the same.
        browser: whether the server's page is opened where a password would do as well.
        paste: whether a code or an address is pasted, rather than a browser coming back.
        secret: a token or a password that was handed over already.
        confidential: whether the owner's own app has a secret, on networks where they need one.
        port: of the address on this machine to which a browser comes back; None for the usual one.
    """

    network: str
    server: str
    at: str | None = None
    browser: bool = False
    paste: bool = False
    secret: str | None = None
    confidential: bool = False
    port: int | None = None

    def __repr__(self) -> str:
        """Without the secret."""
        return f"SignInCall({self.network!r}, {self.server!r})"


class SignInRun(Protocol):
    """A sign-in that is under way.

    Attributes:
        told: ends with the local id of the account, which is connected by then, or with one sentence why there is none.
    """

    told: Future[Told[int]]

    def cancel(self) -> None:
        """Let it be. Whoever is still asked something has to answer with nothing meanwhile."""
        ...


class SignsIn(Protocol):
    """Lets somebody sign in while the program runs."""

    def begin(self, call: SignInCall, ways: SignInWays) -> SignInRun:
        """Begin; nothing blocks."""
        ...

    def open_browser(self, url: str) -> None:
        """Open a page in the owner's browser, which never gets hold of the terminal. Returns at once."""
        ...

    @property
    def has_browser(self) -> bool:
        """Whether the owner's browser may be expected on this machine: not over ssh."""
        ...
