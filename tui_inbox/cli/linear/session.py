"""One sitting in the plain terminal: what was read last, what numbers name, and the loop that hears commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, Concatenate, ParamSpec, TypeVar

from tui_inbox.cli.linear import table
from tui_inbox.cli.linear.news import Newsreader
from tui_inbox.cli.linear.spoken import post_said, sentence
from tui_inbox.cli.linear.things import Listed, Listing, Thing
from tui_inbox.cli.linear.voice import Voice
from tui_inbox.cli.program import Live
from tui_inbox.commands import items as item_commands
from tui_inbox.commands.context import NotPossible, Outcome
from tui_inbox.core.moment import Millis
from tui_inbox.core.not_kept import NotKept
from tui_inbox.queries import accounts, composing, glance, inbox
from tui_inbox.queries import outbox as outbox_queries
from tui_inbox.queries.reader import Reader
from tui_inbox.queries.rows import AccountRow, PostRow, Scope
from tui_inbox.queries.words import listed
from tui_inbox.settings import LinearSettings

P = ParamSpec("P")
T = TypeVar("T")

PROMPT = "inbox> "
NOTHING_HERE = "Nothing is read yet: n reads the next one that needs you, i lists who waits."
NOBODY_WAITS = "Nobody waits for you."
STILL_CONNECTING = "Still connecting; try again in a moment."
SERVER_SECONDS = 30.0
"""How long a server is waited for; ctrl+c gives up before."""


class Session:
    """Hears commands and does them.

    Args:
        live: the hub behind it, and the hands of commands.
        scope: whose.
        voice: lines out, lines in.
        reader: answers queries.
        now: the wall clock.
        settings: the table `[linear]`.

    Attributes:
        here: what was read last; commands without a number act on it.
        walked: the key of what `next` stopped at last, and where it stood.
        asked: what was asked about, so that the same command a second time does it.
    """

    def __init__(
        self,
        live: Live,
        scope: Scope,
        voice: Voice,
        *,
        reader: Reader,
        now: Callable[[], Millis],
        settings: LinearSettings,
    ) -> None:
        self.voice = voice
        self.ctx = live.context
        self.fetcher = live.fetcher
        self.now = now
        self.settings = settings
        self.scope = scope
        self.here: Thing | None = None
        self.walked: tuple[str, int] = ("", -1)
        self.asked: object = None
        self._reader = reader
        self._all = scope
        self._listing = Listing()
        self._news = Newsreader(self)

    # What is known

    def ask(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a query."""
        return self._reader.ask(query, *args, **kwargs).result()

    def wait(self, asked: Future[T]) -> T:
        """What the hub answers.

        Raises:
            NotPossible: nobody is connected yet, or no answer came.
        """
        if not self.fetcher.health():
            raise NotPossible(STILL_CONNECTING)
        try:
            return asked.result(SERVER_SECONDS)
        except TimeoutError:
            raise NotPossible("The server does not answer.") from None

    @property
    def accounts(self) -> tuple[AccountRow, ...]:
        """The accounts of this sitting, shown or not."""
        return tuple(one for one in self.ask(accounts.account_rows) if one.id in self._all.accounts)

    def account(self, id: int) -> AccountRow:
        """An account by its local id.

        Raises:
            NotPossible: it is not signed in any more.
        """
        found = next((one for one in self.accounts if one.id == id), None)
        if found is None:
            raise NotPossible("This account is not signed in any more.")
        return found

    def label(self, account: int) -> str:
        """What an account is called; empty where one is shown only."""
        return self.account(account).label if len(self.scope.accounts) > 1 else ""

    def show(self, accounts: Sequence[int] | None) -> None:
        """Show these accounts only; None: all of this sitting."""
        self.scope = self._all if accounts is None else Scope(tuple(accounts))

    # What is said

    def say(self, *lines: str) -> None:
        """Say lines."""
        self.voice.say(*lines)

    def say_post(self, post: PostRow, *, addressed: bool = False, unfolded: bool = False) -> None:
        """Say everything a post says."""
        said = post_said(post, self.now(), addressed=addressed, unfolded=unfolded)
        self.voice.say_all(said)

    def tell(self, done: Future[Outcome]) -> Outcome:
        """Wait for a command and say what it did."""
        outcome = done.result()
        self.say(sentence(outcome.sentence))
        return outcome

    def read_out(
        self,
        entries: Sequence[Listed],
        older: Callable[[], Sequence[Listed]] | None = None,
        *,
        all_at_once: bool = False,
    ) -> None:
        """Say the beginning of a list, whose numbers commands take from now on."""
        self._listing = Listing(entries, older)
        self.more(len(entries) if all_at_once else None)

    def more(self, count: int | None = None) -> None:
        """Say the next lines of the last list."""
        lines = self._listing.next(self.settings.lines if count is None else count)
        self.say(*lines)
        left = self._listing.left
        if not lines:
            self.say("That was all of it.")
        elif self._listing.has_more:
            self.say(f"more reads on{f', {left} left' if left is not None else ''}.")

    # What commands act on

    def split(self, words: str) -> tuple[Thing, str]:
        """What a command acts on, and the rest of its words: the thing of a number in front of them, else what is here.

        Raises:
            NotPossible: there is no such thing.
        """
        first, _, rest = words.partition(" ")
        if first.isdecimal():
            found = self._listing.named(int(first))
            if found is None:
                raise NotPossible(f"There is no {first} in the last list.")
            return found, rest.strip()
        if self.here is None:
            raise NotPossible(NOTHING_HERE)
        return self.here, words

    def look(self, thing: Thing) -> None:
        """It was read just now: commands act on it, and it is not new any more."""
        self.here = thing
        if thing.item is not None:
            self.walked = (str(thing.item.id), self.walked[1])
            item_commands.looked_at(self.ctx, thing.item.id).result()
        elif thing.hit is not None:
            item_commands.looked_at_hit(self.ctx, thing.hit.search, thing.hit.post.id).result()

    # Listening

    def run(self) -> None:
        """Listen until `quit`, or until there is nothing more to hear."""
        self.voice.complete = self._completions
        self.say(self._greeting(), "help lists the commands, quit ends.")
        while True:
            try:
                self._news.at_prompt()
                line = self.voice.ask(PROMPT).strip()
                if line:
                    self.voice.remember(line)
                    self._obey(line)
            except EOFError:
                break
            except KeyboardInterrupt:
                self.voice.break_line()
        self._farewell()

    def _obey(self, line: str) -> None:
        """Do what a line says; whatever goes wrong is a sentence."""
        command, words = table.parse(line)
        if command is None:
            self.say(f"No command is called {line.split()[0]}; help lists them.")
            return
        asked = self.asked
        try:
            command.handler()(self, words)
        except (NotPossible, NotKept) as error:
            self.say(sentence(str(error)))
        if self.asked is asked:
            self.asked = None  # a second time counts only directly after the first

    def _greeting(self) -> str:
        now = self.now()
        counts = self.ask(glance.glance, self.scope, now=now)
        view = self.ask(inbox.view, self.scope, now=now)
        talk = counts.waiting
        facts = []
        if talk:
            facts.append(
                "1 person you talk with waits for you."
                if talk == 1
                else f"{talk} people you talk with wait for you."
            )
        for count, one in ((counts.newcomers, "newcomer"), (view.strangers, "stranger")):
            if count:
                facts.append(f"{count} {one}{'' if count == 1 else 's'}.")
        return " ".join(facts) or NOBODY_WAITS

    def _farewell(self) -> None:
        """Say what has not left yet."""
        held = self.ask(outbox_queries.status, self.scope, self.fetcher.health()).held
        if held:
            whats = listed([item.what for item in held])
            self.say(f"Not sent yet, and kept: {whats}. It leaves when tui-inbox runs again.")

    @property
    def news(self) -> Newsreader:
        """What has come, and what has left."""
        return self._news

    # Completion

    def _completions(self, line: str, word: str) -> Sequence[str]:
        first, blank, _ = line.partition(" ")
        if not blank:
            return [name for name in table.words() if name.startswith(word)]
        command, _ = table.parse(first)
        if command is None:
            return ()
        if command.names:
            return list(self.names(word))
        return [choice for choice in command.choices if choice.startswith(word)]

    def names(self, begins: str) -> Iterator[str]:
        """Handles of people that begin so, those one talks with first."""
        for account in self.scope.accounts:
            for person in self.ask(composing.people, account, begins, now=self.now()):
                yield person.handle
