"""What verbs need from the composition root, so that they know neither store files nor networks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from tui_inbox.commands.context import Context
from tui_inbox.core.moment import Millis
from tui_inbox.core.outbox_state import OutboxState
from tui_inbox.core.ports import Fetcher, Told
from tui_inbox.core.post import Feed
from tui_inbox.core.profile import OwnProfile
from tui_inbox.core.rebuilt import Rebuilt
from tui_inbox.core.server_query import Dialect
from tui_inbox.core.sign_in import SignInCall, SignInWays
from tui_inbox.core.versions import Original
from tui_inbox.queries.reader import Reader
from tui_inbox.settings import Settings

if TYPE_CHECKING:
    from tui_inbox.core.archive import Imported


class Live(Struct, frozen=True):
    """What a verb that stays open reaches while the accounts are kept live behind it.

    Attributes:
        context: the hands of commands; what is sent is held as on the screen, and the outbox hears of it.
        fetcher: the running hub, for what only a server knows.
    """

    context: Context
    fetcher: Fetcher


class Installation(Struct, frozen=True):
    """Where this run of the program stands.

    Attributes:
        store: its file; `settings` and `log` likewise.
        holder: the process that keeps the accounts live, or None when none does.
        mistakes: what is wrong in the settings file, one sentence each.
        media: the folder with pictures that were fetched; `media_megabytes` is what they take.
        pictures: how pictures are shown in this terminal, in words.
    """

    store: str
    holder: int | None
    settings: str
    mistakes: tuple[str, ...]
    log: str
    media: str
    media_megabytes: float
    pictures: str


class Program(Protocol):
    """The running program as a verb sees it."""

    @property
    def reader(self) -> Reader:
        """Answers queries."""
        ...

    @property
    def context(self) -> Context:
        """The hands of commands."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        ...

    def live(self) -> AbstractContextManager[Live | None]:
        """Keep the accounts live while it is entered; None where another program does that on this store."""
        ...

    def now(self) -> Millis:
        """The wall clock; the demo's where `--demo` was given."""
        ...

    def installation(self) -> Installation:
        """Files, the running program, and what is wrong with the settings."""
        ...

    def mistakes(self, text: str) -> tuple[str, ...]:
        """What would be wrong if a text stood in the settings file, one sentence each."""
        ...

    def never_read(self) -> bool:
        """Whether this is a demo town that has just been founded, so that there is nothing to read yet."""
        ...

    def sync(self) -> list[str]:
        """Read what is new from every server. One sentence for each account that could not be read.

        Where a program is running on the same store it does that all day, so nothing is read twice.
        """
        ...

    def read_feed(self, accounts: tuple[int, ...], feed: Feed | None) -> list[str]:
        """Read a feed of some accounts up to now; None: read which feeds they have. One sentence for each failure.

        Where a program is running on the same store the servers are left to it, and the sentence says so.
        """
        ...

    def dialect(self, account: int) -> Dialect | None:
        """How the search of an account's server is asked; None where it has none, or that is not known yet."""
        ...

    def send(self, row: int) -> tuple[OutboxState, str]:
        """See a row of the outbox to its end, or leave it to the running program: its state, and why."""
        ...

    def original(self, account: int, post: int) -> Told[Original]:
        """Ask an account's server what was typed into an own post (local id)."""
        ...

    def profile(self, account: int) -> Told[OwnProfile]:
        """Ask an account's server for its own profile."""
        ...

    def rebuild(self) -> Rebuilt | None:
        """Make again what is made from the rest of the store; None where another program works on it."""
        ...

    def import_archive(
        self, kind: str, path: Path, progress: Callable[[Imported], None]
    ) -> Imported | None:
        """Take in an archive of an account; None where another program works on the store.

        Args:
            kind: as `archives.kinds.open_archive` knows it.
            path: where it is.
            progress: told now and then what was taken in until then.

        Raises:
            core.archive.BadArchive: with a sentence that says what is wrong with it.
        """
        ...

    def sign_in(self, call: SignInCall, ways: SignInWays) -> str:
        """Sign in and keep the account. Returns its handle.

        Raises:
            core.ports.NetworkError: with a sentence that says what went wrong.
            ValueError: the address or the name is none; the words say why.
        """
        ...
