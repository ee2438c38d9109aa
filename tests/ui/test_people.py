"""The People pane in use: what stays where it is, and what keys mean on each kind of line."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from msgspec.structs import replace
from ui.page_stage import pages_on_stage
from ui.stage import Stage, on_stage
from ui.town import TINBADGER, usual_town

from tui_inbox.commands.context import Outcome
from tui_inbox.core.changes import Change, Topic
from tui_inbox.queries.rows import PeopleSection, PeopleView, PersonRow
from tui_inbox.ui.panes import gaze
from tui_inbox.ui.panes.people import SHORT_LIST, person_key
from tui_inbox.ui.screens.thread import ThreadPage

S = PeopleSection


def names(stage: Stage) -> list[str]:
    """Headings and people, as they stand."""
    rows = stage.app.main.people.rows.rows
    return [
        row.data.person.name if isinstance(row.data, PersonRow) else str(row.data.section)
        for row in rows
    ]


def row_of(stage: Stage, section: PeopleSection) -> PersonRow:
    """The first one who stands in a section."""
    return dict(stage.town.people.sections)[section][0]


async def select(stage: Stage, section: PeopleSection) -> PersonRow:
    """Go to the pane, and select the first one in a section."""
    await stage.press("4")
    pane, row = stage.app.main.people, row_of(stage, section)
    pane.fold(section, False)
    assert pane.rows.select_key(person_key(row.account, row.person.id))
    await stage.settle()
    stage.wait(1)
    return row


def tell_of(stage: Stage, section: PeopleSection, *people: PersonRow) -> None:
    """Others stand in a section from now on."""
    sections = dict(stage.town.people.sections) | {section: people}
    stage.town.people = PeopleView(
        tuple((one, sections[one]) for one in PeopleSection if sections.get(one))
    )


def many(section: PeopleSection, count: int) -> list[PersonRow]:
    """So many people in a section."""
    return [
        PersonRow(1, "mi", replace(TINBADGER, id=200 + n, name=f"friend{n}"), section, "weekly")
        for n in range(count)
    ]


async def test_sections_stand_in_the_order_of_the_sketch(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(160, 60)) as stage:
        headings = [name for name in names(stage) if name in set(PeopleSection)]
        assert headings == [
            "Wait for you",
            "You wait for",
            "Pinned",
            "Going quiet",
            "They started it",
            "New around you",
            "Regulars",
        ]
        assert "You wait for · 1, folded" in stage.text
        assert "wren & co  usually 6 d, now 24 d" in stage.text


async def test_nothing_is_sorted_under_the_hand_until_it_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = usual_town()
    async with on_stage(monkeypatch, town) as stage:
        friends = many(S.PINNED, 3)
        tell_of(stage, S.PINNED, *friends)
        await stage.tell(Change(Topic.PEOPLE, 1))
        await select(stage, S.PINNED)
        tell_of(stage, S.PINNED, friends[2], friends[0], friends[1])
        await stage.tell(Change(Topic.PEOPLE, 1))
        at = names(stage).index("Pinned")
        assert names(stage)[at + 1 : at + 4] == ["friend0", "friend1", "friend2"]
        await stage.press("full_stop")
        assert names(stage)[at + 1 : at + 4] == ["friend2", "friend0", "friend1"]
        tell_of(stage, S.PINNED, *friends)
        stage.wait(11)
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert names(stage)[at + 1 : at + 4] == ["friend0", "friend1", "friend2"]


async def test_the_cursor_stays_with_its_person_on_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch, size=(80, 24)) as stage:
        tell_of(stage, S.REGULARS, *many(S.REGULARS, 30))
        await stage.tell(Change(Topic.PEOPLE, 1))
        await stage.press("4")
        pane = stage.app.main.people
        pane.fold(S.REGULARS, False)
        await stage.press("end", "k", "k")
        selected = pane.rows.selected
        assert selected is not None
        line = next(at for at, text in enumerate(stage.lines()) if "friend27" in text)
        tell_of(stage, S.PINNED, *(replace(one, detail="news") for one in many(S.PINNED, 5)))
        stage.wait(1)
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert pane.rows.selected is not None
        assert pane.rows.selected.key == selected.key
        assert "friend27" in stage.lines()[line]


@pytest.mark.parametrize(
    ("section", "command", "about"),
    [
        (S.YOU_WAIT_FOR, "people.take_off", ("asked",)),
        (S.PINNED, "people.seen_to", ()),
        (S.GOING_QUIET, "people.take_off", ("quiet",)),
        (S.THEY_STARTED_IT, "people.take_off", ("started",)),
        (S.NEW_AROUND_YOU, "people.take_off", ("new",)),
        (S.REGULARS, "items.dismiss_person", ()),
    ],
)
async def test_e_means_what_the_section_means(
    monkeypatch: pytest.MonkeyPatch, section: PeopleSection, command: str, about: tuple[str, ...]
) -> None:
    async with on_stage(monkeypatch) as stage:
        row = await select(stage, section)
        await stage.press("e")
        (call,) = stage.called(command)
        assert call.args == (row.account, row.person.id, *about)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (S.YOU_WAIT_FOR, "r write  e no longer"),
        (S.PINNED, "e seen"),
        (S.GOING_QUIET, "r write  e not now  M met  - let go"),
        (S.THEY_STARTED_IT, "r reply  F follow  a list, group  e not now"),
        (S.NEW_AROUND_YOU, "r say hello  F follow  e take away"),
    ],
)
async def test_the_key_line_says_what_keys_mean_there(
    monkeypatch: pytest.MonkeyPatch, section: PeopleSection, words: str
) -> None:
    async with on_stage(monkeypatch) as stage:
        await select(stage, section)
        assert words in stage.lines()[-1]


async def test_who_has_gone_quiet_is_noted_for_the_week_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        wren = row_of(stage, S.GOING_QUIET)
        await stage.tell(Change(Topic.PEOPLE, 1))
        (noted,) = stage.called("people.remind")
        assert noted.args[1] == ((wren.account, wren.person.id),)
        tell_of(stage, S.GOING_QUIET, wren, *many(S.GOING_QUIET, 1))
        stage.wait(1)
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert len(stage.called("people.remind")) == 2


async def test_a_favourite_on_which_the_hand_rested_counts_as_looked_at_when_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        monkeypatch.setattr(gaze, "LOOK", 0.001)
        reed = await select(stage, S.PINNED)
        await stage.until(lambda: stage.app.main.people._gaze.rests)
        assert stage.called("people.looked") == []
        await stage.press("j")
        (looked,) = stage.called("people.looked")
        assert looked.args == (reed.account, reed.person.id)


async def test_whoever_goes_to_another_pane_has_looked_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        monkeypatch.setattr(gaze, "LOOK", 0.001)
        await select(stage, S.PINNED)
        await stage.until(lambda: stage.app.main.people._gaze.rests)
        await stage.press("1")
        assert len(stage.called("people.looked")) == 1


async def test_undo_selects_the_person_who_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch) as stage:
        wren = await select(stage, S.GOING_QUIET)
        tell_of(stage, S.GOING_QUIET)
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert wren.person.name not in names(stage)
        answer: Future[Outcome] = Future()
        person = (wren.account, wren.person.id)
        answer.set_result(Outcome("undone: setting wren & co aside", 9, person=person))
        monkeypatch.setattr("tui_inbox.commands.undo.undo", lambda ctx: answer)
        await stage.press("u")
        tell_of(stage, S.GOING_QUIET, wren)
        stage.wait(1)
        await stage.tell(Change(Topic.PEOPLE, 1))
        selected = stage.app.main.people.rows.selected
        assert selected is not None
        assert selected.key == person_key(*person)


async def test_r_on_somebody_new_without_a_post_writes_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        tell_of(stage, S.NEW_AROUND_YOU, replace(row_of(stage, S.NEW_AROUND_YOU), post=None))
        await stage.tell(Change(Topic.PEOPLE, 1))
        row = await select(stage, S.NEW_AROUND_YOU)
        await stage.press("r")
        assert f"@{row.person.handle}" in stage.text


async def test_r_on_a_person_opens_their_latest_post_above_the_composer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with pages_on_stage(monkeypatch) as stage:
        row = await select(stage, S.PINNED)
        await stage.press("r")
        assert isinstance(stage.app.here, ThreadPage)
        assert stage.app.here.post == row.post


async def test_a_handful_of_regulars_is_shown_and_more_are_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with on_stage(monkeypatch) as stage:
        assert "tinbadger" in names(stage)
        tell_of(stage, S.REGULARS, *many(S.REGULARS, SHORT_LIST + 1))
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert "friend0" not in names(stage)
        assert f"Regulars · {SHORT_LIST + 1}, folded" in stage.text
        stage.app.main.people.fold(S.REGULARS, False)
        stage.wait(1)
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert "friend0" in names(stage)


async def test_the_let_go_stand_folded_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(monkeypatch, size=(160, 60)) as stage:
        tell_of(stage, S.LET_GO, *many(S.LET_GO, 2))
        await stage.tell(Change(Topic.PEOPLE, 1))
        assert names(stage)[-1] == "Let go"
        assert "Let go · 2, folded" in stage.text
        await select(stage, S.LET_GO)
        await stage.press("minus", "b")
        assert [call.args for call in stage.called("people.bring_back")] == [(1, 200)]
