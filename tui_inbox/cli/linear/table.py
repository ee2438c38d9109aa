"""The commands, in one table: by their word and, where the screen has a key for it, by that letter.

Help, completion and the documents read it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from tui_inbox.cli.linear.session import Session

Handler: TypeAlias = "Callable[[Session, str], None]"

LATER = ("tomorrow", "post", "start", "evening", "monday")
"""What `later` takes besides a time."""

LANES = ("people", "newcomers", "strangers", "later", "done", "all")
"""What `inbox` takes."""

SOURCES = ("everything", "people", "links", "mentions", "favourites", "bookmarks", "mine", "local")
"""What `timeline` completes; it takes what `tui-inbox timeline --source` takes."""


class Command(NamedTuple):
    """One command.

    Attributes:
        word: its name; `letter` is the short form, empty where it has none.
        takes: what may stand behind it, as help says it.
        does: what it does.
        where: module and function that do it.
        choices: words it takes, for completion; `names`: whether it takes people's names.
    """

    word: str
    letter: str
    takes: str
    does: str
    where: str
    choices: tuple[str, ...] = ()
    names: bool = False

    def handler(self) -> Handler:
        """What does it; loaded when it is first asked for."""
        module, _, function = self.where.partition(".")
        found: Handler = getattr(import_module(f"tui_inbox.cli.linear.{module}"), function)
        return found

    @property
    def call(self) -> str:
        """How it is called: `later or z [NUMBER] [WHEN]`."""
        name = f"{self.word} or {self.letter}" if self.letter else self.word
        return f"{name} {self.takes}".strip()


_N = "[NUMBER]"

GROUPS: dict[str, tuple[Command, ...]] = {
    "reading": (
        Command("next", "n", "", "reads the next one that needs you", "reading.go_on"),
        Command("before", "N", "", "reads the one before it", "reading.go_back"),
        Command("read", "", _N, "reads something again, or what a number names", "reading.read"),
        Command(
            "view",
            "v",
            _N,
            "reads what is folded: behind a warning, attachments",
            "reading.view",
        ),
        Command(
            "thread",
            "",
            _N,
            "reads its whole conversation, and what to know before you answer",
            "reading.thread",
        ),
        Command(
            "person",
            "p",
            "[NUMBER or NAME]",
            "reads who somebody is to you",
            "reading.person",
            names=True,
        ),
        Command("why", "w", _N, "says why it stands where it stands", "reading.why"),
        Command("translate", "T", _N, "reads a translation by your server", "asking.translate"),
        Command("versions", "H", _N, "reads how it stood before it was changed", "asking.versions"),
        Command("check", "C", _N, "says what the posts of somebody tell", "asking.check"),
        Command("links", "o", _N, "reads its addresses in full", "reading.links"),
    ),
    "lists": (
        Command(
            "inbox",
            "i",
            "[LANE]",
            "lists who waits for you; lanes: people, newcomers, strangers, later, done, all",
            "lists.inbox",
            LANES,
        ),
        Command(
            "timeline",
            "t",
            "[SOURCE]",
            "lists the newest posts; sources as in tui-inbox timeline",
            "lists.timeline",
            SOURCES,
        ),
        Command("people", "", "", "lists people, and why", "lists.people"),
        Command(
            "searches",
            "",
            "",
            "lists your standing searches; a number reads the hits of one",
            "lists.searches",
        ),
        Command("search", "/", "WORDS", "looks in everything stored", "lists.search"),
        Command("more", "m", "", "reads on in the last list", "lists.more"),
        Command("save", "S", "WORDS", "keeps a search; searches has its hits", "lists.save"),
        Command("activity", "", "", "lists likes, boosts and follows", "lists.activity"),
        Command(
            "drafts",
            "",
            "",
            "lists what you have begun and kept; reply goes on with one",
            "outgoing.drafts",
        ),
        Command("outbox", "", "", "lists what has not left; see retry, discard", "outgoing.outbox"),
        Command("news", "", "", "says what has come since you last asked", "lists.news"),
    ),
    "writing": (
        Command(
            "reply",
            "r",
            _N,
            "answers everybody in it; a dot alone sends, .help lists the rest",
            "writing.reply",
        ),
        Command("author", "R", _N, "answers its author only", "writing.reply_author"),
        Command(
            "write",
            "c",
            "[NAME]",
            "writes a new post, or begins with somebody's name",
            "writing.write",
            names=True,
        ),
        Command("quote", "B", _N, "passes it on with a word of yours", "writing.quote"),
        Command("edit", "E", _N, "changes a post of yours", "asking.edit"),
        Command("delete", "d", _N, "deletes a post of yours, said twice", "acting.delete"),
        Command(
            "unsend",
            "U",
            "",
            "stops what is held, and goes on with the last text",
            "outgoing.unsend",
        ),
        Command("retry", "", _N, "tries a row of the outbox again", "outgoing.retry"),
        Command("look", "", _N, "asks the server whether a text has arrived", "outgoing.look"),
        Command("arrived", "", _N, "says of a text that it has", "outgoing.arrived"),
        Command(
            "discard", "", _N, "throws a draft or a row of the outbox away", "outgoing.discard"
        ),
    ),
    "dealing": (
        Command("done", "e", _N, "off your plate", "acting.done"),
        Command(
            "later",
            "z",
            "[NUMBER] [WHEN]",
            "puts it off: tomorrow, post (when they post), start, evening, monday, 3h, 18:30, 28 nov",
            "acting.later",
            LATER,
        ),
        Command(
            "favourite",
            "f",
            _N,
            "marks it, or takes that back; closes it where it asks nothing",
            "acting.favourite",
        ),
        Command("boost", "b", _N, "passes it on, or takes that back", "acting.boost"),
        Command("keep", "s", _N, "keeps it as a bookmark, or no longer", "acting.keep"),
        Command(
            "vote",
            "V",
            "NUMBERS",
            "votes in the poll that was read: vote 2, vote 1 3",
            "acting.vote",
        ),
        Command("admit", "a", _N, "lets a stranger in for ever", "acting.admit"),
        Command("junk", "!", _N, "gone here, the server is not told", "acting.junk"),
        Command("block", "x", _N, "blocks; somebody you know after a second time", "acting.block"),
        Command(
            "mute",
            "",
            "[NUMBER] [SPAN or thread]",
            "mutes somebody, as mute 1d, or the conversation; who is muted is heard again",
            "acting.mute",
            ("thread",),
        ),
        Command("report", "X", _N, "tells the moderators; asks why", "acting.report"),
        Command("follow", "F", _N, "follows somebody, or no longer", "acting.follow"),
        Command(
            "note",
            "",
            "[WORDS]",
            "reads your private note on somebody, or writes it",
            "acting.note",
        ),
        Command(
            "watch",
            "W",
            _N,
            "follows its thread without posting in it, or no longer",
            "acting.watch",
        ),
        Command("undo", "u", "", "takes your last action back", "acting.undo"),
    ),
    "program": (
        Command("accounts", "@", "", "says how each account's line is doing", "lists.accounts"),
        Command(
            "account",
            "",
            "[NAME or all]",
            "keeps to one account, by its letters or handle",
            "lists.account",
        ),
        Command("help", "?", "[COMMAND]", "lists commands, or says what one does", "lists.help"),
        Command("quit", "q", "", "ends; everything is kept (ctrl+d too)", "lists.quit"),
    ),
}
"""All commands, by what they are for: `help reading` lists the first of them."""

MAIN = ("next", "reply", "done", "later", "inbox", "more", "undo", "unsend", "news", "quit")
"""What `help` lists by itself."""

COMMANDS = tuple(command for commands in GROUPS.values() for command in commands)

_BY_NAME = {command.word: command for command in COMMANDS} | {
    command.letter: command for command in COMMANDS if command.letter
}


def words() -> tuple[str, ...]:
    """The full names, in the order of help."""
    return tuple(command.word for command in COMMANDS)


def named(name: str) -> Command | None:
    """A command by its word, in any case, or by its letter, in its own."""
    return _BY_NAME.get(name) or _BY_NAME.get(name.lower() if len(name) > 1 else name)


def parse(line: str) -> tuple[Command | None, str]:
    """The command of a line, and the words behind it. A number alone reads; `/` needs no blank behind it."""
    first, _, rest = line.strip().partition(" ")
    if first.isdecimal():
        return _BY_NAME["read"], line.strip()
    if first.startswith("/") and len(first) > 1:
        return _BY_NAME["search"], line.strip()[1:]
    return named(first), rest.strip()
