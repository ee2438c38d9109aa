"""What own posts are: said to everybody, to somebody one has talked with before, or to somebody new. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis


class MixKind(StrEnum):
    """What an own post is, in the word that is shown."""

    BROADCAST = "broadcast"
    CHAT = "chat"
    ENGAGE = "engage"


MEANING = {
    MixKind.BROADCAST: "no reply",
    MixKind.CHAT: "to people you talk with",
    MixKind.ENGAGE: "to somebody new",
}


class Said(Struct, frozen=True):
    """An own post.

    Attributes:
        post: local id.
        at: when.
        to: whom it was said to, by local id; empty for everybody, or where that is not known.
        answers: whether it answers somebody, or is private: then it is no broadcast, whoever it was said to.
        continues: local id of the own post that it continues, if it does: then it is what that one is.
    """

    post: int
    at: Millis
    to: tuple[int, ...] = ()
    answers: bool = False
    continues: int | None = None


class MixTarget(Struct, frozen=True):
    """What the owner would like the shares to be, in percent; 0 where they do not mind."""

    broadcast: int = 0
    chat: int = 0
    engage: int = 0


def kinds(said: Iterable[Said], talked_since: Mapping[int, Millis]) -> dict[int, MixKind]:
    """What each of some own posts is, by its local id.

    Args:
        said: the posts, oldest first.
        talked_since: since when text has gone both ways with each person; who is not in it is new.
    """
    found: dict[int, MixKind] = {}
    for one in said:
        if one.continues is not None and one.continues in found:
            found[one.post] = found[one.continues]
        elif not one.answers:
            found[one.post] = MixKind.BROADCAST
        elif any(talked_since.get(person, one.at) < one.at for person in one.to):
            found[one.post] = MixKind.CHAT
        else:
            found[one.post] = MixKind.ENGAGE
    return found
