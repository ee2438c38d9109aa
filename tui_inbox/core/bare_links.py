"""Whether a text is nothing but links, or begins with one; and the words it begins with besides."""

from __future__ import annotations

import re

from tui_inbox.core.patterns import plain

_LINK = r"(?i)(?:https?://|www\.)\S+|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*"
_TO_WHOM = r"(?:@[\w.-]+(?:@[\w.-]+)?[\s,:;]*)*"
_ADDRESSED = r"(?<!\w)[@#][\w.-]+(?:@[\w.-]+)?"


def only_links(text: str) -> bool:
    """Whether there are links and no words, whomever it names and whatever tags it has."""
    rest, links = plain(_LINK).subn(" ", text)
    return links > 0 and not re.search(r"\w", plain(_ADDRESSED).sub(" ", rest))


def telling_words(text: str, looked_for: str = "", most: int = 4) -> str:
    """Some words in a row that tell a text from others, to look for its like: the first, without names and links.

    Args:
        looked_for: a query that has found it: the words in it stand in all that it finds, and tell nothing.
        most: so many words.
    """
    said = plain(_ADDRESSED).sub(" ", plain(_LINK).sub(" ", text))
    common = set(re.findall(r"\w+", looked_for.casefold()))
    runs: list[list[str]] = [[]]
    for word in filter(re.compile(r"\w").search, said.split()):
        if common.isdisjoint(re.findall(r"\w+", word.casefold())):
            runs[-1].append(word)
        else:
            runs.append([])
    first = next((run for run in runs if len(run) > 1), max(runs, key=len))
    return " ".join(first[:most]).strip(".,:;!?…")


def begins_with_link(text: str) -> bool:
    """Whether the first thing it says, after the names of those it goes to, is a link."""
    start = plain(_TO_WHOM).match(text.lstrip())
    said = text.lstrip()[start.end() if start else 0 :]
    return plain(_LINK).match(said) is not None
