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


def first_words(text: str, most: int = 4) -> str:
    """What a text begins with, without names and links: what one may look for to find its like."""
    said = plain(_ADDRESSED).sub(" ", plain(_LINK).sub(" ", text))
    words = [word for word in said.split() if re.search(r"\w", word)]
    return " ".join(words[:most]).rstrip(".,:;!?…")


def begins_with_link(text: str) -> bool:
    """Whether the first thing it says, after the names of those it goes to, is a link."""
    start = plain(_TO_WHOM).match(text.lstrip())
    said = text.lstrip()[start.end() if start else 0 :]
    return plain(_LINK).match(said) is not None
