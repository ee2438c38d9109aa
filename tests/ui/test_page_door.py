"""Requests: who asks to follow, and who is held back, on their page and in the heading of the Strangers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from ui.page_stage import RULES, SIZES, opened, pages_on_stage, selected
from ui.page_town import PageTown
from ui.town import HOLLOW_REED, MOSSYGATE, NOW, ODILE, usual_town

from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.queries.door import DoorRow
from tui_inbox.queries.rows import InboxView, LaneRows, Scope
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.inbox import inbox_rows, lane_key
from tui_inbox.ui.render.item import LaneHead, lane_head
from tui_inbox.ui.screens.door import DoorPage, door_rows
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.services import Look

ASKS = DoorRow(1, "mi", Wish.FOLLOW, MOSSYGATE, None, 0, "")
HELD = DoorRow(1, "mi", Wish.BE_HEARD, HOLLOW_REED, NOW - HOUR, 3, "Is the\nchoir open?")


@dataclass
class DoorTown(PageTown):
    """The town, with people at the door.

    Attributes:
        waiting: who they are.
        only_door: whether nobody else is a stranger.
    """

    waiting: tuple[DoorRow, ...] = (ASKS, HELD)
    only_door: bool = False

    def door_rows(self, scope: Scope) -> tuple[DoorRow, ...]:
        return tuple(row for row in self.waiting if row.account in scope.accounts)

    def inbox_view(self, scope: Scope, *, now: Millis, rules: tuple[object, ...] = ()) -> InboxView:
        view = super().inbox_view(scope, now=now, rules=rules)
        if self.only_door:
            others = tuple(lane for lane in view.lanes if lane.lane is not Lane.STRANGERS)
            return replace(view, lanes=(*others, LaneRows(Lane.STRANGERS, (), asking=1, held=1)))
        return view


def town(**changes: object) -> DoorTown:
    usual = usual_town()
    return DoorTown(**{**vars(usual), **changes})


def words(lane: LaneRows) -> tuple[str, ...]:
    head = lane_head(lane, folded=True, gap=False)
    return (head.words, *head.facts)


def test_the_heading_of_the_strangers_says_who_is_at_the_door() -> None:
    strangers = usual_town().lanes[Lane.STRANGERS]
    count = len(strangers)
    lane = LaneRows(Lane.STRANGERS, tuple(strangers), asking=2, held=3)
    assert words(lane) == (f"Strangers · {count}", "2 ask to follow", "3 held back by the server")
    assert words(LaneRows(Lane.STRANGERS, (), asking=1)) == ("Strangers", "1 asks to follow")
    assert words(replace(lane, asking=0, held=0, people=1)) == (
        f"Strangers · {count}, of which 1 looks like a person",
    )


def test_a_folded_heading_says_which_key_shows_the_requests() -> None:
    strangers = tuple(usual_town().lanes[Lane.STRANGERS])

    def hints(lane: LaneRows) -> tuple[str, ...]:
        (head,) = [row.data for row in inbox_rows(InboxView((lane,), 0, 0, 0), {lane.lane})]
        assert isinstance(head, LaneHead)
        return head.facts

    assert hints(LaneRows(Lane.STRANGERS, strangers)) == ("Enter opens the door",)
    assert hints(LaneRows(Lane.STRANGERS, strangers, held=1))[1:] == (
        "Enter opens the door",
        "g r lists them",
    )
    assert hints(LaneRows(Lane.STRANGERS, (), held=1))[1:] == ("Enter opens the door",)


def test_each_kind_of_request_has_a_heading() -> None:
    rows = list(door_rows((ASKS, replace(ASKS, person=ODILE), HELD)))
    assert [row.data.words for row in rows if not row.selectable] == [  # type: ignore[union-attr]
        "2 ask to follow you",
        "1 held back by the server",
    ]
    assert list(door_rows(())) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", [None, Look(dense=True, plain=True)])
async def test_the_page_shows_both_kinds(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], look: Look | None
) -> None:
    async with pages_on_stage(monkeypatch, town(), size=size, look=look) as stage:
        await opened(stage, DoorPage, "g", "r")
        text = stage.text
        assert "1 asks to follow you" in text
        assert "mossygate" in text
        assert "1 held back by the server" in text
        assert "hollow reed" in text
        await stage.press("G")
        assert "Is the choir open?" in stage.text
        assert not set(RULES) & set(stage.text)


async def test_names_of_both_kinds_stand_in_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        await opened(stage, DoorPage, "g", "r")
        lines = [line for line in stage.lines() if "@" in line]
        columns = {
            line.index(f"{row.person.name} @")
            for row in (ASKS, HELD)
            for line in lines
            if f"{row.person.name} @{row.person.handle}" in line
        }
        assert len(columns) == 1


async def test_a_lets_in_and_x_or_a_bang_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        page = await opened(stage, DoorPage, "g", "r")
        assert selected(page) == f"follow:1:{MOSSYGATE.id}"
        stage.wait(2)
        await stage.press("a")
        stage.wait(2)
        await stage.press("x")
        await stage.press("j")
        stage.wait(2)
        await stage.press("!")
        called = [(done.name, done.args) for done in stage.done if done.name.startswith("door.")]
        assert called == [
            ("door.let_in", (1, Wish.FOLLOW, MOSSYGATE.id)),
            ("door.refuse", (1, Wish.FOLLOW, MOSSYGATE.id)),
            ("door.refuse", (1, Wish.BE_HEARD, HOLLOW_REED.id)),
        ]


async def test_enter_opens_the_card_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town(card=None)) as stage:
        await opened(stage, DoorPage, "g", "r")
        stage.wait(2)
        card = await opened(stage, PersonPage, "enter")
        assert (card.account, card.person) == (1, MOSSYGATE)


async def test_who_was_decided_on_leaves_the_page_and_the_last_one_leaves_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peopled = town()
    async with pages_on_stage(monkeypatch, peopled) as stage:
        page = await opened(stage, DoorPage, "g", "r")
        peopled.waiting = (HELD,)
        await stage.tell(Change(Topic.INBOX, 1))
        await stage.until(lambda: selected(page) == f"be heard:1:{HOLLOW_REED.id}")
        peopled.waiting = ()
        await stage.tell(Change(Topic.OUTBOX, 1))
        await stage.until(lambda: "Nobody waits at the door." in stage.text)
        stage.wait(2)
        await stage.press("a")
        assert "Nobody is selected." in stage.text


async def test_enter_on_strangers_without_strangers_opens_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, town(only_door=True)) as stage:
        inbox = stage.app.pane_of(Area.INBOX)
        assert inbox.rows is not None
        await stage.press("1")
        inbox.rows.select_key(lane_key(Lane.STRANGERS))
        stage.wait(2)
        await opened(stage, DoorPage, "enter")
