"""How long a draft is in the eyes of a network: what the composer's "312 left" counts.

Each network counts in its own way; the composer only knows `Counter`.
"""

from __future__ import annotations

import re
from typing import Protocol

from msgspec import Struct

from tui_inbox.core.account import Limits
from tui_inbox.core.patterns import plain
from tui_inbox.core.text import graphemes

# Both patterns follow the ones by which Mastodon finds links and names when it counts
# (`StatusLengthValidator`, `config/initializers/twitter_regex.rb`, `Account::MENTION_RE`), save for
# the list of top-level domains: here any name of two letters or more is one.
_TOP_LEVEL = r"(?:xn--[a-z0-9-]++|[a-z]{2,63}+|[^\W\d_a-z]{2,63}+)(?![a-z0-9@+-])"
_PATH = (
    r"/(?:[^\s<>()?]|\([^\s<>()?]++(?:\([^\s<>()?]++\)[^\s<>()?]*+)?\))*"
    r"(?<![!*\"'「」<;:=,.$%\[\]~&|@])"
)
_QUERY = r"\?[^\s<>\"`{}\\「」]*(?<=[\w&=#/-])"
_COUNTED = (
    rf"(?i)(?P<url>(?<![a-z0-9@＠$#＃])https?://(?:[\w-]++\.)+{_TOP_LEVEL}(?::[0-9]+)?"
    rf"(?:{_PATH})?(?:{_QUERY})?)"
    r"|(?<![=/\w])(?P<name>@[a-z0-9_]++(?:[.-]++[a-z0-9_]++)*+)@[\w.-]+\w"
)


class Counter(Protocol):
    """How one network counts."""

    def left(self, text: str, warning: str = "") -> int:
        """Return how much room is left beside the text and its content warning; negative if none.

        The unit is the network's: graphemes for Mastodon.
        """


class MastodonCounter(Struct, frozen=True):
    """Counts as Mastodon does, against a server's own limits.

    Attributes:
        limit: graphemes that fit, text and warning together (`statuses.max_characters`).
        url_length: graphemes that a link counts for (`statuses.characters_reserved_per_url`).
    """

    limit: int = 500
    url_length: int = 23

    def left(self, text: str, warning: str = "") -> int:
        """Return how many graphemes are left; negative when it is too long."""
        return self.limit - mastodon_length(text, warning, url_length=self.url_length)


class PlainCounter(Struct, frozen=True):
    """Counts what is written, in characters and in bytes: what there is less of, counts. So does Bluesky.

    Attributes:
        limit: graphemes that fit.
        utf8_bytes: bytes of UTF-8 that fit.
    """

    limit: int = 300
    utf8_bytes: int = 3_000

    def left(self, text: str, warning: str = "") -> int:
        """Return how many more graphemes fit, each of one byte; negative when it is too long."""
        written = warning + text
        size = len(written.encode("utf-8", "surrogatepass"))
        return min(self.limit - graphemes(written), self.utf8_bytes - size)


def mastodon_length(text: str, warning: str = "", *, url_length: int = 23) -> int:
    """Count the graphemes of a post as Mastodon does.

    Each http(s) link in the text counts as `url_length`, each `@user@host` as `@user`; the warning
    counts as it is written. Other servers count otherwise: their refusal has the last word.
    """

    def counted(match: re.Match[str]) -> str:
        return "x" * url_length if match["url"] else match["name"]

    return graphemes(warning + plain(_COUNTED).sub(counted, text))


def counter_of(limits: Limits) -> Counter:
    """How an account's network counts a text."""
    if limits.weighted:
        from tui_inbox.core.weighted import WeightedCounter  # with its tables, which few need

        return WeightedCounter(limits.characters)
    if limits.utf8_bytes:
        return PlainCounter(limits.characters, limits.utf8_bytes)
    return MastodonCounter(limits.characters, limits.url_characters)
