"""What the owner does to posts, to people, and to what an account sees."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import Millis


class ActKind(StrEnum):
    """Things done to a post, to a person or to somebody held back, each of which can be repeated safely."""

    FAVOURITE = "favourite"
    UNFAVOURITE = "unfavourite"
    BOOST = "boost"
    UNBOOST = "unboost"
    BOOKMARK = "bookmark"
    UNBOOKMARK = "unbookmark"
    DELETE = "delete"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    MUTE = "mute"
    UNMUTE = "unmute"
    BLOCK = "block"
    UNBLOCK = "unblock"
    NOTE = "note"
    LIST = "list"
    UNLIST = "unlist"
    ACCEPT_FOLLOW = "accept follow"
    REJECT_FOLLOW = "reject follow"
    ADMIT = "admit"
    DISMISS = "dismiss"
    VOTE = "vote"
    REPORT = "report"
    HIDE_BOOSTS = "hide boosts"
    SHOW_BOOSTS = "show boosts"
    MUTE_TALK = "mute conversation"
    UNMUTE_TALK = "unmute conversation"
    BLOCK_SERVER = "block server"
    UNBLOCK_SERVER = "unblock server"
    HIDE_WORD = "hide word"
    SHOW_WORD = "show word"
    UNSCHEDULE = "unschedule"
    PROFILE = "profile"

    @property
    def on_person(self) -> bool:
        """Whether it is done to a person rather than to a post."""
        return self in _ON_PERSON

    @property
    def on_account(self) -> bool:
        """Whether it concerns the account itself, and its target is its text: a server's name, words, the server's
        id of a text it keeps for later, or a change of the own profile as JSON."""
        return self in _ON_ACCOUNT

    @property
    def on_list(self) -> bool:
        """Whether it puts a person on a list of the server or takes them off; its text is the list's server id."""
        return self in (ActKind.LIST, ActKind.UNLIST)

    @property
    def on_held_back(self) -> bool:
        """Whether it is done to notifications held back; its target is a `HeldBack.request_id`."""
        return self in (ActKind.ADMIT, ActKind.DISMISS)

    @property
    def reverse(self) -> ActKind | None:
        """The act that takes this one back, or None where nothing does."""
        return _REVERSE.get(self)


_ON_PERSON = frozenset(
    {
        ActKind.FOLLOW,
        ActKind.UNFOLLOW,
        ActKind.MUTE,
        ActKind.UNMUTE,
        ActKind.BLOCK,
        ActKind.UNBLOCK,
        ActKind.NOTE,
        ActKind.LIST,
        ActKind.UNLIST,
        ActKind.ACCEPT_FOLLOW,
        ActKind.REJECT_FOLLOW,
        ActKind.REPORT,
        ActKind.HIDE_BOOSTS,
        ActKind.SHOW_BOOSTS,
    }
)
_ON_ACCOUNT = frozenset(
    {
        ActKind.BLOCK_SERVER,
        ActKind.UNBLOCK_SERVER,
        ActKind.HIDE_WORD,
        ActKind.SHOW_WORD,
        ActKind.UNSCHEDULE,
        ActKind.PROFILE,
    }
)
_PAIRS = (
    (ActKind.FAVOURITE, ActKind.UNFAVOURITE),
    (ActKind.BOOST, ActKind.UNBOOST),
    (ActKind.BOOKMARK, ActKind.UNBOOKMARK),
    (ActKind.FOLLOW, ActKind.UNFOLLOW),
    (ActKind.MUTE, ActKind.UNMUTE),
    (ActKind.BLOCK, ActKind.UNBLOCK),
    (ActKind.LIST, ActKind.UNLIST),
    (ActKind.HIDE_BOOSTS, ActKind.SHOW_BOOSTS),
    (ActKind.MUTE_TALK, ActKind.UNMUTE_TALK),
    (ActKind.BLOCK_SERVER, ActKind.UNBLOCK_SERVER),
    (ActKind.HIDE_WORD, ActKind.SHOW_WORD),
)
_REVERSE = dict(_PAIRS) | {b: a for a, b in _PAIRS}


class Report(Struct, frozen=True):
    """What a server's moderators are told of somebody.

    Attributes:
        posts: the server's ids of posts that show it.
        comment: in the owner's words.
        forward: whether the server of that person is told, too.
    """

    posts: tuple[str, ...] = ()
    comment: str = ""
    category: str = "other"
    forward: bool = False


class Act(Struct, frozen=True):
    """One act, with the server's id of its target; for a vote that is the post with the poll.

    Attributes:
        text: a note's text, or the server's id of a list.
        options: places (from 0) of the options voted for.
        lasts: how long a mute is to last, in milliseconds; None for good.
        report: what moderators are told.
    """

    kind: ActKind
    target: str
    text: str = ""
    options: tuple[int, ...] = ()
    lasts: Millis | None = None
    report: Report | None = None
