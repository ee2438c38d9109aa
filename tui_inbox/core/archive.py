"""What an archive of an account holds: whose it is, what they wrote, and what they did to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from tui_inbox.core.interaction import InteractionKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import SeenPost


class BadArchive(Exception):
    """An archive cannot be read, or must not be. `str()` is one clean sentence for the user."""


class ArchivedTouch(Struct, frozen=True):
    """A favourite, a boost or a follow of the owner's.

    Attributes:
        person: to whom it was done.
        subject: identity (URI) of the post, empty for a follow.
    """

    kind: InteractionKind
    person: Person
    subject: str
    at: Millis


class Archive(Protocol):
    """An archive that was opened.

    Attributes:
        network: `mastodon`, `bluesky` or `x`.
        owner: who the account is.
    """

    @property
    def network(self) -> str: ...

    @property
    def owner(self) -> Person: ...

    def posts(self) -> Iterator[SeenPost]:
        """What the owner wrote, and messages of others to them, in any order.

        Raises:
            BadArchive: something in it is not as it must be.
        """
        ...

    def touches(self) -> Iterator[ArchivedTouch]:
        """What the owner did to others without words.

        Raises:
            BadArchive: something in it is not as it must be.
        """
        ...


class Imported(Struct):
    """What was taken in.

    Attributes:
        posts: how many were read; `new_posts` of them were not stored.
        touches: favourites, boosts and follows that the ledger lacked.
        people: how many people the owner has exchanged text with now.
        since: the moment of the oldest text; 0 where there is none.
    """

    posts: int = 0
    new_posts: int = 0
    touches: int = 0
    people: int = 0
    since: Millis = 0
