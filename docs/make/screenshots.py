"""Pictures of the screen for the documents: `python docs/make/screenshots.py` writes docs/screenshots/*.svg.

The demo town is founded at a fixed moment, and its clock moves only where it is moved here. So the same
program gives the same pictures, and whoever changes the screen sees it in the files that change.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plain_svg import plain_svg
from stage import Stage, Theatre

from tui_inbox.core.moment import HOUR, MINUTE, SECOND, to_millis

FOLDER = Path(__file__).parents[1] / "screenshots"

FOUNDED = to_millis(datetime(2026, 11, 20, 9, 12, tzinfo=UTC))
"""A Friday morning."""

FIRST_MINUTES = 150 * SECOND

ANSWER = (
    'Yes, it keeps them, if "with labels" is ticked in step two. If two of three came out bare, '
    "send me the name of one file and I'll look tonight."
)
THANKS = "So that was the bridge! I waved at the wrong lamp."

WATCHED = ("Who bakes without eggs", "From Monday the 22:10", "Anyone know a crm")
WATCHED_FOR = 2 * HOUR


async def first_minutes(stage: Stage) -> None:
    """Before any picture: the town lives on, one conversation is put off and one is done."""
    await stage.pass_time(FIRST_MINUTES)
    await stage.select("grumble goose")
    await stage.press("z", "p")
    await stage.select("copper kettle")
    await stage.press("e")
    await stage.press("home")


async def nothing(stage: Stage) -> None:
    """The screen as it opens."""


async def held_send(stage: Stage) -> None:
    """A text that can still be taken back."""
    await stage.select("odile fenn")
    await stage.press("r")
    await stage.type(THANKS)
    await stage.press("ctrl+s")
    await stage.pass_time(3 * SECOND)
    await stage.press("q")
    await stage.select("quillfox")
    await stage.rest("leaves in 7 s")


async def answering(stage: Stage) -> None:
    """In the middle of an answer, its thread above."""
    await stage.select("quillfox")
    await stage.press("enter", "r")
    await stage.type(ANSWER)
    await stage.rest("saved")


async def why(stage: Stage) -> None:
    """Why somebody stands where they stand."""
    await stage.select("quillfox")
    await stage.press("w", "home")


async def my_rules(stage: Stage) -> None:
    """What was made more and less of, and what one of the rules finds."""
    await stage.select("quillfox")
    await stage.press("w", "home", "plus", "7", "j", "j", "j", "plus", "q")
    await stage.select("tinbadger")
    await stage.press("w", "home", "minus", "E", "home", "j", "enter")


async def person(stage: Stage) -> None:
    """The card of somebody well known."""
    await stage.select("quillfox")
    await stage.press("p")


async def said_between(stage: Stage) -> None:
    """Words that are looked for in all that was said."""
    await person(stage)
    await stage.press("S")
    await stage.type("list")


async def people(stage: Stage) -> None:
    """The People pane, with a favourite, the hand on somebody who has gone quiet."""
    await stage.select("Regulars", pane="4")
    await stage.press("enter")
    await stage.select("moth & lantern", pane="4")
    await stage.press("P")
    await stage.select("Regulars", pane="4")
    await stage.press("enter")
    await stage.select("wren & co", pane="4")


async def who_started_it(stage: Stage) -> None:
    """The hand on somebody who began conversations."""
    await stage.select("copper kettle", pane="4")


async def help_page(stage: Stage) -> None:
    """The keys of the Inbox."""
    await stage.press("1", "question_mark")


async def stranger(stage: Stage) -> None:
    """Somebody who sends everyone the same, at the front door."""
    await stage.press("g", "f")
    await stage.rest("SENDS EVERYONE THE SAME")


async def behind_a_sentence(stage: Stage) -> None:
    """The same with the posts behind its first sentence."""
    await stranger(stage)
    await stage.press("1")


async def newcomer(stage: Stage) -> None:
    """Somebody new who looks like a person."""
    await stage.select("late starling")
    await stage.press("C")
    await stage.rest("LOOKS LIKE A PERSON")


async def a_night_later(stage: Stage) -> None:
    """The page that opens by itself after a long absence."""
    await stage.rest("While you were away")


async def watched(stage: Stage) -> None:
    """Threads that are followed without a word in them, some time later."""
    for name in WATCHED:
        await stage.select(name, pane="2")
        await stage.press("W")
    for _ in range(WATCHED_FOR // (5 * MINUTE)):
        await stage.pass_time(5 * MINUTE)
    await stage.press("g", "w")


async def tour(stage: Stage) -> None:
    """The tour, where somebody has asked why."""
    stage.app.begin_tour()
    await stage.press("n", "w")
    await stage.rest("it goes back")


async def profile(stage: Stage) -> None:
    """The own profile, with a name that is not sent yet."""
    await stage.press("g", "y")
    await stage.rest("A stranger’s check")
    await stage.press("E")
    await stage.type(" fen")
    await stage.press("enter")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be taken.

    Attributes:
        name: of the file.
        columns, lines: size of the screen.
        act: what is done before it is taken.
        hours: how long the program was closed before.
    """

    name: str
    columns: int
    lines: int
    act: Callable[[Stage], Awaitable[None]] = nothing
    hours: int = 0


