"""The top-level domains of the internet: what a host must end in to be one where no `https://` says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from publicsuffixlist import __name__ as _PACKAGE

LIST = "public_suffix_list.dat"
"""The list of public suffixes (publicsuffix.org), as its package brings it; every rule ends in a top-level domain."""

_PRIVATE = "===BEGIN PRIVATE DOMAINS==="
"""Below this line stand suffixes that companies have asked for; they add no top-level domain."""

LONGEST = 24
"""Letters of the longest one that is not written in Punycode, and a little more; longer ones are not looked up."""


def is_top_level(label: str) -> bool:
    """Whether a label is a top-level domain, as people write it: `com`, `JP`, `한국`, `xn--p1ai`."""
    return _is_punycode(label) or (len(label) <= LONGEST and label.lower() in _all())


def _is_punycode(label: str) -> bool:
    """X counts every label in Punycode as one, without looking it up (twitter-text, `punycode.js`)."""
    return label[:4].lower() == "xn--" and len(label) > 4


@cache
def _all() -> frozenset[str]:
    return frozenset(_last_labels())


def _last_labels() -> Iterator[str]:
    text = files(_PACKAGE).joinpath(LIST).read_text(encoding="utf-8")
    for line in text.partition(_PRIVATE)[0].splitlines():
        rule = line.strip()
        if rule and not rule.startswith("//"):
            yield rule.rpartition(".")[2].lower()
