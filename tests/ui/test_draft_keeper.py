"""A draft is put on disk while it is written, whatever the disk says, and stays one draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest
from msgspec.structs import replace
from textual.timer import Timer

from tui_inbox.core.draft import Draft
from tui_inbox.core.not_kept import NotKept
from tui_inbox.ui.screens.draft_keeper import SAVE_AFTER, TRY_AGAIN_AFTER, DraftKeeper

FULL = "The disk is full: inbox.db cannot grow."


class Alarm:
    """A timer that rings when the story says so."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds = seconds
        self.ring = ring
        self.is_set = True

    def stop(self) -> None:
        self.is_set = False


class Table:
    """Somebody writes here; what is saved is noted, and the disk can be full.

    Attributes:
        said: what those who saved in the background were told.
    """

    def __init__(self) -> None:
        self.saved: list[Draft] = []
        self.said: list[str] = []
        self.is_full = False
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._alarms: list[Alarm] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.keeper = DraftKeeper(
            Draft(0, 1),
            save=self._save,
            run=self._run,
            set_timer=self._set_timer,
            saved=lambda: None,
        )

    async def _save(self, draft: Draft) -> Draft:
        await self.may_answer.wait()
        if self.is_full:
            raise NotKept(FULL)
        self.saved.append(draft)
        return replace(draft, id=draft.id or 7)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        async def told() -> None:
            try:
                await work
            except NotKept as error:
                self.said.append(str(error))

        self._tasks.append(asyncio.get_running_loop().create_task(told()))

    def _set_timer(self, seconds: float, ring: Callable[[], None]) -> Timer:
        self._alarms.append(Alarm(seconds, ring))
        return cast(Timer, self._alarms[-1])

    @property
    def waits(self) -> list[float]:
        """How long each alarm that is set waits."""
        return [alarm.seconds for alarm in self._alarms if alarm.is_set]

    def write(self, text: str) -> None:
        self.keeper.change(replace(self.keeper.draft, text=text))

    async def pass_time(self) -> None:
        """Let the alarm ring, and what it began end."""
        (alarm,) = [alarm for alarm in self._alarms if alarm.is_set]
        alarm.ring()
        await asyncio.gather(*self._tasks)


@pytest.fixture
async def table() -> Table:
    return Table()


async def test_what_is_written_is_saved_a_moment_later(table: Table) -> None:
    table.write("We")
    table.write("We bake")
    assert table.waits == [SAVE_AFTER]
    await table.pass_time()
    assert [draft.text for draft in table.saved] == ["We bake"]
    assert (table.keeper.draft.id, table.keeper.is_saved, table.waits) == (7, True, [])


async def test_what_cannot_be_saved_is_told_and_tried_again_although_nothing_more_is_written(
    table: Table,
) -> None:
    table.is_full = True
    table.write("We bake")
    await table.pass_time()
    assert table.said == [f"Not saved yet, which is tried again: {FULL}"]
    assert table.keeper.has_failed
    assert table.waits == [TRY_AGAIN_AFTER]
    await table.pass_time()
    assert len(table.said) == 2
    table.write("We bake rye")
    assert table.waits == [TRY_AGAIN_AFTER], "and not for each key"
    table.is_full = False
    await table.pass_time()
    assert [draft.text for draft in table.saved] == ["We bake rye"]
    assert (table.keeper.has_failed, table.waits) == (False, [])


async def test_nothing_is_sent_that_is_not_saved(table: Table) -> None:
    table.is_full = True
    table.write("We bake")
    with pytest.raises(NotKept, match="Not saved yet"):
        await table.keeper.settle()
    assert table.waits == [TRY_AGAIN_AFTER]
    table.is_full = False
    assert (await table.keeper.settle()).id == 7
    assert table.waits == []


async def test_who_changes_a_draft_read_before_it_was_first_saved_makes_no_second_one(
    table: Table,
) -> None:
    table.write("We bake")
    before = table.keeper.draft
    await table.pass_time()
    table.keeper.change(replace(before, warning="food"))
    await table.pass_time()
    assert [draft.id for draft in table.saved] == [0, 7]


async def test_what_is_written_while_it_is_saved_is_saved_after_it(table: Table) -> None:
    table.may_answer.clear()
    table.write("We")
    settling = asyncio.create_task(table.keeper.settle())
    await asyncio.sleep(0)
    table.write("We bake")
    table.may_answer.set()
    assert (await settling).text == "We bake"
    assert [(draft.id, draft.text) for draft in table.saved] == [(0, "We"), (7, "We bake")]
