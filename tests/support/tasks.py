"""What somebody does in a day, each thing with the keys that it takes: tried in a real terminal.

Most tasks are done in the demo town, those about several accounts and about a lost line on a server. Text that is
typed is not counted, keys are. A task begins at the bare panes, as the one before it has left them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from support.installed import Installed
from support.mastodon_mock_server import running_mock
from support.terminal import Terminal

NOW = "2026-11-26T10:00"
"""A Thursday: the clock of the town at every start, so that the same people wait."""

CALL = ("demo", "--now", NOW, "--speed", "0.01")

SETTINGS = "[sending]\nhold_seconds = 30\n"
"""So long that nothing leaves between two tasks."""

TYPED = "…"

PAUSE_SECONDS = 0.5
"""What a hand waits between two tasks: a key that acts is ignored for 0.3 s after another row came under it."""

HEAD = """<!-- Made by tests/benchmarks/tasks.py. -->
# What a thing takes

How many keys the things of a day take, as somebody did them in a real terminal: most of them in the demo town, the
last ones on a server. `…` is text that is typed, which is not counted. The keys of all of it are in [Keys](keys.md).
"""

NAMES = {"enter": "Enter"}
"""How keys are written, where that is not their name."""

COLUMN = 53
"""Where the focus bar of the reading column stands."""
MIDDLE = 90
"""A cell within its text."""


@dataclass(slots=True)
class Hand:
    """The hand at a terminal, which counts the keys that it presses.

    Attributes:
        terminal: what is seen.
        keys: what was pressed for the present task, `…` for text.
    """

    terminal: Terminal
    keys: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys that count."""
        self.keys += keys
        self.terminal.press(*keys)

    def type(self, text: str) -> None:
        """Type a text, which does not count."""
        self.keys.append(TYPED)
        self.terminal.type(text)

    def sees(self, pattern: str, *, gone: bool = False) -> str:
        """Wait until something is on the screen, or is not any more."""
        return self.terminal.wait_for(pattern, gone=gone)

    @property
    def count(self) -> int:
        """How many keys were pressed; text is none."""
        return sum(key != TYPED for key in self.keys)

    def end(self) -> None:
        """Go back to the bare Inbox, so that the next task begins there; these keys count for no task."""
        for _ in range(9):
            if re.search(r"Timeline · people and the rest", self.terminal.text):
                break
            self.terminal.press("esc")
            self.terminal.watch(0.3)
        self.terminal.press("1")
        self.terminal.watch(PAUSE_SECONDS)
        self.keys.clear()


Doing = Callable[[Hand], None]


