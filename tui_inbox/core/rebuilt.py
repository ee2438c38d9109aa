"""What was found when all that is made from the rest of the store was made again."""

from __future__ import annotations

from msgspec import Struct


class Rebuilt(Struct):
    """What was looked at, and what was missing.

    Attributes:
        conversations: how many were looked at, of each account.
        items: how many conversations stand otherwise now.
        interactions: how many rows the ledger lacked.
        people: ties that were made.
        posts: posts in the index.
    """

    conversations: int = 0
    items: int = 0
    interactions: int = 0
    people: int = 0
    posts: int = 0
