"""From text to what a search compares: folded tokens, the same for stored posts and for live ones.

Folding removes case, accents and the difference between forms of a character. Words are whole; runs
of scripts that write no spaces become overlapping pairs of characters, and a run's last character
stands once more alone, so that every character of a run begins exactly one token. An emoji is a
token of its own.

The index stores `" ".join(tokens(text))`. A full-text index must not cut these tokens again: in
SQLite's FTS5 that is `tokenize = 'ascii'`, which takes every character beyond ASCII as part of a
word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from tui_inbox.core.patterns import unicode

_LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that Unicode does not take apart although their readers type them so."""

_DROPPED = (
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    r"\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640"  # Hebrew and Arabic points, tatweel
    r"\p{Cf}\ufe00-\ufe0f]+"  # invisible characters, variation selectors
)
_FIRST_SPACELESS = "\u0e00"
_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー"
_RUN = rf"[{_SPACELESS}]+"
_RUN_OR_WORD = rf"[{_SPACELESS}]+|[^{_SPACELESS}]+"
_PIECE = r"[\p{L}\p{N}\p{M}]+|[\p{Extended_Pictographic}\p{Regional_Indicator}]"
_ASCII_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
"""Each character of ASCII as tokens have it. With `str.split` that takes a third of the time of a pattern."""


class Run(Struct, frozen=True):
    """Tokens that must follow each other without a gap. `prefix`: the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms: what makes two spellings one."""
    if text.isascii():  # most texts of many people, and ten times faster
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS_WITHOUT_ACCENT)
    text = unicode(_DROPPED).sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[str]:
    """What the index stores of a text, in order.

    Folding never reaches over white space, so that the words in ASCII of a text take the quick way whatever
    stands between them: a single emoji made an English post ten times as dear.
    """
    if text.isascii():
        return _ascii_tokens(text)
    found: list[str] = []
    for is_ascii, words in groupby(text.split(), str.isascii):
        together = " ".join(words)
        found += _ascii_tokens(together) if is_ascii else _folded_tokens(together)
    return found


def _ascii_tokens(text: str) -> list[str]:
    return text.translate(_ASCII_FOLDED).split()


def _folded_tokens(text: str) -> list[str]:
    folded = fold(text)
    if max(folded, default="") < _FIRST_SPACELESS:
        return unicode(_PIECE).findall(folded)
    return [token for piece in pieces(folded) for token in _tokens_of(piece)]


def pieces(folded: str) -> Iterator[str]:
    """Words, runs of a script without spaces, emoji: the places of a folded text that hold tokens."""
    for piece in unicode(_PIECE).findall(folded):
        if max(piece) < _FIRST_SPACELESS:
            yield piece
        else:
            yield from unicode(_RUN_OR_WORD).findall(piece)


def _tokens_of(piece: str) -> list[str]:
    if is_spaceless(piece):
        return [piece[at : at + 2] for at in range(len(piece))]
    return [piece]


def is_spaceless(piece: str) -> bool:
    """Whether a piece is of a script that writes no spaces: it stands in the index as pairs of characters."""
    return piece[0] >= _FIRST_SPACELESS and unicode(_RUN).match(piece) is not None


def run_of(text: str, *, prefix: bool = False) -> Run | None:
    """The tokens by which a text is looked for inside others; None if it has none.

    Args:
        text: a word or a phrase.
        prefix: its last word may go on.
    """
    cut = list(pieces(fold(text)))
    if not cut:
        return None
    found = [token for piece in cut for token in _tokens_of(piece)]
    last = cut[-1]
    if is_spaceless(last) and len(last) > 1:
        found.pop()  # the pair before it has that character already, and the run may go on
    return Run(tuple(found), prefix or (is_spaceless(last) and len(last) == 1))


def stands_at(run: Run, stored: Sequence[str], at: int) -> bool:
    """Whether the run stands at that place in a sequence of tokens."""
    *whole, last = run.tokens
    end = at + len(whole)
    if end >= len(stored) or any(stored[at + i] != token for i, token in enumerate(whole)):
        return False
    return stored[end].startswith(last) if run.prefix else stored[end] == last


def places(run: Run, stored: Sequence[str]) -> Iterator[int]:
    """Every place at which the run stands in a sequence of tokens."""
    first = run.tokens[0]
    if run.prefix and len(run.tokens) == 1:
        yield from (at for at, token in enumerate(stored) if token.startswith(first))
        return
    at = -1
    for _ in range(stored.count(first)):
        at = stored.index(first, at + 1)
        if stands_at(run, stored, at):
            yield at
