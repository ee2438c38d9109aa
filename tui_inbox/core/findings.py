"""What the stranger check can find: findings, each with the posts behind it, and one of three verdicts.

What is known here of somebody beforehand stands here too: it is data, and `core.stranger` makes a check of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from tui_inbox.core.conversation import Opening
from tui_inbox.core.moment import Millis


class Verdict(StrEnum):
    """What the check found, in the words that are shown."""

    PERSON = "looks like a person"
    UNKNOWN = "can’t tell"
    SAME = "sends everyone the same"


class SameText(Struct, frozen=True, tag="same text"):
    """One text, to how many people, since when."""

    people: int
    since: Millis
    posts: tuple[str, ...]


class SameLink(Struct, frozen=True, tag="same link"):
    """Links to one site in posts to people who had not written, in whatever words."""

    site: str
    people: int
    since: Millis
    posts: tuple[str, ...]


class Links(Struct, frozen=True, tag="links"):
    """How many of all links go to one site."""

    site: str
    count: int
    total: int
    posts: tuple[str, ...]


class Conversation(Struct, frozen=True, tag="conversation"):
    """How many posts answer somebody in words of their own, and how many different people.

    Attributes:
        returned: how many of those are to texts that were written to them, as far as those are stored here.
    """

    answers: int
    total: int
    people: int
    returned: int
    posts: tuple[str, ...]


class Account(Struct, frozen=True, tag="account"):
    """How old the account is, and what it keeps silent about."""

    created_at: Millis | None
    description: bool
    picture: bool
    bot: bool = False


class Knows(Struct, frozen=True, tag="knows"):
    """People the owner talks with, who write with them."""

    names: tuple[str, ...]
    posts: tuple[str, ...]


class About(Struct, frozen=True, tag="about"):
    """What they say of themselves: how many fields, and of those how many sites link back."""

    fields: int
    verified: int


class YouTwo(Struct, frozen=True, tag="you two"):
    """Neither the owner nor anybody the owner talks with was ever seen to write with them."""


class ToYou(Struct, frozen=True, tag="to you"):
    """What they wrote to the owner.

    Attributes:
        opening: why it is the owner's turn.
        answers_at: when the post of the owner's was written that it answers.
    """

    opening: Opening
    asks: bool
    answers_at: Millis | None
    posts: tuple[str, ...]


Finding: TypeAlias = (
    SameText | SameLink | Links | Conversation | Account | Knows | About | YouTwo | ToYou
)


class Check(Struct, frozen=True):
    """What a check found.

    Attributes:
        why: why nobody can tell; empty for the other verdicts.
        posts: how many posts it is from, `first` and `last` when they were written.
        findings: in the order in which they are shown.
    """

    verdict: Verdict
    why: str = ""
    posts: int = 0
    first: Millis = 0
    last: Millis = 0
    findings: tuple[Finding, ...] = ()


class Quoted(Struct, frozen=True):
    """A post behind a finding, as it was when it was read.

    Attributes:
        uri: by which findings name it.
        server_id: by which the account that read it asks for it.
        text: its beginning, one clean line.
        author: name of whoever wrote it; empty for the stranger.
        links: where it points to.
        url: its page.
    """

    uri: str
    server_id: str
    at: Millis
    text: str
    author: str = ""
    links: tuple[str, ...] = ()
    url: str | None = None


class Friend(Struct, frozen=True):
    """Somebody the owner talks with, who wrote to the stranger in posts that are stored here."""

    name: str
    server_id: str
    uri: str
    posts: tuple[str, ...]


class Known(Struct, frozen=True):
    """What is known here of a stranger.

    Attributes:
        friends: people the owner talks with who wrote to them.
        to_them: server ids of stored posts that were written to them.
        to_you: what they wrote to the owner last.
        talked: whether the owner ever wrote to them.
    """

    friends: tuple[Friend, ...] = ()
    to_them: frozenset[str] = frozenset()
    to_you: ToYou | None = None
    talked: bool = False
