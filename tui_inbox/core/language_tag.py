"""Tags of languages, as servers take them: BCP 47, `en` or `pt-BR`."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}"  # a language; the longer ones of the grammar were never given out
    r"(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"  # script and region
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",  # extensions, and what is one's own
    re.IGNORECASE | re.ASCII,
)
"""The grammar of RFC 5646, section 2.1."""


def language_tag(typed: str) -> str | None:
    """The tag that somebody typed, `pt-BR` for `pt_BR`; None for nothing typed.

    Raises:
        ValueError: with a sentence for the user, where it is none.
    """
    tag = typed.strip().replace("_", "-")
    if tag and not _TAG.fullmatch(tag):
        raise ValueError(f"“{typed.strip()}” is no language tag: try en, de or pt-BR.")
    return tag or None
