"""An account and its network."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.account import Account
from tui_inbox.core.ports import Network


class Connected(Struct, frozen=True):
    """An account together with its network, as the composition root made them."""

    account: Account
    network: Network
