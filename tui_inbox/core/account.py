"""Accounts of the person who uses the program, and what their servers allow."""

from __future__ import annotations

from msgspec import Struct, field

from tui_inbox.core.moment import DAY, MINUTE, Millis
from tui_inbox.core.person import PersonRef
from tui_inbox.core.post import Audience

KEYS_LAST: Millis = 50 * MINUTE
"""How long a key is trusted; servers that honour keys remember them for an hour (facts 1.6)."""

ANY_AUDIENCE = (Audience.PUBLIC, Audience.UNLISTED, Audience.FOLLOWERS, Audience.DIRECT)
"""What a writer can choose where a server knows all of it."""


class Limits(Struct, frozen=True):
    """A server's live limits. The defaults are Mastodon's, for servers that do not say.

    Attributes:
        characters: longest post, counted as the network counts.
        utf8_bytes: longest post in bytes of UTF-8; 0 where only characters count. Where bytes do, links and names
            count as they are written.
        url_characters: what every link costs, however long it is.
        streaming_url: base of the streaming API, or None where the server has none.
        full_text_search: whether the server searches posts by word; None until it was probed.
        tags_together: whether one timeline can hold the posts of several tags (any, all, none of them).
        honours_keys: whether a second try under the same key is recognised, so that nothing is posted twice.
        keys_last: how long a key is trusted.
        audiences: who a post may be for, as far as a writer can choose.
        warnings: whether a warning can stand in front of a text.
        timed_mutes: whether a mute can end by itself.
        hides_boosts: whether what somebody passes on can be hidden without what they write.
        answers_name: whether an answer reaches only whom it names, so that it begins with their names.
        translates: whether the server translates posts.
        media: how many files a post may have; `media_types` are the types it takes, empty where it does not say,
            `picture_bytes` and `film_bytes` how large they may be, `alt_characters` how long their descriptions.
        poll_options: how many choices a poll may have; `option_characters` is how long each may be, and
            `poll_least` and `poll_most` are how long it may last, in milliseconds.
        schedules: whether the server posts by itself at a given time.
        quotes: whether a post can quote another one.
        edits: whether an own post can be changed.
        makes_cards: whether the card of a link is its author's to hand over, and not the server's to make.
        lists_anybody: whether people whom the account does not follow can be on its lists.
        chooses_answerers: whether its author can say who may answer a post.
    """

    characters: int = 500
    utf8_bytes: int = 0
    url_characters: int = 23
    media: int = 4
    media_types: tuple[str, ...] = ()
    picture_bytes: int = 16 << 20
    film_bytes: int = 99 << 20
    alt_characters: int = 1_500
    poll_options: int = 4
    option_characters: int = 50
    poll_least: Millis = 5 * MINUTE
    poll_most: Millis = 30 * DAY
    schedules: bool = False
    quotes: bool = False
    edits: bool = False
    chooses_answerers: bool = False
    makes_cards: bool = False
    lists_anybody: bool = False
    streaming_url: str | None = None
    full_text_search: bool | None = None
    tags_together: bool = False
    honours_keys: bool = False
    keys_last: Millis = KEYS_LAST
    audiences: tuple[Audience, ...] = ANY_AUDIENCE
    warnings: bool = True
    timed_mutes: bool = True
    hides_boosts: bool = True
    answers_name: bool = True
    translates: bool = False
    software: str = ""

    def takes(self, audience: Audience) -> bool:
        """Whether a text can be for these people. Quietly or not, everybody can read it."""
        quietly = audience is Audience.UNLISTED and Audience.PUBLIC in self.audiences
        return quietly or audience in self.audiences or audience is Audience.LIMITED


class Account(Struct, frozen=True):
    """One account the program acts for. Ledger, turns and strengths are kept per account.

    Attributes:
        id: local number, the key of everything stored for it.
        server: base address, as `https://host`.
        server_id: the account's own id on its server.
        letters: two letters that mark it when more than one account is shown.
        label: its name in capitals at the head of the composer's line.
    """

    id: int
    network: str
    server: str
    person: PersonRef
    server_id: str
    handle: str
    letters: str
    label: str
    limits: Limits = field(default_factory=Limits)


def choose_letters(handle: str, taken: frozenset[str]) -> str:
    """Two letters for a new account that no other account has.

    Tries the first two letters of the handle, then its first letter with each later one, then the alphabet.
    """
    letters: list[str] = [c for c in handle.lower() if c.isalnum() and c.isascii()] or ["a"]
    alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
    wishes: list[str] = [letters[0] + second for second in [*letters[1:], *alphabet]]
    wishes += [first + second for first in alphabet for second in alphabet]
    return next(pair for pair in wishes if pair not in taken)
