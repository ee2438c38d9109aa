"""What an account can do to a post, from stored facts alone, so that no pane ever asks which network it is."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import reply_audience
from tui_inbox.core.moment import Millis
from tui_inbox.core.outside import FEED_NETWORK
from tui_inbox.core.post import Audience, Poll, PostRef


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

_NAMES = {"bluesky": "Bluesky", "mastodon": "Mastodon", "x": "X"}


def out_of_reach(ref: PostRef, network: str) -> str:
    """Why an account's server can never find a post; empty where it may. What a feed brings may have a page anywhere.

    Args:
        ref: the post, as long as the server has not shown it.
        network: that of the account.
    """
    if ref.network in (network, FEED_NETWORK):
        return ""
    name = _NAMES.get(ref.network, ref.network)
    return f"This stands on {name}, where this account can do nothing; your browser can (O)."


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


def can_quote(*, audience: Audience, is_mine: bool) -> Yes | No:
    """Whether a post may be quoted, as far as that is known before its server is asked.

    Whether its author lets others quote it is not stored: the server's refusal has the last word.

    Args:
        audience: who may read the post.
        is_mine: whether the acting account wrote it.
    """
    if audience in (Audience.DIRECT, Audience.LIMITED):
        return No("This was written to a few people only, so it cannot be quoted.")
    if audience is Audience.FOLLOWERS and not is_mine:
        return No("This was written to their followers only, so it cannot be quoted.")
    return Yes()


def quote_audience(quoted: Audience, wanted: Audience, *, is_mine: bool) -> Audience | No:
    """Who may read a quote of a post: no more people than may read the post, or why it may not be quoted.

    Args:
        quoted: who may read the post.
        wanted: who is to read the quote.
        is_mine: whether the acting account wrote the post.
    """
    allowed = can_quote(audience=quoted, is_mine=is_mine)
    return allowed if isinstance(allowed, No) else reply_audience(quoted, wanted)


def can_vote(poll: Poll | None, *, is_mine: bool, has_voted: bool, now: Millis) -> Capability:
    """Whether a vote would be counted, by the rules of Mastodon's `VoteValidator`.

    Args:
        poll: the poll of the post, if it has one.
        is_mine: whether the acting account wrote the post.
        has_voted: whether it has voted, a vote that is still on its way included.
        now: the moment of the vote.
    """
    if poll is None:
        return No("There is no poll in this.")
    if is_mine:
        return No("Nobody votes in a poll of their own.")
    if has_voted:
        return No("You have voted in this poll; a vote cannot be changed.")
    if poll.is_over(now):
        return No("This poll is over.")
    return Yes()


def can_choose(poll: Poll, options: tuple[int, ...]) -> Capability:
    """Whether choices make a vote.

    Args:
        options: places (from 0) of what was chosen.
    """
    if not options:
        return No("Nothing was chosen, so nothing was voted.")
    if len(options) > 1 and not poll.multiple:
        return No("Only one can be chosen in this poll.")
    if not set(options) <= set(range(len(poll.options))):
        return No("The poll has changed; look at it again.")
    return Yes()
