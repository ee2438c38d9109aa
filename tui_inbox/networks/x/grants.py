"""The sign-in of an account on X: the owner's own app, and two tokens of which one is good for a single exchange."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.moment import Millis
from tui_inbox.core.ports import Secrets
from tui_inbox.networks.kept_grants import KeptGrants


class App(Struct, frozen=True):
    """An app of the owner's, as made at console.x.com.

    Attributes:
        client_id: which one.
        client_secret: of a confidential one (a web app); empty for a public one (a native app).
        bearer: its own token, for what X gives to apps alone, such as the stream; empty for none.
    """

    client_id: str
    client_secret: str = ""
    bearer: str = ""

    def __repr__(self) -> str:
        return f"App({self.client_id!r}, …)"


class Grant(Struct, frozen=True):
    """A sign-in.

    Attributes:
        access: the token to ask with; two hours.
        refresh: what is exchanged for newer ones, once: the exchange kills it. Empty where X gave none.
        expires_at: until when `access` is good.
    """

    app: App
    access: str
    refresh: str
    expires_at: Millis

    def __repr__(self) -> str:
        return "Grant(…)"


class Grants(KeptGrants[Grant]):
    """Keeps the sign-in of one account.

    Args:
        secrets: where.
        name: under which name.
    """

    def __init__(self, secrets: Secrets, name: str) -> None:
        super().__init__(secrets, name, Grant)
