"""Conversations: whose turn it is, which state an inbox item has, and in which lane it stands.

The rules are those of the product page "Turns, states, lanes". An inbox item is (account, conversation, person).
People and posts are named by their local ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import DAY, Millis

LAPSE: Millis = 30 * DAY
"""After this long without an answer a turn lapses: it is listed once more and then left in peace."""


class Opening(StrEnum):
    """Why somebody's text opened a turn, in the word that is shown in a row."""

    ANSWER = "answers you"
    NAMED = "names you"
    QUOTE = "quotes you"
    DIRECT = "dm"


class Turn(StrEnum):
    """Whose text is missing."""

    MINE = "mine"
    THEIRS = "theirs"
    NOBODY = "nobody"


class Saying(Struct, frozen=True):
    """A post as the turn rules see it: who said it, to whom, in answer to whom.

    Attributes:
        post: local id of the post.
        at: when it was written.
        parent_author: author of the post that it answers, if known.
        named: everybody it mentions.
        parent_named: everybody its parent mentions or is by; names carried along from there are not news.
        quoted_author: author of the post it quotes.
        direct: only the people named can read it.
        counts_at: from when it counts, where that is later than it was written: an edit has brought the owner's name
            in, or what it answers was written by a clock that was ahead.
    """

    post: int
    author: int
    at: Millis
    parent_author: int | None = None
    named: frozenset[int] = frozenset()
    parent_named: frozenset[int] = frozenset()
    quoted_author: int | None = None
    direct: bool = False
    counts_at: Millis | None = None

    @property
    def when(self) -> Millis:
        """From when it counts; sayings are ordered by this and by `post`."""
        return self.at if self.counts_at is None else self.counts_at


class TurnOf(Struct, frozen=True):
    """Where a conversation between the account's owner and one person stands.

    Attributes:
        since: when the turn began: the first text that is still unanswered, and has not lapsed before the next one.
        post: the post that decides it (their latest text that opens; mine where I wait).
        opening: why it is my turn; None when it is not.
    """

    turn: Turn
    since: Millis = 0
    post: int | None = None
    opening: Opening | None = None


def opening_of(saying: Saying, me: int, also_me: frozenset[int] = frozenset()) -> Opening | None:
    """Why this text asks something of me, or None: not addressed, my own, or my name merely carried along.

    What answers another identity of mine asks that one, whoever else it names.
    """
    if saying.author == me or saying.author in also_me:
        return None
    if saying.direct and me in saying.named:
        return Opening.DIRECT
    if saying.quoted_author == me:
        return Opening.QUOTE
    if saying.parent_author == me:
        return Opening.ANSWER
    is_new = me not in saying.parent_named and saying.parent_author not in also_me
    if me in saying.named and is_new:
        return Opening.NAMED
    return None


def turn_of(
    sayings: Iterable[Saying], me: int, person: int, also_me: frozenset[int] = frozenset()
) -> TurnOf:
    """Whose turn it is between me and one person, from what both said in one conversation.

    My text answers the author of its parent, and everybody it names whose last text stands above it; in a
    direct conversation it answers everybody it names.

    Args:
        sayings: the conversation, in any order.
        me: who the owner is there.
        person: the other one.
        also_me: other identities of the owner's, declared to be one with it: their answers are mine too.
    """
    state, said_at = TurnOf(Turn.NOBODY), 0
    if person == me or person in also_me:
        return state
    for saying in sorted(sayings, key=lambda s: (s.when, s.post)):
        if saying.author == person:
            if opening := opening_of(saying, me, also_me):
                goes_on = state.turn is Turn.MINE and saying.when - said_at <= LAPSE
                since = state.since if goes_on else saying.when
                state, said_at = TurnOf(Turn.MINE, since, saying.post, opening), saying.when
        elif saying.parent_author == person or person in saying.named:
            as_other = saying.author in also_me and state.turn is Turn.MINE
            if saying.author == me or as_other:
                state = TurnOf(Turn.THEIRS, saying.when, saying.post)
    return state


class ItemState(StrEnum):
    """What has been done about an inbox item."""

    NEW = "new"
    SEEN = "seen"
    LATER = "later"
    ANSWERED = "answered"
    DONE = "done"
    JUNK = "junk"

    @property
    def is_open(self) -> bool:
        """Whether the item still asks for something."""
        return self in (ItemState.NEW, ItemState.SEEN)


