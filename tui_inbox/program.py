"""The object graph of one run: which store, which clock, which accounts, which networks.

Part of the composition root (`app.py`); nothing else imports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui_inbox import status_bar
from tui_inbox.clock import ShiftedClock, SystemClock
from tui_inbox.core.account import Account, choose_letters
from tui_inbox.core.moment import DAY, HOUR, SECOND, Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.own_rules import OwnRule
from tui_inbox.core.ports import AccountState, Identity, Network, Secrets
from tui_inbox.core.reading import MediaShown, OwnChoice
from tui_inbox.core.server_query import Dialect
from tui_inbox.file_mark import Mark, mark_of
from tui_inbox.key_file import KeyLines
from tui_inbox.logs import start_log
from tui_inbox.paths import Paths, find_paths
from tui_inbox.queries.reader import Reader
from tui_inbox.rule_settings import own_rule
from tui_inbox.secret_file import open_secrets
from tui_inbox.settings import NotificationSettings, ReadingSettings, Settings
from tui_inbox.settings_file import SettingsFile
from tui_inbox.settings_mistakes import mistakes_in_file, mistakes_in_text
from tui_inbox.settings_reading import (
    LEFT_OUT,
    SettingsError,
    load_settings,
    mistakes_in_keys,
    read_settings,
    settings_text,
)
from tui_inbox.store import accounts as account_store
from tui_inbox.store import groups as group_store
from tui_inbox.store import learning
from tui_inbox.store import own_rules as rule_store
from tui_inbox.store import reading as reading_store
from tui_inbox.store import searches as search_store
from tui_inbox.store.ask_rules import ask_rules
from tui_inbox.store.lock import HubLock
from tui_inbox.store.people import put_identity
from tui_inbox.store.store import Store, Writing
from tui_inbox.sync.bus import Bus

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from tui_inbox.cli.program import Installation, Live
    from tui_inbox.commands.context import Context
    from tui_inbox.core.archive import Imported
    from tui_inbox.core.bubbles import Wishes
    from tui_inbox.core.mix import MixTarget
    from tui_inbox.core.outside import PublicStream
    from tui_inbox.core.ports import Told
    from tui_inbox.core.post import Feed
    from tui_inbox.core.profile import OwnProfile
    from tui_inbox.core.rebuilt import Rebuilt
    from tui_inbox.core.sign_in import SignInCall, SignInWays, SignsIn
    from tui_inbox.core.versions import Original
    from tui_inbox.signing_in import SignedIn
    from tui_inbox.sync.connected import Connected, Outside, Web
    from tui_inbox.sync.hub import Hub

HAND_OVER_SECONDS = 15.0
"""How long a verb waits for the running program to send what it was handed."""
DEMO_SEARCH = "anyone know"
DEMO_GROUP = "market square"
ASKED_BY_ANOTHER = "tui-inbox is running, so no server was asked; this is what it has read."
NO_LINE_IN_THE_DEMO = "The demo town has no line to other networks."
NO_SERVER_NAMED = "The table [listening] of the settings names no server."
_HOUR = re.compile(r"(\d\d):(\d\d)")
SCREENS = (None, "demo")
"""Calls that open the screen."""
TELL_OF_MISTAKES = ("doctor", "config")
"""Verbs that say what is wrong with the settings."""


class DemoTown(Struct, frozen=True):
    """How the demo town runs: its seed, its pace, the moment at which its clock begins, and whether with the tour."""

    seed: int = 7
    speed: float = 1.0
    now: Millis | None = None
    tour: bool = False


class Inbox:
    """One run of the program on one store. Fulfils `cli.program.Program`.

    Args:
        paths: where everything lies.
        settings: those in force at the start.
        demo: how the demo town runs, where that is what is shown.
        seen: what was seen of `files` before the settings were read from them; nothing where that is not known.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        demo: DemoTown | None,
        seen: tuple[Mark, ...] = (),
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.demo = demo
        self.seen = seen
        self.clock = ShiftedClock(demo.now) if demo and demo.now is not None else SystemClock()
        self.bus = Bus()
        self.store_path = paths.demo_store if demo else paths.store
        self.store = Store(self.store_path, on_commit=self.bus.publish, also=status_bar.keep_after)
        self.lock = HubLock(self.store_path.with_suffix(".lock"))
        self.reader = Reader(self.store)
        self.rules = SettingsFile(paths.demo_settings if demo else paths.settings)
        self._own_writes: set[str] = set()
        self._keeping = Lock()
        below = paths.settings if demo else None
        self.keys = KeyLines(
            Path(self.rules.path), below, wrote=lambda: self._own_writes.add("keys")
        )

    @property
    def context(self) -> Context:
        """The hands of a verb's commands; the running program finds new rows by itself."""
        from tui_inbox.commands.context import Context

        return Context(self.store, self.clock, quiet=self._quiet, rules=self.rules)

    def context_for(self, hub: Hub) -> Context:
        """The hands of the screen's commands."""
        from tui_inbox.commands.context import Context

        return Context(
            self.store,
            self.clock,
            wake_outbox=hub.wake_outbox,
            hold=self.settings.sending.hold_seconds * SECOND,
            quiet=self._quiet,
            rules=self.rules,
            keys=self.keys,
        )

    @property
    def _quiet(self) -> Millis:
        """How long nothing must come until watching a thread ends."""
        return self.settings.watching.quiet_days * DAY

    def keep_own_choice(self) -> None:
        """Keep what the settings file says of reading and learning where queries find it; the panes hear of changes."""
        choice, learn = own_choice(self.settings.reading), self.settings.priority.learn
        self.store.write(lambda w: reading_store.put_own_choice(w, choice))
        self.store.write(lambda w: learning.put_choice(w, learn))

    def stored_rules(self) -> Future[tuple[OwnRule, ...]]:
        """The owner's rules as queries find them."""
        return self.store.read(rule_store.own_rules)

    def keep_own_rules(self, stored: tuple[OwnRule, ...]) -> None:
        """Keep the rules of the file where queries find them, before anything is put in order.

        Args:
            stored: those that stand there.
        """
        rules = tuple(map(own_rule, self._rule_settings().rules))
        if rules != stored:
            now = self.clock.now()
            self.store.write(lambda w: rule_store.put_rules(w, rules, now)).result()

    def keep_ask_rules(self) -> None:
        """Keep the file's rules for what looks for something where searches find them."""
        rules, now = self._rule_settings().asks.rules, self.clock.now()
        if rules == self.store.read(ask_rules).result():
            return
        from tui_inbox.commands.searches import take_ask_rules

        self.store.write(lambda w: take_ask_rules(w, rules, now)).result()

    def _rule_settings(self) -> Settings:
        """The settings with the rules: the demo has a file of its own for them."""
        return load_settings(self.paths.demo_settings) if self.demo else self.settings

    @property
    def files(self) -> tuple[Path, ...]:
        """The files in which the settings in force stand."""
        own, demo = self.paths.settings, self.paths.demo_settings
        return (own, demo) if self.demo else (own,)

    @property
    def in_force(self) -> Settings:
        """The settings in force, those of the demo's own file among them."""
        if self.demo is None:
            return self.settings
        told = self._rule_settings()
        return replace(self.settings, rules=told.rules, asks=told.asks, keys=self.key_lines())

    def bubble_wishes(self) -> Wishes:
        """What the settings file says of notifications."""
        return bubble_wishes(self.settings.notifications)

    def mix_target(self) -> MixTarget | None:
        """What the mix of the owner's posts should be; None where they want none."""
        chosen = self.settings.mix
        if not chosen.show:
            return None
        from tui_inbox.core.mix import MixTarget

        return MixTarget(chosen.target.broadcast, chosen.target.chat, chosen.target.engage)

    def count_who_waits(self) -> None:
        """Keep the counts for status bars, as they are after reading, or by the rules of this version."""
        self.store.write(status_bar.keep)

    def now(self) -> Millis:
        """The wall clock."""
        return self.clock.now()

    def has_account(self) -> bool:
        """Whether anybody has signed in."""
        return bool(self.store.read(account_store.accounts).result())

    def keep_look(self, key: str, value: str | bool) -> None:
        """Write a setting of `[look]` into the settings file, the demo's, too: it is about the owner's eyes.

        Raises:
            NotKept: nothing was written.
        """
        from tui_inbox.settings_writing import write_setting

        with self._keeping:  # what was chosen last is what stands there
            self._own_writes.add("look")
            write_setting(self.paths.settings, "look", key, value)

    def own_writes(self, changed: Collection[str]) -> frozenset[str]:
        """Which of the tables that say something else now the program itself has written: they are no news to anybody.

        Args:
            changed: the tables. What was written of others is about to be seen.
        """
        written = self._own_writes & set(changed)
        self._own_writes -= written
        return frozenset(written)

    def key_lines(self) -> dict[str, str]:
        """The table `[keys]`; the demo's own file stands above the owner's."""
        return {**self.settings.keys, **(self._rule_settings().keys if self.demo else {})}

    def mistakes_in_keys(self, wrong: Mapping[str, str]) -> tuple[str, ...]:
        """What to say of lines of the table `[keys]` that are left out, one sentence each.

        Args:
            wrong: by the id in the line, what is wrong with it, without a full stop.
        """
        own = self._rule_settings().keys if self.demo else {}
        places = {
            self.paths.settings: wrong.keys() - own,
            self.paths.demo_settings: wrong.keys() & own,
        }
        return tuple(
            sentence.replace(f"The settings file {path}", "Settings file")
            for path, ids in places.items()
            if ids
            for sentence in mistakes_in_keys(
                path, settings_text(path), {id_: wrong[id_] for id_ in ids}, LEFT_OUT
            )
        )

    def installation(self) -> Installation:
        """See `Program.installation`."""
        from tui_inbox.cli.program import Installation
        from tui_inbox.look_mistakes import mistakes_in_look
        from tui_inbox.store.media_cache import MediaCache

        media = self.paths.demo_media if self.demo else self.paths.media
        return Installation(
            store=str(self.store_path),
            holder=self.lock.holder(),
            settings=str(self.paths.settings),
            mistakes=(
                *mistakes_in_file(self.paths.settings),
                *self._mistakes_in_demo_settings(),
                *mistakes_in_look(self.paths.settings, self.paths.themes, self.settings.look),
            ),
            log=str(self.paths.log),
            media=str(media),
            media_megabytes=round(MediaCache(media).size / 1_000_000, 1),
            pictures=_pictures_here(self.settings.look.picture_protocol),
        )

    def mistakes(self, text: str) -> tuple[str, ...]:
        """See `Program.mistakes`."""
        from tui_inbox.look_mistakes import unknown_theme

        path = self.paths.settings
        try:
            look = read_settings(path, text).look
        except SettingsError as error:
            look = error.rest.look
        return (*mistakes_in_text(path, text), *unknown_theme(path, self.paths.themes, look, text))

    def _mistakes_in_demo_settings(self) -> tuple[str, ...]:
        """What is wrong in the file of the demo, where that is what is open."""
        if self.demo is None:
            return ()
        try:
            return mistakes_in_file(self.paths.demo_settings)
        except SettingsError as error:
            return error.mistakes

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

        return Hub(self.store, self.bus, self.clock, self._connect, self._outside, self._web)

    def live(self) -> AbstractContextManager[Live | None]:
        """See `Program.live`."""
        from tui_inbox.living import live

        return live(self)

    def sync(self) -> list[str]:
        """See `Program.sync`."""
        from tui_inbox.sync.once import sync_once

        if not self.lock.try_acquire():
            return []
        try:
            told = sync_once(self.store, self.clock, self._connect)
            self.count_who_waits()
            return told
        finally:
            self.lock.release()

    def rebuild(self) -> Rebuilt | None:
        """See `Program.rebuild`."""
        from tui_inbox.sync.rebuild import rebuild

        if not self.lock.try_acquire():
            return None
        try:
            made = rebuild(self.store, self.clock)
            self.count_who_waits()
            return made
        finally:
            self.lock.release()

    def import_archive(
        self, kind: str, path: Path, progress: Callable[[Imported], None]
    ) -> Imported | None:
        """See `Program.import_archive`."""
        from tui_inbox.archives.kinds import open_archive
        from tui_inbox.sync.importing import import_archive

        archive = open_archive(kind, path, self.clock.now())
        if not self.lock.try_acquire():
            return None
        try:
            done = import_archive(self.store, self.clock, archive, progress)
            self.count_who_waits()
            return done
        finally:
            self.lock.release()

    def read_feed(self, accounts: tuple[int, ...], feed: Feed | None) -> list[str]:
        """See `Program.read_feed`."""
        from tui_inbox.sync.once import read_once

        if not self.lock.try_acquire():
            return [ASKED_BY_ANOTHER]
        try:
            return read_once(self.store, self.clock, self._connect, accounts, feed)
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

    def original(self, account: int, post: int) -> Told[Original]:
        """See `Program.original`. It changes nothing, so it is asked beside a running program, too."""
        from tui_inbox.sync.once import original_once

        return original_once(self.store, self._connect, account, post)

    def profile(self, account: int) -> Told[OwnProfile]:
        """See `Program.profile`. It changes nothing, so it is asked beside a running program, too."""
        from tui_inbox.sync.once import profile_once

        return profile_once(self._connect, account)

    def dialect(self, account: int) -> Dialect | None:
        """See `Program.dialect`."""
        known = self.store.read(lambda db: account_store.account(db, account)).result()
        if not known.limits.full_text_search:
            return None
        if known.network == "demo":
            from tui_inbox.networks.demo import finding

            return finding.in_words
        if known.network == "bluesky":
            from tui_inbox.networks.bluesky import search_words as of_bluesky

            return of_bluesky.in_words
        if known.network == "x":
            from tui_inbox.networks.x import search_words as of_x

            return of_x.in_words
        from tui_inbox.networks.mastodon import search_words

        return search_words.in_words

    def sign_in(self, call: SignInCall, ways: SignInWays) -> str:
        """See `Program.sign_in`."""
        import asyncio

        from tui_inbox import signing_in

        call = replace(call, port=call.port or self.settings.x.port)
        done = asyncio.run(signing_in.sign_in(call, ways, self.clock))
        return self.keep_sign_in(call.network, done).handle

    def keep_sign_in(self, network: str, done: SignedIn) -> Account:
        """Keep what a finished sign-in brought: its secret where secrets are, the account in the store."""
        from tui_inbox.sync import line_record

        secrets = open_secrets(self.paths.secrets)
        secrets.put(_secret_name(network, done.identity), done.secret)
        account = self._keep_account(network, done.server, done.identity)
        self.store.write(lambda w: line_record.forget(w, account.id)).result()
        return account

    @property
    def begins_tour(self) -> bool:
        """Whether the tour of the demo town begins by itself."""
        return self.demo is not None and self.demo.tour

    def signs_in(self, hub: Hub) -> Callable[[], SignsIn] | None:
        """What lets somebody sign in while the screen is open; None in the demo town, which has one inhabitant."""

        def make() -> SignsIn:
            from tui_inbox.signing_in_beside import SigningIn

            return SigningIn(self, hub)

        return make if self.demo is None else None

    def found_town(self) -> None:
        """Give a new demo store its account, a standing search and a group; the town itself comes by the hub."""
        if self.has_account():
            return
        from tui_inbox.networks.demo.offers import market_people
        from tui_inbox.networks.demo.town import owner_identity

        account = self._keep_account("demo", "https://town.example", owner_identity())
        now = self.clock.now()

        def begin(w: Writing) -> None:
            search_store.add_search(w, account.id, DEMO_SEARCH, at=now - HOUR)
            group = group_store.add_group(w, DEMO_GROUP, at=now)
            for person in market_people():
                group_store.add_member(w, group, put_identity(w.db, person), at=now)

        self.store.write(begin).result()

    def _keep_account(self, network: str, server: str, identity: Identity) -> Account:
        known = self.store.read(account_store.accounts).result()
        taken = frozenset(one.letters for one in known if one.person != identity.person.ref)
        handle = identity.person.handle
        account = self.store.write(
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
        self.keep_own_choice()  # it holds for whoever signs in, too
        return account

    def _connect(self) -> list[Connected]:
        """The networks of all accounts. Called where they will be used, and imports them there."""
        from tui_inbox.sync.connected import Connected

        known = self.store.read(account_store.accounts).result()
        return [Connected(account, self._network(account)) for account in known]

    def _outside(self) -> Outside:
        """What reads sources outside all accounts. Called where it will be used, as `_connect` is."""
        from tui_inbox.sync.connected import Outside

        if self.demo is not None:
            from tui_inbox.networks.demo.notices import TownFeeds

            return Outside(TownFeeds(self.clock), _unheard(NO_LINE_IN_THE_DEMO))
        from tui_inbox.networks.feeds.client import FeedClient

        return Outside(FeedClient(self.clock), self._streams())

    def _web(self) -> Web:
        """What reads the web when the owner asks for something there. Called where it will be used."""
        from tui_inbox.store.media_cache import MediaCache
        from tui_inbox.sync.connected import Web
        from tui_inbox.sync.media import MediaDesk

        if self.demo is not None:
            from tui_inbox.networks.demo.pictures import TownPictures

            return Web(MediaDesk(TownPictures(), MediaCache(self.paths.demo_media), self.clock))
        from tui_inbox.networks.media import MediaClient
        from tui_inbox.networks.page_cards import PageCards

        media = MediaDesk(MediaClient(), MediaCache(self.paths.media), self.clock)
        return Web(media, PageCards())

    def _streams(self) -> Mapping[str, PublicStream]:
        """Everything public of networks; nothing is connected before somebody listens."""
        chosen = self.settings.listening
        if not chosen.jetstream:
            return _unheard(NO_SERVER_NAMED)
        from tui_inbox.networks.bluesky.addresses import NETWORK, Web
        from tui_inbox.networks.bluesky.jetstream import Jetstream
        from tui_inbox.networks.bluesky.people import AppView

        web = Web()
        appview = AppView(chosen.appview, self.clock, web) if chosen.appview else None
        return {NETWORK: Jetstream(chosen.jetstream, self.clock, web, appview)}

    def _network(self, account: Account) -> Network:
        from tui_inbox.sync.account_state import StoredState

        state = StoredState(self.store, account.id)
        if account.network == "demo":
            from tui_inbox.networks.demo.network import DemoNetwork

            town = self.demo or DemoTown()
            return DemoNetwork(clock=self.clock, state=state, seed=town.seed, speed=town.speed)
        secrets = open_secrets(self.paths.secrets)
        name = f"{account.network}:{account.person.uri}"
        if account.network == "bluesky":
            from tui_inbox.networks.bluesky.client import BlueskyNetwork
            from tui_inbox.networks.bluesky.grants import Grants

            grants = Grants(secrets, name)
            return BlueskyNetwork(
                account.person.uri, account.server, grants, clock=self.clock, state=state
            )
        if account.network == "x":
            return self._on_x(account, secrets, name, state)
        from tui_inbox.networks.mastodon.client import MastodonNetwork

        return MastodonNetwork(
            account.server, secrets.get(name) or "", clock=self.clock, state=state
        )

    def _on_x(self, account: Account, secrets: Secrets, name: str, state: AccountState) -> Network:
        from tui_inbox.core.spending import DOLLAR
        from tui_inbox.networks.x.authorization import line_to
        from tui_inbox.networks.x.client import XNetwork
        from tui_inbox.networks.x.grants import Grants
        from tui_inbox.sync.spending import StoredSpend

        chosen = self.settings.x
        return XNetwork(
            account.person.uri,
            Grants(secrets, name),
            line_to(account.server, self.clock),
            state=state,
            spend=StoredSpend(self.store, account.id),
            cap=round(chosen.dollars_a_day * DOLLAR),
            home_page=chosen.home_page,
        )


@contextmanager
def open_program(options: argparse.Namespace) -> Iterator[Inbox]:
    """The program that a call asks for; its store is closed at the end, whatever happens.

    Raises:
        SettingsError: the settings file has an error.
        StoreError: the store cannot be used.
        HomeUnusable: the folders cannot be used.
    """
    paths = find_paths()
    paths.make()
    start_log(paths.log)
    files = (paths.settings, paths.demo_settings)
    seen = tuple(map(mark_of, files))
    settings = _settings(paths, options.verb)
    demo = None
    if options.verb == "demo" or options.demo:
        tour = bool(getattr(options, "tour", False))  # of the verb `demo` alone
        demo = DemoTown(options.seed, options.speed, options.now, tour)
    program = Inbox(paths, settings, demo, seen if demo else seen[:1])
    try:
        if demo:
            program.found_town()
        yield program
    finally:
        program.store.close()
        program.lock.release()


def _unheard(sentence: str) -> Mapping[str, PublicStream]:
    """All streams there could be, none of which can be heard."""
    from tui_inbox.core.outside import STREAMS
    from tui_inbox.networks.unheard import Unheard

    return {network: Unheard(sentence) for network in STREAMS}


def _pictures_here(wish: str) -> str:
    """How pictures are shown in this terminal, in words."""
    import os
    from importlib.util import find_spec

    from tui_inbox.ui.pictures.cell import cell_here
    from tui_inbox.ui.pictures.ways import WORDS, way_of

    if find_spec("textual_image") is None:
        return "not at all: pip install 'tui-inbox[images]'"
    all_colours = os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
    return WORDS[way_of(wish, os.environ, cell_here(), all_colours=all_colours)]


def _settings(paths: Paths, verb: str | None) -> Settings:
    """What the settings file says. Verbs that tell of its mistakes must not fail at one of them.

    Raises:
        SettingsError: it has mistakes; for the screen, which needs them, those among the keys are named as well.
    """
    try:
        return load_settings(paths.settings)
    except SettingsError as error:
        if verb in TELL_OF_MISTAKES:
            return error.rest
        if verb in SCREENS:
            raise SettingsError(*mistakes_in_file(paths.settings)) from None
        raise


def bubble_wishes(chosen: NotificationSettings) -> Wishes:
    """What the settings file says of notifications, as the rules of `core.bubbles`."""
    from tui_inbox.core.bubbles import About, Quiet, Rules, Wishes

    wanted = {
        About.TALK: chosen.talk,
        About.NEWCOMER: chosen.newcomers,
        About.STRANGER: chosen.strangers,
    }
    minutes = [int(hour) * 60 + int(rest) for hour, rest in _HOUR.findall(chosen.quiet)]
    rules = Rules(
        about=frozenset(about for about, is_wanted in wanted.items() if is_wanted),
        searches=chosen.searches,
        groups=tuple(name.lower() for name in chosen.groups),
        accounts=tuple(name.lower().removeprefix("@") for name in chosen.accounts),
        texts=chosen.text == "public",
        quiet=Quiet(*minutes),
        always=chosen.when == "always",
    )
    return Wishes(rules, chosen.way, chosen.bell)


def own_choice(settings: ReadingSettings) -> OwnChoice:
    """The table `[reading]` in the words of the core."""
    warnings = {"always": True, "never": False}
    return OwnChoice(
        warnings=warnings.get(settings.expand_warnings),
        media=None if settings.media == "server" else MediaShown(settings.media),
        of=tuple(handle.strip().removeprefix("@") for handle in settings.expand_warnings_of),
        words=settings.expand_warnings_with,
        languages=settings.languages,
    )


def _secret_name(network: str, identity: Identity) -> str:
    return f"{network}:{identity.person.ref.uri}"
