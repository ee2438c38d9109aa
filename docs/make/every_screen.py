"""Every screen in three sizes and two themes, to be looked at: `python docs/make/screenshots.py --all FOLDER`.

They are no part of the repository; only those that a page shows are. A screen is set up once, and then drawn in each
size and theme, as when somebody pulls at the window. Several towns are played at once, each in a process of its own.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import screenshots
from plain_svg import plain_svg
from screenshots import FIRST_MINUTES, FOUNDED, THANKS
from stage import Stage, Theatre

from tui_inbox.core.moment import HOUR

SIZES = ((80, 24), (110, 32), (160, 45))
CORNER = (40, 14)
THEMES = ("inbox-dark", "inbox-light")
SECONDS_MOST = 150
"""A screen that takes longer has failed."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of the program.

    Attributes:
        name: of its files.
        act: how it is reached, in the smallest size, where each pane is alone.
        hours: how long the program was closed before.
        town: whether there is a town; without one nobody has signed in.
        corner: whether it is drawn in a corner of the screen, too.
        anew: whether it is reached anew for each theme, because it keeps the colours in which it was opened.
    """

    name: str
    act: Callable[[Stage], Awaitable[None]]
    hours: int = 0
    town: bool = True
    corner: bool = False
    anew: bool = False


def keys(*pressed: str) -> Callable[[Stage], Awaitable[None]]:
    """A screen that is reached by keys alone."""
    return partial(_press, pressed)


async def _press(pressed: Sequence[str], stage: Stage) -> None:
    await stage.press(*pressed)


async def thread(stage: Stage) -> None:
    """A conversation, with the reply card under it."""
    await stage.select("quillfox")
    await stage.press("enter")


async def long_thread(stage: Stage) -> None:
    """A thread in which many speak."""
    await stage.select("fern & ledger", pane="2")
    await stage.press("enter")


async def new_post(stage: Stage) -> None:
    """A new post with a poll, begun."""
    await stage.press("c")
    await stage.type("Which evening for the lantern walk?")
    await stage.press("ctrl+o", "p")
    await stage.rest("")


async def search(stage: Stage) -> None:
    """A search by hand, with hits."""
    await stage.press("slash")
    await stage.type("crm")
    await stage.rest("hit|found|of ")


async def palette(stage: Stage) -> None:
    """Keys found by name."""
    await stage.press("colon")
    await stage.type("mute")


async def outbox(stage: Stage) -> None:
    """A text that is held."""
    await stage.select("odile fenn")
    await stage.press("r")
    await stage.type(THANKS)
    await stage.press("ctrl+s", "g", "o")


async def drafts(stage: Stage) -> None:
    """A text that was begun and kept."""
    await stage.select("quillfox")
    await stage.press("r")
    await stage.type("Yes, it keeps them")
    await stage.rest("saved")
    await stage.press("escape", "g", "d")


async def note(stage: Stage) -> None:
    """A question at the bottom of the screen."""
    await stage.select("quillfox")
    await stage.press("i")


async def hit(stage: Stage) -> None:
    """Searches, one of their hits selected."""
    await stage.press("3", "j", "j")


SCREENS = (
    Screen("inbox", screenshots.nothing, corner=True),
    Screen("timeline", keys("2", "j", "j"), corner=True),
    Screen("searches", hit),
    Screen("people", screenshots.people, corner=True),
    Screen("thread", thread, corner=True),
    Screen("thread-long", long_thread),
    Screen("answering", screenshots.answering, corner=True),
    Screen("new-post", new_post),
    Screen("held", screenshots.held_send, corner=True),
    Screen("why", screenshots.why),
    Screen("rules", screenshots.my_rules),
    Screen("person", screenshots.person),
    Screen("said-between", screenshots.said_between),
    Screen("door", screenshots.stranger),
    Screen("door-behind", screenshots.behind_a_sentence),
    Screen("newcomer", screenshots.newcomer),
    Screen("search", search),
    Screen("catch-up", screenshots.a_night_later, hours=16),
    Screen("activity", keys("g", "a")),
    Screen("outbox", outbox),
    Screen("drafts", drafts),
    Screen("watched", screenshots.watched),
    Screen("groups", keys("2", "t", "g")),
    Screen("links", keys("2", "t", "k")),
    Screen("sources", keys("2", "t", "o")),
    Screen("accounts", keys("at")),
    Screen("mix", keys("g", "m")),
    Screen("help", screenshots.help_page),
    Screen("palette", palette, anew=True),
    Screen("themes", screenshots.themes, anew=True),
    Screen("picture", screenshots.one_picture),
    Screen("tour", screenshots.tour, corner=True),
    Screen("profile", screenshots.profile),
    Screen("strip", keys("z"), corner=True),
    Screen("question", note, corner=True),
    Screen("welcome", screenshots.nothing, town=False, corner=True),
)


def take_every_screen(folder: Path, names: Sequence[str], jobs: int) -> list[str]:
    """Draw screens into a folder, with a page to look through them.

    Args:
        folder: where to; it is made if need be.
        names: which screens; all if empty.
        jobs: how many towns are played at once.

    Returns:
        What went wrong, a sentence for each screen that is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [screen for screen in SCREENS if not names or screen.name in names]
    failed = []
    with tempfile.TemporaryDirectory() as home:
        first = Path(home) / "first"
        asyncio.run(screenshots.found(first))
        with ProcessPoolExecutor(jobs) as pool:
            taking = {
                pool.submit(_take, screen.name, first, Path(home) / screen.name, folder): screen
                for screen in wanted
            }
            for done in as_completed(taking):
                name = taking[done].name
                if (error := done.exception()) is not None:
                    failed.append(f"{name}: {error!r}"[:2000])
                print(f"{name}{' failed' if error else ''}", flush=True)
    (folder / "index.html").write_text("\n".join(_page(folder)), "utf-8")
    return failed