@dataclass(frozen=True, slots=True)
class Task:
    """Something one wants.

    Attributes:
        wish: what one would say of it.
        most: how many keys it may take.
        do: does it, and waits until it is seen to be done.
    """

    wish: str
    most: int
    do: Doing


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was done.

    Attributes:
        keys: what was pressed, `…` for text.
        count: how many keys that is, without text.
    """

    task: Task
    keys: tuple[str, ...]
    count: int


def waiting(screen: str) -> int:
    """How many wait, as the title of the Inbox says."""
    found = re.search(r"Inbox · (\d+) waits? for you", screen)
    return int(found[1]) if found else 0


def find_who_waits(hand: Hand) -> None:
    hand.press("n")
    hand.sees(r"Thread · ")


def say_why(hand: Hand) -> None:
    hand.press("w")
    hand.sees(r"Why .* is first of \d+ in")


def answer(hand: Hand) -> None:
    before = waiting(hand.terminal.text)
    hand.press("n")
    hand.sees(r"Thread · ")
    hand.press("r")
    hand.sees(r"MIRA · to ")
    hand.type("Yes.")
    hand.sees(r"@fernledger\S* Yes\.")
    hand.press("ctrl+s")
    hand.sees(r"leaves in \d+ s")
    hand.sees(rf"Inbox · {before - 1} waits? for you")


def take_back(hand: Hand) -> None:
    hand.press("U")
    hand.sees(r"MIRA · to ")
    hand.sees(r"@fernledger\S* Yes\.")


def back_to_my_place(hand: Hand) -> None:
    hand.terminal.press("2", "space", "space")
    hand.sees(r"▌◆? +\d+[mh] ")
    there = selected(hand.terminal.lines)
    hand.press("g", "g")
    hand.sees(r"▌◆  2m odile fenn")
    hand.press(",")
    hand.sees(re.escape(there))


def thank(hand: Hand) -> None:
    hand.press("n")
    hand.sees(r"▌.*answers you|Thread · odile fenn")
    hand.press("f")
    hand.sees(r"Done today · \d")


def until_tomorrow(hand: Hand) -> None:
    hand.press("z", "z")
    hand.sees(r"Later · 1")


def until_they_post(hand: Hand) -> None:
    hand.press("z", "p")
    hand.sees(r"Later · 2|on their next post")


def block_a_spammer(hand: Hand) -> None:
    hand.press("g", "f")
    hand.sees(r"Strangers · 1 of \d+")
    hand.sees(r"SENDS EVERYONE THE SAME")
    before = waiting_strangers(hand.terminal.text)
    hand.press("x")
    hand.sees(rf"Strangers · 1 of {before - 1}")


def keep_a_search(hand: Hand) -> None:
    hand.press("/")
    hand.sees(r"Search")
    hand.type("bridge")
    hand.press("enter", "S")
    hand.sees(r"bridge · \d+ new|is kept")


def answer_a_hit(hand: Hand) -> None:
    hand.press("3", "j", "r")
    hand.sees(r"Thread · copper kettle")
    hand.press("r")
    hand.sees(r"MIRA · to ")
    hand.type("Try a plain file.")
    hand.sees(r"a plain file")
    hand.press("ctrl+s")
    hand.sees(r"leaves in")


def not_this_author(hand: Hand) -> None:
    hand.press("3", "-", "a")
    hand.sees(r"without from:")


def write_a_note(hand: Hand) -> None:
    hand.press("i")
    hand.type("likes lamps")
    hand.press("enter")
    hand.sees(r"[Nn]ote")


def zoom(hand: Hand) -> None:
    hand.press("Z")
    hand.sees(r"Searches", gone=True)
    hand.press("Z")
    hand.sees(r"Searches")


def go_to_a_row(hand: Hand) -> None:
    hand.press("'")
    screen = hand.sees(r"(?m)^[a-z] [●○] |^[a-z][●○] ")
    last = [line for line in screen.splitlines() if re.match(r"[a-z] ?[●○] ", line)][-1]
    hand.terminal.press(last[0])
    hand.keys.append("label")
    who = re.escape(last[1:30].rstrip())
    hand.sees(rf"(?m)^▌{who}")


def change_a_key(hand: Hand) -> None:
    hand.press("?")
    hand.sees(r"Keys of this place")
    hand.press("/")
    hand.sees(r"keys with the word")
    hand.type("put off")
    hand.press("enter")
    hand.sees(r"with “put off”")
    hand.terminal.watch(PAUSE_SECONDS)
    hand.press("enter", "K")
    hand.sees(r"K +put off")


def choose_a_theme(hand: Hand) -> None:
    hand.press(":")
    hand.sees(r"what the key does")
    hand.type("theme")
    hand.sees(r"theme: choose one")
    hand.press("enter")
    hand.sees(r"Themes|inbox-light")
    hand.press("j", "enter")
    hand.sees(r"Themes", gone=True)


def hide_a_pane(hand: Hand) -> None:
    hand.terminal.press("3")
    hand.press("=", "x")
    hand.sees(r"Searches · ", gone=True)
    hand.terminal.press("=", "0")
    hand.sees(r"Searches · ")


def undo(hand: Hand) -> None:
    hand.press("u")
    hand.sees(r"[Uu]ndone|back")


def selected(lines: list[str]) -> str:
    """The first line of the row that is selected in the reading column."""
    return next(line[COLUMN:MIDDLE] for line in lines if line[COLUMN : COLUMN + 1] == "▌")


def switch_account(hand: Hand) -> None:
    hand.press("7")
    hand.sees(r"Bob asks", gone=True)
    hand.press("5")
    hand.sees(r"Bob asks")


def read_offline(hand: Hand) -> None:
    hand.press("n")
    hand.sees(r"Thread · Bob")
    hand.sees(r"(?s)are you coming on Saturday.*are you coming on Saturday")


def answer_offline(hand: Hand) -> None:
    hand.press("r")
    hand.sees(r"ALICE · to Bob")
    hand.type("Yes.")
    hand.sees(r"Yes\.")
    hand.press("ctrl+s")
    hand.sees(r"1 waits|leaves in")


def waiting_strangers(screen: str) -> int:
    """How many stand before the door, as its page says."""
    found = re.search(r"Strangers · 1 of (\d+)", screen)
    return int(found[1]) if found else 0


IN_TOWN = (
    Task("find who waits for me", 1, find_who_waits),
    Task("say why this one is first", 1, say_why),
    Task("answer the next one", 3, answer),
    Task("take that back before it leaves", 1, take_back),
    Task("see what is new at the top, and go back to where I was", 3, back_to_my_place),
    Task("thank somebody whose text asks nothing, and be done", 2, thank),
    Task("put this one off until tomorrow", 2, until_tomorrow),
    Task("put this one off until they post again", 2, until_they_post),
    Task("be rid of a spammer, and see the next stranger", 3, block_a_spammer),
    Task("search everything, and keep the search", 3, keep_a_search),
    Task("answer a hit of a search, its thread first", 5, answer_a_hit),
    Task("never see hits of this author again", 3, not_this_author),
    Task("write a note on somebody", 2, write_a_note),
    Task("see one pane alone, and all again", 2, zoom),
    Task("undo the last thing", 1, undo),
    Task("go to any row on the screen", 2, go_to_a_row),
    Task("give something another key", 5, change_a_key),
    Task("choose a theme", 4, choose_a_theme),
    Task("hide a pane", 2, hide_a_pane),
)

ON_A_SERVER = (Task("see one account alone, and all again", 2, switch_account),)
WITHOUT_A_LINE = (
    Task("read who waits, without a line", 1, read_offline),
    Task("answer without a line; it leaves when there is one", 2, answer_offline),
)

ALL = (*IN_TOWN, *ON_A_SERVER, *WITHOUT_A_LINE)


def run_all(town: Installed, other: Installed) -> Iterator[Done]:
    """Do all tasks.

    Args:
        town: with a home in which the town of `NOW` was founded, or none.
        other: with no home yet.
    """
    yield from run_in_town(town)
    yield from run_on_a_server(other)


def run_in_town(program: Installed) -> Iterator[Done]:
    """Do the tasks of the town, one after the other, in one terminal.

    Args:
        program: with a home in which the town of `NOW` was founded, or none.

    Raises:
        AssertionError: something that should be seen was waited for in vain.
    """
    program.settings(SETTINGS)
    with program.open(*CALL) as terminal:
        hand = Hand(terminal)
        hand.sees(r"Regulars · \d+")
        yield from _all_of(IN_TOWN, hand)


def run_on_a_server(program: Installed) -> Iterator[Done]:
    """Do the tasks about several accounts, and those about a lost line when the server is gone.

    Args:
        program: with no home yet.

    Raises:
        AssertionError: something that should be seen was waited for in vain.
    """
    program.settings(SETTINGS)
    with running_mock() as server:
        for name in ("alice", "carol"):
            token = f"{server.token(name)}\n"
            done = program.run("login", "mastodon", server.url, "--token-stdin", stdin=token)
            assert done.returncode == 0, done.stderr
        server.post_as("bob", "@alice are you coming on Saturday?")
        with program.open() as terminal:
            hand = Hand(terminal)
            hand.sees(r"\blive\b")
            hand.sees(r"Bob asks")
            yield from _all_of(ON_A_SERVER, hand)
    with program.open() as terminal:
        hand = Hand(terminal)
        hand.sees(r"offline since")
        yield from _all_of(WITHOUT_A_LINE, hand)


def _all_of(tasks: Sequence[Task], hand: Hand) -> Iterator[Done]:
    for task in tasks:
        task.do(hand)
        yield Done(task, tuple(hand.keys), hand.count)
        hand.end()


def page(done: Iterable[Done]) -> str:
    """The page of the documentation that says what each task takes."""
    return "\n".join([HEAD, *_table(done), ""])


def _table(done: Iterable[Done]) -> Iterator[str]:
    yield "| what you want | keys | how many | at most |"
    yield "|---|---|---|---|"
    for one in done:
        keys = " ".join(key if key == TYPED else f"`{NAMES.get(key, key)}`" for key in one.keys)
        yield f"| {one.task.wish} | {keys} | {one.count} | {one.task.most} |"
