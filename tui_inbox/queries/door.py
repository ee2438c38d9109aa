"""Who stands before the door: strangers who wrote, people whose posts the server holds back, who asks to follow."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct

from tui_inbox.core.act import ActKind
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import Millis
from tui_inbox.core.pending import done_to_person
from tui_inbox.queries import inbox
from tui_inbox.queries.accounts import viewer, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.post_rows import SOMEBODY
from tui_inbox.queries.rows import ItemRow, PersonLabel, Scope
from tui_inbox.store import batches, door, laid_over, people
from tui_inbox.store.database import Connection


class Visitor(Struct, frozen=True):
    """Somebody before the door, to be decided on.

    Attributes:
        key: the same for as long as they stand there.
        letters: of the account at whose door they are; empty where one account only is shown.
        wish: what they want; None for somebody who wrote.
        item: the conversation they opened, where they wrote.
        at: when they were last heard from, where that is known.
        text: what they wrote, where it is known.
        notices: how many of their notifications the server holds back.
    """

    key: str
    account: int
    letters: str
    person: PersonLabel
    wish: Wish | None = None
    item: ItemRow | None = None
    at: Millis | None = None
    text: str = ""
    notices: int = 0


def visitors(
    db: Connection, scope: Scope, *, now: Millis, zone: tzinfo | None = None
) -> tuple[Visitor, ...]:
    """Everybody before the doors of a scope: strangers as the Inbox has them, then who is held back, then who asks
    to follow. Who is blocked or muted, or will be in a moment, is gone."""
    shown = inbox.view(db, scope, now=now, zone=zone)
    strangers = [row for lane in shown.lanes if lane.lane is Lane.STRANGERS for row in lane.rows]
    found = [
        Visitor(
            key=f"item:{row.id}",
            account=row.account,
            letters=row.letters,
            person=row.person,
            item=row,
            at=row.at,
            text=row.post.warning or row.post.text if row.post else "",
        )
        for row in strangers
    ]
    waiting = [one for one in rows(db, scope) if not _is_shut_out(db, one)]
    for wish in (Wish.BE_HEARD, Wish.FOLLOW):
        found += [
            Visitor(
                key=f"{wish}:{one.account}:{one.person.id}",
                account=one.account,
                letters=one.letters,
                person=one.person,
                wish=wish,
                at=one.at,
                text=one.text,
                notices=one.notices,
            )
            for one in waiting
            if one.wish is wish
        ]
    return tuple(found)


def visitor(
    db: Connection, account: int, person: int, *, now: Millis, zone: tzinfo | None = None
) -> Visitor | None:
    """Somebody as a visitor, wherever they stand; None where nothing is stored of them."""
    eyes = viewer(db, account)
    known = labels(db, account, [person]).get(person)
    if eyes is None or known is None:
        return None
    shown = inbox.view(db, Scope((account,)), now=now, zone=zone)
    theirs = (row for lane in shown.lanes for row in lane.rows if row.person.id == person)
    item = next(theirs, None)
    newest = batches.latest_posts(db, account, [person])
    said = batches.texts_of(db, newest.values())
    text = item.post.text if item and item.post else next(iter(said.values()), "")
    return Visitor(
        key=f"person:{account}:{person}",
        account=account,
        letters=eyes.letters,
        person=known,
        item=item,
        at=item.at if item else None,
        text=text,
    )


def _is_shut_out(db: Connection, one: DoorRow) -> bool:
    """Whether somebody is blocked or muted, counting what has not left yet."""
    seen = people.view(db, one.account, one.person.id)
    pending = laid_over.pending_acts_on_people(db, one.account, [one.person.id])
    done = done_to_person(
        following=False,
        muting=seen is not None and seen.muting,
        blocking=seen is not None and seen.blocking,
        pending=pending.get(one.person.id, ()),
    )
    return ActKind.BLOCK in done or ActKind.MUTE in done


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
