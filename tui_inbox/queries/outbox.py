"""The outbox in words: what must leave, where it stands, and what the status line says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import Health
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.queries.accounts import Viewer, account_rows, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.overviews import OutboxItem, StatusView
from tui_inbox.queries.rows import PersonLabel, Scope
from tui_inbox.store import batches, outbox
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow

OPEN = tuple(state for state in OutboxState if not state.is_final)
FAILED = (OutboxState.REFUSED, OutboxState.UNKNOWN)


def rows(db: Connection, scope: Scope) -> tuple[OutboxItem, ...]:
    """What has not left yet, oldest first. What was sent or thrown away is left out."""
    shown = viewers(db, scope)
    return _items(db, shown, outbox.rows(db, accounts=list(shown), states=OPEN))


def status(db: Connection, scope: Scope, health: Mapping[int, Health]) -> StatusView:
    """The status line of a scope.

    Args:
        scope: whose.
        health: of each account, by local id, as the hub says; accounts it does not speak of are left out.
    """
    shown = viewers(db, scope)
    found = outbox.rows(db, accounts=list(shown), states=OPEN)
    held = [row for row in found if row.state is OutboxState.HELD]
    sending = [row for row in found if row.state is OutboxState.SENDING]
    return StatusView(
        accounts=tuple(row for row in account_rows(db) if row.id in shown),
        health=tuple((account, health[account]) for account in shown if account in health),
        held=_items(db, shown, held),
        waiting=sum(row.state is OutboxState.WAITING for row in found),
        failed=sum(row.state in FAILED for row in found),
        sending=_items(db, shown, sending),
        texts=tuple(row.id for row in found if row.kind == POST),
    )


def sent(db: Connection, scope: Scope, ids: Iterable[int]) -> tuple[OutboxItem, ...]:
    """Those of some rows that have arrived, in their order.

    Args:
        scope: whose.
        ids: rows that had not left a moment ago.
    """
    shown = viewers(db, scope)
    found = [row for id in sorted(ids) if (row := outbox.row(db, id)) is not None]
    arrived = [row for row in found if row.state is OutboxState.SENT and row.account in shown]
    return _items(db, shown, arrived)


def _items(
    db: Connection, shown: Mapping[int, Viewer], found: Sequence[OutboxRow]
) -> tuple[OutboxItem, ...]:
    authors = batches.authors_of(db, {row.post for row in found if row.post is not None})
    people = {row.person for row in found if row.person is not None} | set(authors.values())
    names = {account: labels(db, account, people) for account in shown} if people else {}
    return tuple(
        OutboxItem(
            id=row.id,
            account=row.account,
            letters=shown[row.account].letters,
            what=_what(row, names.get(row.account, {}), authors, shown[row.account].owner),
            text=Draft.from_json(row.content).text if row.kind == POST else "",
            state=row.state,
            reason=row.reason,
            release_at=row.release_at,
            changed_at=row.changed_at,
        )
        for row in found
    )


_ACTS = {
    ActKind.FAVOURITE: "favourite for {}",
    ActKind.UNFAVOURITE: "favourite taken back from {}",
    ActKind.BOOST: "boost of {}",
    ActKind.UNBOOST: "boost taken back of {}",
    ActKind.BOOKMARK: "bookmark of {}",
    ActKind.UNBOOKMARK: "bookmark taken back of {}",
    ActKind.DELETE: "deletion of your post",
    ActKind.NOTE: "note on {}",
    ActKind.LIST: "{} put on a list",
    ActKind.UNLIST: "{} taken off a list",
    ActKind.ACCEPT_FOLLOW: "follow of {} accepted",
    ActKind.REJECT_FOLLOW: "follow of {} refused",
    ActKind.ADMIT: "{} let through",
    ActKind.DISMISS: "what was held back of {} put away",
    ActKind.VOTE: "vote in a poll of {}",
}


def _what(
    row: OutboxRow, names: Mapping[int, PersonLabel], authors: Mapping[int, int], owner: int
) -> str:
    person = row.person if row.person is not None else authors.get(row.post or 0)
    label = names.get(person or 0)
    name = "yourself" if person == owner else label.name if label else "somebody"
    if row.kind == POST:
        draft = Draft.from_json(row.content)
        if draft.reply_to is not None:
            return f"reply to {name}"
        return "quote" if draft.quotes is not None else "post"
    act = ActKind(row.kind)
    return _ACTS.get(act, f"{act} {{}}").format(name)