def _take(name: str, first: Path, home: Path, folder: Path) -> None:
    """Play one town. Runs in a process of its own."""
    screenshots.be_in_utc()
    screen = next(one for one in SCREENS if one.name == name)
    for themes in [[theme] for theme in THEMES] if screen.anew else [THEMES]:
        own = home / themes[0]
        if screen.town:
            shutil.copytree(first, own)
        asyncio.run(asyncio.wait_for(_draw(screen, themes, own, folder), SECONDS_MOST))


async def _draw(screen: Screen, themes: Sequence[str], home: Path, folder: Path) -> None:
    theatre = Theatre(home, FOUNDED + FIRST_MINUTES + screen.hours * HOUR)
    sizes = [*SIZES, *([CORNER] if screen.corner else [])]
    try:
        async with theatre.open(*sizes[0], town=screen.town) as stage:
            stage.wear(themes[0])
            await screen.act(stage)
            stage.hush()
            for columns, lines in sizes:
                await stage.pilot.resize_terminal(columns, lines)
                for theme in themes:
                    stage.wear(theme)
                    await stage.rest()
                    file = folder / f"{screen.name}-{columns}x{lines}-{theme}.svg"
                    file.write_text(plain_svg(stage.svg), "utf-8")
    finally:
        theatre.close()


def _page(folder: Path) -> Iterator[str]:
    """A page that shows everything there is in the folder, screen by screen."""
    yield "<!doctype html><meta charset=utf-8><title>Every screen of tui-inbox</title>"
    yield (
        "<style>body{font:15px sans-serif;margin:2em;background:#ddd}img{width:100%;display:block}"
        "div{display:grid;grid-template-columns:1fr 1fr;gap:1em;margin-bottom:3em}</style>"
    )
    for screen in SCREENS:
        files = sorted(folder.glob(f"{screen.name}-[0-9]*x*.svg"))
        if files:
            yield f"<h2>{escape(screen.name)}</h2><p>{escape(_told(screen))}</p><div>"
            yield from (
                f'<a href="{file.name}"><img src="{file.name}" alt="{file.stem}"></a>'
                for file in files
            )
            yield "</div>"


def _told(screen: Screen) -> str:
    function = screen.act
    if isinstance(function, partial):
        return " ".join(function.args[0])
    return function.__doc__ or ""
