"""The past of a new account is read to its end by itself, whatever comes between, and costs no line."""

from __future__ import annotations

import json

import pytest
from support.scripted_network import ScriptedNetwork
from support.sync_desk import Desk

from tui_inbox.core.health import Past
from tui_inbox.core.moment import HOUR, MINUTE
from tui_inbox.core.ports import Refused, SignedOut, Throttled, Unreachable
from tui_inbox.store import accounts
from tui_inbox.sync.history import TRIES, History, HistoryProgress
from tui_inbox.sync.slow_work import SlowWork


class EndOfTest(BaseException):
    """The slow work has done all and rests for an hour."""


class Background:
    """The slow work of the desk's account, until it has nothing left to do."""

    def __init__(self, desk: Desk) -> None:
        self.pasts: list[Past | None] = []
        self.desk = desk
        history = History(desk.store, desk.ingest, desk.network, desk.account.id, self.pasts.append)
        self.work = SlowWork(desk.clock, desk.account.id, history, self._people)
        self.asked_about_people = 0

    async def _people(self) -> None:
        self.asked_about_people += 1
        await self.desk.backfill.read_relationships()
        if self.asked_about_people == 2:
            raise EndOfTest

    async def run(self) -> None:
        with pytest.raises(EndOfTest):
            await self.work.run()

    def progress(self) -> HistoryProgress:
        desk = self.desk
        text = desk.store.read(
            lambda db: accounts.get_state(db, desk.account.id, accounts.HISTORY)
        ).result()
        return HistoryProgress(**json.loads(text or "{}"))


@pytest.fixture
def background(desk: Desk) -> Background:
    return Background(desk)


def answers(network: ScriptedNetwork, count: int) -> None:
    """That many answers to posts that are not among the notifications."""
    for number in range(count):
        above = network.write("ann", f"beginning {number}")
        network.home(above)
        network.mention("ben", f"answer {number}", to=above)


async def test_a_spent_budget_is_waited_for_and_the_past_goes_on(
    desk: Desk, background: Background
) -> None:
    answers(desk.network, 3)
    until = desk.clock.now() + 20 * MINUTE
    desk.network.break_after("thread", 1, Throttled("Enough for the moment.", until=until))
    await background.run()
    assert background.progress().done
    assert background.progress().threads == 3
    assert until <= desk.clock.now() < until + 2 * HOUR


async def test_trouble_is_waited_for_longer_and_longer(desk: Desk, background: Background) -> None:
    desk.network.fail("notices", *[Unreachable("No line.")] * 6)
    began = desk.clock.now()
    await background.run()
    assert background.progress().done
    assert desk.clock.now() - began == (1 + 2 + 4 + 8 + 15 + 15) * MINUTE + HOUR


async def test_a_fault_of_ours_is_waited_for_too(desk: Desk, background: Background) -> None:
    desk.network.fail("notices", ZeroDivisionError("a bug"))
    await background.run()
    assert background.progress().done


async def test_a_conversation_the_server_has_trouble_with_is_left_in_the_end(
    desk: Desk, background: Background
) -> None:
    answers(desk.network, 2)
    desk.network.fail("thread", *[Unreachable("It has trouble.")] * TRIES)
    await background.run()
    assert background.progress().done
    assert background.progress().threads == 2


async def test_a_definite_no_ends_it_for_the_session_and_people_are_asked_about_all_the_same(
    desk: Desk, background: Background
) -> None:
    desk.network.fail("notices", Refused("Not for you."))
    await background.run()
    assert not background.progress().done
    assert background.asked_about_people == 2
    again = Background(desk)
    await again.run()
    assert again.progress().done


async def test_trouble_while_asking_about_people_is_no_loss_of_the_line(
    desk: Desk, background: Background
) -> None:
    answers(desk.network, 1)
    desk.network.fail("relationships", Refused("Not for you."))
    await background.run()
    assert background.asked_about_people == 2


async def test_a_refused_token_is_told(desk: Desk, background: Background) -> None:
    desk.network.fail("notices", SignedOut("Sign in again."))
    with pytest.raises(SignedOut):
        await background.work.run()


async def test_how_far_it_is_is_told_until_it_is_done(desk: Desk, background: Background) -> None:
    answers(desk.network, 3)
    await background.run()
    assert background.pasts == [
        Past(0, 24),
        Past(1, 13),
        Past(2, 5),
        Past(3, 5),
        Past(4, 5),
        Past(5, 5),
        None,
    ]


async def test_nobody_waits_for_the_past_so_it_leaves_most_of_the_budget(
    desk: Desk, background: Background
) -> None:
    answers(desk.network, 2)
    await background.run()
    assert desk.network.calls.count("thread, unhurried") == 2
    assert "thread" not in desk.network.calls
