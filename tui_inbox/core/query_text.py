r"""The search language: from what is typed to a tree, and back.

    acorn crm                    both words, anywhere in the text
    "anyone know * crm"          a phrase; a lone * in it stands for one to five words
    export*                      words that begin so
    choir OR singers             either; OR binds weaker than words side by side
    (choir OR singers) -spam     parentheses, and what must not be there
    near:"sourdough market"      these words close to each other, in any order
    /colou?r/                    a regular expression, in any case of letters; a slash in it is \/
    from:odile   from:me         the author: handle, its first part, or words of the name
    to:odile     to:me           somebody a post names: handle, or its first part
    group:choir                  who is in a group of the owner's own
    #tag  lang:de  network:mastodon  server:town.example  link:example.org  account:mi
    has:link|media|poll|question|alt
    is:reply|boost|quote|dm|unread|yours
    since:2026-11   until:friday   since:3d

Words and phrases are compared without case and accents, whole. `core.matching` says what a tree
finds. Any `name:value` with another name is refused, so that the language can grow without changing
what a saved search means; in quotes it is plain text.
"""

from __future__ import annotations

from typing import TypeVar

from tui_inbox.core.past import EXPECTED, parse_past
from tui_inbox.core.patterns import plain
from tui_inbox.core.query import (
    BARE,
    FIELD,
    FIELDS,
    KNOWN_FIELD,
    NEAREST_WORDS,
    And,
    Field,
    From,
    Has,
    Holds,
    InGroup,
    Is,
    Language,
    Leaf,
    LinksTo,
    Near,
    Not,
    OnNetwork,
    OnServer,
    Or,
    Phrase,
    Query,
    Regex,
    SeenBy,
    Shape,
    Since,
    Tag,
    To,
    Until,
    Word,
    is_word,
    spaced,
    wrong_in_pattern,
)
from tui_inbox.core.tokens import tokens

DEEPEST = 40
"""So many parentheses and minus signs may stand inside each other."""

_ANY_TERM = "a word, a phrase or a field"
_ALL_FIELDS = ", ".join(f"{name}:" for name in FIELDS)

_Choice = TypeVar("_Choice", Holds, Shape)


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


_VALUES: dict[
    str, tuple[type[From | To | InGroup | Language | OnNetwork | OnServer | LinksTo | SeenBy], str]
] = {
    "from": (From, "a handle or a name"),
    "to": (To, "a handle"),
    "group": (InGroup, "the name of a group of yours"),
    "lang": (Language, "a language such as de"),
    "network": (OnNetwork, "the name of a network"),
    "server": (OnServer, "the name of a server such as town.example"),
    "link": (LinksTo, "the host of an address such as example.org"),
    "account": (SeenBy, "the letters or the handle of an account of yours"),
}
"""Fields whose value is any text, with what is expected where there is none."""

_NAMES: dict[type[Field], str] = {make: name for name, (make, _) in _VALUES.items()}


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


def unparse(query: Query) -> str:
    """The text of a tree: `parse(unparse(query)) == query`."""
    match query:
        case Not():
            return f"-{_inner(query.term)}"
        case And():
            return " ".join(map(_inner, query.terms))
        case Or():
            return " OR ".join(map(_inner, query.terms))
        case _:
            return _leaf(query)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word():
            return leaf.text + "*" * leaf.prefix
        case Phrase():
            return f'"{leaf.text}"'
        case Near():
            return f'near:"{leaf.text}"'
        case Regex():
            return f"/{leaf.pattern}/"
        case Tag():
            return f"#{_value(leaf.value)}"
        case Has():
            return f"has:{leaf.what}"
        case Is():
            return f"is:{leaf.what}"
        case _:
            return _field(leaf)


def _field(leaf: Field | Since | Until) -> str:
    if isinstance(leaf, Field):
        return f"{_NAMES[type(leaf)]}:{_value(leaf.value)}"
    return f"{'since' if isinstance(leaf, Since) else 'until'}:{leaf.when}"


def _inner(query: Query) -> str:
    """A term inside another, in parentheses wherever they help the reader."""
    return f"({unparse(query)})" if isinstance(query, And | Or) else unparse(query)


def _value(value: str) -> str:
    return value if plain(BARE).fullmatch(value) else f'"{value}"'


class _Parser:
    """Recursive descent: `either` is made of `_together`, that of `_one`."""

    def __init__(self, text: str) -> None:
        self._text = spaced(text)
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
            case "/" if self._opens_pattern():
                return self._pattern()
            case _:
                return self._field() or self._word()

    def _parenthesis(self, depth: int) -> Query:
        self._at += 1
        query = self.either(depth + 1)
        if self.at_end():
            raise QueryError(self.column, "a closing parenthesis")
        self._at += 1
        return query

    def _pattern(self) -> Regex:
        r"""A regular expression up to its closing slash. One of `\/` is part of it."""
        column = self.column
        found = plain(r"/((?:[^\\/]|\\.)*)/").match(self._text, self._at)
        if found is None:
            raise QueryError(len(self._text) + 1, "a closing slash")
        if (wrong := wrong_in_pattern(found[1])) is not None:
            raise QueryError(column + 1, wrong)
        self._at = found.end()
        return Regex(found[1])

    def _field(self) -> Query | None:
        known = plain(KNOWN_FIELD).match(self._text, self._at)
        if not known:
            if plain(FIELD).match(self._text, self._at):
                raise QueryError(self.column, f"{_ALL_FIELDS} (or quotes around plain text)")
            return None
        self._at = known.end()
        match known[1].lower():
            case "has":
                return Has(self._choice(Holds))
            case "is":
                return Is(self._choice(Shape))
            case "since":
                return Since(self._time())
            case "until":
                return Until(self._time())
            case "near":
                return self._near()
            case name:
                make, expected = _VALUES[name]
                return make(self._value(expected))

    def _near(self) -> Near:
        column, expected = self.column, 'two words or more in quotes, as near:"rye market"'
        words = self._value(expected)
        if len([word for word in words.split() if tokens(word)]) < NEAREST_WORDS:
            raise QueryError(column, expected)
        return Near(words)

    def _time(self) -> str:
        column, typed = self.column, self._bare()
        try:
            parse_past(typed)
        except ValueError:
            raise QueryError(column, EXPECTED) from None
        self._at += len(typed)
        return typed

    def _word(self) -> Word:
        column, text = self.column, self._bare()
        self._at += len(text)
        word = text.rstrip("*")
        prefix = word != text
        if not is_word(word, prefix):
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
        if self._opens_pattern():
            return False
        sign = self._bare()
        end = self._at + len(sign)
        opens = {'"': "-#", "(": "-"}.get(self._text[end : end + 1], "")
        if not sign or tokens(sign) or (opens and not sign.strip(opens)):
            return False
        self._at = end
        return True

    def _opens_pattern(self) -> bool:
        """A slash alone is a sign, as in `and / or`."""
        return plain("/[^ ]").match(self._text, self._at) is not None

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _bare(self) -> str:
        """What stands here up to a space, quote or parenthesis; may be empty."""
        bare = plain(BARE).match(self._text, self._at)
        return bare[0] if bare else ""
