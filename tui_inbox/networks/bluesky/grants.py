"""The two tokens of an account: one to ask with, which lasts an hour or two, and one to exchange both for newer ones.

How they are kept stands in `kept_grants`.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from tui_inbox.core.ports import Secrets
from tui_inbox.networks.kept_grants import KeptGrants, to_text


class Bound(Struct, frozen=True):
    """What a sign-in by the browser has besides its tokens, which are bound to a key.

    Attributes:
        tokens: the address at which they are exchanged.
        client_id: as whom this program was signed in.
        key: the private key, as `dpop.new_key` gives it.
    """

    tokens: str
    client_id: str
    key: str

    def __repr__(self) -> str:
        return f"Bound({self.tokens!r}, …)"


class Grant(Struct, frozen=True):
    """A sign-in.

    Attributes:
        pds: base address of the account's own server.
        access: the token to ask with.
        refresh: the token that is exchanged for newer ones; 90 days, each exchange begins them anew. By the browser
            it is two weeks in all, and each is good for one exchange.
        bound: of a sign-in by the browser; None where an app password was exchanged.
    """

    pds: str
    access: str
    refresh: str
    bound: Bound | None = None

    def __repr__(self) -> str:
        return f"Grant({self.pds!r}, …)"

    def to_text(self) -> str:
        """As it is kept."""
        return to_text(self)

    @classmethod
    def from_text(cls, text: str) -> Grant | None:
        """What `to_text` wrote; None if it is something else."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError:
            return None


class Grants(KeptGrants[Grant]):
    """Keeps the sign-in of one account.

    Args:
        secrets: where.
        name: under which name.
    """

    def __init__(self, secrets: Secrets, name: str) -> None:
        super().__init__(secrets, name, Grant)
