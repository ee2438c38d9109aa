"""The outbox in words: what must leave, where it stands, and what the status line says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui_inbox.core.act import ActKind
from tui_inbox.core.draft import Draft
from tui_inbox.core.health import Health
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.priority.phrases import counted
from tui_inbox.queries.accounts import Viewer, account_rows, viewers
from tui_inbox.queries.labels import labels
from tui_inbox.queries.overviews import OutboxItem, StatusView
from tui_inbox.queries.rows import PersonLabel, Scope
from tui_inbox.store import batches, outbox, spending
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow

OPEN = tuple(state for state in OutboxState if not state.is_final)
FAILED = (OutboxState.REFUSED, OutboxState.UNKNOWN)


def rows(db: Connection, scope: Scope) -> tuple[OutboxItem, ...]:
    """What has not left yet, oldest first. What was sent or thrown away is left out.

    What was handed over together stands together: the parts of a thread in their order, account by account.
    """
    shown = viewers(db, scope)
    found = outbox.rows(db, accounts=list(shown), states=OPEN)
    return _items(db, shown, _together(found))


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
        texts=tuple(row.id for row in found if row.is_text),
        scheduled=sum(row.state is OutboxState.SCHEDULED for row in found),
        refused=_items(db, shown, [row for row in found if row.state is OutboxState.REFUSED]),
        spent=spending.latest(db, shown),
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
    parts = _parts(db, found)

    def item(row: OutboxRow) -> OutboxItem:
        draft = Draft.from_json(row.content) if row.is_text else None
        eyes = shown[row.account]
        return OutboxItem(
            id=row.id,
            account=row.account,
            letters=eyes.letters,
            what=_what(row, draft, names.get(row.account, {}), authors, eyes.owner),
            text=draft.text if draft else "",
            state=row.state,
            reason=row.reason,
            release_at=row.release_at,
            changed_at=row.changed_at,
            kind=row.kind,
            post=row.post if row.post is not None or draft is None else draft.quotes,
            warning=draft.warning if draft else "",
            goes_with=goes_with(draft) if draft else "",
            part=parts.get(row.id, ""),
            follows=_follows(db, row),
            at_server=row.remote_id is not None,
            send_at=draft.send_at if draft else None,
            in_doubt=row.is_in_doubt,
        )

    return tuple(map(item, found))


def goes_with(draft: Draft) -> str:
    """What goes with a text, in words: `2 files, a poll`."""
    files = counted(len(draft.attachments), "file") if draft.attachments else ""
    poll = "a poll" if draft.poll else ""
    return ", ".join(part for part in (files, poll) if part)


def _together(found: Sequence[OutboxRow]) -> list[OutboxRow]:
    """Rows in the order of their first ones, those that belong to one another behind each other."""
    known = {row.id: row for row in found}
    first: dict[Millis, int] = {}
    for row in found:
        if row.is_text:
            first[row.created_at] = min(row.id, first.get(row.created_at, row.id))

    def place(row: OutboxRow) -> tuple[int, int, int, int]:
        depth, top = 0, row
        while top.follows in known and top.follows != row.id:
            depth, top = depth + 1, known[top.follows]
        begun = first.get(top.created_at, top.id) if top.is_text else top.id
        return begun, row.account, depth, row.id

    return sorted(found, key=place)


def _parts(db: Connection, found: Sequence[OutboxRow]) -> dict[int, str]:
    """Which part of a thread each row is, parts that have left included; those of no thread are left out."""
    texts = {row.id: row for row in found if row.is_text}
    threads: dict[int, dict[int, int]] = defaultdict(dict)
    for row in texts.values():
        above = list(_above(db, row, texts))
        threads[above[-1] if above else row.id][row.id] = len(above)
    numbered = {}
    for places in threads.values():
        count = 1 + max(places.values())
        for id, place in places.items():
            if count > 1:
                numbered[id] = f"part {place + 1} of {count}"
    return numbered


def _above(db: Connection, row: OutboxRow, known: Mapping[int, OutboxRow]) -> Iterator[int]:
    """The parts above a part of a thread, nearest first."""
    while row.follows is not None:
        above = known.get(row.follows) or outbox.row(db, row.follows)
        if above is None or above.kind != POST:
            return
        yield above.id
        row = above


def _follows(db: Connection, row: OutboxRow) -> str:
    """What has to leave before a row, where it has not."""
    before = outbox.row(db, row.follows) if row.follows is not None else None
    if before is None or before.state is OutboxState.SENT:
        return ""
    if before.kind == ActKind.UNSCHEDULE:
        return "the withdrawal of its plan at the server"
    return "the part above it" if before.is_text else "the deletion of your post"


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
    ActKind.REPORT: "report on {}",
    ActKind.HIDE_BOOSTS: "boosts by {} hidden",
    ActKind.SHOW_BOOSTS: "boosts by {} shown again",
    ActKind.MUTE_TALK: "conversation with {} muted",
    ActKind.UNMUTE_TALK: "conversation with {} not muted any more",
    ActKind.BLOCK_SERVER: "block of all of {}",
    ActKind.UNBLOCK_SERVER: "block of all of {} taken back",
    ActKind.HIDE_WORD: "posts with “{}” hidden",
    ActKind.SHOW_WORD: "posts with “{}” shown again",
    ActKind.PROFILE: "change of your profile",
    ActKind.UNSCHEDULE: "a text that the server keeps taken back",
}


def _what(
    row: OutboxRow,
    draft: Draft | None,
    names: Mapping[int, PersonLabel],
    authors: Mapping[int, int],
    owner: int,
) -> str:
    person = row.person if row.person is not None else authors.get(row.post or 0)
    label = names.get(person or 0)
    name = "yourself" if person == owner else label.name if label else "somebody"
    if draft is not None:
        return _what_text(draft, name)
    act = ActKind(row.kind)
    words = _ACTS.get(act, f"{act} {{}}")
    return words.format(row.content if act.on_account else name)


def _what_text(draft: Draft, name: str) -> str:
    if draft.edits is not None:
        return "change of your post"
    if draft.reply_to is not None:
        return f"reply to {name}"
    return "quote" if draft.quotes is not None else "post"
