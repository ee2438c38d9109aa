"""Patterns that are compiled when they are first needed, and kept.

What the first picture needs of this program are few of its patterns; compiling all of them, and loading
the `regex` package, took a tenth of the time until it was there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex


@cache
def plain(pattern: str) -> re.Pattern[str]:
    """A pattern of the standard library."""
    return re.compile(pattern)


@cache
def unicode(pattern: str) -> regex.Pattern[str]:
    r"""A pattern of the `regex` package, which knows `\\X` and Unicode's properties."""
    import regex

    return regex.compile(pattern)
