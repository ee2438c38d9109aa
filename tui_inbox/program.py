"""The object graph of one run: which store, which clock, which accounts, which networks.

Part of the composition root (`app.py`); nothing else imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from tui_inbox.clock import ShiftedClock, SystemClock
from tui_inbox.core.account import Account, choose_letters
from tui_inbox.core.draft import OutboxState
from tui_inbox.core.moment import SECOND, Millis
from tui_inbox.core.ports import Identity, Network
from tui_inbox.logs import start_log
from tui_inbox.paths import Paths, find_paths
from tui_inbox.queries.reader import Reader
from tui_inbox.secret_file import open_secrets
from tui_inbox.settings import Settings, SettingsError, load_settings, mistake_in_keys
from tui_inbox.store import accounts as account_store
from tui_inbox.store import searches as search_store
from tui_inbox.store.lock import HubLock
from tui_inbox.store.store import Store
from tui_inbox.sync.bus import Bus

if TYPE_CHECKING:
    import argparse

    from tui_inbox.cli.program import Installation, SignInWays
    from tui_inbox.commands.context import Context
    from tui_inbox.sync.connected import Connected
    from tui_inbox.sync.hub import Hub

HAND_OVER_SECONDS = 15.0
"""How long a verb waits for the running program to send what it was handed."""
DEMO_SEARCH = "anyone know"


class DemoTown(Struct, frozen=True):
    """How the demo town runs: its seed, its pace, and the moment at which its clock begins."""

    seed: int = 7
    speed: float = 1.0
    now: Millis | None = None


class Inbox:
    """One run of the program on one store. Fulfils `cli.program.Program`."""

    def __init__(self, paths: Paths, settings: Settings, demo: DemoTown | None) -> None:
        self.paths = paths
        self.settings = settings
        self.demo = demo
        self.clock = ShiftedClock(demo.now) if demo and demo.now is not None else SystemClock()
        self.bus = Bus()
        self.store_path = paths.demo_store if demo else paths.store
        self.store = Store(self.store_path, on_commit=self.bus.publish)
        self.lock = HubLock(self.store_path.with_suffix(".lock"))
        self.reader = Reader(self.store)

    @property
    def context(self) -> Context:
        """The hands of a verb's commands; the running program finds new rows by itself."""
        from tui_inbox.commands.context import Context

        return Context(self.store, self.clock)

    def context_for(self, hub: Hub) -> Context:
        """The hands of the screen's commands."""
        from tui_inbox.commands.context import Context

        return Context(
            self.store,
            self.clock,
            wake_outbox=hub.wake_outbox,
            hold=self.settings.sending.hold_seconds * SECOND,
        )

    def now(self) -> Millis:
        """The wall clock."""
        return self.clock.now()

    def has_account(self) -> bool:
        """Whether anybody has signed in."""
        return bool(self.store.read(account_store.accounts).result())

    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """The owner's own keys, if no two of them clash.

        Raises:
            SettingsError: they cannot be used.
        """
        if not self.settings.keys:
            return ()
        from tui_inbox.ui.keymap import complaints, own_keys

        keymap = own_keys(self.settings.keys)
        for wrong in complaints(keymap):
            raise mistake_in_keys(self.paths.settings, wrong.id, wrong.what)
        return tuple(keymap.items())

    def installation(self) -> Installation:
        """See `Program.installation`."""
        from tui_inbox.cli.program import Installation

        return Installation(
            store=str(self.store_path),
            holder=self.lock.holder(),
            settings=str(self.paths.settings),
            mistake=self._mistake_in_settings(),
            log=str(self.paths.log),
        )

    def _mistake_in_settings(self) -> str:
        try:
            load_settings(self.paths.settings)
            self.own_keys()
        except SettingsError as error:
            return str(error)
        return ""

    def never_read(self) -> bool:
        """See `Program.never_read`."""
        if self.demo is None:
            return False
        known = self.store.read(account_store.accounts).result()
        history = self.store.read(
            lambda db: account_store.get_state(db, known[0].id, account_store.HISTORY)
        ).result()
        return history is None

    def make_hub(self) -> Hub:
        """The hub of this store, not yet started."""
        from tui_inbox.sync.hub import Hub

        return Hub(self.store, self.bus, self.clock, self._connect)

    def sync(self) -> list[str]:
        """See `Program.sync`."""
        from tui_inbox.sync.once import sync_once

        if not self.lock.try_acquire():
            return []
        try:
            return sync_once(self.store, self.clock, self._connect)
        finally:
            self.lock.release()

    def send(self, row: int) -> tuple[OutboxState, str]:
        """See `Program.send`."""
        import asyncio

        from tui_inbox.sync.once import send_once, wait_for

        if self.lock.try_acquire():
            try:
                sent = send_once(self.store, self.clock, self._connect, row)
            finally:
                self.lock.release()
        else:
            sent = asyncio.run(wait_for(self.store, SystemClock(), row, HAND_OVER_SECONDS))
        return (sent.state, sent.reason) if sent else (OutboxState.DISCARDED, "")

    def sign_in(
        self, network: str, server: str, *, ways: SignInWays, paste: bool, token: str | None
    ) -> str:
        """See `Program.sign_in`."""
        import asyncio

        from tui_inbox.networks.mastodon import signin
        from tui_inbox.sync import line_record

        done = asyncio.run(
            signin.sign_in(
                server,
                clock=self.clock,
                open_browser=ways.show_address,
                ask_code=ways.ask_code if paste else None,
                token=token,
            )
        )
        secrets = open_secrets(self.paths.secrets)
        secrets.put(_secret_name(network, done.identity), done.token)
        account = self._keep_account(network, done.server, done.identity)
        self.store.write(lambda w: line_record.forget(w, account.id)).result()
        return account.handle

    def found_town(self) -> None:
        """Give a new demo store its account and a standing search; the town itself comes by the hub."""
        if self.has_account():
            return
        from tui_inbox.networks.demo.town import owner_identity

        account = self._keep_account("demo", "https://town.example", owner_identity())
        self.store.write(
            lambda w: search_store.add_search(w, account.id, DEMO_SEARCH, at=self.clock.now())
        ).result()

    def _keep_account(self, network: str, server: str, identity: Identity) -> Account:
        known = self.store.read(account_store.accounts).result()
        taken = frozenset(one.letters for one in known if one.person != identity.person.ref)
        handle = identity.person.handle
        return self.store.write(
            lambda w: account_store.add_account(
                w,
                network=network,
                server=server,
                person=identity.person,
                letters=choose_letters(handle, taken),
                label=identity.person.name,
                limits=identity.limits,
            ),
            durable=True,
        ).result()

    def _connect(self) -> list[Connected]:
        """The networks of all accounts. Called where they will be used, and imports them there."""
        from tui_inbox.sync.connected import Connected

        known = self.store.read(account_store.accounts).result()
        return [Connected(account, self._network(account)) for account in known]

    def _network(self, account: Account) -> Network:
        from tui_inbox.sync.account_state import StoredState

        state = StoredState(self.store, account.id)
        if account.network == "demo":
            from tui_inbox.networks.demo.network import DemoNetwork

            town = self.demo or DemoTown()
            return DemoNetwork(clock=self.clock, state=state, seed=town.seed, speed=town.speed)
        from tui_inbox.networks.mastodon.client import MastodonNetwork

        secrets = open_secrets(self.paths.secrets)
        name = f"{account.network}:{account.person.uri}"
        return MastodonNetwork(
            account.server, secrets.get(name) or "", clock=self.clock, state=state
        )


@contextmanager
def open_program(options: argparse.Namespace) -> Iterator[Inbox]:
    """The program that a call asks for; its store is closed at the end, whatever happens.

    Raises:
        SettingsError: the settings file has an error.
        StoreError: the store cannot be used.
        OSError: a folder cannot be made.
    """
    paths = find_paths()
    paths.make()
    start_log(paths.log)
    settings = _settings(paths, options.verb)
    demo = None
    if options.verb == "demo" or options.demo:
        demo = DemoTown(options.seed, options.speed, options.now)
    program = Inbox(paths, settings, demo)
    try:
        if demo:
            program.found_town()
        yield program
    finally:
        program.store.close()
        program.lock.release()


def _settings(paths: Paths, verb: str | None) -> Settings:
    """What the settings file says. The verb that looks for mistakes must not fail at one of them."""
    try:
        return load_settings(paths.settings)
    except SettingsError:
        if verb != "doctor":
            raise
        return Settings()


def _secret_name(network: str, identity: Identity) -> str:
    return f"{network}:{identity.person.ref.uri}"
