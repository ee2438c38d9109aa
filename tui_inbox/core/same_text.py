"""Whether two texts say the same, although a server has rewritten one of them, or it goes to somebody else."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_ADDRESS = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_LINK = re.compile(r"https?://\S+")


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, however a server has rewritten addresses, links, spaces or case."""
    return _normalised(one) == _normalised(other)


def gist(text: str) -> str:
    """What a text says, whomever it names: equal for the same words to different people."""
    return " ".join(_ADDRESS.sub(" ", _normalised(text)).replace("@", " ").split())


ENOUGH_WORDS = 4
ENOUGH_SIGNS = 12
"""A text that says less than either may be the same by chance; scripts without spaces have signs, not words."""


def fingerprint(text: str) -> int | None:
    """A number that is the same for texts with the same gist; None for those that say too little to be compared.

    Links count as equal: whoever sends a text to many changes those first.
    """
    said = gist(text)
    words = [word for word in said.split() if word != "link" and any(map(str.isalnum, word))]
    if len(words) < ENOUGH_WORDS and (len("".join(words)) < ENOUGH_SIGNS or said.isascii()):
        return None
    # SQLite's whole numbers have 63 bits beside their sign.
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big") >> 2


def _normalised(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _LINK.sub("link", _ADDRESS.sub("@", text))
    return " ".join(text.split()).casefold()
