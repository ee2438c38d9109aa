"""What a click on a stretch of a row does: drawn with the text, and found again where the mouse is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from msgspec import Struct
from rich.style import Style

DEED = "deed"
"""Name under which a stretch of text carries what a click on it does."""


class Does(Enum):
    """Kinds of deeds."""

    KEY = "key"
    """What a key does to the row; `value` is the id of the key."""
    LINK = "link"
    """Opens an address, which is `value`."""
    NAME = "name"
    """Opens the card of somebody whom a post names; `value` is the name as it stands in the text."""
    TAG = "tag"
    """Shows the posts with a tag; `value` is the tag."""
    THREAD = "thread"
    """Opens the thread of another post; `value` is its local id."""


class Deed(Struct, frozen=True):
    """What a click does.

    Attributes:
        does: of which kind it is.
        value: what it does it to, as its kind says.
        post: local id of the post in which it stands; 0 where that is not needed.
        url: where it leads outside, for what is not known here.
    """

    does: Does
    value: str
    post: int = 0
    url: str = ""


def doing(look: Style, deed: Deed) -> Style:
    """How a stretch of text looks that does something when it is clicked."""
    return look + _carrying(deed)


def key_deed(look: Style, id_: str) -> Style:
    """How a stretch of text looks that does what a key does to its row."""
    return look + _carrying(Deed(Does.KEY, id_))


def leading(look: Style, deed: Deed, *, hyperlink: bool) -> Style:
    """How a stretch of text looks that leads to an address, or to what stands for it here.

    Args:
        look: how it looks besides.
        deed: what a click does; its `url` is where it leads, from `core.text.safe_url`: ASCII without controls.
        hyperlink: whether the terminal is told of the address (OSC 8), so that it can show and open it itself.
    """
    styled = doing(look, deed)
    return styled + Style(link=deed.url) if hyperlink and deed.url else styled


def deed_in(meta: Mapping[str, Any]) -> Deed | None:
    """What a stretch of text does by what it carries, or None."""
    told = meta.get(DEED)
    if told is None:
        return None
    does, value, post, url = told
    return Deed(Does(does), value, post, url)


@lru_cache(maxsize=512)  # making one packs what it carries, and the same few come again and again
def _carrying(deed: Deed) -> Style:
    return Style.from_meta({DEED: (deed.does.value, deed.value, deed.post, deed.url)})
