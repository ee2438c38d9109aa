"""A sitting in the plain terminal, without one: what is typed is handed in, what is said is handed back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from support.town_builder import Town
from ui.fakes import FakeFetcher

from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.voice import Voice
from tui_inbox.cli.program import Live
from tui_inbox.queries.reader import Reader
from tui_inbox.settings import LinearSettings

Typed: TypeAlias = str | BaseException | Callable[[], None]
"""A line, what is raised in its place, or something that happens meanwhile."""

CTRL_C = KeyboardInterrupt()
CTRL_D = EOFError()


def sit(
    town: Town,
    *typed: Typed,
    settings: LinearSettings | None = None,
    fetcher: FakeFetcher | None = None,
) -> list[str]:
    """What is said while somebody types these lines, without the two lines at the beginning.

    Args:
        fetcher: the hub behind it; without one nothing is connected yet.
    """
    said: list[str] = []
    rest = iter(typed)

    def hear(prompt: str) -> str:
        for one in rest:
            if isinstance(one, BaseException):
                raise one
            if isinstance(one, str):
                return one
            one()
        raise EOFError

    session = Session(
        Live(town.context, fetcher or FakeFetcher(states={})),
        town.scope(),
        Voice(hear, said.append),
        reader=Reader(town.store),
        now=lambda: town.now,
        settings=settings or LinearSettings(),
    )
    session.run()
    return "".join(said).splitlines()[2:]
