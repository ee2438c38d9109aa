"""What stories about syncing begin with: a store with one account, a scripted network, and a clock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from support.scripted_network import ME, NOON, ScriptedNetwork

from tui_inbox.core.account import Account, Limits
from tui_inbox.core.draft import Draft
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.outbox_state import POST, OutboxState
from tui_inbox.core.post import Audience, SeenPost
from tui_inbox.store import accounts, outbox, posts
from tui_inbox.store.database import Connection
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.posts import StoredPost
from tui_inbox.store.store import Store
from tui_inbox.sync.backfill import Backfill
from tui_inbox.sync.ingest import Ingest


class SelfPassingClock:
    """A clock on which every wait is over at once."""

    def __init__(self, now: Millis) -> None:
        self.time = now

    def now(self) -> Millis:
        return self.time

    def monotonic(self) -> float:
        return self.time / SECOND

    async def sleep(self, seconds: float) -> None:
        self.time += round(seconds * SECOND)


@dataclass
class Desk:
    """What most stories of this room need."""

    store: Store
    account: Account
    network: ScriptedNetwork
    clock: SelfPassingClock
    ingest: Ingest
    backfill: Backfill


async def no_searches() -> None:
    """Nothing is looked for on the server."""


def new_desk(folder: Path) -> Desk:
    """A desk with nothing on it; its store lies in `folder` and is closed by whoever asked for it."""
    store = Store(folder / "inbox.db")
    network, clock = ScriptedNetwork(), SelfPassingClock(NOON)
    account = store.write(
        lambda w: accounts.add_account(
            w,
            network="scripted",
            server="https://scripted.example",
            person=ME,
            letters="me",
            label="me",
            limits=Limits(),
        )
    ).result()
    ingest = Ingest(store, clock)
    return Desk(
        store, account, network, clock, ingest, Backfill(store, ingest, clock, network, account.id)
    )


def put_text(
    desk: Desk,
    text: str,
    *,
    hold: Millis = 0,
    reply_to: int | None = None,
    audience: Audience = Audience.PUBLIC,
) -> int:
    """Put a text into the outbox, as sending does; the row's id."""
    draft = Draft(0, desk.account.id, text, audience=audience, reply_to=reply_to)
    return put_draft(desk.store, draft, desk.clock.now(), hold=hold)


def put_draft(store: Store, draft: Draft, now: Millis, *, hold: Millis = 0) -> int:
    """Put a draft into the outbox; the row's id."""
    return store.write(
        lambda w: outbox.add(
            w,
            account=draft.account,
            kind=POST,
            state=OutboxState.HELD,
            key=str(uuid4()),
            content=draft.to_json(),
            created_at=now,
            release_at=now + hold,
            post=draft.reply_to,
        )
    ).result()


def only_row(desk: Desk) -> OutboxRow:
    """The newest row of the outbox."""
    return desk.store.read(outbox.rows).result()[-1]


def stored(desk: Desk, seen: SeenPost) -> StoredPost:
    """A post as the desk's store has it, which it surely does."""

    def read(db: Connection) -> StoredPost | None:
        found = posts.find(db, desk.account.id, seen.view.server_id)
        return posts.post(db, desk.account.id, found) if found else None

    post = desk.store.read(read).result()
    assert post is not None
    return post
