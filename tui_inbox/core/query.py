"""A query of the search language as a tree. `core.query_text` reads and writes it, `core.matching` says what it finds.

Only trees that can be written down can be made: whoever builds one gets a `ValueError` for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import force_setattr

from tui_inbox.core.past import Past, parse_past
from tui_inbox.core.patterns import plain
from tui_inbox.core.tokens import tokens

if TYPE_CHECKING:
    import regex

LONGEST_PATTERN = 200
"""Characters of a regular expression: what is longer is hardly typed by hand."""

NEAREST_WORDS = 2
"""So many words at least stand near each other."""


class Holds(StrEnum):
    """What a post can hold. ALT is a description of something in it."""

    LINK = "link"
    MEDIA = "media"
    POLL = "poll"
    QUESTION = "question"
    ALT = "alt"


class Shape(StrEnum):
    """What a post can be.

    UNREAD is something of the Inbox or of a standing search that was not looked at, YOURS what waits for an answer
    of the owner's.
    """

    REPLY = "reply"
    BOOST = "boost"
    QUOTE = "quote"
    DM = "dm"
    UNREAD = "unread"
    YOURS = "yours"


class Word(Struct, frozen=True):
    """A word; `prefix` when it may go on."""

    text: str
    prefix: bool = False

    def __post_init__(self) -> None:
        if not is_word(self.text, self.prefix):
            raise ValueError("not a word of the search language: it needs quotes")


class Phrase(Struct, frozen=True):
    """Words in a row. Made from any text: quotes cannot be searched for and are left out."""

    text: str

    def __post_init__(self) -> None:
        force_setattr(self, "text", " ".join(self.text.replace('"', " ").split()))
        if not tokens(self.text):
            raise ValueError("there is no word in the phrase")

    @property
    def pieces(self) -> list[str]:
        """What stands between its gaps; gaps at the ends say nothing."""
        pieces: list[list[str]] = [[]]
        for word in self.text.split():
            if word == "*":
                pieces.append([])
            else:
                pieces[-1].append(word)
        joined = (" ".join(piece) for piece in pieces)
        return [piece for piece in joined if tokens(piece)]


class Near(Struct, frozen=True):
    """Words close to each other, in any order."""

    text: str

    def __post_init__(self) -> None:
        _check_value(self.text)
        if len([word for word in self.text.split() if tokens(word)]) < NEAREST_WORDS:
            raise ValueError("what is near each other are two words at least")


class Regex(Struct, frozen=True):
    r"""A regular expression, as it stands between the slashes: a slash in it is written `\/`."""

    pattern: str

    def __post_init__(self) -> None:
        if (wrong := wrong_in_pattern(self.pattern)) is not None:
            raise ValueError(wrong)


class Field(Struct, frozen=True):
    """A field of a name and any text, as `from:odile`: the text."""

    value: str

    def __post_init__(self) -> None:
        _check_value(self.value)


class From(Field, frozen=True):
    """The author: their handle, its first part, or words of their name; `me` is the owner."""


class To(Field, frozen=True):
    """Somebody a post names: their handle, or its first part; `me` is the owner."""


class InGroup(Field, frozen=True):
    """The author is in a group of the owner's own, by its name."""


class Tag(Field, frozen=True):
    """A hashtag, without its sign."""


class Language(Field, frozen=True):
    """A language: `pt` also finds `pt-BR`."""


class OnNetwork(Field, frozen=True):
    """The network a post stands on."""


class OnServer(Field, frozen=True):
    """The author's server: its host, or a part of it from a dot on."""


class LinksTo(Field, frozen=True):
    """Where a link in it leads: a host, or a part of one from a dot on."""


class SeenBy(Field, frozen=True):
    """The owner's account that was shown a post: its letters, its handle or the handle's first part."""


class TimeField(Struct, frozen=True):
    """A time, as it is typed."""

    when: str

    def __post_init__(self) -> None:
        parse_past(self.when)
        force_setattr(self, "when", self.when.lower())

    @property
    def past(self) -> Past:
        """The time that is meant."""
        return parse_past(self.when)


