"""The search language: from what is typed to a tree, and back.

    acorn crm                    both words, anywhere in the text
    "anyone know * crm"          a phrase; a lone * in it stands for one to five words
    export*                      words that begin so
    choir OR singers             either; OR binds weaker than words side by side
    (choir OR singers) -spam     parentheses, and what must not be there
    from:odile   from:me         the author: handle, its first part, or words of the name
    group:choir                  who is in a group of the owner's own
    #tag  lang:de  network:mastodon
    has:link|media|poll|question   is:reply|boost|quote

Words and phrases are compared without case and accents, whole. `core.matching` says what a tree
finds. Any `name:value` with another name is refused, so that the language can grow without changing
what a saved search means; in quotes it is plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from tui_inbox.core.patterns import plain
from tui_inbox.core.tokens import tokens

DEEPEST = 40
"""So many parentheses and minus signs may stand inside each other."""


class QueryError(ValueError):
    """What was typed is not a query. `str()` is one sentence for the user.

    Attributes:
        column: where the trouble is, counted from 1.
        expected: what should stand there.
    """

    def __init__(self, column: int, expected: str) -> None:
        super().__init__(f"expected {expected} at column {column}")
        self.column = column
        self.expected = expected


class Holds(StrEnum):
    """What a post can hold."""

    LINK = "link"
    MEDIA = "media"
    POLL = "poll"
    QUESTION = "question"


class Shape(StrEnum):
    """What a post can be."""

    REPLY = "reply"
    BOOST = "boost"
    QUOTE = "quote"


_Choice = TypeVar("_Choice", Holds, Shape)


class Word(Struct, frozen=True):
    """A word; `prefix` when it may go on."""

    text: str
    prefix: bool = False

    def __post_init__(self) -> None:
        if not _is_word(self.text, self.prefix):
            raise ValueError("not a word of the search language: it needs quotes")


class Phrase(Struct, frozen=True):
    """Words in a row. Made from any text: quotes cannot be searched for and are left out."""

    text: str

    def __post_init__(self) -> None:
        force_setattr(self, "text", " ".join(self.text.replace('"', " ").split()))
        if not tokens(self.text):
            raise ValueError("there is no word in the phrase")


class From(Struct, frozen=True):
    """The author: their handle, its first part, or words of their name; `me` is the owner."""

    who: str

    def __post_init__(self) -> None:
        _check_value(self.who)


class InGroup(Struct, frozen=True):
    """The author is in a group of the owner's own, by its name."""

    name: str

    def __post_init__(self) -> None:
        _check_value(self.name)


class Tag(Struct, frozen=True):
    """A hashtag, without its sign."""

    name: str

    def __post_init__(self) -> None:
        _check_value(self.name)


class Language(Struct, frozen=True):
    """A language: `pt` also finds `pt-BR`."""

    code: str

    def __post_init__(self) -> None:
        _check_value(self.code)


class OnNetwork(Struct, frozen=True):
    """The network a post stands on."""

    name: str

    def __post_init__(self) -> None:
        _check_value(self.name)


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


Query: TypeAlias = (
    Word | Phrase | From | InGroup | Tag | Language | OnNetwork | Has | Is | Not | And | Or
)

_BARE = r'[^ "()]+'
_FIELD = r"([A-Za-z]+):(?=[^ /()])"
_KNOWN_FIELD = r"(?i)(from|group|has|is|lang|network):"
_OPERATORS = ("OR", "AND")
_ANY_TERM = "a word, a phrase or a field"


def _spaced(text: str) -> str:
    """The text with every kind of space made plain; columns stay as they are."""
    return "".join(" " if character.isspace() else character for character in text)


def _is_word(text: str, prefix: bool) -> bool:
    """Whether a word, written down, is read as the same word again."""
    return (
        _spaced(text) == text
        and plain(_BARE).fullmatch(text) is not None
        and text[0] not in "-#"
        and text[-1] != "*"
        and text not in _OPERATORS
        and not plain(_FIELD).match(text + "*" * prefix)
        and not plain(_KNOWN_FIELD).match(text)
        and bool(tokens(text))
    )


def _check_value(value: str) -> None:
    if not tokens(value) or value != " ".join(value.replace('"', " ").split()):
        raise ValueError("a value needs a letter or a digit, and can have no quotes in it")


def _check_terms(terms: tuple[Query, ...]) -> None:
    if len(terms) < 2:
        raise ValueError("one term alone needs nothing around it")


def parse(text: str) -> Query:
    """The tree of what was typed.

    Raises:
        QueryError: it is not a query; says at which column what was expected.
    """
    parser = _Parser(text)
    query = parser.either(0)
    if not parser.at_end():
        raise QueryError(parser.column, "an opening parenthesis before the closing one")
    return query


def groups_named(query: Query) -> Iterator[str]:
    """The names of the groups that a query asks for."""
    match query:
        case InGroup():
            yield query.name
        case Not():
            yield from groups_named(query.term)
        case And() | Or():
            for term in query.terms:
                yield from groups_named(term)


