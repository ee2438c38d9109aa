"""The front door: one visitor after the other, what was found of each, and the keys that decide."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace
from ui.page_stage import RULES, SIZES, opened, pages_on_stage, selected
from ui.page_town import PageTown
from ui.stage import Stage
from ui.town import HOLLOW_REED, MOSSYGATE, NOW, ODILE, usual_town
from ui.town_store import visitor_of

from tui_inbox.core.act import ActKind, Report
from tui_inbox.core.changes import Change, Topic
from tui_inbox.core.conversation import Lane
from tui_inbox.core.door import Wish
from tui_inbox.core.findings import Verdict
from tui_inbox.core.moment import HOUR, Millis
from tui_inbox.queries.door import DoorRow, Visitor
from tui_inbox.queries.rows import InboxView, LaneRows, Scope
from tui_inbox.queries.strangers import CheckLine, CheckView, EvidenceRow
from tui_inbox.ui.layout import Area
from tui_inbox.ui.panes.inbox import inbox_rows, item_key, lane_key
from tui_inbox.ui.render.item import LaneHead, lane_head
from tui_inbox.ui.screens.check import CheckPage
from tui_inbox.ui.screens.door import DoorPage
from tui_inbox.ui.screens.person import PersonPage
from tui_inbox.ui.screens.thread import ThreadPage
from tui_inbox.ui.services import Look

STRANGERS = usual_town().lanes[Lane.STRANGERS]
ASKS = Visitor("follow:1", 1, "mi", MOSSYGATE, Wish.FOLLOW)
HELD = Visitor(
    "be heard:1", 1, "mi", HOLLOW_REED, Wish.BE_HEARD, None, NOW - HOUR, "Is the\nchoir open?", 3
)
SENT = tuple(
    EvidenceRow(f"u{n}", f"s{n}", NOW - n * HOUR, "", f"Buy the panel, number {n}", (), None)
    for n in range(1, 5)
)
ELSEWHERE = replace(
    SENT[0], key="l1", text="Go there", links=("https://panel.example/go",), url="https://p.example"
)
SAME = CheckView(
    Verdict.SAME,
    "",
    "from 40 posts, 3 Nov to today",
    NOW - HOUR,
    (
        CheckLine("same text", "to 14 people since Tuesday", "shows them", SENT),
        CheckLine("links", "31 of 33 go to panel.example", "lists them", (ELSEWHERE,)),
        CheckLine("conversation", "0 of 40 answer somebody"),
        CheckLine("account", "2 days old, no description, no picture"),
    ),
)
UNSURE = CheckView(Verdict.UNKNOWN, "3 posts only", "from 3 posts, today", NOW, ())


@dataclass
class DoorTown(PageTown):
    """The town, with people at the door.

    Attributes:
        before_door: who they are.
        found: what was found of each, by the local id of the person.
        only_door: whether nobody else is a stranger.
    """

    before_door: tuple[Visitor, ...] = (*map(visitor_of, STRANGERS), HELD, ASKS)
    found: dict[int, CheckView] = field(default_factory=dict)
    only_door: bool = False

    def door_visitors(self, scope: Scope, *, now: Millis) -> tuple[Visitor, ...]:
        return tuple(one for one in self.before_door if one.account in scope.accounts)

    def door_visitor(self, account: int, person: int, *, now: Millis) -> Visitor | None:
        return next((one for one in self.before_door if one.person.id == person), None)

    def door_rows(self, scope: Scope) -> tuple[DoorRow, ...]:
        return tuple(
            DoorRow(one.account, "", one.wish, one.person, None, 0, "")
            for one in self.before_door
            if one.wish is not None
        )

    def strangers_check_view(self, account: int, person: int, *, now: Millis) -> CheckView | None:
        return self.found.get(person)

    def inbox_view(self, scope: Scope, *, now: Millis, rules: tuple[object, ...] = ()) -> InboxView:
        view = super().inbox_view(scope, now=now, rules=rules)
        if self.only_door:
            others = tuple(lane for lane in view.lanes if lane.lane is not Lane.STRANGERS)
            return replace(view, lanes=(*others, LaneRows(Lane.STRANGERS, (), asking=1, held=1)))
        return view


def town(**changes: object) -> DoorTown:
    usual = usual_town()
    found = {STRANGERS[0].person.id: SAME}
    return DoorTown(**{**vars(usual), "found": found, **changes})


def words(lane: LaneRows) -> tuple[str, ...]:
    head = lane_head(lane, folded=True, gap=False)
    return (head.words, *head.facts)


def called(stage: Stage) -> list[tuple[str, tuple[object, ...]]]:
    """What was decided."""
    rooms = ("door.", "items.junk", "items.let_in", "silencing.", "acts.")
    return [(done.name, done.args) for done in stage.done if done.name.startswith(rooms)]


# The heading of the lane


def test_the_heading_of_the_strangers_says_who_is_at_the_door() -> None:
    count = len(STRANGERS)
    lane = LaneRows(Lane.STRANGERS, tuple(STRANGERS), asking=2, held=3)
    assert words(lane) == (f"Strangers · {count}", "2 ask to follow", "3 held back by the server")
    assert words(LaneRows(Lane.STRANGERS, (), asking=1)) == ("Strangers", "1 asks to follow")
    assert words(replace(lane, asking=0, held=0, people=1)) == (
        f"Strangers · {count}, of which 1 looks like a person",
    )


def test_a_folded_heading_says_that_enter_opens_the_door() -> None:
    lane = LaneRows(Lane.STRANGERS, tuple(STRANGERS), held=1)
    (head,) = [row.data for row in inbox_rows(InboxView((lane,), 0, 0, 0), {lane.lane})]
    assert isinstance(head, LaneHead)
    assert head.facts == ("1 held back by the server", "Enter opens the door")


@pytest.mark.parametrize("only_door", [True, False])
async def test_enter_on_the_folded_heading_opens_the_door(
    monkeypatch: pytest.MonkeyPatch, only_door: bool
) -> None:
    async with pages_on_stage(monkeypatch, town(only_door=only_door)) as stage:
        inbox = stage.app.pane_of(Area.INBOX)
        assert inbox.rows is not None
        await stage.press("1")
        inbox.rows.select_key(lane_key(Lane.STRANGERS))
        stage.wait(2)
        await opened(stage, DoorPage, "enter")


# One after the other


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", [None, Look(dense=True, plain=True)])
async def test_one_stranger_is_shown_with_what_was_found(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], look: Look | None
) -> None:
    async with pages_on_stage(monkeypatch, town(), size=size, look=look) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        count = len(STRANGERS) + 2
        text = " ".join(stage.text.split())
        assert f"Strangers · 1 of {count}" in text
        assert STRANGERS[0].person.name in text
        assert "SENDS EVERYONE THE SAME" in text
        assert "to 14 people since Tuesday" in text
        assert not set(RULES) & set(stage.text)
        await stage.press("1")
        assert selected(page) == "post:0"
        await stage.press("j")
        assert "number 2" in " ".join(stage.text.split())


async def test_j_and_k_go_from_one_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        keys = [selected(page)]
        for _ in range(len(STRANGERS) + 1):
            await stage.press("j")
            keys.append(selected(page))
        assert keys == [one.key for one in town().before_door]
        assert f"Requests · {len(keys)} of {len(keys)} at the door" in stage.text
        await stage.press("j")
        assert "That was the last one." in stage.text
        await stage.press("home")
        assert selected(page) == keys[0]
        await stage.press("G")
        assert selected(page) == keys[-1]
        await stage.press("g", "g")
        assert selected(page) == keys[0]
        await stage.press("end")
        await stage.press("k")
        assert selected(page) == HELD.key
        assert "3 notifications" in stage.text
        assert "Nobody has looked yet" in stage.text


async def test_g_f_goes_to_the_first_where_the_door_is_open_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        first = selected(page)
        await stage.press("j", "1", "g", "f")
        assert stage.app.here is page
        assert selected(page) == first
        await stage.press("G", "g", "f")
        assert selected(page) == first


async def test_the_help_of_the_door_lists_its_digits_and_not_what_they_do_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, town(), size=(120, 90)) as stage:
        await opened(stage, DoorPage, "g", "f")
        await stage.press("question_mark")
        assert "1…9 " in stage.text
        assert "the posts behind a sentence, by its digit" in " ".join(stage.text.split())
        assert "to the Inbox" not in stage.text.replace("go to the Inbox", "")


async def test_where_nobody_stands_at_the_door_digits_lead_away_as_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty = town()
    empty.before_door = ()
    async with pages_on_stage(monkeypatch, empty) as stage:
        await opened(stage, DoorPage, "g", "f")
        await stage.press("1")
        assert stage.app.here is stage.app.main.inbox


async def test_after_each_of_them_the_next_one_is_selected_and_u_brings_one_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peopled = town()
    first, second, *_ = everybody = peopled.before_door
    async with pages_on_stage(monkeypatch, peopled) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        stage.wait(2)
        await stage.press("!")
        peopled.before_door = everybody[1:]
        await stage.tell(Change(Topic.INBOX, 1))
        await stage.until(lambda: selected(page) == second.key)
        peopled.before_door = everybody
        await stage.tell(Change(Topic.INBOX, 1))
        await stage.until(lambda: selected(page) == first.key)
        assert called(stage) == [("items.junk", (first.item.id if first.item else 0,))]


async def test_the_last_one_leaves_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    peopled = town(before_door=(ASKS,))
    async with pages_on_stage(monkeypatch, peopled) as stage:
        await opened(stage, DoorPage, "g", "f")
        peopled.before_door = ()
        await stage.tell(Change(Topic.OUTBOX, 1))
        await stage.until(lambda: "Nobody waits at the door." in stage.text)
        stage.wait(2)
        await stage.press("a")
        assert called(stage) == []


# Deciding


async def test_x_blocks_and_the_report_is_ticked_where_everybody_gets_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second, who = STRANGERS[0], STRANGERS[1], STRANGERS[0].person.id
    async with pages_on_stage(monkeypatch, town()) as stage:
        await opened(stage, DoorPage, "g", "f")
        assert "x reports them for spam as well, + unticks that" in stage.text
        stage.wait(2)
        await stage.press("x")
        await stage.press("+")
        assert "x blocks, and reports nothing." in stage.text
        await stage.press("x", "j")
        assert "reports them for spam" in stage.text, "what was unticked was so for one"
        stage.wait(2)
        await stage.press("x")
        assert called(stage) == [
            ("silencing.report", (first.account, who, Report(category="spam"))),
            ("acts.on_person", (first.account, who, ActKind.BLOCK)),
            ("silencing.report", (second.account, who, Report(category="spam"))),
        ]


async def test_a_lets_in_and_a_bang_refuses_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        stage.wait(2)
        await stage.press("a")
        await stage.press("g", "r")
        assert selected(stage.app.here) == HELD.key  # type: ignore[arg-type]
        assert stage.app.here is not page
        stage.wait(2)
        await stage.press("a")
        await stage.press("j")
        stage.wait(2)
        await stage.press("!")
        assert called(stage) == [
            ("items.let_in", (STRANGERS[0].id,)),
            ("door.let_in", (1, Wish.BE_HEARD, HOLLOW_REED.id)),
            ("door.refuse", (1, Wish.FOLLOW, MOSSYGATE.id)),
        ]


# What stands behind a sentence


async def test_digits_show_what_stands_behind_and_again_hide_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        page = await opened(stage, DoorPage, "g", "f")
        await stage.press("2")
        assert "links: 31 of 33 go to panel.example" in stage.text
        assert "Go there" in stage.text
        opened_urls: list[str] = []
        monkeypatch.setattr(stage.app, "open_url", opened_urls.append)
        await stage.press("o")
        assert opened_urls == ["https://panel.example/go"]
        await stage.press("q")
        assert stage.app.here is page, "q hides them first"
        assert "Go there" not in stage.text
        await stage.press("1", "1")
        assert "Buy the panel, number 1" not in stage.text
        await stage.press("9")
        assert stage.app.here is page
        await stage.press("q")
        assert stage.app.here is not page


async def test_enter_brings_in_a_post_that_is_not_stored_and_opens_its_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch, town()) as stage:
        await opened(stage, DoorPage, "g", "f", "1")
        stage.wait(2)
        await stage.press("enter")
        assert ("quoted", STRANGERS[0].account, "s1") in stage.fetcher.asked
        assert "It is gone." in stage.text
        stage.fetcher.quoted = STRANGERS[0].post.id if STRANGERS[0].post else None
        await opened(stage, ThreadPage, "enter")


# Looking


async def test_c_looks_at_whoever_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    peopled = town(found={})
    first = STRANGERS[0].person.id
    async with pages_on_stage(monkeypatch, peopled) as stage:
        await opened(stage, DoorPage, "g", "f")
        assert "C looks now" in stage.text
        peopled.found = {first: UNSURE}
        await stage.press("C")
        await stage.until(lambda: "CAN’T TELL · 3 posts only · from 3 posts, today" in stage.text)
        assert ("check", STRANGERS[0].account, first) in stage.fetcher.asked


async def test_c_anywhere_shows_what_is_found_of_that_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = replace(visitor_of(STRANGERS[0]), key="person:1", person=ODILE)
    peopled = town(before_door=(one, HELD), card=None)
    async with pages_on_stage(monkeypatch, peopled) as stage:
        inbox = stage.app.pane_of(Area.INBOX)
        assert inbox.rows is not None
        asks = next(row for row in usual_town().lanes[Lane.TALK] if row.person.id == ODILE.id)
        inbox.rows.select_key(item_key(asks.id))
        stage.wait(2)
        page = await opened(stage, CheckPage, "C")
        assert ("check", one.account, ODILE.id) in stage.fetcher.asked, "nobody had looked"
        assert f"Check · {ODILE.name}" in stage.text
        await stage.press("j")
        assert stage.app.here is page
        assert "That was the last one." in stage.text


async def test_enter_on_a_request_opens_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages_on_stage(monkeypatch, town(before_door=(ASKS,), card=None)) as stage:
        await opened(stage, DoorPage, "g", "r")
        stage.wait(2)
        card = await opened(stage, PersonPage, "enter")
        assert (card.account, card.person) == (1, MOSSYGATE)