PICTURES = (
    Picture("wide", 160, 45, held_send),
    Picture("medium", 120, 40),
    Picture("narrow", 80, 24),
    Picture("corner", 40, 14),
    Picture("answering-wide", 160, 45, answering),
    Picture("answering", 80, 24, answering),
    Picture("why", 80, 24, why),
    Picture("rules", 80, 24, my_rules),
    Picture("person", 80, 24, person),
    Picture("said-between", 80, 24, said_between),
    Picture("people", 80, 24, people),
    Picture("started-it", 80, 24, who_started_it),
    Picture("stranger", 80, 24, stranger),
    Picture("stranger-wide", 160, 45, behind_a_sentence),
    Picture("newcomer", 80, 24, newcomer),
    Picture("watched", 80, 24, watched),
    Picture("catch-up", 80, 24, a_night_later, hours=16),
    Picture("help", 120, 40, help_page),
    Picture("tour", 80, 24, tour),
    Picture("profile", 80, 24, profile),
)


async def take_all(pictures: Sequence[Picture], home: Path) -> None:
    """Take pictures, each on a copy of the same town, so that none changes what another shows.

    Args:
        home: an empty folder to work in.
    """
    first = Theatre(home / "first", FOUNDED)
    await asyncio.to_thread(first.found)
    async with first.open(160, 45) as stage:
        await first_minutes(stage)
    first.close()
    FOLDER.mkdir(exist_ok=True)
    for picture in pictures:
        folder = home / picture.name
        shutil.copytree(home / "first", folder)
        at = FOUNDED + FIRST_MINUTES + picture.hours * HOUR
        (FOLDER / f"{picture.name}.svg").write_text(await take(picture, folder, at), "utf-8")
        print(f"docs/screenshots/{picture.name}.svg", flush=True)


async def take(picture: Picture, home: Path, at: int) -> str:
    """Take one picture on the town in a folder. Returns it as SVG."""
    theatre = Theatre(home, at)
    try:
        async with theatre.open(picture.columns, picture.lines) as stage:
            await picture.act(stage)
            stage.hush()
            await stage.rest()
            return plain_svg(stage.svg)
    finally:
        theatre.close()


def main() -> None:
    """Take the pictures that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = [picture.name for picture in PICTURES]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    wanted = parser.parse_args().names or names
    if unknown := set(wanted) - set(names):
        parser.error(f"there is no picture of {', '.join(sorted(unknown))}")
    os.environ["TZ"] = "UTC"
    time.tzset()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(
            take_all([picture for picture in PICTURES if picture.name in wanted], Path(home))
        )


if __name__ == "__main__":
    main()