def unparse(query: Query) -> str:
    """The text of a tree: `parse(unparse(query)) == query`."""
    match query:
        case Word():
            return query.text + "*" * query.prefix
        case Phrase():
            return f'"{query.text}"'
        case From():
            return f"from:{_value(query.who)}"
        case InGroup():
            return f"group:{_value(query.name)}"
        case Tag():
            return f"#{_value(query.name)}"
        case Language():
            return f"lang:{_value(query.code)}"
        case OnNetwork():
            return f"network:{_value(query.name)}"
        case Has():
            return f"has:{query.what}"
        case Is():
            return f"is:{query.what}"
        case Not():
            return f"-{_inner(query.term)}"
        case And():
            return " ".join(map(_inner, query.terms))
        case Or():
            return " OR ".join(map(_inner, query.terms))


def _inner(query: Query) -> str:
    """A term inside another, in parentheses wherever they help the reader."""
    return f"({unparse(query)})" if isinstance(query, And | Or) else unparse(query)


def _value(value: str) -> str:
    return value if plain(_BARE).fullmatch(value) else f'"{value}"'


class _Parser:
    """Recursive descent: `either` is made of `_together`, that of `_one`."""

    def __init__(self, text: str) -> None:
        self._text = _spaced(text)
        self._at = 0

    @property
    def column(self) -> int:
        return self._at + 1

    def at_end(self) -> bool:
        while self._next() == " ":
            self._at += 1
        return self._at == len(self._text)

    def either(self, depth: int) -> Query:
        """Terms with OR between them."""
        terms = [self._together(depth)]
        while self._take_operator("OR"):
            terms.append(self._together(depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def _together(self, depth: int) -> Query:
        """Terms side by side. A lone sign, such as `&` or `*`, says nothing and is passed over."""
        terms: list[Query] = []
        while not self.at_end() and self._next() != ")" and self._bare() != "OR":
            if not self._take_operator("AND") and not self._take_sign():
                terms.append(self._one(depth))
        if not terms:
            raise QueryError(self.column, _ANY_TERM)
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _one(self, depth: int) -> Query:
        """A word, phrase or field, a negation, or something in parentheses."""
        if depth > DEEPEST:
            raise QueryError(self.column, "fewer things inside each other")
        match self._next():
            case "-":
                self._at += 1
                return Not(self._one(depth + 1))
            case "(":
                return self._parenthesis(depth)
            case '"':
                column = self.column
                text = self._quoted()
                if not tokens(text):
                    raise QueryError(column + 1, "a word inside the quotes")
                return Phrase(text)
            case "#":
                self._at += 1
                return Tag(self._value("a tag"))
            case _:
                return self._field() or self._word()

    def _parenthesis(self, depth: int) -> Query:
        self._at += 1
        query = self.either(depth + 1)
        if self.at_end():
            raise QueryError(self.column, "a closing parenthesis")
        self._at += 1
        return query

    def _field(self) -> Query | None:
        known = plain(_KNOWN_FIELD).match(self._text, self._at)
        if not known:
            if plain(_FIELD).match(self._text, self._at):
                fields = "from:, group:, has:, is:, lang: or network: (or quotes around plain text)"
                raise QueryError(self.column, fields)
            return None
        self._at = known.end()
        match known[1].lower():
            case "from":
                return From(self._value("a handle or a name"))
            case "group":
                return InGroup(self._value("the name of a group of yours"))
            case "lang":
                return Language(self._value("a language such as de"))
            case "network":
                return OnNetwork(self._value("the name of a network"))
            case "has":
                return Has(self._choice(Holds))
            case _:
                return Is(self._choice(Shape))

    def _word(self) -> Word:
        column, text = self.column, self._bare()
        self._at += len(text)
        word = text.rstrip("*")
        prefix = word != text
        if not _is_word(word, prefix):
            raise QueryError(column, f"{_ANY_TERM} ({word} is one in quotes only)")
        return Word(word, prefix)

    def _choice(self, choices: type[_Choice]) -> _Choice:
        column, value = self.column, self._bare()
        self._at += len(value)
        try:
            return choices(value.lower())
        except ValueError:
            *others, last = choices
            raise QueryError(column, f"{', '.join(others)} or {last}") from None

    def _value(self, expected: str) -> str:
        """What stands after a field's colon: quoted, or up to the next space."""
        column = self.column
        if self._next() == '"':
            value = " ".join(self._quoted().split())
        else:
            value = self._bare()
            self._at += len(value)
        if not tokens(value):
            raise QueryError(column, expected)
        return value

    def _quoted(self) -> str:
        end = self._text.find('"', self._at + 1)
        if end < 0:
            raise QueryError(len(self._text) + 1, "a closing quote")
        text = self._text[self._at + 1 : end]
        self._at = end + 1
        return text

    def _take_operator(self, operator: str) -> bool:
        if self._bare() != operator:
            return False
        self._at += len(operator)
        return True

    def _take_sign(self) -> bool:
        sign = self._bare()
        end = self._at + len(sign)
        opens = {'"': "-#", "(": "-"}.get(self._text[end : end + 1], "")
        if not sign or tokens(sign) or (opens and not sign.strip(opens)):
            return False
        self._at = end
        return True

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _bare(self) -> str:
        """What stands here up to a space, quote or parenthesis; may be empty."""
        bare = plain(_BARE).match(self._text, self._at)
        return bare[0] if bare else ""
