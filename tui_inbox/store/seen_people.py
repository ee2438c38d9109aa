"""Whom the writer has stored last: most posts are by few people, who need not be looked up for each of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from tui_inbox.core.person import Person, PersonRef

REMEMBERED = 500
"""So many people, about half a mebibyte. A lively timeline has fewer authors on a day."""


class _LastPut(NamedTuple):
    account: int
    person: Person
    id: int


class SeenPeople:
    """What was last stored of each person, by which account.

    True as long as `put_person` alone changes what is known of people, on one connection. The owner of the
    connection throws it away when a transaction is rolled back, and when another process has written.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[PersonRef, _LastPut] = OrderedDict()

    def find(self, account: int, person: Person) -> int | None:
        """The local id of somebody of whom the store holds exactly this, from this account; else None."""
        last = self._last.get(person.ref)
        if last is None or last.account != account or last.person != person:
            return None
        self._last.move_to_end(person.ref)
        return last.id

    def note(self, account: int, person: Person, id: int) -> None:
        """Remember what was stored of somebody just now."""
        self._last[person.ref] = _LastPut(account, person, id)
        self._last.move_to_end(person.ref)
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
