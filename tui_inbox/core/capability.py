"""What an account can do to a post, from stored facts alone, so that no pane ever asks which network it is."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.draft import ActKind
from tui_inbox.core.post import Audience


class Yes(Struct, frozen=True):
    """It can be done."""


class No(Struct, frozen=True):
    """It cannot be done; the sentence says why."""

    sentence: str


class Elsewhere(Struct, frozen=True):
    """It can be done in the browser, at `url`."""

    sentence: str
    url: str


Capability: TypeAlias = Yes | No | Elsewhere


def can(act: ActKind, *, audience: Audience, is_mine: bool) -> Capability:
    """Whether an act on a post makes sense.

    Args:
        act: what is to be done.
        audience: who may read the post; what is not for everybody is not passed on.
        is_mine: whether the acting account wrote it.
    """
    if act is ActKind.BOOST:
        if audience is Audience.DIRECT or audience is Audience.LIMITED:
            return No("This was written to a few people only, so it cannot be boosted.")
        if audience is Audience.FOLLOWERS and not is_mine:
            return No("This was written to their followers only, so it cannot be boosted.")
    if act is ActKind.DELETE and not is_mine:
        return No("Only its author can delete it.")
    return Yes()
