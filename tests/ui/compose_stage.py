"""The composer on the stage: open below the question that waits first, and what became of the text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from ui.stage import Stage, on_stage
from ui.town import Town

from tui_inbox.core.draft import Draft


@asynccontextmanager
async def answering(
    monkeypatch: pytest.MonkeyPatch,
    text: str = "",
    *,
    town: Town | None = None,
    size: tuple[int, int] = (160, 45),
) -> AsyncIterator[Stage]:
    """Answer quillfox's question, as far as a text goes. The composer is open."""
    async with on_stage(monkeypatch, town, size=size) as stage:
        await stage.press("r")
        await opened(stage)
        if text:
            await type_text(stage, text)
        yield stage


async def opened(stage: Stage) -> None:
    """Wait until the composer has read what it was opened for."""
    await stage.until(lambda: stage.app.composer.draft is not None)


async def type_text(stage: Stage, text: str) -> None:
    """Type, as fast as a keyboard buffer."""
    await stage.pilot.press(*["space" if c == " " else c for c in text])
    await stage.settle()


def saved(stage: Stage) -> list[Draft]:
    """The drafts that were saved, in order."""
    return [done.args[0] for done in stage.called("drafts.save")]


def sent(stage: Stage) -> list[Draft]:
    """The drafts that were sent, in order."""
    return [done.args[0] for done in stage.called("sending.send")]
