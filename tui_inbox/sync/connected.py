"""What the hub works with: accounts and their networks, and what reads sources outside all accounts."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tui_inbox.core.account import Account
from tui_inbox.core.further_ports import CardSource
from tui_inbox.core.outside import Feeds, PublicStream
from tui_inbox.core.ports import Network
from tui_inbox.sync.media import MediaDesk


class Connected(Struct, frozen=True):
    """An account together with its network, as the composition root made them."""

    account: Account
    network: Network


class Outside(Struct, frozen=True):
    """What reads sources outside all accounts.

    Attributes:
        feeds: RSS and Atom.
        streams: everything public of a network, by the network's name.
    """

    feeds: Feeds
    streams: Mapping[str, PublicStream] = {}


class Web(Struct, frozen=True):
    """What reads the web when the owner asks for something there.

    Attributes:
        media: fetches the files that posts point to.
        cards: reads pages for the cards of links; None where nothing does.
    """

    media: MediaDesk
    cards: CardSource | None = None
