"""Who waits at the owner's door, and who was shown out: lists of people that only the server keeps."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import Person
from tui_inbox.core.post import SeenPost


class PeopleList(StrEnum):
    """The lists of people that an account has on its server."""

    ASKING = "asking to follow"
    MUTED = "muted"
    BLOCKED = "blocked"


class PeoplePage(Struct, frozen=True):
    """A page of such a list, in the server's order. `older` is the cursor for what follows."""

    people: tuple[Person, ...]
    older: str | None = None


class Wish(StrEnum):
    """What somebody at the door wants."""

    FOLLOW = "follow"
    BE_HEARD = "be heard"

    @property
    def granted(self) -> ActKind:
        """The act that lets them in."""
        return ActKind.ACCEPT_FOLLOW if self is Wish.FOLLOW else ActKind.ADMIT

    @property
    def refused(self) -> ActKind:
        """The act that turns them away."""
        return ActKind.REJECT_FOLLOW if self is Wish.FOLLOW else ActKind.DISMISS

    @classmethod
    def decided_by(cls, act: ActKind) -> Wish | None:
        """What an act decides on, or None for acts that are about something else."""
        return next((wish for wish in cls if act in (wish.granted, wish.refused)), None)


class HeldBack(Struct, frozen=True):
    """Somebody whose notifications the server holds back until the owner lets them in.

    Attributes:
        request_id: the server's id for the request; the target of `ActKind.ADMIT` and `ActKind.DISMISS`.
        at: when they were last heard from.
        notices: how many notifications wait.
        newest: the newest post among them, where it is one that can be shown.
    """

    request_id: str
    by: Person
    at: Millis
    notices: int = 1
    newest: SeenPost | None = None


class HeldBackPage(Struct, frozen=True):
    """A page of people held back, newest first. `older` is the cursor for what follows."""

    held: tuple[HeldBack, ...]
    older: str | None = None


class HeldBackCount(Struct, frozen=True):
    """How many people, and how many of their notifications, wait. Mastodon counts no more than 100 people."""

    people: int
    notices: int
