"""Who waits at the door: people who ask to follow, and people whose posts the server holds back."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.door import Wish
from tui_inbox.core.moment import Millis
from tui_inbox.queries.accounts import viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.rows import PersonLabel, Scope
from tui_inbox.store import batches, door
from tui_inbox.store.database import Connection


class DoorRow(Struct, frozen=True):
    """Somebody at the door.

    Attributes:
        letters: of the account at whose door they are; empty where one account only is shown.
        at: when they were last heard from, where the server says so.
        notices: how many of their notifications are held back.
        text: their newest text that is known; empty where there is none.
    """

    account: int
    letters: str
    wish: Wish
    person: PersonLabel
    at: Millis | None
    notices: int
    text: str


def rows(db: Connection, scope: Scope) -> tuple[DoorRow, ...]:
    """Who waits at the doors of a scope and was not decided on: first those who ask to follow."""
    shown = viewers(db, scope)
    waiting = door.waiting(db, list(shown))
    names: dict[int, dict[int, PersonLabel]] = {}
    texts: dict[int, dict[int, str]] = {}
    for account in {one.account for one in waiting}:
        people = {one.person for one in waiting if one.account == account}
        names[account] = labels(db, account, people)
        newest = batches.latest_posts(db, account, people)
        said = batches.texts_of(db, newest.values())
        texts[account] = {person: said.get(post, "") for person, post in newest.items()}
    return tuple(
        DoorRow(
            account=one.account,
            letters=shown[one.account].letters,
            wish=one.wish,
            person=names[one.account].get(one.person, SOMEBODY),
            at=one.at,
            notices=one.notices,
            text=one.text or texts[one.account].get(one.person, ""),
        )
        for one in waiting
    )
