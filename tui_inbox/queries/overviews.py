"""Overviews as plain data: what happened, what waits to leave, and counts of what waits for the owner."""

from __future__ import annotations

from msgspec import Struct

from tui_inbox.core.draft import Draft
from tui_inbox.core.events import NoticeKind
from tui_inbox.core.health import Health
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.spending import Day, Micros
from tui_inbox.queries.rows import (
    AccountRow,
    InboxView,
    PeopleView,
    PersonLabel,
    PostRow,
    SearchRows,
    TimelineWindow,
)


class ActivityRow(Struct, frozen=True):
    """A like, boost, follow or other quiet news."""

    account: int
    letters: str
    kind: NoticeKind
    at: Millis
    person: PersonLabel | None
    words: str
    post: PostRow | None


class WatchedRow(Struct, frozen=True):
    """A watched conversation.

    Attributes:
        id: local id of the watch.
        post: what the conversation began with, as far as it is stored.
        new: how many of its posts the owner has not seen; `first_new` is the first of them.
        last: local id of the latest of its posts; `last_at`: when it was written; `last_by`: by whom, by name.
        next_at: when its server is asked next, not before; None where it has ended.
        ends_at: when watching ends if nothing comes; None where it has ended.
        stands: when it is asked and when it ends, or when and why it has ended, in words.
        trouble: why the server did not answer when it was last asked; empty where it did.
    """

    id: int
    account: int
    letters: str
    post: PostRow
    new: int
    first_new: int | None
    last: int
    last_at: Millis
    last_by: str
    next_at: Millis | None
    ends_at: Millis | None
    stands: str
    trouble: str = ""
    ended: bool = False


class WatchedCount(Struct, frozen=True):
    """How many threads are watched, how many of their posts are new, and in how many of them."""

    threads: int
    new: int
    with_new: int


class OutboxItem(Struct, frozen=True):
    """A row of the outbox in words: `what` ("reply to quillfox"), `text`, state and reason.

    Attributes:
        kind: what it is: `post`, `edit`, or a `core.act.ActKind`.
        post: local id of the post that it answers, quotes, changes or acts on.
        goes_with: what goes with a text, in words: `2 files, a poll`; empty for nothing. `warning` stands before it.
        part: which part of a thread it is, as `part 2 of 3`; empty where it is whole.
        follows: what has to leave before it and has not, in words; empty for nothing.
        at_server: whether the server keeps it until its moment, whatever becomes of this machine.
        send_at: when a text is to be posted; None for as soon as it leaves.
        in_doubt: whether it may have arrived, although no answer said so.
    """

    id: int
    account: int
    letters: str
    what: str
    text: str
    state: OutboxState
    reason: str
    release_at: Millis
    changed_at: Millis
    kind: str = POST
    post: int | None = None
    warning: str = ""
    goes_with: str = ""
    part: str = ""
    follows: str = ""
    at_server: bool = False
    in_doubt: bool = False
    send_at: Millis | None = None


class DraftRow(Struct, frozen=True):
    """A kept draft: for whom it is, and what goes with it (`2 files, a poll`)."""

    draft: Draft
    letters: str
    target: str
    goes_with: str = ""


class CatchUpLine(Struct, frozen=True):
    """One line of the catch-up screen: a count, what it counts, who or what, and where Enter leads."""

    count: int
    words: str
    detail: str
    goes_to: str


class CatchUp(Struct, frozen=True):
    """What happened while the owner was away."""

    away_since: Millis
    lines: tuple[CatchUpLine, ...]


class StatusView(Struct, frozen=True):
    """The status line: accounts with their health, what is held or stuck in the outbox.

    Attributes:
        held: what leaves in a moment and can be stopped.
        waiting: how many wait for the line.
        failed: how many were refused, or may have arrived or not.
        scheduled: how many wait for their moment, here or at the server.
        refused: what was refused, with the reasons.
        sending: what is on its way to the server at this moment.
        texts: ids of the texts that have not left, so that it can be told when one has.
        spent: the last day on which each account bought something of its network, and what that has cost.
    """

    accounts: tuple[AccountRow, ...]
    health: tuple[tuple[int, Health], ...]
    held: tuple[OutboxItem, ...]
    waiting: int
    failed: int
    sending: tuple[OutboxItem, ...] = ()
    texts: tuple[int, ...] = ()
    scheduled: int = 0
    refused: tuple[OutboxItem, ...] = ()
    spent: tuple[tuple[Day, Micros], ...] = ()


class NeedsYou(Struct, frozen=True):
    """Something `n` stops at: an inbox item, a marked hit or a failed send. `pane` names where it stands."""

    pane: str
    key: str
    account: int
    post: int | None


class Glance(Struct, frozen=True):
    """What a status bar shows: how many people one talks with wait, and how many newcomers."""

    waiting: int
    newcomers: int


class Digest(Struct, frozen=True):
    """The four panes at one moment, and what is watched. `read_at`: when a server was last asked for the timeline."""

    now: Millis
    read_at: Millis | None
    timeline: TimelineWindow
    inbox: InboxView
    searches: tuple[SearchRows, ...]
    people: PeopleView
    watched: WatchedCount
