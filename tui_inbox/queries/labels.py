"""People as rows name them."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.queries.rows import PersonLabel
from tui_inbox.queries.ties import ties_with
from tui_inbox.store import people as stored_people
from tui_inbox.store.database import Connection


def labels(db: Connection, account: int, people: Iterable[int]) -> dict[int, PersonLabel]:
    """The labels of some people in the eyes of an account; unknown ones are left out."""
    wanted = set(people)
    ties = ties_with(db, account, wanted)
    return {
        id: PersonLabel(id, name, handle, partner=id in ties and ties[id].exchanged)
        for id, (name, handle) in stored_people.names(db, wanted).items()
    }
