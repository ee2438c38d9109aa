"""Families of servers that speak Mastodon's API: how they are told apart, and what is known of each.

Names are hints: what is written here is where asking begins, and what a server answers is believed
over it. Source: the servers' own documentation and code; a field is None where they differ between
versions, so that it has to be found out.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.text import clean_line


class Family(StrEnum):
    """Whose ways a server has. Forks that keep the ways of their origin count as it."""

    MASTODON = "Mastodon"
    GOTOSOCIAL = "GoToSocial"
    PLEROMA = "Pleroma"
    AKKOMA = "Akkoma"
    PIXELFED = "Pixelfed"
    TAKAHE = "Takahē"
    SNAC = "snac"
    MITRA = "Mitra"
    ICESHRIMP = "Iceshrimp"
    SHARKEY = "Sharkey"
    OTHER = "other"


class Ways(Struct, frozen=True):
    """What a family is known to do.

    Attributes:
        search: whether posts are found by word; None where that is the server's choice.
        min_id: whether pages can be read upward.
        keys: whether a second try under the same idempotency key is recognised.
        schedules: whether texts are kept for later; None where that is not known.
        edits: whether own posts can be changed.
        tags: whether the timeline of a tag takes further ones (facts: `any[]`, `all[]`, `none[]`).
    """

    search: bool | None = None
    min_id: bool | None = None
    keys: bool = False
    schedules: bool | None = False
    edits: bool = True
    tags: bool = False


WAYS = {
    Family.MASTODON: Ways(min_id=True, keys=True, schedules=True, tags=True),
    # Finds the owner's own posts only, and knows no keys.
    Family.GOTOSOCIAL: Ways(search=False, min_id=True, schedules=True),
    Family.PLEROMA: Ways(
        search=True, min_id=True, schedules=True, tags=True
    ),  # replays errors under a key
    Family.AKKOMA: Ways(search=True, min_id=True, schedules=True, tags=True),
    Family.PIXELFED: Ways(min_id=True, edits=False),  # burns a key before it posts
    Family.TAKAHE: Ways(min_id=True),
    Family.SNAC: Ways(),  # a cursor must be an entry that still exists
    Family.MITRA: Ways(search=False, min_id=False),  # a key is the same one for all its people
    Family.ICESHRIMP: Ways(min_id=True, tags=True),
    Family.SHARKEY: Ways(min_id=True),
    Family.OTHER: Ways(schedules=None),
}

_COMPATIBLE = re.compile(r"\(compatible;\s*([^)]+)\)", re.IGNORECASE)
_NAMES = (
    ("gotosocial", Family.GOTOSOCIAL),
    ("akkoma", Family.AKKOMA),
    ("pleroma", Family.PLEROMA),
    ("pixelfed", Family.PIXELFED),
    ("takahe", Family.TAKAHE),
    ("takahē", Family.TAKAHE),
    ("snac", Family.SNAC),
    ("mitra", Family.MITRA),
    ("iceshrimp", Family.ICESHRIMP),
    ("sharkey", Family.SHARKEY),
    ("mastodon", Family.MASTODON),
    ("hometown", Family.MASTODON),
    ("glitch", Family.MASTODON),
)


class Recognised(Struct, frozen=True):
    """What a server runs: family, its own name for it, and version; empty where it does not say."""

    family: Family = Family.OTHER
    software: str = ""
    version: str = ""


def recognise(
    version: str | None,
    *,
    source_url: str | None = None,
    api_version: int | None = None,
    name: str | None = None,
    own_version: str | None = None,
) -> Recognised:
    """Tell what a server runs from what it says.

    Args:
        version: of the instance information: Mastodon's own, or `4.2 (compatible; Name 1.0)`.
        source_url: where its source code is.
        api_version: `api_versions.mastodon`, which Mastodon and its forks alone declare by themselves.
        name: what nodeinfo calls the software.
        own_version: the version by nodeinfo.
    """
    told = clean_line(version or "", limit=100)
    if compatible := _COMPATIBLE.search(told):
        words = compatible[1].strip()
        software, _, number = words.replace("/", " ", 1).partition(" ")
        return Recognised(_family_of(software), software, number.strip())
    if "gotosocial" in (source_url or "").lower():
        return Recognised(Family.GOTOSOCIAL, Family.GOTOSOCIAL.value, told)
    if api_version is not None:
        return Recognised(Family.MASTODON, Family.MASTODON.value, told)
    if software := clean_line(name or "", limit=100):
        family = _family_of(software)
        shown = family.value if family.value.lower() == software.lower() else software
        return Recognised(family, shown, clean_line(own_version or "", limit=100) or told)
    if re.match(r"[2-9]\.", told):
        return Recognised(Family.MASTODON, Family.MASTODON.value, told)
    return Recognised(version=told)


def says_enough(recognised: Recognised, api_version: int | None) -> bool:
    """Whether nodeinfo need not be asked: a bare version may be Mastodon's or that of a lookalike."""
    return recognised.family not in (Family.OTHER, Family.MASTODON) or api_version is not None


def _family_of(software: str) -> Family:
    lower = software.lower()
    return next((family for name, family in _NAMES if name in lower), Family.OTHER)
