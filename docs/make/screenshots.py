"""Pictures of the screen for the documents: `python docs/make/screenshots.py` writes docs/screenshots/*.svg.

The demo town is founded at a fixed moment, and its clock moves only where it is moved here. So the same
program gives the same pictures, and whoever changes the screen sees it in the files that change.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
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


async def search_apart(stage: Stage) -> None:
    """A search in a pane of its own, the hand in the Inbox."""
    await stage.press("3", "equals_sign", "p", "equals_sign", "3")
    await stage.select("quillfox")


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


async def one_picture(stage: Stage) -> None:
    """A picture with its description."""
    await stage.press("slash")
    await stage.type("hand-drawn map")
    await stage.press("enter", "v")
    await stage.rest("360 × 240")


async def themes(stage: Stage) -> None:
    """The list of themes, one of Textual's put on by resting on it."""
    await stage.press("colon")
    await stage.type("theme")
    await stage.press("enter")
    await stage.rest("nord")
    while stage.app.services.look.theme != "nord":
        await stage.press("j")


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
    Picture("broad", 200, 50, search_apart),
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
    Picture("picture", 120, 40, one_picture),
    Picture("stranger", 80, 24, stranger),
    Picture("stranger-wide", 160, 45, behind_a_sentence),
    Picture("newcomer", 80, 24, newcomer),
    Picture("watched", 80, 24, watched),
    Picture("catch-up", 80, 24, a_night_later, hours=16),
    Picture("help", 120, 40, help_page),
    Picture("themes", 120, 40, themes),
    Picture("tour", 80, 24, tour),
    Picture("profile", 80, 24, profile),
)


async def found(home: Path) -> None:
    """Found the town in an empty folder, and let it live through its first minutes."""
    theatre = Theatre(home, FOUNDED)
    await asyncio.to_thread(theatre.found)
    async with theatre.open(160, 45) as stage:
        await first_minutes(stage)
    theatre.close()


def take_all(names: Sequence[str], home: Path, jobs: int) -> None:
    """Take pictures, each on a copy of the same town, so that none changes what another shows.

    Args:
        names: which ones.
        home: an empty folder to work in.
        jobs: how many are taken at once, each in a process of its own.
    """
    asyncio.run(found(home / "first"))
    FOLDER.mkdir(exist_ok=True)
    with ProcessPoolExecutor(jobs) as pool:
        for name in pool.map(take_one, names, [home] * len(names)):
            print(f"docs/screenshots/{name}.svg", flush=True)


def take_one(name: str, home: Path) -> str:
    """Take one picture into its file. Returns its name."""
    be_in_utc()
    picture = next(one for one in PICTURES if one.name == name)
    shutil.copytree(home / "first", home / name)
    at = FOUNDED + FIRST_MINUTES + picture.hours * HOUR
    drawn = asyncio.run(take(picture, home / name, at))
    (FOLDER / f"{name}.svg").write_text(drawn, "utf-8")
    return name


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


def be_in_utc() -> None:
    """Times of day in a picture are those of nobody's machine."""
    os.environ["TZ"] = "UTC"
    time.tzset()


def take_every_screen(folder: Path, names: Sequence[str], jobs: int) -> str | None:
    """Draw every screen, or some. Returns what went wrong."""
    import every_screen  # it takes what is played from here

    failed = every_screen.take_every_screen(folder, names, jobs)
    print(f"{folder / 'index.html'} shows them")
    return "\n".join(failed) or None


def main() -> None:
    """Take the pictures that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = [picture.name for picture in PICTURES]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="draw every screen in every size into a folder"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="so many towns at once"
    )
    options = parser.parse_args()
    be_in_utc()
    if options.all is not None:
        sys.exit(take_every_screen(options.all, options.names, options.jobs))
    wanted = options.names or names
    if unknown := set(wanted) - set(names):
        parser.error(f"there is no picture of {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as home:
        take_all([name for name in names if name in wanted], Path(home), options.jobs)


if __name__ == "__main__":
    main()