class Since(TimeField, frozen=True):
    """Written at or after the beginning of a time."""


class Until(TimeField, frozen=True):
    """Written before the end of a time: `until:2026-11-30` holds that day."""


class Has(Struct, frozen=True):
    """Something the post holds."""

    what: Holds


class Is(Struct, frozen=True):
    """Something the post is."""

    what: Shape


class Not(Struct, frozen=True):
    """What must not be there."""

    term: Query


class And(Struct, frozen=True):
    """All of them; two at least."""

    terms: tuple[Query, ...]

    def __post_init__(self) -> None:
        _check_terms(self.terms)


class Or(Struct, frozen=True):
    """Any of them; two at least."""

    terms: tuple[Query, ...]

    def __post_init__(self) -> None:
        _check_terms(self.terms)


Fact: TypeAlias = (
    InGroup | Tag | Language | OnNetwork | OnServer | LinksTo | SeenBy | Since | Until | Has | Is
)
"""What is told of a post beside its texts and its people."""

Leaf: TypeAlias = Word | Phrase | Near | Regex | From | To | Fact
Query: TypeAlias = Leaf | Not | And | Or

BARE = r'[^ "()]+'
FIELD = r"([A-Za-z]+):(?=[^ /()])"
FIELDS = (
    "from",
    "to",
    "group",
    "has",
    "is",
    "lang",
    "network",
    "server",
    "link",
    "account",
    "since",
    "until",
    "near",
)
KNOWN_FIELD = rf"(?i)({'|'.join(FIELDS)}):"
OPERATORS = ("OR", "AND")


def named(query: Query, kind: type[InGroup | SeenBy]) -> Iterator[str]:
    """The names of the groups that a query asks for, or of the owner's accounts."""
    match query:
        case InGroup() | SeenBy() if isinstance(query, kind):
            yield query.value
        case Not():
            yield from named(query.term, kind)
        case And() | Or():
            for term in query.terms:
                yield from named(term, kind)


def spaced(text: str) -> str:
    """The text with every kind of space made plain; columns stay as they are."""
    return "".join(" " if character.isspace() else character for character in text)


def is_word(text: str, prefix: bool) -> bool:
    """Whether a word, written down, is read as the same word again."""
    return (
        spaced(text) == text
        and plain(BARE).fullmatch(text) is not None
        and text[0] not in "-#/"
        and text[-1] != "*"
        and text not in OPERATORS
        and not plain(FIELD).match(text + "*" * prefix)
        and not plain(KNOWN_FIELD).match(text)
        and bool(tokens(text))
    )


def wrong_in_pattern(pattern: str) -> str | None:
    """What is wrong with a regular expression, or None."""
    if not pattern or len(pattern) > LONGEST_PATTERN:
        return f"a regular expression of 1 to {LONGEST_PATTERN} characters"
    if pattern[0] == " ":  # "salt / pepper" has signs in it, no expression
        return "a regular expression that does not begin with a space"
    if spaced(pattern) != pattern or not plain(r"(?:[^\\/]|\\.)+").fullmatch(pattern):
        return "a regular expression that ends with its slash"
    import regex

    try:
        compiled = compiled_pattern(pattern)
    except (regex.error, OverflowError) as error:
        return f"a regular expression that can be read ({error})"
    return "a regular expression that does not find everything" if compiled.match("") else None


def compiled_pattern(pattern: str) -> regex.Pattern[str]:
    """A regular expression of the user's, in any case of letters."""
    import regex

    return regex.compile(pattern, regex.IGNORECASE | regex.VERSION1)


def _check_value(value: str) -> None:
    if not tokens(value) or value != " ".join(value.replace('"', " ").split()):
        raise ValueError("a value needs a letter or a digit, and can have no quotes in it")


def _check_terms(terms: tuple[Query, ...]) -> None:
    if len(terms) < 2:
        raise ValueError("one term alone needs nothing around it")
