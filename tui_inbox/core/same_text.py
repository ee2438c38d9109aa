"""Whether two texts say the same, although a server has rewritten one of them, or it goes to somebody else."""

from __future__ import annotations

import re
import unicodedata

_ADDRESS = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_LINK = re.compile(r"https?://\S+")


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, however a server has rewritten addresses, links, spaces or case."""
    return _normalised(one) == _normalised(other)


def gist(text: str) -> str:
    """What a text says, whomever it names: equal for the same words to different people."""
    return " ".join(_ADDRESS.sub(" ", _normalised(text)).replace("@", " ").split())


def _normalised(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _LINK.sub("link", _ADDRESS.sub("@", text))
    return " ".join(text.split()).casefold()