class ItemEvent(StrEnum):
    """What can happen to an inbox item."""

    OPENED = "opened"  # text that opens a turn arrived
    LOOKED_AT = "looked at"
    REPLIED = "replied"  # by me, from whichever client
    DISMISSED = "dismissed"  # `e`, mute, or a favourite on a text without a question
    WITHDRAWN = "withdrawn"  # the text that opened it was deleted
    LAPSED = "lapsed"
    POSTPONED = "postponed"
    WOKE = "woke"
    JUNKED = "junked"


_S, _E = ItemState, ItemEvent

_AFTER: dict[ItemEvent, dict[ItemState, ItemState]] = {
    _E.OPENED: {
        _S.SEEN: _S.NEW,
        _S.LATER: _S.NEW,
        _S.ANSWERED: _S.NEW,
        _S.DONE: _S.NEW,
    },
    _E.LOOKED_AT: {_S.NEW: _S.SEEN},
    _E.REPLIED: dict.fromkeys((_S.NEW, _S.SEEN, _S.LATER, _S.DONE), _S.ANSWERED),
    _E.DISMISSED: dict.fromkeys((_S.NEW, _S.SEEN, _S.LATER), _S.DONE),
    _E.WITHDRAWN: dict.fromkeys((_S.NEW, _S.SEEN, _S.LATER), _S.DONE),
    _E.LAPSED: dict.fromkeys((_S.NEW, _S.SEEN), _S.DONE),
    _E.POSTPONED: dict.fromkeys((_S.NEW, _S.SEEN), _S.LATER),
    _E.WOKE: {_S.LATER: _S.SEEN},
    _E.JUNKED: dict.fromkeys((_S.NEW, _S.SEEN, _S.LATER, _S.ANSWERED, _S.DONE), _S.JUNK),
}


def after(state: ItemState, event: ItemEvent) -> ItemState:
    """The state after an event. Total: an event that means nothing in a state leaves it as it is."""
    return _AFTER[event].get(state, state)


def merged(one: ItemState, other: ItemState) -> ItemState:
    """The state of two items whose conversations turn out to be one: open > later > answered > done > junk."""
    return min(one, other, key=list(ItemState).index)


class Relation(StrEnum):
    """How well an account knows somebody, as far as lanes care."""

    PARTNER = "partner"  # we have exchanged text
    NEWCOMER = "newcomer"  # followed, accepted, answers my post, or checked and found a person
    STRANGER = "stranger"


class Door(StrEnum):
    """How an account treats strangers who write to it."""

    OPEN = "open"  # there is no Strangers lane
    CHECK = "check"
    CLOSED = "closed"  # only accepted people leave Strangers

    @property
    def checks(self) -> bool:
        """Whether somebody who writes for the first time is asked about by itself."""
        return self is not Door.OPEN


class Lane(StrEnum):
    """The sections of the Inbox, in their order on screen."""

    TALK = "People you talk with"
    NEWCOMERS = "Newcomers"
    STRANGERS = "Strangers"
    LATER = "Later"
    DONE = "Done today"
    NONE = "not in the inbox"


_OPEN_LANE = {
    Relation.PARTNER: Lane.TALK,
    Relation.NEWCOMER: Lane.NEWCOMERS,
    Relation.STRANGER: Lane.STRANGERS,
}


def lane_of(state: ItemState, turn: Turn, relation: Relation) -> Lane:
    """The lane an item stands in: the total table of the product page."""
    if state is ItemState.JUNK:
        return Lane.NONE
    if state is ItemState.LATER:
        return Lane.LATER
    if not state.is_open:
        return Lane.DONE
    return _OPEN_LANE[relation] if turn is Turn.MINE else Lane.NONE


def relation_of(
    *,
    exchanged: bool,
    accepted: bool,
    following: bool,
    answers_my_post: bool,
    looks_like_a_person: bool,
    door: Door,
) -> Relation:
    """How well an account knows somebody.

    Args:
        exchanged: text went both ways at some time.
        accepted: the owner let them in by hand.
        following: the account follows them.
        answers_my_post: what they wrote answers a post of the account.
        looks_like_a_person: the stranger check said so.
        door: the account's setting; behind a closed door only accepted people leave Strangers.
    """
    if exchanged:
        return Relation.PARTNER
    if accepted or door is Door.OPEN:
        return Relation.NEWCOMER
    if door is Door.CHECK and (following or answers_my_post or looks_like_a_person):
        return Relation.NEWCOMER
    return Relation.STRANGER
