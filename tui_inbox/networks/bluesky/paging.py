"""Cursors: going on below a page, or below an entry of which only the id is known.

Servers page by cursors of their own, which are opaque. A hole in a feed remembers only its edges, so an entry's id has
to do as well. Then its cursor is made in the form in which this server was seen to make them: by time and content
hash, or by time alone (the reference AppView has both). Where the form is another one, pages are read from the top
until the entry is met.
"""

from __future__ import annotations

import re
from collections import OrderedDict

from msgspec import Struct

from tui_inbox.core.moment import Millis

_BY_TIME_AND_HASH = re.compile(r"\d{1,15}(_{2}|:{2})[A-Za-z0-9]+")
_BY_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_REMEMBERED = 5_000


class Place(Struct, frozen=True):
    """Where an entry stands: the time by which it is filed, as it was told too, and the hash of its record."""

    at: Millis
    told: str
    cid: str


class Cursors:
    """Remembers, while the program runs, where entries stand and what cursors look like."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._samples: dict[str, str] = {}

    def met(self, entry_id: str, place: Place) -> None:
        """Note where an entry stands."""
        self._places[entry_id] = place
        self._places.move_to_end(entry_id)
        while len(self._places) > _REMEMBERED:
            self._places.popitem(last=False)

    def place(self, entry_id: str) -> Place | None:
        """Where an entry stands, if it was met."""
        return self._places.get(entry_id)

    def told(self, method: str, cursor: str) -> None:
        """Note a cursor that a server made."""
        self._samples[method] = cursor

    def knows_form(self, method: str) -> bool:
        """Whether this server was seen to make a cursor there."""
        return method in self._samples

    def below(self, method: str, place: Place) -> str | None:
        """The cursor of the page below an entry; None where it is not known how they are made."""
        sample = self._samples.get(method, "")
        if found := _BY_TIME_AND_HASH.fullmatch(sample):
            return f"{place.at}{found[1]}{place.cid}" if place.cid else None
        return place.told if _BY_TIME.fullmatch(sample) and place.told else None


def is_entry(cursor: str) -> bool:
    """Whether a cursor is the id of an entry: those are addresses of records."""
    return cursor.startswith("at://")
