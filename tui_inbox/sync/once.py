"""Reading and sending without staying: what verbs do when no program is running on the store."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from tui_inbox.core.moment import SECOND
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import Clock, Identity, NetworkError, Told
from tui_inbox.core.post import Feed
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.versions import Original
from tui_inbox.store import outbox
from tui_inbox.store.outbox import OutboxRow
from tui_inbox.store.store import Store
from tui_inbox.sync.connected import Connected
from tui_inbox.sync.futures import done
from tui_inbox.sync.ingest import Ingest
from tui_inbox.sync.outbox import Door, Outbox
from tui_inbox.sync.runner import Runner
from tui_inbox.sync.wordings import read_original


def sync_once(store: Store, clock: Clock, accounts: Callable[[], list[Connected]]) -> list[str]:
    """Read what is new for every account. Returns one sentence for each that could not be read."""

    async def run() -> list[str]:
        connected = accounts()
        ingest = Ingest(store, clock)
        try:
            answers = await asyncio.gather(*(_read(one, store, clock, ingest) for one in connected))
        finally:
            for one in connected:
                await one.network.close()
        return [answer for answer in answers if answer]

    return asyncio.run(run())


def read_once(
    store: Store,
    clock: Clock,
    accounts: Callable[[], list[Connected]],
    wanted: tuple[int, ...],
    feed: Feed | None,
) -> list[str]:
    """Read a feed of some accounts up to now. Returns one sentence for each that could not be read.

    Args:
        store: where it goes.
        clock: time.
        accounts: all that are signed in.
        wanted: local ids of those that are asked.
        feed: which one; None to read which feeds they have.
    """

    async def run() -> list[str]:
        connected = accounts()
        ingest = Ingest(store, clock)
        try:
            answers = await asyncio.gather(
                *(
                    _read_feed(one, store, clock, ingest, feed)
                    for one in connected
                    if one.account.id in wanted
                )
            )
        finally:
            for one in connected:
                await one.network.close()
        return [answer for answer in answers if answer]

    return asyncio.run(run())


async def _read_feed(
    one: Connected, store: Store, clock: Clock, ingest: Ingest, feed: Feed | None
) -> str:
    runner = _runner(one, store, clock, ingest, lambda account, identity: None)
    try:
        await runner.identify()
        await (runner.feeds.read(feed) if feed is not None else runner.feeds.read_sources())
    except NetworkError as error:
        return f"{one.account.handle}: {error}"
    return ""


async def _read(one: Connected, store: Store, clock: Clock, ingest: Ingest) -> str:
    runner = _runner(one, store, clock, ingest, lambda account, identity: None)
    try:
        await runner.once()
    except NetworkError as error:
        return f"{one.account.handle}: {error}"
    return ""


def original_once(
    store: Store, accounts: Callable[[], list[Connected]], account: int, post: int
) -> Told[Original]:
    """Ask what was typed into an own post (local id), of the account that wrote it."""

    async def run() -> Told[Original]:
        connected = accounts()
        network = next(one.network for one in connected if one.account.id == account)
        try:
            return await read_original(store, account, network, post)
        except NetworkError as error:
            return Told(sentence=str(error))
        finally:
            for one in connected:
                await one.network.close()

    return asyncio.run(run())


def profile_once(accounts: Callable[[], list[Connected]], account: int) -> Told[OwnProfile]:
    """Ask for an account's own profile."""

    async def run() -> Told[OwnProfile]:
        connected = accounts()
        network = next(one.network for one in connected if one.account.id == account)
        try:
            return Told(await network.profile())
        except NetworkError as error:
            return Told(sentence=str(error))
        finally:
            for one in connected:
                await one.network.close()

    return asyncio.run(run())


def send_once(
    store: Store,
    clock: Clock,
    accounts: Callable[[], list[Connected]],
    row: int,
    *,
    patience_seconds: float = 30.0,
) -> OutboxRow | None:
    """Send what is due of one row's account, until that row is settled or patience ends.

    Other accounts are left alone: how their servers answer must not delay this one.

    Returns:
        The row as it then stands.
    """

    async def run() -> OutboxRow | None:
        connected = accounts()
        ingest = Ingest(store, clock)
        doors: dict[int, Door] = {}
        sender = Outbox(store, ingest, clock, doors, lease=str(os.getpid()))
        try:
            await sender.recover()
            found = await done(store.read(lambda db: outbox.row(db, row)))
            if found is None:
                return None
            for one in connected:
                if one.account.id == found.account:
                    await _open_door(one, store, clock, ingest, doors)
            return await _until_settled(sender, store, clock, found, patience_seconds)
        finally:
            for one in connected:
                await one.network.close()

    return asyncio.run(run())


async def wait_for(
    store: Store, clock: Clock, row: int, patience_seconds: float
) -> OutboxRow | None:
    """Watch a row that the running program was handed, until it is settled or patience ends."""
    until = clock.monotonic() + patience_seconds
    while True:
        found = await done(store.read(lambda db: outbox.row(db, row)))
        if _is_settled(found) or clock.monotonic() >= until:
            return found
        await clock.sleep(0.2)


def _is_settled(row: OutboxRow | None) -> bool:
    moving = (OutboxState.HELD, OutboxState.WAITING, OutboxState.SENDING)
    return row is None or row.state not in moving


async def _open_door(
    one: Connected, store: Store, clock: Clock, ingest: Ingest, doors: dict[int, Door]
) -> None:
    def opened(account: int, identity: Identity) -> None:
        doors[account] = Door(one.network, identity.limits.honours_keys, identity.limits.keys_last)

    with suppress(NetworkError):  # its rows wait in the outbox
        await _runner(one, store, clock, ingest, opened).identify()


async def _until_settled(
    sender: Outbox, store: Store, clock: Clock, row: OutboxRow, patience_seconds: float
) -> OutboxRow | None:
    until = clock.monotonic() + patience_seconds
    while True:
        due = await sender.work(row.account)
        found = await done(store.read(lambda db: outbox.row(db, row.id)))
        if _is_settled(found) or clock.monotonic() >= until:
            return found
        wait = 0.5 if due is None else max(0.05, (due - clock.now()) / SECOND)
        await clock.sleep(min(wait, 1.0))


def _runner(
    one: Connected,
    store: Store,
    clock: Clock,
    ingest: Ingest,
    on_identity: Callable[[int, Identity], None],
) -> Runner:
    return Runner(
        one.account,
        one.network,
        store,
        ingest,
        clock,
        on_health=lambda account, health: None,
        on_identity=on_identity,
    )
