"""Which places of a text a query has found: what is marked for the eye. It decides nothing.

Words are marked one by one, also those of a phrase, and only what must or may be there, not what must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from tui_inbox.core.patterns import unicode
from tui_inbox.core.query import And, Near, Or, Phrase, Query, Regex, Tag, Word, compiled_pattern
from tui_inbox.core.tokens import fold, is_spaceless, pieces

if TYPE_CHECKING:
    import regex

Span: TypeAlias = tuple[int, int]
"""A place in a text: from a code point up to another one."""

_WORD = r"[\p{L}\p{N}\p{M}]+|[\p{Extended_Pictographic}\p{Regional_Indicator}]"
_PATTERN_SECONDS = 0.01


class Marks(Struct, frozen=True):
    """What to look for in a text, made once for a query by `marks`. All folded but the patterns.

    Attributes:
        words: marked where they stand whole.
        starts: words that begin so are marked.
        runs: texts without spaces, marked wherever they stand.
        patterns: regular expressions.
    """

    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    patterns: tuple[regex.Pattern[str], ...] = ()

    def spans(self, text: str) -> list[Span]:
        """The places to mark, in order and without overlaps."""
        return _joined(sorted([*self._words(text), *self._patterns(text)]))

    def _words(self, text: str) -> Iterator[Span]:
        for word in unicode(_WORD).finditer(text):
            start, end = word.span()
            folded = fold(word[0])
            if folded in self.words or folded.startswith(self.starts):
                yield start, end
            elif len(folded) == end - start:
                for run in self.runs:
                    yield from _places(folded, run, start)

    def _patterns(self, text: str) -> Iterator[Span]:
        for pattern in self.patterns:
            try:
                yield from [one.span() for one in pattern.finditer(text, timeout=_PATTERN_SECONDS)]
            except TimeoutError:
                continue


NO_MARKS = Marks()


def marks(query: Query) -> Marks:
    """What is marked in the texts that a query has found."""
    words: set[str] = set()
    starts: set[str] = set()
    runs: set[str] = set()
    patterns = []
    for term in _wanted(query):
        match term:
            case Regex():
                patterns.append(compiled_pattern(term.pattern))
            case Tag():
                words.add(fold(term.value))
            case Word() | Phrase() | Near():
                cut = list(pieces(fold(term.text)))
                runs |= {piece for piece in cut if is_spaceless(piece)}
                words |= {piece for piece in cut if not is_spaceless(piece)}
                if isinstance(term, Word) and term.prefix and not is_spaceless(cut[-1]):
                    words.discard(cut[-1])
                    starts.add(cut[-1])
    return Marks(frozenset(words), tuple(sorted(starts)), tuple(sorted(runs)), tuple(patterns))


def _wanted(query: Query) -> Iterator[Query]:
    """The terms that a text has because of the query."""
    match query:
        case And() | Or():
            for term in query.terms:
                yield from _wanted(term)
        case Word() | Phrase() | Near() | Regex() | Tag():
            yield query
        case _:
            return


def _places(folded: str, run: str, start: int) -> Iterator[Span]:
    at = folded.find(run)
    while at >= 0:
        yield start + at, start + at + len(run)
        at = folded.find(run, at + len(run))


def _joined(found: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
