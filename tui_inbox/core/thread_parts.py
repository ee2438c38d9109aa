"""A long text as a thread: numbered parts that end where sentences do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from tui_inbox.core.count import Counter
from tui_inbox.core.text import grapheme_list

MOST_PARTS = 99
"""More than that is no thread any more; the text is left too long."""

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|[。！？][.!?…。！？\"'”’」』)）\]]*|(?=\n\n)")
"""Where a sentence ends: after what closes it, too. What is written without spaces has none after its stops."""
Fits: TypeAlias = Callable[[str], bool]

_WORDS = re.compile(r"\S+\s*|\s+")


def thread_parts(text: str, counter: Counter, warning: str = "") -> tuple[str, ...]:
    """The parts of a text, each with its number, as ` 2/3`, at its end.

    A text that fits is one part without a number. No part ends within a sentence unless the sentence alone is too
    long, nor within a word unless the word is.

    Args:
        counter: what fits into one post.
        warning: stands before each part, and takes room in each.
    """
    if counter.left(text, warning) >= 0:
        return (text,)
    for digits in (1, 2):
        room = len(f" {'9' * digits}/{'9' * digits}")
        parts = list(_pack(text.strip(), counter, warning, room))
        if len(str(len(parts))) <= digits:
            return tuple(f"{part} {number}/{len(parts)}" for number, part in enumerate(parts, 1))
    return (text,)


def _pack(text: str, counter: Counter, warning: str, room: int) -> Iterator[str]:
    def fits(part: str) -> bool:
        return counter.left(part.strip(), warning) >= room

    part = ""
    for piece in _pieces(text, fits):
        if part.strip() and not fits(part + piece):
            yield part.strip()
            part = ""
        part += piece
    if part.strip():
        yield part.strip()


def _pieces(text: str, fits: Fits) -> Iterator[str]:
    """Sentences; of one that is too long its words, and of such a word its characters."""
    for sentence in _sentences(text):
        if fits(sentence):
            yield sentence
            continue
        for word in _WORDS.findall(sentence):
            if fits(word):
                yield word
            else:
                yield from grapheme_list(word)


def _sentences(text: str) -> Iterator[str]:
    begins = 0
    for match in _END.finditer(text):
        yield text[begins : match.end()]
        begins = match.end()
    yield text[begins:]
