"""The few hosts that are asked without being named by anybody: where it is looked up who somebody is.

Where posts are read in a browser stands in `addresses.Web`.
"""

from __future__ import annotations

from msgspec import Struct


class Hosts(Struct, frozen=True):
    """Where it is asked who somebody is, before their own server is known.

    Attributes:
        entryway: resolves handles, and signs in with an e-mail address.
        plc: tells the documents of `did:plc` identities.
    """

    entryway: str = "https://bsky.social"
    plc: str = "https://plc.directory"


PUBLIC = Hosts()

MODERATORS = "did:plc:ar7c4by46qjdydhdevvrndac"
"""The network's own moderators, whose labels every app shows; servers send them unless others are asked for."""
